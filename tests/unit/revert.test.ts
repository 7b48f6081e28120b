import { describe, expect, test } from 'vitest';
import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { changeId } from '#shared/merge/clock.ts';
import { headsOf, project } from '#shared/merge/register.ts';
import { revert, type Reverted } from '#shared/merge/revert.ts';
import { recordId } from '#tests/support/exchange-builder.ts';

const HERE = '1111111111111111';
const THERE = '2222222222222222';

/** A record's changes as they arrive; each names the heads it is told to have seen, or all that are here. */
class Record_ {
  readonly all: Change[] = [];
  private last = 0;

  write(set: Record<string, Json>, { laptop = HERE, seeing = this.all as readonly Change[] } = {}): Change {
    const heads = headsOf(seeing);
    const named =
      set['deleted'] === undefined ? Object.keys(set) : [...new Set([...heads.keys(), 'deleted'])];
    const erasures = (field: string) =>
      seeing.filter((one) => one.erase?.includes(field)).map(({ id }) => id);
    const prior = Object.fromEntries(
      named
        .map((field) => [
          field,
          [...(heads.get(field) ?? []).map(({ change }) => change.id), ...erasures(field)],
        ])
        .filter(([, ids]) => ids!.length > 0),
    ) as Record<string, string[]>;
    return this.add({ set, ...(Object.keys(prior).length > 0 ? { prior } : {}) }, laptop);
  }

  erase(fields: string[]): Change {
    return this.add({ erase: fields }, HERE);
  }

  add(body: Pick<Change, 'set' | 'prior' | 'erase'>, laptop: string): Change {
    this.last += 1;
    const id = changeId({ ms: this.last, counter: 0 }, laptop);
    const change: Change = { id, author: null, entity: 'store', record: recordId(1), ...body };
    this.all.push(change);
    return change;
  }

  /** Takes back what `step` did and writes it down; what was written can be taken back again. */
  takeBack(...step: Change[]): Reverted & { written: Change[] } {
    const back = revert(this.all, new Set(step.map(({ id }) => id)), HERE);
    return { ...back, written: back.changes.map((body) => this.add(body, HERE)) };
  }

  get state() {
    const { fields, conflicts } = project(this.all);
    return { ...fields, ...(Object.keys(conflicts).length > 0 ? { conflicts } : {}) };
  }
}

describe('taking back', () => {
  test('a value: the one before is there again, and undoing the undoing brings it back', () => {
    const shop = new Record_();
    shop.write({ name: '망원분식', phone: '1' });
    const step = shop.write({ phone: '2' });
    const undone = shop.takeBack(step);
    expect(shop.state).toEqual({ name: '망원분식', phone: '1' });
    expect(undone.changes).toEqual([{ set: { phone: '1' }, prior: { phone: [step.id] } }]);
    shop.takeBack(...undone.written);
    expect(shop.state).toEqual({ name: '망원분식', phone: '2' });
  });

  test('a stretch of typing, of which only what was there before its first letter counts', () => {
    const shop = new Record_();
    shop.write({ note: '어제' });
    const step = ['오', '오늘', '오늘은'].map((note) => shop.write({ note }));
    shop.takeBack(...step);
    expect(shop.state).toEqual({ note: '어제' });
  });

  test('two steps on one field, one after the other, and both again', () => {
    const shop = new Record_();
    shop.write({ note: '가' });
    const [first, second] = [shop.write({ note: '나' }), shop.write({ note: '다' })];
    const b = shop.takeBack(second);
    const a = shop.takeBack(first);
    expect([b.left, a.left, shop.state]).toEqual([[], [], { note: '가' }]);
    const againFirst = shop.takeBack(...a.written);
    expect(shop.state).toEqual({ note: '나' });
    shop.takeBack(...b.written);
    expect(shop.state).toEqual({ note: '다' });
    expect(againFirst.left).toEqual([]);
  });

  test('a field that had no value is empty again', () => {
    const shop = new Record_();
    shop.write({ name: '가' });
    shop.takeBack(shop.write({ phone: '1' }));
    expect(shop.state).toEqual({ name: '가', phone: null });
  });

  test('the making of a record: it is deleted, knowing of all its fields, and comes back whole', () => {
    const shop = new Record_();
    const made = shop.write({ name: '새 가게', phone: '1' });
    const undone = shop.takeBack(made);
    expect(shop.state).toEqual({ name: '새 가게', phone: '1', deleted: true });
    const again = shop.takeBack(...undone.written);
    expect(shop.state).toEqual({ name: '새 가게', phone: '1', deleted: false });
    shop.takeBack(...again.written);
    expect(shop.state).toMatchObject({ deleted: true });
    expect(shop.state).not.toHaveProperty('conflicts');
  });

  test('a deletion', () => {
    const shop = new Record_();
    shop.write({ name: '가' });
    const step = shop.write({ deleted: true });
    const undone = shop.takeBack(step);
    expect(shop.state).toEqual({ name: '가', deleted: false });
    shop.takeBack(...undone.written);
    expect(shop.state).toEqual({ name: '가', deleted: true });
  });
});

describe('what somebody else wrote meanwhile is left', () => {
  test('another value, while the other fields of the step are taken back', () => {
    const shop = new Record_();
    shop.write({ name: '가', phone: '1' });
    const step = shop.write({ name: '나', phone: '2' });
    const theirs = shop.write({ phone: '3' }, { laptop: THERE });
    const { left } = shop.takeBack(step);
    expect(shop.state).toEqual({ name: '가', phone: '3' });
    expect(left).toEqual([{ field: 'phone', why: 'changed', by: theirs }]);
  });

  test('a value beside ours, and even the same value: it is theirs too', () => {
    for (const phone of ['9', '2']) {
      const shop = new Record_();
      const first = shop.write({ phone: '1' });
      const step = shop.write({ phone: '2' });
      const theirs = shop.write({ phone }, { laptop: THERE, seeing: [first] });
      expect(shop.takeBack(step)).toMatchObject({ changes: [], left: [{ by: theirs }] });
    }
  });

  test('a record that we made and they wrote on is not deleted, nor when its making was done again', () => {
    const shop = new Record_();
    const made = shop.write({ name: '가' });
    const again = shop.takeBack(...shop.takeBack(made).written).written;
    const theirs = shop.write({ phone: '3' }, { laptop: THERE });
    expect(shop.takeBack(made)).toMatchObject({ changes: [], left: [{ field: 'phone', by: theirs }] });
    expect(shop.takeBack(...again)).toMatchObject({ changes: [], left: [{ field: 'phone', by: theirs }] });
  });

  test('a value that was destroyed stays destroyed, and one before it does not come back', () => {
    const shop = new Record_();
    shop.write({ phone: '1' });
    const step = shop.write({ phone: '2' });
    shop.erase(['phone']);
    expect(shop.takeBack(step)).toMatchObject({ changes: [], left: [{ field: 'phone', why: 'erased' }] });
    const later = shop.write({ phone: '3' });
    shop.takeBack(later);
    expect(shop.state).toEqual({ phone: null });
  });

  test('a value written after the destruction can be taken back and done again', () => {
    const shop = new Record_();
    shop.write({ phone: '1' });
    shop.erase(['phone']);
    const undone = shop.takeBack(shop.write({ phone: '3' }));
    shop.takeBack(...undone.written);
    expect(shop.state).toEqual({ phone: '3' });
  });
});

describe('settling a conflict is taken back', () => {
  test.each(['1', '2', '3'])(
    'of values, as %s: both stand again, the same one shown, and settled again',
    (value) => {
      const shop = new Record_();
      const root = shop.write({ phone: '0' });
      shop.write({ phone: '1' });
      shop.write({ phone: '2' }, { laptop: THERE, seeing: [root] });
      const before = shop.state;
      expect(before).toMatchObject({ phone: '2', conflicts: { phone: ['1', '2'] } });
      const undone = shop.takeBack(shop.write({ phone: value }));
      expect(shop.state).toEqual(before);
      const again = shop.takeBack(...undone.written);
      expect(shop.state).toEqual({ phone: value });
      shop.takeBack(...again.written);
      expect(shop.state).toEqual(before);
    },
  );

  test.each([true, false])('of an edit against a deletion, settled as deleted: %s', (deleted) => {
    const shop = new Record_();
    const root = shop.write({ name: '가', phone: '0' });
    shop.write({ deleted: true });
    const edit = shop.write({ phone: '2' }, { laptop: THERE, seeing: [root] });
    const before = shop.state;
    expect(before).toMatchObject({ deleted: true, conflicts: { deleted: [false, true] } });
    const undone = shop.takeBack(shop.write({ deleted }));
    expect(shop.state).toEqual(before);
    expect(undone.written[0]!.prior).not.toMatchObject({ phone: [edit.id] });
    shop.takeBack(...undone.written);
    expect(shop.state).toEqual({ name: '가', phone: '2', deleted });
  });
});

import { describe, expect, it } from 'vitest';
import { idFromParts } from '#shared/model/ids.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { openViews, seenOf } from '#tests/support/conflict-views.ts';

/** What other tools got wrong, one test each, on two or three laptops with real stores. */

const STORE = '0190aaaa-0000-7000-8000-000000000001';

/** Two laptops that hold the same shop. */
async function pair(): Promise<[TestLaptop, TestLaptop]> {
  const [a, b] = [laptop('가'), laptop('나')];
  await a.call('records.write', {
    entity: 'store',
    id: STORE,
    set: { name: '망원분식', phone: '02-335-3591' },
  });
  await b.take('start.dangol', await a.exported());
  return [a, b];
}

async function write(
  on: TestLaptop,
  set: Record<string, string | boolean | null>,
  id = STORE,
): Promise<void> {
  on.clock.now += 1000;
  await on.call('records.write', { entity: 'store', id, set });
}

async function exchange(a: TestLaptop, b: TestLaptop): Promise<void> {
  const [fromA, fromB] = [await a.exported(), await b.exported()];
  await a.take('from-b.dangol', fromB);
  await b.take('from-a.dangol', fromA);
}

const open = async (on: TestLaptop): Promise<number> => (await on.call('conflicts.list', {})).total;
const shop = (on: TestLaptop) => on.call('records.get', { entity: 'store', id: STORE });

describe('what other tools got wrong', () => {
  it('identical edits are reported as a conflict', async () => {
    const [a, b] = await pair();
    await write(a, { phone: '02-335-0000' });
    await write(b, { phone: '02-335-0000' });
    await exchange(a, b);
    expect(await open(a)).toBe(0);
    expect(a.dump()).toBe(b.dump());
  });

  it('different columns of one row are reported as a conflict', async () => {
    const [a, b] = await pair();
    await write(a, { phone: '02-335-0000' });
    await write(b, { note: '친절한 사장님' });
    await exchange(a, b);
    expect(await open(b)).toBe(0);
    expect((await shop(b)).fields).toEqual({ name: '망원분식', phone: '02-335-0000', note: '친절한 사장님' });
  });

  it('edit against delete blocks for ever', async () => {
    const [a, b] = await pair();
    await a.call('records.delete', { entity: 'store', id: STORE });
    await write(b, { phone: '02-335-0000' });
    await exchange(a, b);
    expect((await shop(a)).conflicts).toEqual({ deleted: [false, true] });
    const [row] = await openViews(a);
    expect(row).toMatchObject({ kind: 'editedAndDeleted', field: 'deleted' });
    await a.call('conflicts.settle', {
      entity: 'store',
      record: STORE,
      field: 'deleted',
      value: false,
      seen: seenOf(row!),
    });
    await exchange(a, b);
    expect([await open(a), await open(b)]).toEqual([0, 0]);
    expect((await shop(b)).fields).toMatchObject({ deleted: false, phone: '02-335-0000' });
    expect(a.dump()).toBe(b.dump());
  });

  it('edit against delete cannot be settled by deleting', async () => {
    const [a, b] = await pair();
    await a.call('records.delete', { entity: 'store', id: STORE });
    await write(b, { phone: '02-335-0000' });
    await exchange(a, b);
    const [row] = await openViews(b);
    await b.call('conflicts.settle', {
      entity: 'store',
      record: STORE,
      field: 'deleted',
      value: true,
      seen: seenOf(row!),
    });
    await exchange(a, b);
    expect([await open(a), await open(b)]).toEqual([0, 0]);
    expect((await shop(a)).fields['deleted']).toBe(true);
  });

  it('a deleted thing is resurrected by an old file', async () => {
    const [a, b] = await pair();
    const old = await a.exported();
    await b.call('records.delete', { entity: 'store', id: STORE });
    const before = b.dump();
    await b.take('old.dangol', old);
    expect(b.dump()).toBe(before);
    expect((await b.call('stores.search', {})).length).toBe(0);
  });

  it('an undone import comes back with the next file', async () => {
    const [a, b] = await pair();
    await write(a, { note: '가의 메모' });
    const taken = await b.take('a.dangol', await a.exported());
    await b.call('imports.undo', { id: taken.import! });
    expect((await shop(b)).fields['note']).toBeUndefined();
    const c = laptop('다');
    await write(c, { name: '다른 점포' }, STORE.replace(/1$/, '2'));
    await b.take('c.dangol', await c.exported());
    expect((await shop(b)).fields['note']).toBeUndefined();
    // Asked for again, it is back exactly as it was.
    await b.take('a.dangol', await a.exported());
    expect((await shop(b)).fields['note']).toBe('가의 메모');
  });

  it('a conflict leaves a record unusable', async () => {
    const [a, b] = await pair();
    await write(a, { phone: '02-335-1111' });
    await write(b, { phone: '02-335-2222' });
    await exchange(a, b);
    expect(await open(a)).toBe(1);
    // Both laptops show the same value, and everything else can be written meanwhile.
    expect((await shop(a)).fields['phone']).toBe((await shop(b)).fields['phone']);
    await write(a, { note: '계속 적어요' });
    expect((await shop(a)).fields['note']).toBe('계속 적어요');
    // Writing the field settles it, since the author sees both.
    await write(a, { phone: '02-335-3333' });
    expect(await open(a)).toBe(0);
    await exchange(a, b);
    expect(await open(b)).toBe(0);
  });

  it('a merge depends on its direction', async () => {
    const [a, b] = await pair();
    await write(a, { phone: '02-335-1111', name: '망원 분식' });
    await write(b, { phone: '02-335-2222', deleted: true });
    const [fromA, fromB] = [await a.exported(), await b.exported()];
    const [c, d] = [laptop('다'), laptop('라')];
    await c.take('a', fromA);
    await c.take('b', fromB);
    await d.take('b', fromB);
    await d.take('a', fromA);
    await d.take('a', fromA);
    expect(c.dump()).toBe(d.dump());
  });

  it('a merged duplicate returns on re-import', async () => {
    const [a, b] = await pair();
    const other = STORE.replace(/1$/, '2');
    await write(a, { name: '망원분식 (구 망원떡볶이)' }, other);
    const list = await a.exported();
    await b.take('list.dangol', list);
    const [left, right] = [STORE, other].sort() as [string, string];
    const match = idFromParts('match', [left, right]);
    await b.call('records.write', { entity: 'match', id: match, set: { left, right, decision: 'same' } });
    const before = b.dump();
    await b.take('list again.dangol', await a.exported({ since: '2000-01-01T00:00:00Z' }));
    expect(b.dump()).toBe(before);
    // The decision travels, and on the other laptop it is the same record.
    await a.take('kit.dangol', await b.exported({ purpose: 'kit' }));
    expect((await a.call('records.get', { entity: 'match', id: match })).fields['decision']).toBe('same');
  });

  it('two trainers who mark the same person make two rows', async () => {
    const [a, b] = await pair();
    const session = STORE.replace(/1$/, '5');
    const person = STORE.replace(/1$/, '6');
    await a.call('records.write', {
      entity: 'session',
      id: session,
      set: { title: '톡채널 교육', date: '2026-11-24' },
    });
    await a.call('records.write', {
      entity: 'person',
      id: person,
      set: { name: '상인 1', kind: 'merchant' },
    });
    await b.take('plan.dangol', await a.exported());
    await a.call('attendance.mark', { session, person, status: 'present' });
    await b.call('attendance.mark', { session, person, status: 'present' });
    await exchange(a, b);
    expect((await a.call('sessions.get', { id: session })).people).toHaveLength(1);
    expect(await open(a)).toBe(0);
    expect(a.dump()).toBe(b.dump());
  });

  it('a clock that is years ahead wins for ever', async () => {
    const [a, b] = await pair();
    a.clock.now += 5 * 365 * 24 * 3600_000;
    await write(a, { phone: '02-335-9999' });
    const taken = await b.take('future.dangol', await a.exported());
    expect(taken.clockSuspect).toBe(1);
    await write(b, { phone: '02-335-1234' });
    expect((await shop(b)).fields['phone']).toBe('02-335-1234');
    expect(await open(b)).toBe(0);
    // The local clock was not dragged along.
    const [newest] = (await b.call('records.history', { entity: 'store', id: STORE, field: 'phone' })).filter(
      ({ value }) => value === '02-335-1234',
    );
    expect(newest).toMatchObject({ clockSuspect: false, head: true });
  });
});

describe('undoing an import', () => {
  it('says first what it would take away, and then takes just that', async () => {
    const [a, b] = await pair();
    const other = STORE.replace(/1$/, '2');
    await write(a, { note: '가의 메모' });
    await write(a, { name: '새 점포' }, other);
    const taken = await b.take('a.dangol', await a.exported());
    const before = b.dump();
    const preview = await b.call('imports.preview', { id: taken.import! });
    expect(b.dump()).toBe(before);
    expect(preview).toMatchObject({ removed: 2, kept: 1, records: 2, byEntity: { store: 2 } });
    expect(preview.rows.map(({ title, vanishes }) => [title, vanishes])).toEqual([
      ['망원분식', false],
      ['새 점포', true],
    ]);
    const { removed, kept, records } = await b.call('imports.undo', { id: taken.import! });
    expect({ removed, kept, records }).toEqual({ removed: 2, kept: 1, records: 2 });
    await b.take('a.dangol', await a.exported());
    expect(b.dump()).toBe(before);
  });

  it('works in any order of several imports that share changes', async () => {
    const a = laptop('가');
    const files: Buffer[] = [];
    for (const note of ['하나', '둘', '셋']) {
      await write(a, { note });
      files.push(await a.exported());
    }
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const b = laptop(`나 ${order.join('')}`);
      const empty = b.dump();
      const ids: string[] = [];
      for (const [i, file] of files.entries()) ids.push((await b.take(`${i}.dangol`, file)).import!);
      const full = b.dump();
      for (const i of order) await b.call('imports.undo', { id: ids[i]! });
      expect(b.dump()).toBe(empty);
      for (const [i, file] of files.toReversed().entries()) await b.take(`again ${i}.dangol`, file);
      expect(b.dump()).toBe(full);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { DRAFT_DAYS } from '#main/features/drafts.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, makeLaptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';

const DAY = 24 * 60 * 60 * 1000;
const KEY = `person:${recordId(3)}:phone`;

const draftOf = (on: TestLaptop, key = KEY) => on.call('drafts.get', { key });

/** The same laptop, opened again at a later time. */
function reopened<T>(on: TestLaptop, now: number, look: (again: TestLaptop) => Promise<T>): Promise<T> {
  on.close();
  const again = makeLaptop('again', { dir: on.dir, fresh: false, now });
  return look(again).finally(() => again.close());
}

async function withPerson(name: string): Promise<TestLaptop> {
  const on = laptop(name);
  await on.call('records.write', { entity: 'person', id: recordId(3), set: { name: '김순자' } });
  return on;
}

describe('half-typed text', () => {
  it('is there as it was typed, until it is dropped', async () => {
    const on = laptop('시장');
    expect(await draftOf(on)).toBeNull();
    const value = { text: '12345678901', base: '' };
    await on.call('drafts.put', { key: KEY, value: { text: '1', base: '' } });
    await on.call('drafts.put', { key: KEY, value });
    await reopened(on, MORNING + DAY, async (again) => {
      expect(await draftOf(again)).toEqual(value);
      await again.call('drafts.drop', { key: KEY });
      expect(await draftOf(again)).toBeNull();
    });
  });

  it('goes after a month in which nobody came back to it', async () => {
    const on = laptop('시장');
    await on.call('drafts.put', { key: 'old', value: 'a' });
    on.clock.now += DAY;
    await on.call('drafts.put', { key: 'young', value: 'b' });
    await reopened(on, MORNING + DRAFT_DAYS * DAY + 1, async (again) => {
      expect([await draftOf(again, 'old'), await draftOf(again, 'young')]).toEqual([null, 'b']);
    });
  });

  it('is in no dump and in no file', async () => {
    const [on, other] = [await withPerson('시장'), laptop('다른 시장')];
    const dump = on.dump();
    await on.call('drafts.put', { key: KEY, value: '010-0000-7531' });
    await on.call('place.put', { path: '/visits/1', field: KEY });
    expect(on.dump()).toBe(dump);
    await other.take('day.dangol', await on.exported());
    expect(other.dump()).toBe(dump);
    expect([await draftOf(other), await other.call('place.get', {})]).toEqual([null, null]);
  });

  it('about a person goes when values of that person are destroyed here', async () => {
    const on = await withPerson('시장');
    const other = `person:${recordId(4)}:phone`;
    await on.call('drafts.put', { key: KEY, value: '010' });
    await on.call('drafts.put', { key: other, value: '02' });
    await on.call('records.erase', { entity: 'person', id: recordId(3), fields: ['name'] });
    expect([await draftOf(on), await draftOf(on, other)]).toEqual([null, '02']);
  });

  it('and when a file brings the news of it', async () => {
    const [on, office] = [await withPerson('시장'), laptop('사무실')];
    await office.take('day.dangol', await on.exported());
    await office.call('records.erase', { entity: 'person', id: recordId(3), fields: ['name'] });
    await on.call('drafts.put', { key: KEY, value: '010' });
    await on.take('erased.dangol', await office.exported());
    expect(await draftOf(on)).toBeNull();
    await on.call('drafts.put', { key: KEY, value: '02' });
    await on.call('records.write', { entity: 'person', id: recordId(3), set: { kind: 'merchant' } });
    expect(await draftOf(on)).toBe('02');
  });
});

describe('where the window stood', () => {
  it('is remembered for half a day', async () => {
    const on = laptop('시장');
    const place = { path: '/visits/7', field: KEY };
    await on.call('place.put', place);
    on.clock.now += DAY / 2;
    expect(await on.call('place.get', {})).toEqual(place);
    on.clock.now += 1;
    expect(await on.call('place.get', {})).toBeNull();
    await on.call('place.put', { path: '/' });
    expect(await on.call('place.get', {})).toEqual({ path: '/', field: null });
  });
});

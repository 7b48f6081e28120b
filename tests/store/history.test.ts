import { describe, expect, it } from 'vitest';
import type { InputOf } from '#shared/contract/contract.ts';
import type { HistoryEntry } from '#shared/contract/records.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';

const SHOP = '0190aaaa-0000-7000-8000-000000000001';
const MINUTE = 60_000;

type Values = InputOf<'records.write'>['set'];

const write = (at: TestLaptop, set: Values, entity = 'store', id = SHOP) => {
  at.clock.now += MINUTE;
  return at.call('records.write', { entity, id, set });
};

const history = (at: TestLaptop, more: Partial<InputOf<'records.history'>> = {}): Promise<HistoryEntry[]> =>
  at.call('records.history', { entity: 'store', id: SHOP, ...more });

/** Two laptops that changed one phone number without knowing of each other, and one of them has both. */
async function disagreement(): Promise<{ here: TestLaptop; there: TestLaptop }> {
  const [here, there] = [laptop('사무실'), laptop('망원 1호')];
  await write(here, { name: '바다횟집', phone: '02-0000-0001' });
  await there.take('kit.dangol', await here.exported());
  there.clock.now += MINUTE;
  await write(there, { phone: '02-0000-0002' });
  await write(here, { phone: '02-0000-0003' });
  await here.take('day.dangol', await there.exported());
  return { here, there };
}

const told = (entries: readonly HistoryEntry[]) => entries.map(({ value, fate }) => `${value} ${fate}`);

describe('the history of a field', () => {
  it('names for each value who wrote it, where, when, by which file, and what became of it', async () => {
    const { here } = await disagreement();
    const [theirs, ours, first, ...others] = await history(here, { field: 'phone' });
    expect(others).toEqual([]);
    expect(theirs).toMatchObject({
      value: '02-0000-0002',
      fate: 'shown',
      disputed: true,
      laptop: { name: '망원 1호' },
      files: [{ file: 'day.dangol' }],
      replaced: [{ change: first!.change, value: '02-0000-0001', erased: false }],
    });
    expect(ours).toMatchObject({
      value: '02-0000-0003',
      fate: 'waiting',
      disputed: true,
      laptop: { name: '사무실' },
      files: [],
    });
    // Written here, and it came back in the trainer's file.
    expect(first).toMatchObject({ fate: 'replaced', replaced: [], files: [{ file: 'day.dangol' }] });
  });

  it('keeps the one that lost', async () => {
    const { here } = await disagreement();
    const sides = (await history(here, { field: 'phone' })).slice(0, 2);
    const value = sides[1]!.value as string;
    const seen = sides.map(({ change }) => change);
    await here.call('conflicts.settle', { entity: 'store', record: SHOP, field: 'phone', value, seen });
    const entries = await history(here, { field: 'phone' });
    expect(told(entries)).toEqual([
      '02-0000-0003 shown',
      '02-0000-0002 lost',
      '02-0000-0003 replaced',
      '02-0000-0001 replaced',
    ]);
    expect(entries[0]!.replaced.map((one) => one.value).sort()).toEqual(['02-0000-0002', '02-0000-0003']);
  });

  it('tells erased values as erased, and the erasure itself only when asked', async () => {
    const at = laptop('사무실');
    await write(at, { name: '바다횟집', phone: '02-0000-0001' });
    at.clock.now += MINUTE;
    await at.call('records.erase', { entity: 'store', id: SHOP, fields: ['phone'] });
    expect(await history(at, { field: 'phone' })).toMatchObject([{ kind: 'set', value: null, erased: true }]);
    expect(await history(at, { field: 'phone', erasures: true })).toMatchObject([
      { kind: 'erase', erased: true, laptop: { name: '사무실' } },
      { kind: 'set', value: null, erased: true },
    ]);
    expect((await history(at, { field: 'name', erasures: true })).map(({ kind }) => kind)).toEqual(['set']);
  });
});

describe('the history of a record', () => {
  it('names the records that values point to, those before them too', async () => {
    const at = laptop('사무실');
    const market = async (name: string) =>
      (await at.call('records.write', { entity: 'site', set: { name } })).id;
    const [one, other] = [await market('반송큰시장'), await market('망원시장')];
    const gone = '0190aaaa-0000-7000-8000-00000000dead';
    await write(at, { site: one });
    await write(at, { site: other });
    await write(at, { site: gone });
    const entries = await history(at, { field: 'site' });
    expect(entries.map(({ titles }) => titles)).toEqual([
      { [other]: '망원시장' },
      { [one]: '반송큰시장', [other]: '망원시장' },
      { [one]: '반송큰시장' },
    ]);

    const reading = '0190aaaa-0000-7000-8000-000000000077';
    await write(at, { name: '바다횟집' });
    await write(at, { owner: SHOP, ownerKind: 'store', friends: 5 }, 'friendReading', reading);
    const [, owner] = await at.call('records.history', { entity: 'friendReading', id: reading });
    expect(owner).toMatchObject({ field: 'owner', titles: { [SHOP]: '바다횟집' } });
  });

  it('can be asked for its newest changes alone, none of them cut in the middle', async () => {
    const at = laptop('사무실');
    await write(at, { name: '가', phone: '1' });
    await write(at, { name: '나', phone: '2', unit: '3호' });
    await write(at, { note: '메모' });
    const fields = async (limit: number) => (await history(at, { limit })).map(({ field }) => field);
    expect(await fields(1)).toEqual(['note']);
    expect(await fields(2)).toEqual(['note', 'name', 'phone', 'unit']);
    expect(await fields(3)).toEqual((await history(at)).map(({ field }) => field));
    expect(await at.ask('records.history', { entity: 'store', id: SHOP, limit: 0 })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
  });
});

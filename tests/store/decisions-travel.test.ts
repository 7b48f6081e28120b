import { describe, expect, it } from 'vitest';
import { asked } from '#tests/support/duplicate-shops.ts';
import { held } from '#tests/support/exchange-contents.ts';
import { kitScene, makeKits, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { openViews, seenOf } from '#tests/support/conflict-views.ts';

const HOUR_MS = 60 * 60 * 1000;

interface Scene {
  readonly office: TestLaptop;
  readonly field: TestLaptop;
  readonly at: KitScene;
  readonly order: { trainer: string; sessions: string[]; sites: string[] };
  /** The files that brought the question to either laptop. */
  readonly old: { readonly fromField: Uint8Array; readonly fromOffice: Uint8Array };
}

/** Both laptops hold the same conflict, the same two pairs that look alike, and a shop edited here and deleted there. */
async function bothAsk(): Promise<Scene> {
  const office = laptop('사무실');
  const at = await kitScene(office);
  const shop = async (name: string, phone: string) =>
    (await office.call('stores.create', { site: at.markets[0], name, phone })).id;
  await shop('하늘떡집', '02-000-0001');
  await shop('하늘 떡집', '020000001');
  await shop('구름반찬', '02-000-0002');
  await shop('구름 반찬', '020000002');
  const order = { trainer: at.trainers[0], sessions: [at.sessions[0]], sites: [at.markets[0]] };
  const field = laptop('망원 1호');
  await field.take('first.dangol', (await makeKits(office, [order])).bytes);
  office.clock.now += HOUR_MS;
  field.clock.now += HOUR_MS + 1;
  await office.call('stores.update', { id: at.shops[0], phone: '010-0000-1111' });
  await field.call('stores.update', { id: at.shops[0], phone: '010-0000-2222' });
  await office.call('stores.update', { id: at.shops[1], note: '간판을 바꿨어요' });
  await field.call('records.delete', { entity: 'store', id: at.shops[1] });
  const fromField = await field.exported({ sessions: at.sessions.slice(0, 1) });
  // The field's file is of its session; the market's shops come with a kit of the whole.
  const all = await field.exported();
  const { bytes: fromOffice } = await makeKits(office, [order]);
  await office.take('day.dangol', fromField);
  await office.take('all.dangol', all);
  await field.take('second.dangol', fromOffice);
  return { office, field, at, order, old: { fromField: all, fromOffice } };
}

const conflicts = async (on: TestLaptop): Promise<number> => (await on.call('conflicts.list', {})).total;
const open = async (on: TestLaptop): Promise<[number, string[]]> => [
  await conflicts(on),
  (await asked(on)).sort(),
];

describe('decisions travel', () => {
  it('are asked on one laptop and on no other, there and back, and old files bring nothing up again', async () => {
    const { office, field, at, order, old } = await bothAsk();
    const questions = ['구름 반찬 = 구름반찬', '하늘 떡집 = 하늘떡집'];
    expect(await open(office)).toEqual([2, questions]);
    expect(await open(field)).toEqual([2, questions]);

    // On the coordinator's laptop: a value, a deletion, a pair that is one and a pair that is not.
    office.clock.now += HOUR_MS;
    for (const row of await openViews(office)) {
      await office.call('conflicts.settle', {
        entity: row.entity,
        record: row.record,
        field: row.field,
        seen: seenOf(row),
        value: row.field === 'deleted' ? false : '010-0000-2222',
      });
    }
    const { pairs } = await office.call('duplicates.list', {});
    for (const { left, right } of pairs) {
      const decision = left.name.startsWith('하늘') ? 'same' : 'different';
      await office.call('duplicates.decide', { left: left.id, right: right.id, decision });
    }
    expect(await open(office)).toEqual([0, []]);

    // The kit carries them: nothing is asked there, and both show the same.
    const { bytes: third } = await makeKits(office, [order]);
    await field.take('third.dangol', third);
    expect(await open(field)).toEqual([0, []]);
    expect(await shopsOf(field, at)).toEqual(await shopsOf(office, at));

    // A day's work goes back: nothing is asked again.
    field.clock.now += 2 * HOUR_MS;
    await field.call('visits.start', { session: at.sessions[0], store: at.shops[0] });
    const day = await field.exported({ sessions: at.sessions.slice(0, 1) });
    await office.take('evening.dangol', day);
    expect(await open(office)).toEqual([0, []]);

    // Whatever came before, in any order: nothing changes on either.
    const [there, here] = [await held(field), await held(office)];
    for (const [file, bytes] of [
      ['again.dangol', old.fromOffice],
      ['third.dangol', third],
    ] as const)
      await field.take(file, bytes);
    for (const [file, bytes] of [
      ['all.dangol', old.fromField],
      ['evening.dangol', day],
    ] as const)
      await office.take(file, bytes);
    expect(await held(field)).toEqual(there);
    expect(await held(office)).toEqual(here);
    expect(await open(field)).toEqual([0, []]);
    expect(await open(office)).toEqual([0, []]);
  });
});

it('reach a trainer who is at another market by now, without anybody new from the one before', async () => {
  const { office, field, at } = await bothAsk();
  office.clock.now += HOUR_MS;
  for (const view of await openViews(office)) {
    const { entity, record, field: name } = view;
    const value = name === 'deleted' ? false : '010-0000-2222';
    await office.call('conflicts.settle', { entity, record, field: name, seen: seenOf(view), value });
  }
  const { pairs } = await office.call('duplicates.list', {});
  for (const { left, right } of pairs)
    await office.call('duplicates.decide', { left: left.id, right: right.id, decision: 'different' });
  const { id: late } = await office.call('stores.create', { site: at.markets[0], name: '늦은가게' });
  const { id: brief } = await office.call('stores.create', { site: at.markets[0], name: '하루가게' });
  await office.call('records.delete', { entity: 'store', id: brief });
  await office.call('stores.update', { id: at.shops[0], unit: '가동 9호' });
  await office.call('stores.update', { id: pairs[0]!.left.id, unit: '나동 9호' });
  const next = { trainer: at.trainers[0], sessions: [at.sessions[1]], sites: [at.markets[1]] };
  const { bytes } = await makeKits(office, [next]);
  await field.take('next.dangol', bytes);
  expect(await open(field)).toEqual([0, []]);
  for (const id of [late, brief]) expect(field.dump()).not.toContain(id);
  expect(field.dump()).not.toContain('나동 9호');
  // On a new laptop of the same trainer no decision stands beside a shop without a name.
  const fresh = laptop('망원 2호');
  // The kit is sealed for the old one, as long as nobody says that there is another.
  expect(await fresh.take('next.dangol', bytes)).toMatchObject({ error: { code: 'FILE_SEALED_FOR_OTHERS' } });
  await fresh.take('next.dangol', (await makeKits(office, [{ ...next, plain: true }])).bytes);
  const names = (await fresh.call('stores.search', {})).map(({ name }) => name);
  expect(names.sort()).toEqual(['구름반찬', '바다횟집', '새벽분식', '하늘떡집']);
  expect((await fresh.call('app.status', {})).counts).toMatchObject({ conflicts: 0 });
});

async function shopsOf(on: TestLaptop, { markets }: KitScene): Promise<unknown[]> {
  const lines = on
    .dump()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, never>);
  return lines.filter(({ entity, fields }) => entity === 'store' && fields?.['site'] === markets[0]);
}

import { beforeEach, describe, expect, it } from 'vitest';
import type { ConflictChoice, RulePreview } from '#shared/contract/conflicts.ts';
import type { InputOf } from '#shared/contract/contract.ts';
import { openViews, seenOf } from '#tests/support/conflict-views.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay, type MarketDay } from '#tests/support/market-day.ts';

let here: TestLaptop;
let there: TestLaptop;
let day: MarketDay;
/** A shop that one laptop deletes. */
let gone: string;

const write = (on: TestLaptop, id: string, set: Record<string, unknown>, entity = 'store') =>
  on.call('records.write', { entity, id, set: set as never });

const bring = async (): Promise<void> => {
  await here.take('/받은 것/둘째.dangol', await there.exported());
};

/** Both set a field of a shop: here first, there a minute later. */
async function differ(shop: string, field: string, mine: unknown, theirs: unknown): Promise<void> {
  await write(here, shop, { [field]: mine });
  await write(there, shop, { [field]: theirs });
}

const list = () => here.call('conflicts.list', {});
const fieldsOf = async (id: string, entity = 'store') =>
  (await here.call('records.get', { entity, id })).fields;

beforeEach(async () => {
  [here, there] = [laptop('망원 1호'), laptop('망원 2호')];
  day = await marketDay(here);
  gone = (await here.call('stores.create', { site: day.site, name: '튀김집' })).id;
  await write(here, day.shops[0]!, { phone: '02-0', note: '처음 메모' });
  await there.take('day.dangol', await here.exported());
  here.clock.now += 60_000;
  there.clock.now += 120_000;
});

describe('the list', () => {
  it('is by site and shop as Korean sorts them, the shop before what belongs to it', async () => {
    const { id: other } = await here.call('records.write', {
      entity: 'site',
      set: { name: '가락시장', program: day.program },
    });
    const early = await here.call('stores.create', { site: other, name: '하늘떡집' });
    const person = await here.call('records.write', {
      entity: 'person',
      set: { name: '김상인', store: early.id },
    });
    await there.take('more.dangol', await here.exported());
    await differ(day.shops[0]!, 'phone', '02-1', '02-2');
    await differ(early.id, 'note', '가', '나');
    await write(here, person.id, { phone: '010-0000-0001' }, 'person');
    await write(there, person.id, { phone: '010-0000-0002' }, 'person');
    await write(here, day.program, { goalStores: 1 }, 'program');
    await write(there, day.program, { goalStores: 2 }, 'program');
    await bring();

    const { rows, groups, total } = await list();
    expect(total).toBe(4);
    expect(groups.map(({ site, name, total: n }) => [site, name, n])).toEqual([
      ['가락시장', '하늘떡집', 2],
      ['중앙시장 1', (await fieldsOf(day.shops[0]!))['name'], 1],
      ['', (await fieldsOf(day.program, 'program'))['name'], 1],
    ]);
    expect(rows.map(({ entity, field, title }) => [entity, field, title])).toEqual([
      ['store', 'note', ''],
      ['person', 'phone', '김상인'],
      ['store', 'phone', ''],
      ['program', 'goalStores', ''],
    ]);
    // The value shown stands first: that of the greatest id.
    expect(rows[2]!.values).toEqual(['02-2', '02-1']);
  });

  it('comes page by page, and goes on where it was when a row was settled meanwhile', async () => {
    for (const field of ['phone', 'note', 'unit', 'category']) await differ(day.shops[1]!, field, '가', '나');
    await differ(day.shops[0]!, 'phone', '가', '나');
    await bring();
    const first = await here.call('conflicts.list', { limit: 2 });
    expect(first.groups.map(({ key, total }) => [key, total])).toEqual([[first.rows[0]!.group, 4]]);
    expect(first.rows.map(({ field }) => field)).toEqual(['category', 'note']);
    const [, note] = await openViews(here);
    await here.call('conflicts.settle', { ...keyOf(note!), value: '나', seen: seenOf(note!) });
    const second = await here.call('conflicts.list', { limit: 3, after: first.next! });
    expect(second.rows.map(({ field }) => field)).toEqual(['phone', 'unit', 'phone']);
    expect(second.groups).toHaveLength(2);
    expect(second.next).toBeNull();
  });

  it('brings the first in full with it where that is asked for, past those kept for later', async () => {
    for (const field of ['phone', 'note', 'unit']) await differ(day.shops[0]!, field, '가', '나');
    await bring();
    expect((await list()).views).toEqual([]);
    const [note, phone] = await openViews(here);
    await here.call('conflicts.later', { conflicts: [keyOf(note!)], later: true });
    const { rows, views } = await here.call('conflicts.list', { inFull: 1 });
    expect(rows.map(({ field, later }) => [field, later])).toEqual([
      ['note', true],
      ['phone', false],
      ['unit', false],
    ]);
    expect(views).toEqual([phone]);
  });

  it('holds no answer of a survey, and of a reference its name', async () => {
    const { id: session } = await here.call('records.write', {
      entity: 'session',
      set: { title: '설문', program: day.program },
    });
    const { id } = await here.call('records.write', { entity: 'surveyResponse', set: { session } });
    await there.take('more.dangol', await here.exported());
    await write(here, id, { answers: { q1: 5 } }, 'surveyResponse');
    await write(there, id, { answers: { q1: 1 } }, 'surveyResponse');
    await bring();
    const { rows, groups } = await list();
    expect(rows).toMatchObject([{ field: 'answers', values: [] }]);
    expect(groups).toMatchObject([{ kind: 'session', name: '설문' }]);
  });
});

const keyOf = ({ entity, record, field }: { entity: string; record: string; field: string }) => ({
  entity,
  record,
  field,
});

describe('one conflict', () => {
  it('has what was before, and of each side its file and laptop', async () => {
    await differ(day.shops[0]!, 'phone', '02-1', '02-2');
    await bring();
    const [view] = await openViews(here);
    expect(view!.before).toMatchObject({ kind: 'value', value: '02-0' });
    expect(view!.sides.map(({ value, file, laptop: { name } }) => [value, file, name])).toEqual([
      ['02-2', '/받은 것/둘째.dangol', '망원 2호'],
      ['02-1', null, '망원 1호'],
    ]);
    await here.call('conflicts.settle', { ...keyOf(view!), value: '02-1', seen: seenOf(view!) });
    await expect(here.call('conflicts.view', keyOf(view!))).rejects.toMatchObject({ code: 'CONFLICT_STALE' });
  });

  it('edited and deleted: who deleted, and each field that was edited, from what to what', async () => {
    const shop = day.shops[0]!;
    await here.call('records.delete', { entity: 'store', id: shop });
    await write(there, shop, { note: '다시 열었어요', unit: '가동 3호' });
    await bring();
    const [view] = await openViews(here);
    expect(view).toMatchObject({ kind: 'editedAndDeleted', field: 'deleted' });
    const [deletion, edit] = view!.sides;
    expect(deletion).toMatchObject({ value: true, laptop: { name: '망원 1호' }, edits: [] });
    expect(edit).toMatchObject({ value: false, laptop: { name: '망원 2호' } });
    expect(edit!.edits).toMatchObject([
      { field: 'note', from: { kind: 'value', value: '처음 메모' }, to: '다시 열었어요' },
      { field: 'unit', from: { kind: 'none' }, to: '가동 3호' },
    ]);
  });

  it('opened again by undo is that of those who wrote its values, for rules too', async () => {
    await differ(day.shops[0]!, 'phone', '02-1', '02-2');
    await bring();
    const [before] = await openViews(here);
    const rule = { rule: { by: 'newest' }, over: { over: 'all' } } as const;
    here.clock.now += 600_000;
    await here.call('conflicts.settle', { ...keyOf(before!), value: '02-1', seen: seenOf(before!) });
    await here.call('undo.undo', {});
    const [again] = await openViews(here);
    const origins = ({ sides, before: was }: typeof again & object) => [
      sides.map(({ value, at, file, laptop: { name }, shown }) => [value, at, file, name, shown]),
      was,
    ];
    expect(origins(again!)).toEqual(origins(before!));
    expect(seenOf(again!)).not.toEqual(seenOf(before!));
    expect((await here.call('conflicts.preview', rule)).settles).toMatchObject([{ value: '02-2' }]);
    // It can be settled as any other, and undone and done again.
    await here.call('conflicts.settle', { ...keyOf(again!), value: '02-2', seen: seenOf(again!) });
    await here.call('undo.undo', {});
    await here.call('undo.redo', {});
    await here.call('undo.undo', {});
    expect(origins((await openViews(here))[0]!)).toEqual(origins(before!));
    await there.take('back.dangol', await here.exported());
    const elsewhere = (await openViews(there))[0]!.sides.map(({ value, at, laptop: { name } }) => [
      value,
      at,
      name,
    ]);
    expect(elsewhere).toEqual(before!.sides.map(({ value, at, laptop: { name } }) => [value, at, name]));
  });
});

describe('kept for later', () => {
  it('survives a restart, counts as open, leaves in no file, and comes back with another value', async () => {
    await differ(day.shops[0]!, 'phone', '02-1', '02-2');
    await differ(day.shops[0]!, 'note', '가', '나');
    await bring();
    const dump = here.dump();
    const phone = { entity: 'store', record: day.shops[0]!, field: 'phone' };
    await here.call('conflicts.later', { conflicts: [phone], later: true });
    expect(here.dump()).toBe(dump);
    here.close();
    here = laptop('망원 1호', { dir: here.dir, fresh: false, now: here.clock.now });
    const laters = async () =>
      Object.fromEntries((await list()).rows.map(({ field, later }) => [field, later]));
    expect(await laters()).toEqual({ note: false, phone: true });
    expect(await list()).toMatchObject({ total: 2, later: 1 });
    expect((await here.call('app.status', {})).counts.conflicts).toBe(2);

    there.clock.now += 60_000;
    await write(there, day.shops[0]!, { phone: '02-3' });
    await bring();
    expect(await laters()).toEqual({ note: false, phone: false });
    await here.call('conflicts.later', { conflicts: [phone], later: true });
    await here.call('conflicts.later', { conflicts: [phone], later: false });
    expect((await list()).later).toBe(0);
  });
});

type Ask = InputOf<'conflicts.preview'>;
const NEWEST: Ask = { rule: { by: 'newest' }, over: { over: 'all' } };

describe('all like this', () => {
  const choicesOf = ({ settles }: RulePreview) =>
    settles.map(({ entity, record, field, value, seen }): ConflictChoice => ({
      entity,
      record,
      field,
      value,
      seen,
    }));
  const apply = async (preview: RulePreview) =>
    here.call('conflicts.settleAll', { choices: choicesOf(preview) as never });

  beforeEach(async () => {
    await differ(day.shops[0]!, 'phone', '02-1', '02-2');
    await differ(day.shops[0]!, 'note', '가', null);
    await differ(day.shops[1]!, 'phone', '02-3', '02-4');
    await here.call('records.delete', { entity: 'store', id: gone });
    await write(there, gone, { note: '다시 열었어요' });
    await bring();
  });

  it.each<[string, Ask, string[], string[]]>([
    ['everything, the newest', NEWEST, ['note=null', 'phone="02-2"', 'phone="02-4"'], ['deleted:deleted']],
    [
      'the deleted one too',
      { ...NEWEST, deleted: true },
      ['note=null', 'phone="02-2"', 'phone="02-4"', 'deleted=false'],
      [],
    ],
    [
      'the oldest',
      { rule: { by: 'oldest' }, over: { over: 'field', entity: 'store', field: 'phone' } },
      ['phone="02-1"', 'phone="02-3"'],
      [],
    ],
    [
      'what is not empty',
      { rule: { by: 'filled' }, over: { over: 'entity', entity: 'store' } },
      ['note="가"'],
      ['deleted:deleted', 'phone:tie', 'phone:tie'],
    ],
    [
      'somebody who wrote nothing',
      { rule: { by: 'author', author: 'x' }, over: { over: 'field', entity: 'store', field: 'note' } },
      [],
      ['note:authorUnknown'],
    ],
  ])('%s', async (_name, ask, settles, stays) => {
    const dump = here.dump();
    const preview = await here.call('conflicts.preview', ask);
    expect(preview.settles.map(({ field, value }) => `${field}=${JSON.stringify(value)}`).sort()).toEqual(
      settles.sort(),
    );
    expect(preview.stays.map(({ field, why }) => `${field}:${why}`).sort()).toEqual(stays.sort());
    expect(here.dump()).toBe(dump);
  });

  it('by this laptop, by this file, of this shop alone, and not what is kept for later', async () => {
    const [phone] = (await openViews(here)).filter(({ field }) => field === 'phone');
    const over = { over: 'field', entity: 'store', field: 'phone' } as const;
    const values = async (ask: Ask) =>
      (await here.call('conflicts.preview', ask)).settles.map(({ value }) => value).sort();
    expect(await values({ rule: { by: 'laptop', laptop: phone!.sides[1]!.laptop.id }, over })).toEqual([
      '02-1',
      '02-3',
    ]);
    expect(await values({ rule: { by: 'file', file: phone!.sides[0]!.import! }, over })).toEqual([
      '02-2',
      '02-4',
    ]);
    const group = (await list()).rows.find(({ record }) => record === day.shops[1]!)!.group;
    expect(await values({ rule: { by: 'newest' }, over: { over: 'group', group } })).toEqual(['02-4']);
    await here.call('conflicts.later', {
      conflicts: [{ entity: 'store', record: day.shops[1]!, field: 'phone' }],
      later: true,
    });
    const preview = await here.call('conflicts.preview', { rule: { by: 'newest' }, over });
    expect(preview.settles.map(({ value }) => value)).toEqual(['02-2']);
    expect(preview.stays).toMatchObject([{ record: day.shops[1]!, why: 'later' }]);
    expect(await values({ rule: { by: 'newest' }, over, later: true })).toEqual(['02-2', '02-4']);
  });

  it('settles exactly what was looked at, as one step, and the losers stay in the history', async () => {
    const open = here.dump();
    const preview = await here.call('conflicts.preview', { ...NEWEST, deleted: true });
    expect(await apply(preview)).toEqual({ applied: 4, already: 0, refused: 0, left: [] });
    expect((await list()).total).toBe(0);
    const history = await here.call('records.history', {
      entity: 'store',
      id: day.shops[0]!,
      field: 'phone',
    });
    expect(history.map(({ value, fate }) => [value, fate])).toContainEqual(['02-1', 'lost']);
    expect(history.map(({ value }) => value)).toContain('02-0');
    expect(await apply(preview)).toMatchObject({ applied: 0, already: 4 });

    const undone = await here.call('undo.undo', {});
    expect(undone).toMatchObject({ step: { kind: 'settled', others: 3 }, left: [] });
    expect(here.dump()).toBe(open);
    expect((await list()).total).toBe(4);
  });

  it('refuses what has changed since, by itself, and settles the rest', async () => {
    const preview = await here.call('conflicts.preview', NEWEST);
    there.clock.now += 60_000;
    await write(there, day.shops[1]!, { phone: '02-5' });
    await bring();
    const done = await apply(preview);
    expect(done).toMatchObject({ applied: 2, refused: 1 });
    expect(done.left).toMatchObject([
      { record: day.shops[1]!, field: 'phone', status: 'refused', reason: { code: 'CONFLICT_STALE' } },
    ]);
    expect((await fieldsOf(day.shops[1]!))['phone']).toBe('02-5');
    expect((await here.call('records.get', { entity: 'store', id: day.shops[1]! })).conflicts).toHaveProperty(
      'phone',
    );
  });

  it('a preview that was looked at before sees what has come since', async () => {
    await here.call('conflicts.preview', NEWEST);
    there.clock.now += 60_000;
    await write(there, day.shops[1]!, { phone: '02-5' });
    await bring();
    const { settles } = await here.call('conflicts.preview', NEWEST);
    expect(settles.find(({ record, field }) => record === day.shops[1]! && field === 'phone')?.value).toBe(
      '02-5',
    );
  });

  it('a clock that ran ahead is not believed', async () => {
    there.clock.now += 400 * 24 * 3_600_000;
    await write(there, day.shops[1]!, { unit: '가동' });
    await write(here, day.shops[1]!, { unit: '나동' });
    await bring();
    const { stays } = await here.call('conflicts.preview', {
      rule: { by: 'newest' },
      over: { over: 'field', entity: 'store', field: 'unit' },
    });
    expect(stays).toMatchObject([{ field: 'unit', why: 'clock' }]);
  });
});

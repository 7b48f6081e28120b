import { describe, expect, it } from 'vitest';
import { PAUSE_MS } from '#shared/merge/typing.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { openViews, seenOf } from '#tests/support/conflict-views.ts';
import { marketDay, type MarketDay } from '#tests/support/market-day.ts';

/** Two laptops that hold the same day. */
async function two(): Promise<{ here: TestLaptop; there: TestLaptop; day: MarketDay }> {
  const [here, there] = [laptop('망원 1호'), laptop('망원 2호')];
  const day = await marketDay(here);
  await there.take('day.dangol', await here.exported());
  here.clock.now += PAUSE_MS + 1;
  there.clock.now += 2 * PAUSE_MS;
  return { here, there, day };
}

const phoneOf = async (on: TestLaptop, id: string): Promise<unknown> =>
  (await on.call('records.get', { entity: 'store', id })).fields['phone'];

describe('what another laptop wrote meanwhile', () => {
  it('is named and left; the step is gone, and the one before it is next', async () => {
    const { here, there, day } = await two();
    const [id] = day.shops as [string];
    await here.call('stores.update', { id, phone: '02-1' });
    await there.take('first.dangol', await here.exported());
    await there.call('stores.update', { id, phone: '02-2' });
    await here.take('second.dangol', await there.exported());

    expect(await here.call('undo.undo', {})).toEqual({ step: null, excluded: 'import', left: [] });
    expect(await here.call('undo.undo', {})).toEqual({
      step: null,
      excluded: null,
      left: [{ entity: 'store', title: '분식 1', field: 'phone', why: 'changed', by: '망원 2호' }],
    });
    expect(await phoneOf(here, id)).toBe('02-2');
    expect((await here.call('undo.undo', {})).step).toMatchObject({ entity: 'match' });
  });

  it('keeps a shop that was made here and written on there', async () => {
    const { here, there, day } = await two();
    const { id } = await here.call('stores.create', { site: day.site, name: '새벽분식' });
    await there.take('first.dangol', await here.exported());
    await there.call('stores.update', { id, phone: '02-2' });
    await here.take('second.dangol', await there.exported());
    await here.call('undo.undo', {});
    expect((await here.call('undo.undo', {})).left).toMatchObject([{ title: '새벽분식', by: '망원 2호' }]);
    expect(await phoneOf(here, id)).toBe('02-2');
  });
});

describe('a conflict that was settled', () => {
  it('is open again, with both values, here and where the file goes', async () => {
    const { here, there, day } = await two();
    const [id] = day.shops as [string];
    await here.call('stores.update', { id, phone: '02-1' });
    await there.call('stores.update', { id, phone: '02-2' });
    await here.take('there.dangol', await there.exported());
    const [conflict] = await openViews(here);
    const before = here.dump();
    here.clock.now += 60_000;
    await here.call('conflicts.settle', {
      entity: 'store',
      record: id,
      field: 'phone',
      value: '02-1',
      seen: seenOf(conflict!),
    });
    expect((await here.call('conflicts.list', {})).total).toBe(0);
    expect((await here.call('undo.undo', {})).step).toMatchObject({ kind: 'edited', fields: ['phone'] });
    expect(here.dump()).toBe(before);
    await there.take('back.dangol', await here.exported());
    expect(there.dump()).toBe(before);
    expect(await here.call('app.verify', {})).toMatchObject({ faults: [] });

    await here.call('undo.redo', {});
    expect((await here.call('conflicts.list', {})).total).toBe(0);
    expect(await phoneOf(here, id)).toBe('02-1');
  });
});

describe('what undo leaves to others', () => {
  it('an import says so once, and is passed by; ten files are one', async () => {
    const { here, there, day } = await two();
    await here.call('visits.update', { id: day.visits[0]!, outcome: 'closed' });
    for (let at = 0; at < 10; at += 1) {
      await there.call('stores.update', { id: day.shops[1]!, note: `메모 ${at}` });
      await here.take(`${at}.dangol`, await there.exported());
    }
    expect((await here.call('undo.state', {})).undo).toEqual({ kind: 'excluded', why: 'import' });
    expect(await here.call('undo.undo', {})).toMatchObject({ step: null, excluded: 'import' });
    expect((await here.call('undo.undo', {})).step).toMatchObject({ entity: 'visit', fields: ['outcome'] });
  });

  it('a file that was here already is nothing to speak of', async () => {
    const { here, day } = await two();
    await here.call('visits.update', { id: day.visits[0]!, outcome: 'closed' });
    const bytes = await here.exported();
    await here.call('exchange.import', { file: 'own.dangol', bytes });
    await here.call('undo.undo', {});
    await here.call('exchange.import', { file: 'own.dangol', bytes });
    expect((await here.call('undo.state', {})).redo).not.toBeNull();
  });

  it('what was erased is gone for good, and a value before it does not come back', async () => {
    const { here, day } = await two();
    const [id] = day.merchants as [string];
    await here.call('records.write', { entity: 'person', id, set: { name: '김순자' } });
    await here.call('records.erase', { entity: 'person', id, fields: ['name'] });
    expect(await here.call('undo.undo', {})).toMatchObject({ excluded: 'erase' });
    expect((await here.call('undo.undo', {})).left).toMatchObject([{ field: 'name', why: 'erased' }]);
    expect(here.dump()).not.toContain('김순자');
  });

  it('a merchant’s answers', async () => {
    const { here, day } = await two();
    const form = await here.call('surveys.form', { session: day.session });
    const before = await here.call('undo.state', {});
    await here.call('surveys.answer', {
      response: '0191aaaa-0000-7000-8000-0000000fffff',
      session: day.session,
      template: form.template!.id,
      mode: 'handover',
      answers: { helpful: true },
      submitted: true,
    });
    expect(await here.call('undo.state', {})).toEqual(before);
  });

  it('a table of more rows than could be undone without a wait; a smaller one is undone whole', async () => {
    for (const [rows, expected] of [
      [5001, 'large'],
      [40, null],
    ] as const) {
      const { here, day } = await two();
      const lines = Array.from({ length: rows }, (_none, at) => `가게 ${at}`);
      const before = (await here.call('app.status', {})).counts.stores;
      const table = new TextEncoder().encode(['상호명', ...lines].join('\n'));
      await here.call('stores.importTable', { site: day.site, file: 'shops.csv', bytes: table } as never);
      const undone = await here.call('undo.undo', {});
      expect(undone.excluded).toBe(expected);
      if (expected === null) expect((await here.call('app.status', {})).counts.stores).toBe(before);
    }
  });
});

describe('a fact that was taken back', () => {
  it('is there again when it is recorded again', async () => {
    const { here, day } = await two();
    const check = { visit: day.visits[1]!, item: 'channel' };
    await here.call('checks.mark', { ...check, state: 'done' });
    await here.call('undo.undo', {});
    await here.call('checks.mark', { ...check, state: 'notDone' });
    expect((await here.call('visits.get', { id: day.visits[1]! })).checks[0]).toMatchObject({
      state: 'notDone',
    });

    const reading = { owner: day.shops[1]!, ownerKind: 'store', date: '2026-11-24' } as const;
    await here.call('friends.record', { ...reading, friends: 5 });
    await here.call('undo.undo', {});
    await here.call('friends.record', { ...reading, friends: 6 });
    expect((await here.call('visits.get', { id: day.visits[1]! })).friendsToday).toMatchObject({
      friends: 6,
    });
  });
});

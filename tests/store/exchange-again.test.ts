import { describe, expect, it } from 'vitest';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { changeIdAt, dawn, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { held, edit } from '#tests/support/exchange-contents.ts';

describe('importing again', () => {
  it('the same file is recognised, under whatever name', async () => {
    const office = laptop('사무실');
    const file = exchangeFile(goodDraft);
    const first = await office.take('a.dangol', file);
    const before = await held(office);
    expect(await office.take('copy of a.dangol', file)).toMatchObject({
      status: 'already',
      import: first.import,
      new: 0,
      known: 3,
    });
    expect(await held(office)).toEqual(before);
    expect(await office.call('imports.list', {})).toHaveLength(1);
  });

  it('undone is as never imported, and again is as before', async () => {
    const office = laptop('사무실');
    const day = await marketDay(office);
    const never = await held(office);
    const line = { id: changeIdAt(5), entity: 'store', record: day.shops[0]!, set: { name: '분식 (고침)' } };
    const file = exchangeFile({ lines: [...goodDraft.lines!, line], blobs: [photo] });
    const first = await office.take('a.dangol', file);
    const imported = await held(office);
    expect(imported).not.toEqual(never);

    expect(await office.call('imports.undo', { id: first.import! })).toEqual({
      removed: 4,
      kept: 0,
      records: 4,
    });
    expect(await held(office)).toEqual(never);
    expect(await office.ask('imports.undo', { id: first.import! })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });

    const second = await office.take('a.dangol', file);
    expect(second).toMatchObject({ status: 'imported', new: 4, conflicts: first.conflicts });
    expect(await held(office)).toEqual(imported);
    expect((await office.call('imports.list', {})).map(({ undoneAt }) => undoneAt !== null)).toEqual([
      false,
      true,
    ]);
  });

  it('a change that two files brought goes with the second of them', async () => {
    const office = laptop('사무실');
    const lines = goodDraft.lines!;
    const more = { id: changeIdAt(9), entity: 'store', record: recordId(2), set: { note: '단골 많음' } };
    const one = await office.take('one.dangol', exchangeFile({ lines }));
    const alone = office.dump();
    const two = await office.take('two.dangol', exchangeFile({ lines: [...lines, more] }));
    expect(two).toMatchObject({ new: 1, known: 3 });
    const both = office.dump();

    expect(await office.call('imports.undo', { id: one.import! })).toMatchObject({ removed: 0, kept: 3 });
    expect(office.dump()).toBe(both);
    const again = await office.take('one.dangol', exchangeFile({ lines }));
    expect(await office.call('imports.undo', { id: two.import! })).toMatchObject({ removed: 1, kept: 3 });
    expect(office.dump()).toBe(alone);
    await office.call('imports.undo', { id: again.import! });
    expect(office.dump()).toBe('');
  });

  it('own work that comes back stays when the file is undone', async () => {
    const [market, office] = [laptop('시장'), laptop('사무실')];
    const day = await marketDay(market);
    await office.take('day.dangol', await market.exported());
    await edit(office, day.shops[0]!, { phone: '02-335-3591' });
    const own = market.dump();
    const back = await market.take('kit.dangol', await office.exported());
    expect(back).toMatchObject({ new: 1 });
    expect(market.dump()).toBe(office.dump());
    await market.call('imports.undo', { id: back.import! });
    expect(market.dump()).toBe(own);
  });
});

describe('what an import tells', () => {
  const shop = (minute: number, set: object, author = dawn): object => ({
    id: changeIdAt(minute, author),
    entity: 'store',
    record: recordId(2),
    set,
  });
  const first = exchangeFile({ lines: [shop(1, { name: '분식', phone: '1', note: 'x' })] });
  const rival = exchangeFile({ author: dusk, lines: [shop(2, { name: '분식', phone: '2' }, dusk)] });
  const third = exchangeFile({
    lines: [shop(1, { name: '분식', phone: '1', note: 'x' }), shop(3, { note: 'y' })],
  });
  const deletion = exchangeFile({ author: dusk, lines: [shop(4, { deleted: true }, dusk)] });

  it('the fields that newly disagree, each counted for the file that brought it', async () => {
    const office = laptop('사무실');
    const files = [first, rival, third, deletion];
    const run = office.core.importRun({ dryRun: false });
    for (const [i, bytes] of files.entries()) await run.add(`${i}.dangol`, bytes);
    expect((await run.finish()).map(({ conflicts }) => conflicts)).toEqual([0, 1, 1, 1]);
    const fields = (await office.call('conflicts.list', {})).rows.map(({ field }) => field);
    expect(fields).toEqual(['deleted', 'note', 'phone']);

    const slow = laptop('느린 사무실');
    for (const [i, bytes] of files.entries()) {
      expect(await slow.take(`${i}.dangol`, bytes)).toMatchObject({ conflicts: [0, 1, 1, 1][i] });
    }
    expect(slow.dump()).toBe(office.dump());
  });

  it('in a dry run the same, and nothing is kept', async () => {
    const office = laptop('사무실');
    await office.take('first.dangol', first);
    const before = await held(office);
    const input = { file: 'rival.dangol', bytes: rival, dryRun: true };
    expect(await office.call('exchange.import', input)).toMatchObject({
      status: 'imported',
      import: null,
      new: 1,
      conflicts: 1,
      laptop: { id: dusk.id, firstSeen: true },
    });
    const run = office.core.importRun({ dryRun: true });
    for (const bytes of [rival, deletion]) await run.add('x.dangol', bytes);
    expect(await run.finish()).toMatchObject([{ conflicts: 1 }, { conflicts: 1 }]);
    expect(await held(office)).toEqual(before);
    expect(await office.call('imports.list', {})).toHaveLength(1);
    expect(
      (await office.call('exchange.inspect', { file: 'rival.dangol', bytes: rival })).laptop.firstSeen,
    ).toBe(true);
  });

  it('a clock that runs ahead is flagged, and does not drag the clock here along', async () => {
    const office = laptop('사무실');
    const days = (MORNING - Date.UTC(2024, 8, 1, 9)) / 60_000;
    const lines = [shop(days + 23 * 60, { name: '내일' }), shop(days + 10 * 24 * 60, { name: '다음 주' })];
    expect(await office.take('ahead.dangol', exchangeFile({ lines }))).toMatchObject({
      new: 2,
      clockSuspect: 1,
    });
    const { change } = await office.call('records.write', {
      entity: 'store',
      id: recordId(3),
      set: { name: '지금' },
    });
    const at = parseInt(change.slice(0, 12), 16);
    // After the one that is less than a day ahead, so that what follows it also sorts after it.
    expect(at - MORNING).toBe(23 * 3_600_000);
    const [newest] = await office.call('records.history', { entity: 'store', id: recordId(2) });
    expect(newest).toMatchObject({ value: '다음 주', clockSuspect: true });
  });

  it('inspecting says what is in a file and keeps nothing', async () => {
    const office = laptop('사무실');
    const { manifest, laptop: sight } = await office.call('exchange.inspect', { file: 'x', bytes: rival });
    expect(manifest).toMatchObject({ purpose: 'session', counts: { changes: 1, records: { store: 1 } } });
    expect(sight).toMatchObject({ id: dusk.id, name: '저녁', firstSeen: true });
    expect(sight.fingerprint).toMatch(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/);
    expect(office.dump()).toBe('');
  });
});

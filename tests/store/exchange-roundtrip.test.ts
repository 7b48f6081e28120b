import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { model } from '#shared/model/model.ts';
import type { Entity } from '#shared/model/field.ts';
import type { Change } from '#shared/merge/change.ts';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { changeIdAt, dawn, dusk, exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';

const linesOf = (file: Buffer): string[] =>
  unpackZip(file).get('changes.jsonl')!.toString('utf8').split('\n').slice(0, -1);
const changesOf = (file: Buffer): Change[] => linesOf(file).map((line) => JSON.parse(line) as Change);
const recordsIn = (file: Buffer): Set<string> => new Set(changesOf(file).map(({ record }) => record));

/** A store and its whole history beside the dump: what an import or an undo may touch. */
async function held(on: TestLaptop): Promise<unknown> {
  const { changes, records, blobs, faults } = await on.call('app.verify', {});
  return { dump: on.dump(), changes, records, blobs, faults };
}

async function edit(on: TestLaptop, id: string, set: Record<string, string | null>): Promise<void> {
  on.clock.now += 60_000;
  await on.call('records.write', { entity: 'store', id, set });
}

describe('what one laptop wrote', () => {
  it('is on another after one file, to the byte, and goes on from there unchanged', async () => {
    const [market, office, archive] = [laptop('시장'), laptop('사무실'), laptop('서고')];
    await marketDay(market);
    const file = await market.exported();
    expect(await office.take('day.dangol', file)).toMatchObject({
      status: 'imported',
      known: 0,
      conflicts: 0,
    });
    expect(office.dump()).toBe(market.dump());
    expect(office.dump().split('\n').length).toBeGreaterThan(20);

    const onward = await office.exported({ purpose: 'kit' });
    expect(linesOf(onward)).toEqual(linesOf(file));
    await archive.take('kit.dangol', onward);
    expect(archive.dump()).toBe(market.dump());
    expect((await archive.call('app.verify', {})).faults).toEqual([]);
  });

  it('is a zip as the format describes it', async () => {
    const market = laptop('시장');
    await market.take('good.dangol', exchangeFile(goodDraft));
    await market.call('records.write', { entity: 'store', id: recordId(2), set: { note: '친절해요' } });
    const file = await market.exported({ purpose: 'kit' });
    const entries = unpackZip(file);
    expect([...entries.keys()]).toEqual([
      'manifest.json',
      'manifest.sig',
      'changes.jsonl',
      `blobs/${sha256(photo)}`,
    ]);
    const { laptop: own } = await market.call('app.status', {});
    const lines = entries.get('changes.jsonl')!;
    expect(JSON.parse(entries.get('manifest.json')!.toString('utf8'))).toMatchObject({
      format: 'dangol',
      version: 1,
      purpose: 'kit',
      createdAt: new Date(MORNING).toISOString(),
      device: { id: own.id, name: '시장', role: 'trainer' },
      counts: { changes: 4, records: { photo: 1, site: 1, store: 1 } },
      files: {
        'changes.jsonl': { bytes: lines.length, sha256: sha256(lines) },
        [`blobs/${sha256(photo)}`]: { bytes: photo.length, sha256: sha256(photo) },
      },
    });
    const ids = changesOf(file).map(({ id }) => id);
    expect(ids).toEqual([...ids].sort());
    // The first entry's day and time, as DOS writes them: midnight of 1 January 2000.
    expect([file.readUInt16LE(12), file.readUInt16LE(10)]).toEqual([0x2821, 0]);
  });

  it('makes the same bytes of the same content, in whatever time zone', async () => {
    const zone = process.env['TZ'];
    try {
      const files: Buffer[] = [];
      for (const place of ['Asia/Seoul', 'America/Los_Angeles']) {
        process.env['TZ'] = place;
        const market = laptop('시장');
        await marketDay(market);
        files.push(await market.exported());
      }
      expect(files[0]!.equals(files[1]!)).toBe(true);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('may be nothing', async () => {
    const [market, office] = [laptop('시장'), laptop('사무실')];
    expect(await office.take('empty.dangol', await market.exported())).toMatchObject({
      status: 'imported',
      new: 0,
      records: {},
    });
    expect(office.dump()).toBe('');
  });

  it('is not refused by others for a long title', async () => {
    const [market, office] = [laptop('시장'), laptop('사무실')];
    const { session } = await marketDay(market);
    await market.call('records.write', {
      entity: 'session',
      id: session,
      set: { title: '방문 👩‍🌾 '.repeat(500) },
    });
    const file = await market.exported({ sessions: [session] });
    expect(await office.take('day.dangol', file)).toMatchObject({ status: 'imported' });
  });
});

describe('a file that was made with version 1', () => {
  const kept = (name: string): Buffer =>
    fs.readFileSync(path.join(import.meta.dirname, '../fixtures/exchange', name));

  it('goes in as on its first day: never make these two files anew', async () => {
    const office = laptop('사무실');
    expect(await office.take('day-v1.dangol', kept('day-v1.dangol'))).toMatchObject({
      new: 16,
      conflicts: 2,
    });
    expect(office.dump()).toBe(kept('day-v1.dump.jsonl').toString('utf8'));
    expect(await office.call('app.verify', {})).toMatchObject({ blobs: 1, faults: [] });
  });
});

describe('photos', () => {
  it('travel by content and are there when the next file is written', async () => {
    const [office, archive] = [laptop('사무실'), laptop('서고')];
    await office.take('good.dangol', exchangeFile(goodDraft));
    const file = await office.exported();
    expect(
      unpackZip(file)
        .get(`blobs/${sha256(photo)}`)
        ?.equals(photo),
    ).toBe(true);
    await archive.take('kit.dangol', file);
    expect(await archive.call('app.verify', {})).toMatchObject({ blobs: 1, faults: [] });
  });

  it('go when the only file that brought them is undone, and stay when another brought them too', async () => {
    const office = laptop('사무실');
    const first = await office.take('a.dangol', exchangeFile(goodDraft));
    const second = await office.take('b.dangol', exchangeFile({ ...goodDraft, title: '다른 파일' }));
    await office.call('imports.undo', { id: first.import! });
    expect(await office.call('app.verify', {})).toMatchObject({ blobs: 1, changes: 3, faults: [] });
    await office.call('imports.undo', { id: second.import! });
    expect(await office.call('app.verify', {})).toMatchObject({ blobs: 0, changes: 0, faults: [] });
  });
});

describe('what this version does not know', () => {
  const line = (minute: number, entity: string, set: object): object => ({
    id: changeIdAt(minute),
    author: null,
    entity,
    record: recordId(7),
    set,
  });
  const lines = [
    line(1, 'starMap', { zenith: { b: 1, a: ['별', null, 2.5] } }),
    line(2, 'store', { colourOfTheDoor: '빨강', name: '망원분식' }),
    line(3, 'visit', { outcome: 'rained', date: '2026-02-30' }),
    line(4, 'starMap', { deleted: true }),
  ];

  it('is kept, dumped, and goes out again to the byte', async () => {
    const office = laptop('사무실');
    expect(await office.take('new.dangol', exchangeFile({ lines }))).toMatchObject({
      status: 'imported',
      new: 4,
    });
    expect(office.dump()).toBe(
      [
        `{"conflicts":{"deleted":[false,true]},"entity":"starMap","fields":{"deleted":true,"zenith":{"a":["별",null,2.5],"b":1}},"id":"${recordId(7)}"}`,
        `{"entity":"store","fields":{"colourOfTheDoor":"빨강","name":"망원분식"},"id":"${recordId(7)}"}`,
        `{"entity":"visit","fields":{"date":"2026-02-30","outcome":"rained"},"id":"${recordId(7)}"}`,
        '',
      ].join('\n'),
    );
    expect(linesOf(await office.exported())).toEqual(lines.map((line) => JSON.stringify(line)));
    expect((await office.call('app.verify', {})).faults).toEqual([]);
  });

  it('is the same change when another writer put its members in another order', async () => {
    const office = laptop('사무실');
    await office.take('new.dangol', exchangeFile({ lines }));
    const before = await held(office);
    const turned = lines.map((one) => turn({ ...one, set: turn((one as Change).set!) }));
    expect(await office.take('again.dangol', exchangeFile({ lines: turned }))).toMatchObject({
      status: 'imported',
      new: 0,
      known: 4,
    });
    expect(await held(office)).toEqual(before);
  });

  const turn = (value: object): object => Object.fromEntries(Object.entries(value).reverse());
});

describe('a part of the store', () => {
  /** Every reference from a record in the file to one that is in the store leads to a record in the file. */
  async function expectClosed(on: TestLaptop, file: Buffer): Promise<void> {
    const inside = recordsIn(file);
    for (const { entity, record, set } of changesOf(file)) {
      const { fields }: Entity = model[entity as keyof typeof model];
      for (const [name, value] of Object.entries(set ?? {})) {
        const kind = fields[name]?.kind;
        // A decision about two shops goes along with either; the other shop may be elsewhere.
        if (entity === 'match' || (kind !== 'ref' && kind !== 'refs') || value === null) continue;
        for (const target of [value].flat() as string[]) {
          expect([entity, record, name, inside.has(target)]).toEqual([entity, record, name, true]);
        }
      }
    }
    expect(on.dump()).not.toBe('');
  }

  it('a session brings along all that it refers to, and nothing of another day', async () => {
    const office = laptop('사무실');
    const [one, two] = [await marketDay(office, 1), await marketDay(office, 2)];
    const file = await office.exported({ sessions: [one.session] });
    await expectClosed(office, file);
    const inside = recordsIn(file);
    for (const id of [
      one.program,
      one.site,
      one.session,
      one.trainer,
      ...one.shops,
      ...one.merchants,
      ...one.visits,
    ]) {
      expect(inside).toContain(id);
    }
    expect(changesOf(file).map(({ entity }) => entity)).toEqual(
      expect.arrayContaining([
        'attendance',
        'check',
        'checklistTemplate',
        'friendReading',
        'match',
        'surveyResponse',
      ]),
    );
    const alone = laptop('시장');
    await alone.take('one.dangol', file);
    expect(alone.dump()).not.toContain(two.session);
    for (const id of [two.program, two.site, ...two.visits]) expect(inside).not.toContain(id);
    // On the other laptop the session opens whole.
    expect(await alone.call('sessions.get', { id: one.session })).toEqual(
      await office.call('sessions.get', { id: one.session }),
    );
  });

  it('a programme brings its sites, shops, people, grants and sessions', async () => {
    const office = laptop('사무실');
    const [one, two] = [await marketDay(office, 1), await marketDay(office, 2)];
    const file = await office.exported({ purpose: 'kit', program: two.program });
    await expectClosed(office, file);
    const inside = recordsIn(file);
    const whole = recordsIn(await office.exported());
    expect([...whole].filter((id) => !inside.has(id)).length).toBe(inside.size);
    expect(inside).not.toContain(one.session);
    expect(changesOf(file).some(({ entity }) => entity === 'grant')).toBe(true);
  });

  it('deletions travel with it, or the shop would come back', async () => {
    const [office, market] = [laptop('사무실'), laptop('시장')];
    const day = await marketDay(office);
    await market.take('kit.dangol', await office.exported({ program: day.program }));
    office.clock.now += 1000;
    for (const [entity, id] of [
      ['visit', day.visits[1]!],
      ['store', day.shops[1]!],
    ]) {
      await office.call('records.delete', { entity: entity!, id: id! });
    }
    await market.take('kit-2.dangol', await office.exported({ sessions: [day.session] }));
    expect(market.dump()).toBe(office.dump());
    expect(market.dump().match(/"deleted":true/g)).toHaveLength(2);
  });

  it('since an import, or since a time, only what is newer', async () => {
    const [office, market] = [laptop('사무실'), laptop('시장')];
    const day = await marketDay(office);
    const kit = await market.take('kit.dangol', await office.exported());
    market.clock.now += 3_600_000;
    const noon = new Date(market.clock.now - 1).toISOString();
    await edit(market, day.shops[0]!, { note: '새 간판' });
    for (const since of [kit.import!, noon]) {
      const file = await market.exported({ since });
      expect(changesOf(file).map(({ set }) => set)).toEqual([{ note: '새 간판' }]);
    }
    // What came in counts by when it came, not by when it was written.
    const before = new Date(MORNING - 1).toISOString();
    expect(linesOf(await market.exported({ since: before }))).toHaveLength(
      linesOf(await market.exported()).length,
    );
    expect(await market.ask('exchange.export', { since: 'yesterday' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', params: { at: 'since' } },
    });
  });

  it('a session that is not here is refused', async () => {
    const office = laptop('사무실');
    expect(await office.ask('exchange.export', { sessions: [recordId(1)] })).toMatchObject({
      error: { code: 'NOT_FOUND', params: { entity: 'session' } },
    });
  });
});

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

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Change } from '#shared/merge/change.ts';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { changeIdAt, exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';
import { linesOf, changesOf, held } from '#tests/support/exchange-contents.ts';

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

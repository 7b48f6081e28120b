import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCore, writeFileAtomic } from '#main/core.ts';
import { openAuditor } from '#main/features/audit/auditor.ts';
import { importHandlers } from '#main/features/import.ts';
import { startImportRun } from '#main/features/import-run.ts';
import type { Deps } from '#main/features/deps.ts';
import { dumpLines } from '#main/store/dump.ts';
import { createStore } from '#main/store/store.ts';
import { goodDraft, photo } from '#tests/support/damage.ts';
import { changeIdAt, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

/** About 150 KB in the log and as much in the tables. */
const bigFile = exchangeFile({
  lines: Array.from({ length: 300 }, (_none, i) => ({
    id: changeIdAt(10 + i),
    entity: 'store',
    record: recordId(10 + i),
    set: { name: `상점 ${i}`, note: `${i} `.repeat(80) },
  })),
  blobs: [photo],
});
const secondFile = exchangeFile(goodDraft);

describe('a database that cannot grow', () => {
  /** A store that is limited to some pages more than it has. */
  function limited(more: number): Deps {
    const owner = { id: '00000000000000aa', name: '', role: 'trainer', publicKey: '', privateKey: '' };
    const store = createStore(
      { dir: scratchDir(), key: new Uint8Array(32).fill(7), now: () => MORNING },
      owner,
    );
    store.log.write([{ entity: 'store', id: recordId(0), set: { name: '우리 상점' } }]);
    const pages = store.db.pragma('page_count', { simple: true }) as number;
    store.db.pragma(`max_page_count = ${pages + more}`);
    let drawn = 0;
    const random = (bytes: number): Uint8Array => new Uint8Array(bytes).fill((drawn += 1));
    const now = (): number => MORNING;
    const audit = openAuditor({ store, now, via: 'commandLine' });
    const vault = { dir: '', key: new Uint8Array(32) };
    return { store, audit, vault, now, random, version: '0', tell: () => undefined };
  }

  const dump = ({ store }: Deps): string => {
    store.projector.catchUp();
    return [...dumpLines(store.db, store.projector)].join('\n');
  };
  const held = (deps: Deps): unknown => ({
    dump: dump(deps),
    imports: deps.store.imports.list(),
    changes: deps.store.log.count(),
    blobs: deps.store.blobs.count(),
  });

  /** The files in one run, as the command line takes them, and one alone, as the window does. */
  const ways: Record<string, (deps: Deps, files: Buffer[]) => Promise<{ status: string; code?: string }[]>> =
    {
      async 'in one run'(deps, files) {
        const run = startImportRun(deps, { dryRun: false });
        for (const [i, bytes] of files.entries()) await run.add(`${i}.dangol`, bytes);
        return (await run.finish()).map(({ status, error }) => ({ status, code: error?.code ?? '' }));
      },
      async 'one by one'(deps, files) {
        const results = [];
        for (const [i, bytes] of files.entries()) {
          const input = { file: `${i}.dangol`, bytes, dryRun: false };
          const { status, error } = await importHandlers(deps)['exchange.import'](input);
          results.push({ status, code: error?.code ?? '' });
        }
        return results;
      },
    };

  it.each(Object.keys(ways))('takes a file whole or not at all, wherever the room ends: %s', async (way) => {
    const outcomes = new Set<string>();
    for (let more = 0; more < 400; more += 12) {
      const deps = limited(more);
      try {
        const before = held(deps);
        const [result] = await ways[way]!(deps, [bigFile]);
        outcomes.add(result!.status);
        if (result!.status === 'imported') {
          expect(deps.store.log.count()).toBe(301);
          expect(dump(deps)).toContain('상점 299');
          return;
        }
        expect([more, result]).toEqual([more, { status: 'refused', code: 'DISK_FULL' }]);
        expect(held(deps)).toEqual(before);
        // What little there is room for goes on: nothing is stuck.
        deps.store.db.pragma('max_page_count = 100000');
        expect(await ways[way]!(deps, [bigFile])).toMatchObject([{ status: 'imported' }]);
      } finally {
        deps.store.close();
      }
    }
    expect(outcomes).toContain('imported');
  });

  it('takes a run whole or not at all when it is the tables that have no room', async () => {
    const statuses = new Set<string>();
    for (let more = 30; more < 120; more += 6) {
      const deps = limited(more);
      try {
        const before = held(deps);
        const results = await ways['in one run']!(deps, [secondFile, bigFile]);
        const text = results.map(({ status, code }) => `${status} ${code}`).join(', ');
        statuses.add(text);
        if (text === 'refused DISK_FULL, refused DISK_FULL') expect(held(deps)).toEqual(before);
      } finally {
        deps.store.close();
      }
    }
    expect([...statuses].sort()).toEqual([
      'imported , imported ',
      'imported , refused DISK_FULL',
      'refused DISK_FULL, refused DISK_FULL',
    ]);
  });
});

const why = whyNoSmallDisk();

describe.skipIf(why !== null)(`a full disk${why === null ? '' : ` (skipped: ${why})`}`, () => {
  const ask = (on: TestLaptop, set: Record<string, string>) =>
    on.ask('records.write', { entity: 'store', id: recordId(1), set });

  it.each([0, 64, 160, 256, 320])(
    'with %i KB left refuses what has no room, and all goes on when there is some',
    async (kilobytes) => {
      const disk = smallDisk(8);
      const market = laptop('시장', { dir: path.join(disk.dir, 'store') });
      await ask(market, { name: '우리 상점' });
      const before = market.dump();
      disk.fillBut(kilobytes * 1024);

      const results = [await market.take('big.dangol', bigFile)];
      const run = market.core.importRun({ dryRun: false });
      await run.add('big.dangol', bigFile);
      results.push(...(await run.finish()));
      for (const result of results) {
        if (result.status !== 'refused') continue;
        expect(result.error?.code).toBe('DISK_FULL');
        expect(market.dump()).toBe(before);
        expect(await market.call('imports.list', {})).toEqual([]);
      }
      if (kilobytes === 0) {
        expect(results.map(({ status }) => status)).toEqual(['refused', 'refused']);
        // A write of a page or two may still find room in the log that is there.
        let written = await ask(market, { note: '0' });
        for (let i = 1; written.ok && i < 100; i += 1)
          written = await ask(market, { note: `${i} `.repeat(2000) });
        expect(written).toMatchObject({ error: { code: 'DISK_FULL' } });
      }

      const kept = market.dump();
      disk.empty();
      expect(market.dump()).toBe(kept);
      expect(await ask(market, { phone: '02-335-3591' })).toMatchObject({ ok: true });
      const again = await market.take('big.dangol', bigFile);
      expect(again.status).toBe(results[0]!.status === 'refused' ? 'imported' : 'already');
      expect(await market.call('app.verify', {})).toMatchObject({ faults: [] });
    },
  );

  it('does not keep a store from being opened again afterwards', async () => {
    const disk = smallDisk(8);
    const market = laptop('시장', { dir: path.join(disk.dir, 'store') });
    await ask(market, { name: '우리 상점' });
    const before = market.dump();
    market.close();
    disk.fillBut(0);
    expect(openCore({ dataDir: market.dir, create: false })).toMatchObject({ error: { code: 'DISK_FULL' } });
    disk.empty();
    const again = laptop('시장', { dir: market.dir, fresh: false });
    expect(again.dump()).toBe(before);
  });

  it('leaves no half file behind, and the old one as it was', () => {
    const disk = smallDisk(1);
    const file = path.join(disk.dir, 'kit.dangol');
    writeFileAtomic(file, Buffer.from('the old one'));
    disk.fillBut(64 * 1024);
    const full = expect.objectContaining({ code: 'DISK_FULL' }) as unknown;
    expect(() => writeFileAtomic(file, Buffer.alloc(200 * 1024))).toThrow(full as Error);
    expect(fs.readFileSync(file, 'utf8')).toBe('the old one');
    expect(fs.readdirSync(disk.dir).sort()).toEqual(['ballast', 'kit.dangol']);
  });
});

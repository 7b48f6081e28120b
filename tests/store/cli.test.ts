import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode, decode } from '#shared/contract/wire.ts';
import { dangol, json, startDangol } from '#tests/support/cli.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { changeIdAt, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { makeScratchDir } from '#tests/support/laptop.ts';

/** Each start costs half a second, so a scenario shares its store and its tests run in their order. */
let dir: string;
const at = (name: string): string => path.join(dir, name);
const fixture = (name: string): string => path.join(import.meta.dirname, '../fixtures/tables', name);

beforeAll(() => {
  dir = makeScratchDir();
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

describe('a laptop through the command line', () => {
  const FIGURES = [
    'awards',
    'channelsOpened',
    'firstOnlineStores',
    'friends',
    'grantHolders',
    'grantsPaid',
    'mapRegistered',
    'merchantsTrained',
    'sessions',
    'sites',
    'stores',
    'surveyHelpfulShare',
    'surveyMean',
    'surveyResponses',
    'visits',
  ];
  let data: string;
  let program: string;

  it('init makes a store, once', async () => {
    data = at('office');
    expect(await json(data, 'init', '--name', '사무실', '--role', 'coordinator')).toEqual({
      code: 0,
      value: {
        data,
        laptop: {
          id: expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
          name: '사무실',
          role: 'coordinator',
          fingerprint: expect.stringMatching(/^([0-9a-f]{4} ){7}[0-9a-f]{4}$/) as unknown,
          person: null,
        },
      },
      stderr: '',
    });
    const again = await json(data, 'init');
    expect(again).toMatchObject({ code: 1, value: { error: { code: 'STORE_EXISTS', dir: data } } });
    expect(again.stderr).toContain('left as it is');
  });

  it('call answers any call of the contract', async () => {
    const write = { entity: 'program', set: { name: '단골거리', kind: 'street' } };
    const { value } = await json(data, 'call', 'records.write', JSON.stringify(write));
    program = (value as { id: string }).id;
    expect(value).toEqual({
      id: expect.any(String) as unknown,
      change: expect.stringMatching(/^[0-9a-f-]{34}$/) as unknown,
    });
    const [bad, unknown, list] = await Promise.all([
      json(data, 'call', 'records.write', '{"entity":'),
      json(data, 'call', 'records.burn'),
      json(data, 'call'),
    ]);
    expect(bad).toMatchObject({ code: 1, value: { error: { code: 'INVALID_INPUT', at: 'JSON' } } });
    expect(unknown).toMatchObject({
      code: 1,
      value: { error: { code: 'UNKNOWN_METHOD', method: 'records.burn' } },
    });
    expect(list.value).toContain('exchange.import');
  });

  it('import-sites and import-stores count what they did', async () => {
    const sites = await json(data, 'import-sites', fixture('markets.cp949.csv'), '--program', program);
    expect(sites).toMatchObject({ code: 0, value: { made: 10, updated: 0, unchanged: 0, refused: [] } });
    const { value } = await json(data, 'call', 'sites.search', '{"limit":1}');
    const [site] = value as { id: string }[];
    const stores = await json(data, 'import-stores', fixture('stores.csv'), '--site', site!.id);
    expect(stores).toMatchObject({ code: 0, value: { updated: 0, unchanged: 0 } });
    expect((stores.value as { made: number }).made).toBeGreaterThan(0);
  });

  it('kpis gives every figure, in total and by programme; report writes them', async () => {
    const [kpis, report, empty] = await Promise.all([
      json(data, 'kpis', '--from', '2024-01-01', '--to', '2026-12-31'),
      json(data, 'report', '--out', at('report.xlsx'), '--program', program),
      json(data, 'kpis', '--from', 'yesterday'),
    ]);
    const { total, programs } = kpis.value as { total: object; programs: Record<string, unknown>[] };
    expect(Object.keys(total).sort()).toEqual(FIGURES);
    expect(programs).toMatchObject([{ id: program, name: '단골거리', kind: 'street', sites: 10 }]);
    expect(Object.keys(programs[0]!).sort()).toEqual([...FIGURES, 'id', 'kind', 'name'].sort());
    expect(report).toMatchObject({ code: 0, value: { file: at('report.xlsx') } });
    expect(fs.readFileSync(at('report.xlsx')).subarray(0, 2).toString()).toBe('PK');
    expect(empty).toMatchObject({ code: 1, value: { error: { code: 'INVALID_INPUT', at: 'from' } } });
  });

  it('export writes a file, which inspect shows with and without a store', async () => {
    const file = at('kit.dangol');
    const exported = await json(data, 'export', '--out', file, '--purpose', 'kit', '--program', program);
    const { changes, records } = exported.value as { changes: number; records: Record<string, number> };
    expect(exported).toMatchObject({ code: 0, value: { file, bytes: fs.statSync(file).size } });
    expect(records).toMatchObject({ program: 1, site: 10 });
    const [own, none, unwritable] = await Promise.all([
      json(data, 'inspect', file),
      json(at('no-store'), 'inspect', file),
      json(data, 'export', '--out', at('no-such-folder/kit.dangol')),
    ]);
    for (const { code, value } of [own, none]) {
      expect(code).toBe(0);
      expect(value).toMatchObject({ manifest: { purpose: 'kit', version: 1 }, counts: { changes, records } });
    }
    expect(fs.existsSync(at('no-store'))).toBe(false);
    expect(unwritable).toMatchObject({
      code: 1,
      value: { error: { code: 'FILE_UNWRITABLE', reason: 'ENOENT' } },
    });
  });

  it('export for a trainer, or of a site, holds what the field needs and no more', async () => {
    const call = async (method: string, input: unknown) =>
      (await json(data, 'call', method, JSON.stringify(input))).value;
    const found = (await call('sites.search', { limit: 2 })) as { id: string; stores: number }[];
    const [site, other] = found;
    const set = { name: '김트레', kind: 'trainer' };
    const trainer = (await call('records.write', { entity: 'person', set })) as { id: string };
    const plan = { kind: 'class', title: '교육', date: '2026-11-26', trainers: [trainer.id] };
    await call('sessions.plan', { ...plan, site: site!.id });
    const [kit, place] = await Promise.all([
      json(data, 'export', '--out', at('own.dangol'), '--purpose', 'kit', '--trainer', trainer.id),
      json(data, 'export', '--out', at('site.dangol'), '--purpose', 'kit', '--site', other!.id),
    ]);
    const recordsOf = ({ value }: typeof kit) => (value as { records: Record<string, number> }).records;
    expect(recordsOf(kit)).toMatchObject({ session: 1, site: 1, person: 1 });
    expect(recordsOf(kit)['store'] ?? 0).toBe(site!.stores);
    expect(recordsOf(place)).toMatchObject({ site: 1 });
    expect(recordsOf(place)['store'] ?? 0).toBe(other!.stores);
    const { value } = await json(data, 'inspect', at('own.dangol'));
    expect((value as { manifest: { title: string } }).manifest.title).toContain('김트레 꾸러미');
    const order = { trainer: trainer.id, sessions: [], sites: [] };
    expect(await call('kits.lines', { kits: [order] })).toMatchObject([
      { last: { madeAt: expect.any(String) }, received: null },
    ]);
  });

  it('verify finds nothing wrong', async () => {
    const { code, value } = await json(data, 'verify');
    expect(code).toBe(0);
    expect(value).toMatchObject({ ok: true, faults: [] });
  });
});

describe('files through the command line', () => {
  const rival = {
    id: changeIdAt(30, dusk),
    entity: 'store',
    record: recordId(2),
    set: { phone: '02-000-0000', note: '친절' },
  };
  const deletion = { id: changeIdAt(31, dusk), entity: 'site', record: recordId(1), set: { deleted: true } };
  let data: string;
  let files: string[];
  let dump: string;

  /** What `dump` must say of the good file and Dusk's two changes, to the letter. */
  const EXPECTED = [
    `{"entity":"photo","fields":{"blob":"${String(photoHash())}","owner":"${recordId(2)}","ownerKind":"store"},"id":"${recordId(3)}"}`,
    `{"conflicts":{"deleted":[false,true]},"entity":"site","fields":{"deleted":true,"kind":"traditionalMarket","name":"망원시장"},"id":"${recordId(1)}"}`,
    `{"conflicts":{"phone":["02-000-0000","02-335-3591"]},"entity":"store","fields":{"name":"망원분식","note":"친절","phone":"02-000-0000","site":"${recordId(1)}"},"id":"${recordId(2)}"}`,
    '',
  ].join('\n');

  function photoHash(): unknown {
    return (goodDraft.lines![2] as { set: Record<string, unknown> }).set['blob'];
  }

  beforeAll(() => {
    files = ['dawn.dangol', 'broken.dangol', 'dusk.dangol', 'missing.dangol'].map(at);
    const good = exchangeFile(goodDraft);
    fs.writeFileSync(files[0]!, good);
    fs.writeFileSync(files[1]!, good.subarray(0, 900));
    fs.writeFileSync(files[2]!, exchangeFile({ author: dusk, lines: [rival, deletion] }));
  });

  it('a dry run tells and keeps nothing; then the good ones go in and exit is 1', async () => {
    data = at('merge');
    await json(data, 'init', '--name', '합침');
    const dry = await json(data, 'import', '--dry-run', files[0]!, files[2]!);
    expect(dry).toMatchObject({ code: 0, value: { files: [{ status: 'imported', new: 3 }, { new: 2 }] } });
    const empty = await dangol(['--data', data, 'dump']);
    expect(empty).toEqual({ code: 0, stdout: '', stderr: '' });

    const { code, value } = await json(data, 'import', ...files);
    expect(code).toBe(1);
    expect(value).toMatchObject({
      files: [
        {
          file: files[0],
          status: 'imported',
          new: 3,
          known: 0,
          conflicts: 0,
          laptop: { name: '새벽', firstSeen: true },
        },
        { file: files[1], status: 'refused', new: 0, error: { code: 'FILE_CUT_SHORT' } },
        {
          file: files[2],
          status: 'imported',
          new: 2,
          known: 0,
          conflicts: 2,
          laptop: { name: '저녁', firstSeen: true },
        },
        { file: files[3], status: 'refused', error: { code: 'FILE_UNREADABLE', reason: 'ENOENT' } },
      ],
      error: { code: 'FILE_CUT_SHORT', message: expect.stringContaining('cut short') as unknown },
    });
  });

  it('dump is canonical, to the letter, and the same on every run', async () => {
    const plain = await dangol(['--data', data, 'dump']);
    const asJson = await dangol(['dump', '--json', '--data', data]);
    expect(plain).toEqual({ code: 0, stdout: EXPECTED, stderr: '' });
    expect(asJson).toEqual(plain);
    dump = plain.stdout;
  });

  it('the other order on another laptop gives the same bytes, and known files are told', async () => {
    const other = at('other');
    await json(other, 'init');
    await json(other, 'import', files[2]!);
    const { value } = await json(other, 'import', files[0]!, files[2]!);
    expect(value).toMatchObject({ files: [{ status: 'imported' }, { status: 'already', new: 0, known: 2 }] });
    expect(value).not.toHaveProperty('error');
    expect((await dangol(['--data', other, 'dump'])).stdout).toBe(dump);
  });

  it('conflicts lists both sides', async () => {
    const { value } = await json(data, 'conflicts');
    expect(value).toMatchObject([
      { entity: 'site', field: 'deleted', kind: 'editedAndDeleted', title: '망원시장' },
      {
        entity: 'store',
        field: 'phone',
        kind: 'values',
        values: ['02-000-0000', '02-335-3591'],
        title: '망원분식',
      },
    ]);
  });

  it('imports lists what came, newest first, and undo-import takes one out', async () => {
    const { value } = await json(data, 'imports');
    const rows = value as { id: string; file: string }[];
    expect(rows.map(({ file }) => file).sort()).toEqual([files[0], files[2]].sort());
    expect(rows).toContainEqual(
      expect.objectContaining({
        file: files[2],
        laptop: { id: dusk.id, name: '저녁' },
        importedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as unknown,
        changes: 2,
        known: 0,
        undoneAt: null,
      }),
    );
    const second = rows.find(({ file }) => file === files[2])!;
    expect(await json(data, 'undo-import', second.id)).toMatchObject({
      code: 0,
      value: { removed: 2, kept: 0 },
    });
    const [after, again] = await Promise.all([
      dangol(['--data', data, 'dump']),
      json(data, 'undo-import', second.id),
    ]);
    expect(after.stdout).not.toContain('conflicts');
    expect(again).toMatchObject({ code: 1, value: { error: { code: 'NOT_FOUND' } } });
    await json(data, 'import', files[2]!);
    expect((await dangol(['--data', data, 'dump'])).stdout).toBe(dump);
  });
});

describe('wrong usage and no store', () => {
  it.each([
    ['an unknown command', ['burn']],
    ['no command', []],
    ['a missing option', ['export']],
    ['an unknown option', ['dump', '--pretty']],
    ['an unknown scale', ['demo', '--scale', 'galactic']],
  ])('%s exits 2, says how on stderr and nothing on stdout', async (_what, args) => {
    const end = await dangol(['--data', at('nowhere'), '--json', ...args]);
    expect(end).toMatchObject({ code: 2, stdout: '' });
    expect(end.stderr).not.toBe('');
    expect(fs.existsSync(at('nowhere'))).toBe(false);
  });

  it('a missing store exits 1 and makes none; the sentence is Korean where the person is', async () => {
    const [dump, kpis, plain] = await Promise.all([
      json(at('nowhere'), 'dump'),
      json(at('nowhere'), 'kpis'),
      dangol(['verify'], { DANGOL_DATA: at('nowhere'), DANGOL_LANG: 'ko' }),
    ]);
    for (const end of [dump, kpis]) {
      expect(end).toMatchObject({ code: 1, value: { error: { code: 'STORE_MISSING', dir: at('nowhere') } } });
    }
    expect(plain).toEqual({
      code: 1,
      stdout: '',
      stderr: `${at('nowhere')}에 수첩이 없어요. 폴더를 확인하거나 init으로 새로 만들어 주세요.\n`,
    });
    expect(fs.existsSync(at('nowhere'))).toBe(false);
  });

  it('a laptop whose name would make its files unreadable is not made', async () => {
    const end = await json(at('nowhere'), 'init', '--name', '가'.repeat(201));
    expect(end).toMatchObject({ code: 1, value: { error: { code: 'INVALID_INPUT', at: '--name' } } });
    expect(fs.existsSync(at('nowhere'))).toBe(false);
  });
});

describe('the demo through the command line', () => {
  it('fills a new store, once; a reader that stops early is no error', async () => {
    const data = at('demo');
    const demo = await json(data, 'demo', '--seed', '7');
    expect(demo).toMatchObject({ code: 0, value: { scale: '2024', seed: 7 } });
    expect((demo.value as { records: number }).records).toBeGreaterThan(5000);
    expect(await json(data, 'demo')).toMatchObject({
      code: 1,
      value: { error: { code: 'STORE_NOT_EMPTY' } },
    });

    const reader = startDangol(['--data', data, 'dump']);
    await once(reader.stdout, 'data');
    reader.stdout.destroy();
    expect(await once(reader, 'exit')).toEqual([0, null]);
  });
});

describe('serve through the command line', () => {
  it('prints its address, answers, and closes the store when asked to end', async () => {
    const data = at('served');
    const server = startDangol(['--data', data, '--json', 'serve', '--port', '0']);
    try {
      const [line] = (await once(createInterface({ input: server.stdout }), 'line')) as [string];
      const { url } = JSON.parse(line) as { url: string };
      const address = new URL(url);
      expect(address.hostname).toBe('127.0.0.1');
      const token = address.searchParams.get('token')!;
      const response = await fetch(new URL('/call', url), {
        method: 'POST',
        headers: { 'x-dangol-token': token },
        body: Buffer.from(encode({ method: 'app.status', input: {} })),
      });
      expect(decode(new Uint8Array(await response.arrayBuffer()))).toMatchObject({
        ok: true,
        value: { fresh: true },
      });
      const taken = await json(data, 'serve', '--port', address.port);
      expect(taken).toMatchObject({
        code: 1,
        value: { error: { code: 'INVALID_INPUT', at: '--port', reason: 'EADDRINUSE' } },
      });
      server.kill('SIGTERM');
      expect(await once(server, 'exit')).toEqual([0, null]);
      expect(fs.readdirSync(data).sort()).toEqual(['store.db', 'store.first', 'store.key']);
    } finally {
      server.kill('SIGKILL');
    }
  });
});

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import { parcels, sizesOf, heldAmong, hello } from '#main/hub/statements.ts';
import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { admit, makeRoles } from '#tests/support/hub-scene.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';
import { meanwhile } from './meanwhile.ts';

/** What a hub costs, all in one run; `npm run bench -- only hub [--millions 1,3,10]`. */
export async function hubFigures(millions: readonly number[]): Promise<unknown> {
  const reason = whyNoPostgres();
  if (reason) return { skipped: reason };
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  fs.chmodSync(dir, 0o755);
  fs.mkdirSync(path.join(dir, 'server'));
  const server = await startPostgres({
    dir: path.join(dir, 'server'),
    settings: ['shared_buffers = 256MB', 'max_wal_size = 4GB', 'maintenance_work_mem = 512MB'],
  });
  try {
    const national = await firstPull(server, dir);
    return { national, growth: await growth(server, dir, millions) };
  } finally {
    await server.close();
    fs.rmSync(dir, { recursive: true, force: true });
  }
}

async function firstPull(server: TestPostgres, dir: string): Promise<unknown> {
  const url = await server.database('national');
  const office = open(path.join(dir, 'office'));
  await ask(office, 'app.fillDemo', { scale: 'national', seed: 1 });
  await ask(office, 'hub.init', { url, seal: 'nothing' });
  await makeRoles(server, 'national');
  const [pushSeconds, [pushed, whilePushing]] = await timed(() =>
    meanwhile(office, () => ask(office, 'hub.push', { url })),
  );
  const { bytes } = await ask(office, 'exchange.export', {});
  office.close();

  const copySeconds = copyOut(server.url('national'));
  const alone = open(path.join(dir, 'alone'));
  const run = alone.importRun({ dryRun: false });
  const [importSeconds] = await timed(async () => {
    await run.add('national.dangol', Buffer.from(bytes));
    return run.finish();
  });
  alone.close();

  const field = await joined(server, 'national', path.join(dir, 'field'), 'field');
  const [pullSeconds, [pulled, whilePulling]] = await timed(() =>
    meanwhile(field, () => ask(field, 'hub.pull', { url: server.url('national', 'field') })),
  );

  // A day in the field: 40 visits with what belongs to them, and back to the office.
  for (let n = 0; n < 40; n += 1) {
    const id = `0190aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;
    await ask(field, 'records.write', { entity: 'store', id, set: { name: `가게 ${n}`, note: '오늘' } });
    await ask(field, 'records.write', { entity: 'store', id, set: { phone: `010-0000-${1000 + n}` } });
  }
  const [daySeconds, day] = await timed(() =>
    ask(field, 'hub.push', { url: server.url('national', 'field') }),
  );
  field.close();
  return {
    changes: pushed.pushed,
    parcels: pushed.parcels,
    pushSeconds,
    pushRoundTrips: pushed.roundTrips,
    whilePushing,
    copySeconds,
    importSeconds,
    pullSeconds,
    pulled: pulled.new,
    pullRoundTrips: pulled.roundTrips,
    whilePulling,
    pullToCopyAndImport: Math.round((pullSeconds / (copySeconds + importSeconds)) * 100) / 100,
    day: { changes: day.pushed, seconds: daySeconds, roundTrips: day.roundTrips },
  };
}

/** A pull with one new parcel of 100 changes, with so many millions of changes in the hub. */
async function growth(server: TestPostgres, dir: string, millions: readonly number[]): Promise<unknown> {
  const url = await server.database('large');
  const founder = open(path.join(dir, 'founder'));
  await ask(founder, 'hub.init', { url, seal: 'nothing' });
  await makeRoles(server, 'large');
  const figures = [];
  let filled = 0;
  for (const million of millions) {
    await fill(server, filled, million * 1_000_000);
    filled = million * 1_000_000;
    const home = path.join(dir, `reader${million}`);
    const reader = await joined(server, 'large', home, `reader${million}`);
    await ask(reader, 'hub.status', { url: server.url('large', `reader${million}`) });
    await pretend(server, home);
    for (let n = 0; n < 100; n += 1) {
      const id = `0190aaaa-0000-7000-8000-${String(million * 1000 + n).padStart(12, '0')}`;
      await ask(founder, 'records.write', { entity: 'store', id, set: { name: `가게 ${million} ${n}` } });
    }
    const [pushSeconds, pushed] = await timed(() => ask(founder, 'hub.push', { url }));
    const [pullSeconds, pulled] = await timed(() =>
      ask(reader, 'hub.pull', { url: server.url('large', `reader${million}`) }),
    );
    const [nothingSeconds] = await timed(() =>
      ask(reader, 'hub.pull', { url: server.url('large', `reader${million}`) }),
    );
    reader.close();
    figures.push({
      millions: million,
      push: { changes: pushed.pushed, seconds: pushSeconds, roundTrips: pushed.roundTrips },
      pull: {
        changes: pulled.new,
        refused: pulled.refused,
        seconds: pullSeconds,
        roundTrips: pulled.roundTrips,
      },
      pullOfNothingSeconds: nothingSeconds,
      plans: await plans(server, `reader${million}`),
    });
  }
  founder.close();
  return figures;
}

/** Rows as 300 laptops would have left them in parcels of 200 changes, of 27 programmes; their contents are noise. */
async function fill(server: TestPostgres, from: number, to: number): Promise<void> {
  const [first, last] = [from / 200, to / 200 - 1];
  const stream = `lpad(to_hex(p % 300), 16, '0')`;
  const programme = `'0190aaaa-0000-7000-8000-' || lpad(((p % 300) % 27)::text, 12, '0')`;
  await server.sql('large', 'ALTER TABLE dangol.change DROP CONSTRAINT change_pkey');
  await server.sql(
    'large',
    `INSERT INTO dangol.parcel (programme, laptop, sealed, number, previous, digest, manifest, signature, revision, content)
     SELECT ${programme}, ${stream}, false, p / 300 + 1, nullif(p / 300, 0), md5(p::text), repeat(md5(p::text), 20), '', 0,
       decode(repeat(md5(p::text) || md5((p + 1)::text), 60), 'hex')
     FROM generate_series(${first}, ${last}) p`,
  );
  await server.sql(
    'large',
    `INSERT INTO dangol.stream SELECT programme, laptop, sealed, max(number), 'x' FROM dangol.parcel
       WHERE laptop LIKE '0000000000000%' GROUP BY 1, 2, 3
     ON CONFLICT (programme, laptop, sealed) DO UPDATE SET number = excluded.number`,
  );
  await server.sql(
    'large',
    `INSERT INTO dangol.change SELECT ${stream}, decode(lpad(to_hex(c), 16, '0') || ${stream}, 'hex'), ${programme}, ${stream}, false, p / 300 + 1
     FROM generate_series(${from}, ${to - 1}) c, LATERAL (SELECT c / 200 AS p) q`,
  );
  await server.sql('large', 'ALTER TABLE dangol.change ADD PRIMARY KEY (author, id)');
  await server.sql('large', 'ANALYZE');
}

/** As if a laptop had pulled all of that: only where it is up to is noted, since the contents are noise. */
async function pretend(server: TestPostgres, home: string): Promise<void> {
  const streams = await server.sql(
    'large',
    'SELECT programme, laptop, sealed, number, digest FROM dangol.stream',
  );
  const store = openStore({ dir: home, key: readKeyFile(home), now: () => Date.now() });
  for (const row of streams) store.hub.saw(row as never, null);
  store.close();
}

/** The plans of what is asked, as the server made and ran them for a coordinator under row-level security. */
async function plans(server: TestPostgres, login: string): Promise<Record<string, string[]>> {
  const [last] = await server.sql(
    'large',
    `SELECT programme, laptop, sealed, number FROM dangol.parcel ORDER BY number DESC LIMIT 1`,
  );
  const [held] = await server.sql('large', 'SELECT author, id FROM dangol.change LIMIT 1');
  const asked = {
    streams: hello[4]!,
    sizes: sizesOf([last as never]),
    parcels: parcels([last as never]),
    held: heldAmong(
      Array<string>(100).fill(String(held!['author'])),
      Array<Buffer>(100).fill(held!['id'] as Buffer),
    ),
  };
  const told: Record<string, string[]> = {};
  for (const [name, [sql, values]] of Object.entries(asked)) {
    const explain = `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) ${sql}`;
    const rows = await server.as('large', login, explain, values && [...values]);
    told[name] = rows.map((row) => String(row['QUERY PLAN']));
  }
  return told;
}

/** Seconds that `psql` takes for all rows of the hub's data. */
function copyOut(url: string): number {
  const started = performance.now();
  for (const table of ['parcel', 'change', 'blob']) {
    const end = spawnSync('/usr/lib/postgresql/15/bin/psql', [url, '-c', `COPY dangol.${table} TO STDOUT`], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (end.status !== 0) throw new Error(`psql ended with ${end.status}`);
  }
  return (performance.now() - started) / 1000;
}

function open(dataDir: string): Core {
  const opened = openCore({ dataDir, create: true });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

async function joined(server: TestPostgres, database: string, dataDir: string, login: string): Promise<Core> {
  const core = open(dataDir);
  const { laptop } = await ask(core, 'app.status', {});
  await admit(server, database, { login, laptop: laptop!.id });
  return core;
}

async function timed<T>(work: () => Promise<T>): Promise<[seconds: number, value: T]> {
  const started = performance.now();
  const value = await work();
  return [Math.round(performance.now() - started) / 1000, value];
}

async function ask<M extends Method>(core: Core, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const answer = await core.call(method, input);
  if (!answer.ok) throw new Error(`${method} ${JSON.stringify(answer.error)}`);
  return answer.value as OutputOf<M>;
}

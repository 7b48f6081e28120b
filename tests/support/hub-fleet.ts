import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import { changeFrom } from '#main/store/codec.ts';
import { readStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { Change } from '#shared/merge/change.ts';
import { admit, makeRoles } from './hub-scene.ts';
import { cuttingProxy } from './hub-proxy.ts';
import { naiveDump } from './naive-merge.ts';
import { startPostgres } from './postgres.ts';
import { seeded, type Random } from './random.ts';

/** What a fleet did, for the note that is kept of it. */
export interface FleetCounts {
  rounds: number;
  changes: number;
  pushes: number;
  pulls: number;
  /** Pushes and pulls that a cut or a restart ended. */
  failed: number;
  cuts: number;
  crashes: number;
  files: number;
}

interface Member {
  readonly core: Core;
  readonly login: string;
  readonly store: { idOf(change: string): Change };
  readonly close: () => void;
}

const START = Date.UTC(2026, 8, 1);
const YEAR = 365 * 24 * 3600_000;
const RECORDS = Array.from({ length: 12 }, (_none, i) => `0190aaaa-0000-7000-8000-0000000000${i + 10}`);
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  store: ['name', 'phone', 'note', 'channelOpenedOn', 'colourOfTheDoor'],
  person: ['name', 'phone'],
};
/** What a cut or a restart may be met as; anything else is a failure of the test. */
const MAY_FAIL = new Set(['HUB_GONE', 'HUB_UNREACHABLE', 'HUB_BUSY', 'HUB_SLOW']);

/**
 * So many laptops with real stores push to and pull from one real server at once, for so many rounds; connections are cut
 * at any byte and the server is killed. In the end every laptop must have the dump that the naive rules give for all that
 * was ever written. Throws, with the seed, where one has not.
 */
export async function runHubFleet(seed: number, size: number, rounds: number): Promise<FleetCounts> {
  const random = seeded(seed);
  const dir = fs.mkdtempSync(path.join(fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir(), 'dangol-hub-'));
  // The server runs as somebody else, who must reach its folder.
  fs.chmodSync(dir, 0o755);
  fs.mkdirSync(path.join(dir, 'server'));
  const server = await startPostgres({ dir: path.join(dir, 'server'), settings: ['fsync = off'] });
  let isCutting = true;
  const proxy = await cuttingProxy(
    () => server.port,
    () => (isCutting && random.chance(0.25) ? 200 + random.below(20_000) : Infinity),
  );
  const counts: FleetCounts = {
    ...{ rounds, changes: 0, pushes: 0, pulls: 0, failed: 0, cuts: 0, crashes: 0, files: 0 },
  };
  const changes = new Map<string, Change>();
  const fleet: Member[] = [];
  let tick = 0;
  try {
    await server.database('fleet');
    for (let i = 0; i < size; i += 1) fleet.push(await join(i));
    for (let round = 0; round < rounds; round += 1) await play(round);
    isCutting = false;
    await settle();
    await compare();
    counts.cuts = proxy.cuts;
    counts.changes = changes.size;
    return counts;
  } finally {
    for (const member of fleet) member.close();
    await proxy.close();
    await server.close();
    fs.rmSync(dir, { recursive: true, force: true });
  }

  async function join(i: number): Promise<Member> {
    const own = seeded(seed * 1000 + i);
    const skew = own.chance(0.8) ? own.below(60_000) : own.chance(0.5) ? -YEAR : 3 * YEAR;
    const dataDir = path.join(dir, String(i));
    const world = {
      now: () => START + tick * 1000 + skew,
      random: (bytes: number) => own.bytes(bytes),
      report: (_id: string, error: unknown) => {
        throw error;
      },
    };
    const opened = openCore({ dataDir, create: true, batch: 1 + own.below(40) }, world);
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const login = i === 0 ? 'owner' : `laptop${i}`;
    if (i === 0) {
      await ask(core, 'hub.init', { url: server.url('fleet'), seal: 'nothing' });
      await makeRoles(server, 'fleet');
    } else {
      const { laptop } = await ask(core, 'app.status', {});
      await admit(server, 'fleet', { login, laptop: laptop!.id });
    }
    const reader = readStore({ dir: dataDir, key: readKeyFile(dataDir) });
    const byId = reader.db.prepare('SELECT body FROM change WHERE id = ?').pluck();
    return {
      core,
      login,
      store: { idOf: (id) => changeFrom(id, byId.get(Buffer.from(id.replaceAll('-', ''), 'hex')) as string) },
      close() {
        reader.close();
        core.close();
      },
    };
  }

  /** Some write, some hand a file to another one, and all of those meet the hub at once; now and then the server dies. */
  async function play(round: number): Promise<void> {
    tick += random.below(5);
    const active = random.shuffled(fleet).slice(0, 4 + random.below(size));
    for (const member of active) if (random.chance(0.5)) await act(member, random);
    if (random.chance(0.3)) await handOver(random.pick(fleet), random.pick(fleet));
    const crash = round === 2 || random.chance(0.04) ? crashSoon() : undefined;
    await Promise.all(
      active.map(async (member) => {
        if (random.chance(0.7)) await meetHub(member, 'hub.push');
        if (random.chance(0.7)) await meetHub(member, 'hub.pull');
      }),
    );
    await crash;
    if (round % 200 === 199) await wholeLogs();
  }

  async function crashSoon(): Promise<void> {
    for (let turns = random.below(200); turns > 0; turns -= 1) await new Promise(setImmediate);
    counts.crashes += 1;
    await server.crash();
  }

  async function act(member: Member, from: Random): Promise<void> {
    const entity = from.pick(['store', 'store', 'person']);
    const id = from.pick(RECORDS);
    const field = from.pick(FIELDS[entity]!);
    const kind = from.below(20);
    const input = { entity, id };
    const answer =
      kind === 0
        ? await member.core.call('records.delete', input)
        : kind === 1
          ? await member.core.call('records.erase', { ...input, fields: [field] })
          : await member.core.call('records.write', {
              ...input,
              set: { [field]: from.pick(['가', '나', '다', null]) },
            });
    if (!answer.ok && answer.error.code !== 'NOT_FOUND') throw failed(member, JSON.stringify(answer.error));
    const change = answer.ok ? (answer.value as { change: string | null }).change : null;
    if (change) changes.set(change, member.store.idOf(change));
  }

  /** What reached a laptop as a file may be pushed by two at once. */
  async function handOver(from: Member, to: Member): Promise<void> {
    if (from === to) return;
    const since = new Date(START + tick * 1000 - 20_000).toISOString();
    const { bytes } = await ask(from.core, 'exchange.export', { since });
    const taken = await ask(to.core, 'exchange.import', { file: 'x.dangol', bytes });
    if (taken.status === 'refused') throw failed(to, JSON.stringify(taken.error));
    counts.files += 1;
  }

  async function meetHub(member: Member, method: 'hub.push' | 'hub.pull'): Promise<void> {
    const port = isCutting ? proxy.port : server.port;
    const answer = await member.core.call(method, {
      url: `postgres://${member.login}@127.0.0.1:${port}/fleet`,
    });
    if (method === 'hub.push') counts.pushes += 1;
    else counts.pulls += 1;
    if (!answer.ok) {
      if (!isCutting || !MAY_FAIL.has(answer.error.code)) throw failed(member, JSON.stringify(answer.error));
      counts.failed += 1;
      return;
    }
    const { refused } = answer.value as { refused?: number };
    if (refused) throw failed(member, JSON.stringify(answer.value));
  }

  /** Everybody pushes, then everybody pulls, then what that blanked is mended; nothing is left to do. */
  async function settle(): Promise<void> {
    for (const method of ['hub.push', 'hub.pull', 'hub.push', 'hub.pull'] as const) {
      for (const member of fleet) await meetHub(member, method);
    }
  }

  /** In the middle too: what the hub holds is each change at most once, and each parcel whole. */
  async function wholeLogs(): Promise<void> {
    const [row] = await server.sql(
      'fleet',
      `SELECT (SELECT count(*) FROM dangol.change)::int AS held,
         (SELECT coalesce(sum((manifest::json #>> '{counts,changes}')::int), 0) FROM dangol.parcel)::int AS listed,
         (SELECT coalesce(sum(number), 0) FROM dangol.stream)::int AS reach, (SELECT count(*) FROM dangol.parcel)::int AS parcels`,
    );
    const { held, listed, reach, parcels } = row as Record<string, number>;
    if (held !== listed || reach !== parcels) throw new Error(`seed ${seed}: hub ${JSON.stringify(row)}`);
  }

  async function compare(): Promise<void> {
    await wholeLogs();
    const [row] = await server.sql('fleet', 'SELECT count(*)::int AS held FROM dangol.change');
    if (row!['held'] !== changes.size)
      throw new Error(`seed ${seed}: ${changes.size} written, ${row!['held']} held`);
    const expected = naiveDump([...changes.values()]);
    for (const member of fleet) {
      const found = [...member.core.dump()].map((line) => `${line}\n`).join('');
      if (found !== expected) throw failed(member, `differs\nexpected\n${expected}\nfound\n${found}`);
      const { changes: count } = await ask(member.core, 'app.verify', {});
      if (count !== changes.size) throw failed(member, `${changes.size} written, ${count} here`);
    }
  }

  function failed(member: Member, why: string): Error {
    return new Error(`seed ${seed}, ${member.login}: ${why}`);
  }
}

async function ask<M extends Method>(core: Core, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const answer = await core.call(method, input);
  if (!answer.ok) throw new Error(`${method} ${JSON.stringify(answer.error)}`);
  return answer.value as OutputOf<M>;
}

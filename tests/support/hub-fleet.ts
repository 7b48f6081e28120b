import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readExchangeFile } from '#main/exchange/read.ts';
import type { HubPulled, HubSeal } from '#shared/contract/hub.ts';
import type { Change } from '#shared/merge/change.ts';
import { FIRST_ACTS, pictureAct, plainAct, PROGRAMMES, roledAct, type Act } from './hub-fleet-acts.ts';
import { everybodyKnows, wholeLogs } from './hub-fleet-check.ts';
import { ask, openMember, START, type Member } from './hub-fleet-member.ts';
import { cuttingProxy } from './hub-proxy.ts';
import { admit, makeRoles } from './hub-scene.ts';
import { startPostgres } from './postgres.ts';
import { seeded } from './random.ts';

/** What a fleet did, for the note that is kept of it. */
export interface FleetCounts {
  rounds: number;
  changes: number;
  pushes: number;
  pulls: number;
  /** Pushes, pulls and namings that a cut or a restart ended. */
  failed: number;
  cuts: number;
  crashes: number;
  /** Processes that met the hub, and how many of those were killed. */
  processes: number;
  killed: number;
  files: number;
  /** That lie in the hub at the end. */
  pictures: number;
  /** Coordinators whom the founder named while the others went on. */
  namedLate: number;
  /** Changes that lie sealed in the hub at the end. */
  sealed: number;
  /** How many changes a trainer may not know at the end, summed up over the trainers. */
  hidden: number;
}

/** What a cut or a restart may be met as; anything else is a failure of the test. */
const MAY_FAIL = new Set(['HUB_GONE', 'HUB_UNREACHABLE', 'HUB_BUSY', 'HUB_SLOW']);
const DATABASE = 'fleet';

/** In this share of the rounds somebody meets the hub as a process of its own: each takes most of a second. */
const PROCESSES = 0.35;

/** What the trainers of a sealed hub read, each the next of these in turn. */
const READ: readonly (readonly string[])[] = [
  ...PROGRAMMES.map((one) => [one]),
  PROGRAMMES.slice(0, 2),
  ['*'],
  [],
];

/**
 * So many laptops with real stores push to and pull from one real server at once, for so many rounds; connections are cut
 * at any byte and the server is killed. In the end every laptop must have the dump that the naive rules give for all that
 * was ever written. Throws, with the seed, where one has not.
 *
 * With the seal 'nothing' all coordinate. With 'personal' most are trainers who read some programmes, and the coordinators
 * are named by the founder, some of them while the others go on; everybody must then have what they may know, and no more.
 */
export async function runHubFleet(
  seed: number,
  size: number,
  rounds: number,
  seal: HubSeal = 'nothing',
): Promise<FleetCounts> {
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
    ...{ processes: 0, killed: 0, pictures: 0, namedLate: 0, sealed: 0, hidden: 0 },
  };
  const changes = new Map<string, Change>();
  const fleet: Member[] = [];
  /** Whom the founder is still to name. */
  const unnamed: Member[] = [];
  let tick = 0;
  try {
    await server.database(DATABASE);
    for (let i = 0; i < size; i += 1) fleet.push(await join(i));
    if (seal === 'personal') await begin();
    for (let round = 0; round < rounds; round += 1) await play(round);
    isCutting = false;
    await settle();
    Object.assign(counts, await everybodyKnows(server, DATABASE, fleet, changes, seal));
    counts.cuts = proxy.cuts;
    counts.changes = changes.size;
    return counts;
  } catch (error) {
    throw new Error(`seed ${seed}, seal ${seal}: ${String(error)}`, { cause: error });
  } finally {
    for (const member of fleet) member.close();
    await proxy.close();
    await server.close();
    fs.rmSync(dir, { recursive: true, force: true });
  }

  async function join(i: number): Promise<Member> {
    const isTrainer = seal === 'personal' && i % 3 !== 0;
    const member = await openMember(i, {
      ...{ dir, seed, tick: () => tick },
      login: i === 0 ? 'owner' : `laptop${i}`,
      kind: isTrainer ? 'trainer' : 'coordinator',
      // Of three laptops the second and the third are trainers'.
      programmes: isTrainer ? READ[(i - Math.ceil(i / 3)) % READ.length]! : ['*'],
    });
    if (i === 0) {
      await ask(member.core, 'hub.init', { url: server.url(DATABASE), seal });
      await makeRoles(server, DATABASE);
    } else {
      await admit(server, DATABASE, member);
    }
    return member;
  }

  /** The founder writes the programmes, gives most of the others a file with them, and names most of the coordinators. */
  async function begin(): Promise<void> {
    const [founder, ...others] = fleet as [Member, ...Member[]];
    for (const one of FIRST_ACTS) await act(founder, one);
    for (const member of others) {
      await handOver(member, founder);
      // Whoever has no kit cannot tell to which programme a shop belongs.
      if (!random.chance(0.2)) await handOver(founder, member);
      if (member.kind === 'coordinator') unnamed.push(member);
    }
    const late = 1 + Math.floor(unnamed.length / 3);
    while (unnamed.length > late) await name(server.port);
    counts.namedLate = unnamed.length;
  }

  /** Some write, some hand a file to another one, and all of those meet the hub at once; now and then the server dies. */
  async function play(round: number): Promise<void> {
    tick += random.below(5);
    const active = random.shuffled(fleet).slice(0, 4 + random.below(size));
    for (const member of active) {
      if (random.chance(0.5))
        await act(member, seal === 'nothing' ? plainAct(random, round) : roledAct(random));
      if (random.chance(0.1)) {
        const change = await pictureAct(random, member, seal === 'nothing' ? round : null);
        if (change) changes.set(change.id, change);
      }
    }
    if (random.chance(0.3)) await handOver(random.pick(fleet), random.pick(fleet));
    const crash = round === 2 || random.chance(0.04) ? crashSoon() : undefined;
    const naming = unnamed.length > 0 && (round === 3 || random.chance(0.05)) ? name(proxy.port) : undefined;
    // The first of them meets it as a process now and then.
    const apart = round === 1 || random.chance(PROCESSES) ? active.shift() : undefined;
    const process = apart && meetApart(apart, random.pick(['push', 'pull']), 1000 + random.below(30_000));
    await Promise.all(
      active.map(async (member) => {
        if (random.chance(0.7)) await meetHub(member, 'hub.push');
        if (random.chance(0.7)) await meetHub(member, 'hub.pull');
      }),
    );
    await process;
    await crash;
    await naming;
    if (round % 200 === 199) {
      await wholeLogs(server, DATABASE);
      console.info(`${round + 1} rounds, ${changes.size} changes`);
    }
  }

  async function crashSoon(): Promise<void> {
    for (let turns = random.below(200); turns > 0; turns -= 1) await new Promise(setImmediate);
    counts.crashes += 1;
    await server.crash();
  }

  async function act(member: Member, { method, input }: Act): Promise<void> {
    const answer = await member.core.call(method, input);
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
    const file = await readExchangeFile('x.dangol', Buffer.from(bytes));
    for (const { id } of file.changes()) to.byFile.add(id);
    counts.files += 1;
  }

  async function meetHub(member: Member, method: 'hub.push' | 'hub.pull'): Promise<void> {
    const port = isCutting ? proxy.port : server.port;
    const answer = await member.core.call(method, { url: urlOf(member, port) });
    if (method === 'hub.push') counts.pushes += 1;
    else counts.pulls += 1;
    if (!answer.ok) return mayFail(member, answer.error);
    nothingRefused(member, answer.value as Partial<HubPulled>);
    // The database shows trainers nothing that is sealed, and coordinators can open all once they are named.
    const { sealedForOthers } = answer.value as Partial<HubPulled>;
    if (sealedForOthers && !unnamed.includes(member) && !isCutting) {
      throw failed(member, `${sealedForOthers} sealed for others`);
    }
  }

  /** In a process of its own, which is killed after so many bytes. */
  async function meetApart(member: Member, what: 'push' | 'pull', bytes: number): Promise<void> {
    const answer = await member.meetAsProcess(what, urlOf(member, server.port), bytes);
    counts.processes += 1;
    if (answer === null) counts.killed += 1;
    else if (!answer.ok) mayFail(member, answer.error);
    else if ((answer.value as { refused?: number }).refused)
      throw failed(member, JSON.stringify(answer.value));
  }

  /** The founder names the next coordinator; where that is cut, it is for another time. */
  async function name(port: number): Promise<void> {
    const founder = fleet[0]!;
    const { laptop } = unnamed[0]!;
    const answer = await founder.core.call('hub.coordinate', { url: urlOf(founder, port), laptop });
    if (answer.ok) unnamed.shift();
    else mayFail(founder, answer.error);
  }

  function nothingRefused(member: Member, { refused, files = [] }: Partial<HubPulled>): void {
    const those = files.filter(({ status }) => status === 'refused');
    if (refused) throw failed(member, JSON.stringify(those));
  }

  function mayFail(member: Member, error: { readonly code: string }): void {
    if (!isCutting || !MAY_FAIL.has(error.code)) throw failed(member, JSON.stringify(error));
    counts.failed += 1;
  }

  /** Everybody pushes, then everybody pulls, then what that blanked is mended; nothing is left to do. */
  async function settle(): Promise<void> {
    while (unnamed.length > 0) await name(server.port);
    for (const method of ['hub.push', 'hub.pull', 'hub.push', 'hub.pull'] as const) {
      for (const member of fleet) await meetHub(member, method);
    }
  }
}

function urlOf({ login }: Member, port: number): string {
  return `postgres://${login}@127.0.0.1:${port}/${DATABASE}`;
}

function failed({ login }: Member, why: string): Error {
  return new Error(`${login}: ${why}`);
}

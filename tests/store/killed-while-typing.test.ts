import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCore, type Core } from '#main/core.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { bundled } from '#tests/support/bundle.ts';
import { laptop, valueOf } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { seeded } from '#tests/support/random.ts';
import { DAY, GUEST, inputAt, ITEM, type Desk } from '#tests/support/typing-stream.ts';

/** `DANGOL_KILLS=2000 npm test -- --only vitest tests/store/killed-while-typing.test.ts` for a longer night. */
const KILLS = Number(process.env['DANGOL_KILLS'] ?? 200);
const LANES = 2;
/** How many inputs are confirmed at most before the kill comes. */
const LONGEST = 12;

// Within the project, where the program finds the database engine.
const dir = path.join(import.meta.dirname, `../../test-results/typing-${process.pid}`);
const env = { ...process.env, NODE_COMPILE_CACHE: path.join(dir, 'compiled') };
let program: string;

beforeAll(async () => {
  program = await bundled(path.join(import.meta.dirname, '../support/typing-child.ts'), dir);
});
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }));

/** A store that someone types into, on one laptop from its first kill to its last. */
interface Lane {
  readonly dir: string;
  readonly desk: Desk;
  readonly seed: number;
}

interface Outcome {
  kills: number;
  confirmed: number;
  /** Inputs that were under way, and are there whole. */
  unconfirmedKept: number;
  lost: string[];
}

async function makeLane(seed: number): Promise<Lane> {
  const on = laptop(`노트북 ${seed}`);
  const day = await marketDay(on);
  on.close();
  // Once without a kill, which leaves compiled code for all others.
  execFileSync(process.execPath, [program, on.dir], { env });
  const { session, visits, shops, merchants } = day;
  return { dir: on.dir, seed, desk: { session, visits, shops, person: merchants[0]! } };
}

/** Types from an input on and kills at a random instant; the numbers of the inputs that were confirmed. */
async function typeUntilKilled(
  { dir: data, desk, seed }: Lane,
  from: number,
  kill: number,
): Promise<number[]> {
  const random = seeded(seed * 1_000_003 + kill);
  const child = spawn(process.execPath, [program, data, String(seed), String(from), JSON.stringify(desk)], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const after = 1 + random.below(LONGEST);
  const confirmed: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    confirmed.push(Number(line));
    if (confirmed.length !== after) continue;
    // Anywhere within the inputs that follow, not always at the same place of one.
    const until = performance.now() + random.next() * 4;
    while (performance.now() < until);
    child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');
  return confirmed;
}

const ask = async <M extends Method>(core: Core, method: M, input: InputOf<M>): Promise<OutputOf<M>> =>
  valueOf(await core.call(method, input)) as OutputOf<M>;

/** What can be seen of the inputs, under the names that they give it. */
async function seen(core: Core, { session, visits, shops, person }: Desk): Promise<Record<string, unknown>> {
  const shows: Record<string, unknown> = {};
  for (const id of visits) {
    const visit = await ask(core, 'visits.get', { id });
    shows[`note ${id}`] = visit.note;
    shows[`check ${id}`] = visit.checks.find(({ item }) => item.key === ITEM)?.value ?? null;
    shows[`friends ${visit.store.id}`] = visit.friendsToday?.friends ?? null;
  }
  expect(shops.every((id) => `friends ${id}` in shows)).toBe(true);
  for (const row of (await ask(core, 'sessions.get', { id: session })).people) {
    if (row.person.id === person) shows['mark'] = row.status;
    else if (row.person.name.startsWith(GUEST)) shows[row.person.name] = row.status;
  }
  shows['draft'] = await ask(core, 'drafts.get', { key: 'draft' });
  shows['place'] = await ask(core, 'place.get', {});
  return shows;
}

async function runLane(lane: Lane, kills: number): Promise<Outcome> {
  const outcome: Outcome = { kills: 0, confirmed: 0, unconfirmedKept: 0, lost: [] };
  const core = valueOf(openCore({ dataDir: lane.dir, create: false }));
  let before = await seen(core, lane.desk);
  core.close();
  let next = 0;
  const shown: { at: number; method: string; values: unknown[] }[] = [];
  for (; outcome.kills < kills; outcome.kills += 1) {
    const confirmed = await typeUntilKilled(lane, next, outcome.kills);
    outcome.confirmed += confirmed.length;
    for (const at of [...confirmed, next + confirmed.length]) {
      const { method, shows } = inputAt(at, lane.desk, lane.seed);
      shown[at] = { at, method, values: Object.values(shows) };
    }
    for (const at of confirmed) before = { ...before, ...inputAt(at, lane.desk, lane.seed).shows };
    const under = next + confirmed.length;
    const after = { ...before, ...inputAt(under, lane.desk, lane.seed).shows };
    const open = valueOf(openCore({ dataDir: lane.dir, create: false }));
    try {
      const now = await seen(open, lane.desk);
      const isKept = same(now, after);
      if (!isKept && !same(now, before)) outcome.lost.push(differing(now, before));
      if (isKept) outcome.unconfirmedKept += 1;
      next = under + (isKept ? 1 : 0);
      if (isKept) before = after;
      expect((await ask(open, 'app.verify', {})).faults).toEqual([]);
    } finally {
      open.close();
    }
  }
  outcome.lost.push(...(await missingInLog(lane, shown.slice(0, next))));
  return outcome;
}

/** The log keeps what was replaced by later typing too: every value that was ever confirmed must stand in it. */
async function missingInLog(
  lane: Lane,
  shown: readonly { at: number; method: string; values: unknown[] }[],
): Promise<string[]> {
  const core = valueOf(openCore({ dataDir: lane.dir, create: false }));
  const { visits, shops } = lane.desk;
  const records = [
    ...visits.map((id) => ({ entity: 'visit', id, field: 'note' })),
    ...visits.map((id) => ({ entity: 'check', id: idFromParts('check', [id, ITEM]), field: 'value' })),
    ...shops.map((id) => ({
      entity: 'friendReading',
      id: idFromParts('friendReading', [id, DAY]),
      field: 'friends',
    })),
  ];
  const values = new Set<unknown>();
  try {
    for (const record of records) {
      for (const { value } of await ask(core, 'records.history', record)) values.add(value);
    }
  } finally {
    core.close();
  }
  const kept = new Set(['visits.update', 'checks.mark', 'friends.record']);
  return shown
    .filter(({ method }) => kept.has(method))
    .filter((one) => !one.values.every((value) => values.has(value)))
    .map(({ at, method }) => `${at} ${method} is not in the log`);
}

const same = (a: object, b: object): boolean => differing(a, b) === '';

function differing(now: object, expected: object): string {
  const [a, b] = [now, expected] as Record<string, unknown>[];
  const names = [...new Set([...Object.keys(a!), ...Object.keys(b!)])];
  return names
    .filter((name) => JSON.stringify(a![name]) !== JSON.stringify(b![name]))
    .map((name) => `${name}: ${JSON.stringify(b![name])} became ${JSON.stringify(a![name])}`)
    .join('; ');
}

it(`killed ${KILLS} times at random instants while someone types, nothing that was confirmed is lost`, async () => {
  const lanes = await Promise.all(Array.from({ length: LANES }, (_none, at) => makeLane(at + 1)));
  const outcomes = await Promise.all(lanes.map((lane) => runLane(lane, Math.ceil(KILLS / LANES))));
  const sum = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((total, one) => total + of(one), 0);
  const lost = outcomes.flatMap((outcome) => outcome.lost);
  console.log(
    `killed while typing: ${sum(({ kills }) => kills)} kills, ${sum(({ confirmed }) => confirmed)} confirmed inputs, ${lost.length} lost, ${sum(({ unconfirmedKept }) => unconfirmedKept)} unconfirmed ones kept whole`,
  );
  expect(lost).toEqual([]);
  expect(sum(({ kills }) => kills)).toBeGreaterThanOrEqual(KILLS);
}, 600_000);

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import v8 from 'node:v8';
import vm from 'node:vm';
import { openCore, type Core } from '#main/core.ts';
import { INITIALS, PER_INITIAL } from '#shared/matching/hangul.ts';
import { seeded, type Random } from '#tests/support/random.ts';
import { onScreen, type ScreenFigures } from './search-screen.ts';

interface Times {
  p50: number;
  p99: number;
  max: number;
}

export interface SearchFigures {
  shops: number;
  /** The machine's load when it began: figures of a busy machine say little. */
  load: number;
  index: {
    /** The first question, which makes the index; and the longest that other calls waited meanwhile. */
    firstMilliseconds: number;
    longestStallMilliseconds: number;
    megabytes: number;
    /** The first question after a shop was written. */
    afterWriteMilliseconds: Times;
  };
  /** One `stores.find` of 60 rows through the core, in milliseconds: all questions in turn, some rounds. */
  rounds: Times[];
  /** The processor's time of the same, all rounds: what it takes when nothing else runs, or little more. */
  processor: Times;
  byKind: Record<string, Times & { questions: number; found: number }>;
  screen: ScreenFigures;
}

const ROUNDS = 5;
const EACH = 40;

/** Finding a shop among the 66,000 of the national demo: in the core, and on the screen of the loopback shell. */
export async function search(): Promise<SearchFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const dataDir = path.join(dir, 'store');
    const cli = path.join(import.meta.dirname, '../../src-main/shells/cli.ts');
    execFileSync(process.execPath, [cli, '--data', dataDir, 'demo', '--scale', 'national'], {
      stdio: 'ignore',
    });
    const load = round(os.loadavg()[0]!);
    const opened = openCore({ dataDir, create: false });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const index = await makeIndex(core);
    const questions = await questionsOf(core);
    const { rounds, byKind, processor } = await ask(core, questions);
    const afterWriteMilliseconds = await askAfterWrites(core);
    const shops = (await find(core, '')).total;
    core.close();
    const screen = await onScreen(
      dataDir,
      questions.map(({ text }) => text),
    );
    return {
      shops,
      load,
      index: { ...index, afterWriteMilliseconds },
      rounds,
      processor,
      byKind,
      screen,
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

interface Found {
  total: number;
  rows: {
    id: string;
    name: string;
    ownerName: string | null;
    phone: string | null;
    site: { name: string } | null;
  }[];
}

async function find(core: Core, text: string, offset = 0): Promise<Found> {
  const answer = await core.call('stores.find', { text, offset, limit: 60 });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value as Found;
}

async function makeIndex(
  core: Core,
): Promise<Pick<SearchFigures['index'], 'firstMilliseconds' | 'longestStallMilliseconds' | 'megabytes'>> {
  const before = held();
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  const from = performance.now();
  await find(core, '');
  const firstMilliseconds = round(performance.now() - from);
  delay.disable();
  return {
    firstMilliseconds,
    longestStallMilliseconds: round(delay.max / 1e6),
    megabytes: round((held() - before) / 1e6),
  };
}

/** Bytes in use after a collection. */
function held(): number {
  v8.setFlagsFromString('--expose-gc');
  (vm.runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

interface AskedFor {
  readonly kind: string;
  readonly text: string;
}

/** What people type, cut out of the shops that are there. */
async function questionsOf(core: Core): Promise<AskedFor[]> {
  const random = seeded(11);
  const { total } = await find(core, '');
  const shops: Found['rows'] = [];
  while (shops.length < 600) shops.push(...(await find(core, '', random.below(total - 60))).rows);
  const some = (pick: (shop: Found['rows'][number]) => string | null): string[] =>
    random
      .shuffled(shops)
      .flatMap((shop) => pick(shop) ?? [])
      .slice(0, EACH);
  const kinds: Record<string, string[]> = {
    'begin of a name': some(({ name }) => name.slice(0, 1 + random.below(6))),
    'part of a name': some(({ name }) => part(random, name, 2 + random.below(4))),
    initials: some(({ name }) => initialsOf(part(random, name, 1 + random.below(5)))),
    'half-typed': some(({ name }) => halfTyped(name.slice(0, 2 + random.below(3)))),
    owner: some(({ ownerName }) => ownerName),
    phone: some(({ phone }) => phone && phone.slice(4, 7 + random.below(7))),
    'several words': some(({ name, ownerName, site }) =>
      [part(random, name, 2), ownerName ?? site?.name ?? name.slice(0, 2)].join(' '),
    ),
    'not there': some(({ name }) => `${[...name].reverse().join('')}쀍`.slice(-(2 + random.below(5)))),
  };
  return random.shuffled(
    Object.entries(kinds).flatMap(([kind, texts]) => texts.map((text) => ({ kind, text: text.trim() }))),
  );
}

function part(random: Random, text: string, length: number): string {
  const from = random.below(Math.max(1, text.length - length));
  return text.slice(from, from + length);
}

function initialsOf(text: string): string {
  return text.replace(/[가-힣]/g, (one) => INITIALS[Math.floor((one.charCodeAt(0) - 0xac00) / PER_INITIAL)]!);
}

/** The last syllable without its last key, as it stands in the field for a moment. */
function halfTyped(text: string): string {
  return text.replace(/[가-힣]$/, (one) => {
    const place = one.charCodeAt(0) - 0xac00;
    return place % 28 > 0 ? String.fromCharCode(0xac00 + place - (place % 28)) : initialsOf(one);
  });
}

async function ask(
  core: Core,
  questions: readonly AskedFor[],
): Promise<Pick<SearchFigures, 'rounds' | 'byKind' | 'processor'>> {
  const rounds: Times[] = [];
  const spent: number[] = [];
  const kinds = new Map<string, { times: number[]; found: number }>();
  for (let at = 0; at <= ROUNDS; at += 1) {
    const times: number[] = [];
    for (const { kind, text } of questions) {
      const [from, cpu] = [performance.now(), process.cpuUsage()];
      const { total } = await find(core, text);
      const time = performance.now() - from;
      const { user, system } = process.cpuUsage(cpu);
      // The first round warms up.
      if (at === 0) continue;
      times.push(time);
      spent.push((user + system) / 1000);
      const of = kinds.get(kind) ?? { times: [], found: 0 };
      of.times.push(time);
      of.found += total > 0 ? 1 : 0;
      kinds.set(kind, of);
    }
    if (at > 0) rounds.push(timesOf(times));
  }
  const byKind = [...kinds].map(([kind, { times, found }]) => [
    kind,
    { ...timesOf(times), questions: times.length / ROUNDS, found: found / ROUNDS },
  ]);
  return {
    rounds,
    processor: timesOf(spent),
    byKind: Object.fromEntries(byKind) as SearchFigures['byKind'],
  };
}

async function askAfterWrites(core: Core): Promise<Times> {
  const times: number[] = [];
  const { rows } = await find(core, '');
  for (const [at, { id }] of rows.entries()) {
    await core.call('stores.update', { id, ownerName: `고친 이름 ${at}` });
    const from = performance.now();
    await find(core, '고친');
    times.push(performance.now() - from);
  }
  return timesOf(times);
}

function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

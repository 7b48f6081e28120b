import fs from 'node:fs';
import path from 'node:path';
import * as protectedCore from '#main/core.ts';
import { inFolder, take } from './import-files.ts';
import { unprotectedCore } from './unprotected.ts';

/** One kind of work with encryption and audit as shipped, and on a plain database without audit, in turn. */
interface Cost {
  /** Median of the rounds, each the one divided by the other. */
  ratio: number;
  ratioRounds: number[];
  protected: number[];
  unprotected: number[];
}

export interface SafetyFigures {
  files: number;
  values: number;
  importSeconds: Cost;
  importCpuSeconds: Cost;
  edits: number;
  /** Each value the median of a block of edits. */
  editMilliseconds: Cost & { p50: number; unprotectedP50: number; p99: number; unprotectedP99: number };
  /** From the passphrase to a store that is open: on the clock on the wall, and of the processor. */
  unlockMilliseconds: { median: number; all: number[]; cpu: number[] };
}

type Maker = typeof protectedCore;
type Core = protectedCore.Core;

const EDITS = 400;
const BLOCK = 40;
const UNLOCKS = 7;
const WARM_UP = 10;
const SECRET = '망원시장 새벽 다섯 시';

/** What keeping people's data safe costs: an import, one confirmed edit, and the opening of a store by its passphrase. */
export async function safety(count: number, rounds: number): Promise<SafetyFigures> {
  const plain = await unprotectedCore();
  return inFolder('realistic', count, async (dir, made, values) => {
    const imports = await importing(plain, dir, made, rounds);
    const editMilliseconds = await editing(plain, dir);
    return {
      ...{ files: count, values, ...imports },
      ...{ edits: EDITS, editMilliseconds },
      unlockMilliseconds: unlocking(path.join(dir, 'locked')),
    };
  });
}

async function importing(
  plain: Maker,
  dir: string,
  made: readonly string[],
  rounds: number,
): Promise<{ importSeconds: Cost; importCpuSeconds: Cost }> {
  const run = async (maker: Maker, files: readonly string[]) => {
    const dataDir = path.join(dir, 'imported');
    const core = opened(maker, dataDir);
    const took = await take(core, files, 'imported');
    core.close();
    mustBe(dataDir, maker === plain);
    fs.rmSync(dataDir, { recursive: true });
    return took;
  };
  for (const maker of [protectedCore, plain]) await run(maker, made.slice(0, WARM_UP));
  const safe: { seconds: number; cpuSeconds: number }[] = [];
  const bare: typeof safe = [];
  for (let i = 0; i < rounds; i += 1) {
    const turns = [() => run(protectedCore, made).then((took) => safe.push(took))];
    turns.push(() => run(plain, made).then((took) => bare.push(took)));
    for (const turn of i % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  const cost = (of: 'seconds' | 'cpuSeconds'): Cost =>
    compared(
      safe.map((took) => took[of]),
      bare.map((took) => took[of]),
    );
  return { importSeconds: cost('seconds'), importCpuSeconds: cost('cpuSeconds') };
}

/** As `edit`, in turn: twenty edits of a note, then another record. */
async function editing(plain: Maker, dir: string): Promise<SafetyFigures['editMilliseconds']> {
  const [one, other] = [opened(protectedCore, path.join(dir, 'a')), opened(plain, path.join(dir, 'b'))];
  const edit = async (core: Core, i: number): Promise<number> => {
    const id = `0190aaaa-0000-7000-8000-${String(Math.floor(i / 20)).padStart(12, '0')}`;
    const from = performance.now();
    const answer = await core.call('records.write', { entity: 'visit', id, set: { note: `메모 ${i}` } });
    const took = performance.now() - from;
    if (!answer.ok) throw new Error(answer.error.code);
    return took;
  };
  const safe: number[] = [];
  const bare: number[] = [];
  for (let i = -BLOCK; i < EDITS; i += 1) {
    const turns = [() => edit(one, i + BLOCK).then((ms) => i >= 0 && safe.push(ms))];
    turns.push(() => edit(other, i + BLOCK).then((ms) => i >= 0 && bare.push(ms)));
    for (const turn of i % 2 === 0 ? turns : turns.reverse()) await turn();
  }
  one.close();
  other.close();
  const blocks = (all: readonly number[]): number[] =>
    Array.from({ length: EDITS / BLOCK }, (_, i) => percentile(all.slice(i * BLOCK, (i + 1) * BLOCK), 0.5));
  return {
    ...compared(blocks(safe), blocks(bare)),
    ...{ p50: percentile(safe, 0.5), unprotectedP50: percentile(bare, 0.5) },
    ...{ p99: percentile(safe, 0.99), unprotectedP99: percentile(bare, 0.99) },
  };
}

function unlocking(dataDir: string): SafetyFigures['unlockMilliseconds'] {
  const unlock = { secret: SECRET };
  const open = (create: boolean): Core => opened(protectedCore, dataDir, { create, unlock });
  open(true).close();
  const all: number[] = [];
  const cpu: number[] = [];
  for (let i = 0; i < UNLOCKS; i += 1) {
    const [from, used] = [performance.now(), process.cpuUsage()];
    const core = open(false);
    all.push(round(performance.now() - from));
    const { user, system } = process.cpuUsage(used);
    cpu.push(round((user + system) / 1000));
    core.close();
  }
  return { median: percentile(all, 0.5), all, cpu };
}

function opened({ openCore }: Maker, dataDir: string, more: Partial<protectedCore.CoreOptions> = {}): Core {
  const answer = openCore({ dataDir, create: true, ...more });
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

/** Or two of a kind would be compared. */
function mustBe(dataDir: string, plain: boolean): void {
  const head = fs.readFileSync(path.join(dataDir, 'store.db')).subarray(0, 15).toString('latin1');
  if ((head === 'SQLite format 3') !== plain) throw new Error(`the store is ${plain ? '' : 'not '}encrypted`);
}

function compared(safe: readonly number[], bare: readonly number[]): Cost {
  const ratios = safe.map((value, i) => round(value / bare[i]!));
  return {
    ...{ ratio: percentile(ratios, 0.5), ratioRounds: ratios },
    ...{ protected: safe.map(round), unprotected: bare.map(round) },
  };
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * share)]!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

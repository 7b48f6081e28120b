import { execFileSync } from 'node:child_process';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ConflictFigures } from './conflicts.ts';
import type { DeskFigures } from './desk.ts';
import type { EditFigures } from './edit.ts';
import type { ImportFigures } from './import.ts';
import type { DiskFigures, ShellFigures } from './import-files.ts';
import type { ManyFigures } from './many-imports.ts';
import type { NationalFigures } from './national.ts';
import type { Written } from './report.ts';
import type { SafetyFigures } from './safety.ts';
import type { SearchFigures } from './search.ts';
import type { StartFigures } from './start.ts';
import type { Mix } from './workload.ts';

/**
 * `npm run bench [-- --files N] [--rounds N]` prints one JSON document; `-- only import|report|start|safety|hub|many` a part of it. Every scenario runs in a process of its own, so
 * that its peak memory is its own; what is divided by what was measured in turn, round by round, and the median ratio is
 * given. Nothing here is asserted in a test.
 */
async function main(args: readonly string[]): Promise<void> {
  const option = (name: string, otherwise: number): number => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  if (args[0] === 'scenario') {
    process.stdout.write(JSON.stringify(await scenario(args[1]!, Number(args[2]))));
    return;
  }
  if (args[0] === 'report') {
    const { writeReport } = await import('./report.ts');
    process.stdout.write(JSON.stringify(await writeReport(args[1] as 'ours', args[2]!)));
    return;
  }
  if (args[0] === 'write') {
    const { writeFiles } = await import('./import-files.ts');
    process.stdout.write(String(await writeFiles(args[1] as Mix, Number(args[2]), args[3]!)));
    return;
  }
  const count = option('files', 200);
  const rounds = option('rounds', 3);
  if (args[0] === 'only' && args[1] === 'report') {
    process.stdout.write(`${JSON.stringify(await reportFigures(rounds), null, 2)}\n`);
    return;
  }
  if (args[0] === 'only' && args[1] === 'import') {
    process.stdout.write(`${JSON.stringify(importFigures(count, rounds), null, 2)}\n`);
    return;
  }
  if (args[0] === 'only' && args[1] === 'start') {
    process.stdout.write(`${JSON.stringify(child<StartFigures>('start', rounds), null, 2)}\n`);
    return;
  }
  if (args[0] === 'only' && args[1] === 'many') {
    process.stdout.write(`${JSON.stringify(child<ManyFigures>('many', option('files', 5000)), null, 2)}\n`);
    return;
  }
  if (args[0] === 'only' && args[1] === 'safety') {
    const figures = child<SafetyFigures>(`safety-${option('rounds', 5)}`, option('files', 60));
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
    return;
  }
  if (args[0] === 'only' && args[1] === 'hub') {
    const { hubFigures } = await import('./hub.ts');
    const at = args.indexOf('--millions');
    const millions = (at < 0 ? '1,3,10' : args[at + 1]!).split(',').map(Number);
    process.stdout.write(`${JSON.stringify(await hubFigures(millions), null, 2)}\n`);
    return;
  }
  const document = {
    machine: {
      cpu: os.cpus()[0]?.model,
      cores: os.cpus().length,
      node: process.version,
      platform: process.platform,
    },
    ...importFigures(count, rounds),
    edit: child<EditFigures>('edit', 0),
    national: child<NationalFigures>('national', 0),
    report: await reportFigures(rounds),
    duplicates: child<unknown>('duplicates', 0),
    search: child<SearchFigures>('search', 0),
    conflicts: child<ConflictFigures>('conflicts', 0),
    desk: child<DeskFigures>('desk', 0),
    many: child<ManyFigures>('many', 5000),
    start: child<StartFigures>('start', rounds),
    safety: child<SafetyFigures>(`safety-${rounds}`, 60),
  };
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

function importFigures(count: number, rounds: number) {
  return {
    import: {
      'sequential keys, new records': compare('sequential', count, rounds),
      'realistic mix': compare('realistic', count, rounds),
    },
    // The same mix with a fifth of the files: memory must not grow with their number.
    peakMegabytesByFiles: Object.fromEntries(
      [Math.ceil(count / 5), count].map((n) => [n, child<DiskFigures>('disk-realistic', n).peakMegabytes]),
    ),
    importThroughShell: child<ShellFigures>('shell-realistic', count),
  };
}

/** `npm run bench -- only report` measures the report alone. */
async function reportFigures(rounds: number): Promise<unknown> {
  const { reports } = await import('./report.ts');
  // As `npm run dangol` starts the command line.
  const one = (way: string, dir: string): Written =>
    JSON.parse(started(['report', way, dir], [NURSERY])) as Written;
  return { national: await reports('national', rounds, one), 2024: await reports('2024', rounds, one) };
}

interface Compared {
  files: number;
  values: number;
  rounds: number;
  rawSeconds: number[];
  mergeToRaw: number;
  mergeToRawRounds: number[];
  fromDiskToRaw: number;
  fromDiskToRawRounds: number[];
  /** User and system time in place of the clock on the wall: steadier on a machine that does other things too. */
  cpu: { mergeToRaw: number; fromDiskToRaw: number };
  knownMillisecondsPerFile: number;
  peakMegabytes: { raw: number; merge: number; fromDisk: number };
}

function compare(mix: Mix, count: number, rounds: number): Compared {
  const runs = Array.from({ length: rounds }, () => ({
    raw: child<ImportFigures>(`raw-${mix}`, count),
    merge: child<ImportFigures>(`merge-${mix}`, count),
    disk: child<DiskFigures>(`disk-${mix}`, count),
  }));
  const merge = runs.map((run) => run.merge.seconds / run.raw.seconds);
  const disk = runs.map((run) => run.disk.seconds / run.raw.seconds);
  const first = runs[0]!;
  return {
    files: count,
    values: first.raw.values,
    rounds,
    rawSeconds: runs.map((run) => round(run.raw.seconds)),
    mergeToRaw: median(merge),
    mergeToRawRounds: merge.map(round),
    fromDiskToRaw: median(disk),
    fromDiskToRawRounds: disk.map(round),
    cpu: {
      mergeToRaw: median(runs.map((run) => run.merge.cpuSeconds / run.raw.cpuSeconds)),
      fromDiskToRaw: median(runs.map((run) => run.disk.cpuSeconds / run.raw.cpuSeconds)),
    },
    knownMillisecondsPerFile: median(runs.map((run) => run.disk.knownMillisecondsPerFile)),
    peakMegabytes: {
      raw: Math.max(...runs.map((run) => run.raw.peakMegabytes)),
      merge: Math.max(...runs.map((run) => run.merge.peakMegabytes)),
      fromDisk: Math.max(...runs.map((run) => run.disk.peakMegabytes)),
    },
  };
}

/** Only what a scenario needs is loaded: the browser's driver would count in the memory of an import. */
async function scenario(name: string, count: number): Promise<unknown> {
  const [way, mix] = name.split('-') as [string, Mix];
  if (way === 'raw' || way === 'merge') return (await import('./import.ts')).ways[way](mix, count);
  if (way === 'disk') return (await import('./import-files.ts')).fromDisk(mix, count);
  if (way === 'shell') return (await import('./import-files.ts')).throughShell(mix, count);
  if (way === 'safety') return (await import('./safety.ts')).safety(count, Number(mix));
  if (way === 'edit') return (await import('./edit.ts')).edits();
  if (way === 'duplicates') return (await import('./duplicates.ts')).duplicates();
  if (way === 'conflicts') return (await import('./conflicts.ts')).conflicts();
  if (way === 'desk') return (await import('./desk.ts')).desk();
  if (way === 'many') return (await import('./many-imports.ts')).manyImports(count);
  if (way === 'start') return (await import('./start.ts')).start(count);
  if (way === 'search') return (await import('./search.ts')).search();
  return (await import('./national.ts')).national();
}

const NURSERY = '--max-semi-space-size=8';

function child<T>(name: string, count: number): T {
  // As `npm run dangol` starts the command line.
  const flags = /^(disk|safety)-/.test(name) ? [NURSERY] : [];
  return JSON.parse(started(['scenario', name, String(count)], flags)) as T;
}

/** What this program prints, started anew with other arguments. */
function started(args: readonly string[], flags: readonly string[]): string {
  return execFileSync(process.execPath, [...flags, fileURLToPath(import.meta.url), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function median(values: number[]): number {
  return round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

await main(process.argv.slice(2));

import type { Manifest } from '#shared/contract/exchange.ts';
import type { LaptopKey, LaptopRow } from '#shared/contract/laptops.ts';
import { fingerprintOf } from '../../exchange/keys.ts';
import type { ImportRecord } from '../../store/imports.ts';
import { ranAheadIn } from '../../store/laptop-queries.ts';
import type { KnownKey, KnownLaptop } from '../../store/laptops.ts';
import { peopleByIds } from '../../store/session-queries.ts';
import type { Deps } from '../deps.ts';
import { lateSessions } from './late.ts';
import { writersOf } from './writers.ts';

/** Every known laptop: those to be asked about first, then those with something late, then by name. */
export function laptopRows(deps: Deps): LaptopRow[] {
  const { store } = deps;
  const files = Map.groupBy(store.imports.list(), ({ laptop }) => laptop);
  const keys = Map.groupBy(store.laptops.keys(), ({ laptop }) => laptop);
  const writers = Map.groupBy(writersOf(store), ({ laptop }) => laptop);
  const names = new Map(
    peopleByIds(store.db, [...new Set([...writers.values()].flat().map(({ trainer }) => trainer))]).map(
      ({ id, name }) => [id, name],
    ),
  );
  const clocks = clocksOf(deps);
  const late = lateSessions(deps);
  const rows = store.laptops.list().map((laptop): LaptopRow => {
    const recordsFor = (writers.get(laptop.id) ?? []).map(({ trainer, records }) => ({
      id: trainer,
      name: names.get(trainer) ?? '',
      records,
    }));
    const whose = new Set(recordsFor.map(({ id }) => id));
    return {
      id: laptop.id,
      name: laptop.name,
      role: laptop.role,
      firstSeenAt: laptop.firstSeenAt,
      ...keysOf(laptop, keys.get(laptop.id) ?? []),
      ...filesOf(files.get(laptop.id) ?? []),
      recordsFor,
      clock: clocks.get(laptop.id) ?? { ahead: 0, furthestMs: 0 },
      late: late.filter(({ trainers }) => trainers.some((trainer) => whose.has(trainer))).length,
    };
  });
  return rows.sort((a, b) => needOf(a) - needOf(b));
}

const FIRST = { unknown: 0, waiting: 1, confirmed: 2 } as const;

/** Rows come by name, and stay in that order within the same need. */
function needOf({ key, files, late }: LaptopRow): number {
  const asked = files > 0 ? FIRST[key.verdict] : FIRST.confirmed;
  return asked * 2 + (late > 0 ? 0 : 1);
}

function keysOf(laptop: KnownLaptop, known: readonly KnownKey[]): Pick<LaptopRow, 'key' | 'earlierKeys'> {
  const [key, ...earlierKeys] = known.map(keyOf);
  const unasked = { publicKey: laptop.publicKey, since: laptop.firstSeenAt, verdict: null, judgedAt: null };
  return { key: key ?? keyOf(unasked), earlierKeys };
}

function keyOf({ publicKey, since, verdict, judgedAt }: Omit<KnownKey, 'laptop'>): LaptopKey {
  return { fingerprint: fingerprintOf(publicKey), since, verdict: verdict ?? 'waiting', judgedAt };
}

/** Files come newest first. */
function filesOf(
  files: readonly ImportRecord[],
): Pick<LaptopRow, 'lastFile' | 'files' | 'undone' | 'changes'> {
  const live = files.filter(({ undoneAt }) => undoneAt === null);
  const [last] = live;
  return {
    lastFile: last ? fileOf(last) : null,
    files: live.length,
    undone: files.length - live.length,
    changes: live.reduce((sum, { added }) => sum + added, 0),
  };
}

function fileOf({ id, file, manifest, importedAt }: ImportRecord): LaptopRow['lastFile'] {
  const { title, createdAt } = JSON.parse(manifest) as Manifest;
  return { import: id, title, file, createdAt, importedAt };
}

/** What ran ahead, by the laptop that wrote it and not by the one that sent it. */
function clocksOf({ store }: Deps): Map<string, LaptopRow['clock']> {
  const clocks = new Map<string, LaptopRow['clock']>();
  for (const file of store.imports.list()) {
    if (file.undoneAt !== null || file.clockSuspect === 0) continue;
    for (const { laptop, ahead, furthestMs } of ranAheadIn(store.db, file)) {
      const sofar = clocks.get(laptop) ?? { ahead: 0, furthestMs: 0 };
      clocks.set(laptop, {
        ahead: sofar.ahead + ahead,
        furthestMs: Math.max(sofar.furthestMs, furthestMs),
      });
    }
  }
  return clocks;
}

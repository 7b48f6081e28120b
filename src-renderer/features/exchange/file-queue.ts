import type { ImportedFile, LaptopSight, Manifest } from '#shared/contract/exchange.ts';

/** How far a chosen file is: looked at first, so that a person sees what it is before it goes in. */
export type Stage =
  | { readonly at: 'waiting' }
  | { readonly at: 'looking' }
  | { readonly at: 'ready'; readonly seen: Sight }
  | { readonly at: 'merging'; readonly seen: Sight }
  | { readonly at: 'done'; readonly seen: Sight; readonly result: ImportedFile }
  /** Nothing of it went in; `error` says why. */
  | { readonly at: 'refused'; readonly seen: Sight | null; readonly error: unknown };

/** What is in a file, and which laptop made it. */
export interface Sight {
  readonly manifest: Manifest;
  readonly laptop: LaptopSight;
}

export interface QueuedFile {
  readonly key: string;
  readonly file: File;
  readonly stage: Stage;
}

/** What came of the files that were merged. */
export interface Summary {
  merged: number;
  already: number;
  refused: number;
  new: number;
  known: number;
  conflicts: number;
}

/** The entities of a file's counts that a person asks about first; the others follow in the file's own order. */
const FIRST = ['session', 'attendance', 'visit', 'surveyResponse', 'store', 'site', 'program'];

export function isSameFile(left: File, right: File): boolean {
  return left.name === right.name && left.size === right.size && left.lastModified === right.lastModified;
}

export function countAt(items: readonly QueuedFile[], ...stages: readonly Stage['at'][]): number {
  return items.filter(({ stage }) => stages.includes(stage.at)).length;
}

export function summaryOf(items: readonly QueuedFile[]): Summary {
  const sum: Summary = { merged: 0, already: 0, refused: 0, new: 0, known: 0, conflicts: 0 };
  for (const { stage } of items) {
    if (stage.at === 'refused') sum.refused += 1;
    if (stage.at !== 'done') continue;
    sum[stage.result.status === 'already' ? 'already' : 'merged'] += 1;
    sum.new += stage.result.new;
    sum.known += stage.result.known;
    sum.conflicts += stage.result.conflicts;
  }
  return sum;
}

/** The counts of a file's records, the most telling first, none of zero. */
export function tellingCounts(records: Readonly<Record<string, number>>, limit: number): [string, number][] {
  const rank = (entity: string): number => (FIRST.indexOf(entity) + FIRST.length + 1) % (FIRST.length + 1);
  return Object.entries(records)
    .filter(([, n]) => n > 0)
    .sort(([left], [right]) => rank(left) - rank(right))
    .slice(0, limit);
}

/**
 * The first file of each laptop that was never seen before: there its fingerprint is shown, and not again in the
 * other forty files of the same laptop.
 */
export function introductions(items: readonly QueuedFile[]): ReadonlySet<string> {
  const met = new Set<string>();
  const keys = new Set<string>();
  for (const { key, stage } of items) {
    const sight = 'seen' in stage ? stage.seen : null;
    if (!sight?.laptop.firstSeen || met.has(sight.laptop.fingerprint)) continue;
    met.add(sight.laptop.fingerprint);
    keys.add(key);
  }
  return keys;
}

/** The name of a session file without its ending and without the folders before it. */
export function stemOf(file: string): string {
  return baseName(file).replace(/\.dangol$/i, '');
}

/** The name of a file without the folders before it: an import from the command line is known by its whole path. */
export function baseName(file: string): string {
  return file.split(/[\\/]/).at(-1) || file;
}

import type { FileSight, ImportedFile, ProgramSight } from '#shared/contract/exchange.ts';

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
export type Sight = FileSight;

export interface QueuedFile {
  readonly key: string;
  readonly file: File;
  /** The folder that it was found in; empty where it was chosen by itself. */
  readonly folder: string;
  readonly stage: Stage;
}

/**
 * What becomes of a file that was looked at and is sound: it goes in; it is one that is in the list under another name, or
 * that was merged before; or it is of a programme that nobody here knows, and is left out until a person takes it.
 */
export type Standing =
  /** `foreign` are the programmes of somebody else that a person has taken it in with. */
  | { readonly is: 'go'; readonly foreign: readonly ProgramSight[] }
  | { readonly is: 'twin'; readonly of: string }
  | { readonly is: 'already'; readonly file: string; readonly importedAt: string }
  | { readonly is: 'foreign'; readonly programs: readonly ProgramSight[] };

/** What came of the files that were merged, and what became of the others. */
export interface Summary {
  merged: number;
  already: number;
  twins: number;
  foreign: number;
  refused: number;
  new: number;
  known: number;
  conflicts: number;
}

/** The entities of a file's counts that a person asks about first; the others follow in the file's own order. */
const FIRST = ['session', 'attendance', 'visit', 'surveyResponse', 'store', 'site', 'program'];

/** The same place, size and time: chosen twice. Copies elsewhere are known by their content. */
export function isSameFile(
  left: Pick<QueuedFile, 'file' | 'folder'>,
  right: Pick<QueuedFile, 'file' | 'folder'>,
): boolean {
  const [a, b] = [left.file, right.file];
  return (
    left.folder === right.folder &&
    a.name === b.name &&
    a.size === b.size &&
    a.lastModified === b.lastModified
  );
}

export function countAt(items: readonly QueuedFile[], ...stages: readonly Stage['at'][]): number {
  return items.filter(({ stage }) => stages.includes(stage.at)).length;
}

/** How each file that is ready stands, by its key; `taken` are those of other programmes that a person wants in. */
export function standingsOf(
  items: readonly QueuedFile[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, Standing> {
  const standings = new Map<string, Standing>();
  const known = programsMet(items, taken);
  const first = new Map<string, QueuedFile>();
  for (const item of items) {
    const { key, stage } = item;
    if (stage.at !== 'ready' && stage.at !== 'merging' && stage.at !== 'done') continue;
    const { sha256, already, unknownPrograms } = stage.seen;
    const twin = first.get(sha256);
    if (!twin) first.set(sha256, item);
    if (stage.at !== 'ready') continue;
    const foreign = unknownPrograms.filter(({ id }) => !known.has(id));
    if (already) standings.set(key, { is: 'already', ...already });
    else if (twin) standings.set(key, { is: 'twin', of: twin.file.name });
    else if (taken.has(key)) standings.set(key, { is: 'go', foreign: unknownPrograms });
    else if (foreign.length > 0) standings.set(key, { is: 'foreign', programs: foreign });
    else standings.set(key, { is: 'go', foreign: [] });
  }
  return standings;
}

/** The programmes that other files of the list bring or have brought: no file that belongs to one of them is foreign. */
function programsMet(items: readonly QueuedFile[], taken: ReadonlySet<string>): ReadonlySet<string> {
  const met = new Set<string>();
  for (const { key, stage } of items) {
    if (!('seen' in stage) || !stage.seen) continue;
    const { manifest, digest, unknownPrograms } = stage.seen;
    const isOurKit = stage.at === 'ready' && manifest.purpose === 'kit' && unknownPrograms.length === 0;
    const isIn = stage.at === 'merging' || stage.at === 'done';
    if (isIn || isOurKit || (stage.at === 'ready' && taken.has(key))) {
      for (const { id } of digest.programs) met.add(id);
    }
  }
  return met;
}

export function summaryOf(items: readonly QueuedFile[], standings: ReadonlyMap<string, Standing>): Summary {
  const sum: Summary = {
    merged: 0,
    already: 0,
    twins: 0,
    foreign: 0,
    refused: 0,
    new: 0,
    known: 0,
    conflicts: 0,
  };
  for (const { key, stage } of items) {
    const standing = standings.get(key)?.is;
    if (standing === 'already') sum.already += 1;
    if (standing === 'twin') sum.twins += 1;
    if (standing === 'foreign') sum.foreign += 1;
    if (stage.at === 'refused') sum.refused += 1;
    if (stage.at !== 'done') continue;
    sum[stage.result.status === 'already' ? 'already' : 'merged'] += 1;
    sum.new += stage.result.new;
    sum.known += stage.result.known;
    sum.conflicts += stage.result.conflicts;
  }
  return sum;
}

/** The imports that the files of the list made. */
export function importsOf(items: readonly QueuedFile[]): string[] {
  return items.flatMap(({ stage }) =>
    stage.at === 'done' && stage.result.status === 'imported' && stage.result.import
      ? [stage.result.import]
      : [],
  );
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

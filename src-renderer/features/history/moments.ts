import type { HistoryEntry } from '#shared/contract/records.ts';
import type { Entity } from '#shared/model/field.ts';
import { fieldsOf, isEntityName, model } from '#shared/model/model.ts';
import type { Replaced } from '#shared/merge/provenance.ts';

/** A record whose history is told. */
export interface Subject {
  readonly entity: string;
  readonly id: string;
  /** What it is called where several stand in one history, such as the question of a check. */
  readonly name?: string;
}

/** An entry with the record that it belongs to. */
export interface Told extends HistoryEntry {
  readonly subject: Subject;
}

/** What a person did to one field in one go. */
export interface Line {
  readonly key: string;
  /** The value that it came to. */
  readonly entry: Told;
  /** What stood there before. */
  readonly before: readonly Replaced[];
  /** What was written on the way, newest first: a text is written while it is typed. */
  readonly passed: readonly Told[];
}

/** What one person did on one laptop in one go, and how it came here. */
export interface Moment {
  readonly key: string;
  /** ISO 8601 UTC, of the first and the last of it. */
  readonly from: string;
  readonly to: string;
  readonly laptop: HistoryEntry['laptop'];
  readonly author: HistoryEntry['author'];
  readonly files: HistoryEntry['files'];
  readonly clockSuspect: boolean;
  readonly lines: readonly Line[];
}

/** Someone who pauses longer comes back to it: another moment. A visit with its checks is one. */
const PAUSE_MS = 10 * 60_000;
const LONGEST_MS = 60 * 60_000;
/** Typing goes on within that; what follows later is a correction, and stands for itself. */
const TYPING_MS = 60_000;

/** What was asked of the core for each record; `limit` changes at most, and one more to know whether there are more. */
export interface Loaded {
  readonly subject: Subject;
  readonly entries: readonly HistoryEntry[];
}

/**
 * The histories of several records as one, newest first. Where one of them was cut off, the others end there too:
 * below, something would be missing without a gap to be seen.
 */
export function oneHistory(
  loaded: readonly Loaded[],
  limit: number,
): { readonly entries: Told[]; readonly complete: boolean } {
  let end = '';
  const all = loaded.flatMap(({ subject, entries }) => {
    const changes = [...new Set(entries.map(({ change }) => change))];
    const last = changes.length > limit ? changes[limit - 1]! : '';
    if (last > end) end = last;
    return entries
      .filter(({ field }) => !goesWithoutSaying(subject, field))
      .map((entry): Told => ({ ...entry, subject }));
  });
  return {
    entries: all.filter(({ change }) => change >= end).sort((a, b) => compareText(b.change, a.change)),
    complete: end === '',
  };
}

/** The fields that make a record's id never change; where it stands under its name they say nothing new. */
function goesWithoutSaying({ entity, name }: Subject, field: string): boolean {
  const declared: Entity | undefined = name !== undefined && isEntityName(entity) ? model[entity] : undefined;
  return declared?.idFrom?.includes(field) ?? false;
}

/** Groups entries, newest first, by who wrote them where, when and how they came. */
export function momentsOf(entries: readonly Told[]): Moment[] {
  const groups: Told[][] = [];
  for (const entry of entries) {
    const group = groups.at(-1);
    if (group && goesOn(group, entry)) group.push(entry);
    else groups.push([entry]);
  }
  return groups.map((group) => {
    const [newest] = group as [Told, ...Told[]];
    const { laptop, author, files, clockSuspect } = newest;
    return {
      key: `${newest.change} ${newest.subject.id} ${newest.field}`,
      from: group.at(-1)!.at,
      to: newest.at,
      laptop,
      author,
      files,
      clockSuspect,
      lines: linesOf(group),
    };
  });
}

function goesOn(group: readonly Told[], entry: Told): boolean {
  const [first, last] = [group[0]!, group.at(-1)!];
  return (
    sourceOf(first) === sourceOf(entry) &&
    Date.parse(last.at) - Date.parse(entry.at) <= PAUSE_MS &&
    Date.parse(first.at) - Date.parse(entry.at) <= LONGEST_MS
  );
}

function sourceOf({ laptop, author, files, clockSuspect }: Told): string {
  return [laptop.id, author?.id ?? '', clockSuspect, ...files.map((file) => file.import)].join(' ');
}

function linesOf(group: readonly Told[]): Line[] {
  const lines: { entry: Told; oldest: Told; passed: Told[] }[] = [];
  for (const entry of group) {
    const line = lines.find(({ oldest }) => isStepTo(entry, oldest));
    if (!line) lines.push({ entry, oldest: entry, passed: [] });
    else {
      line.passed.push(entry);
      line.oldest = entry;
    }
  }
  return lines
    .map(({ entry, oldest, passed }) => ({
      key: `${entry.change} ${entry.subject.id} ${entry.field} ${entry.kind}`,
      entry,
      before: oldest.replaced,
      passed,
    }))
    .sort((a, b) => compareText(b.entry.change, a.entry.change) || placeOf(a.entry) - placeOf(b.entry));
}

/** Whether a value was only a step on the way to the next: typed through, seen by nobody else. */
function isStepTo(entry: Told, next: Told): boolean {
  return (
    entry.subject === next.subject &&
    entry.field === next.field &&
    entry.kind === 'set' &&
    next.kind === 'set' &&
    entry.fate === 'replaced' &&
    Date.parse(next.at) - Date.parse(entry.at) <= TYPING_MS &&
    next.replaced.length === 1 &&
    next.replaced[0]!.change === entry.change
  );
}

/** Fields in their declared order, those that this version does not know behind them, the deletion last. */
function placeOf({ subject, field }: Told): number {
  if (field === 'deleted') return Infinity;
  const names = isEntityName(subject.entity) ? fieldsOf(subject.entity).map(([name]) => name) : [];
  const at = names.indexOf(field);
  return at < 0 ? names.length : at;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

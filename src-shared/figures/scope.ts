import type { Period } from './days.ts';
import { groupsOf, type Groups } from './groups.ts';
import type { FigureRows } from './rows.ts';

/** What a report is asked to cover; without a programme, everything. */
export interface Question extends Period {
  readonly program?: string | undefined;
}

/** What belongs where, looked up once for all fact tables. */
export interface Scope {
  readonly period: Period;
  /** The programme if it is here and live, else null: then a row counts in the total alone. */
  readonly knownProgram: (id: string | null) => string | null;
  readonly programOfSite: (site: string | null) => string | null;
  readonly programOfSession: (session: string | null) => string | null;
  readonly groups: Groups;
  /** Whether a row of this programme is asked for. */
  readonly keeps: (program: string | null) => boolean;
}

export function scopeOf(rows: FigureRows, question: Question): Scope {
  const programs = new Set(rows.programs.map(({ id }) => id));
  const knownProgram = (id: string | null): string | null => (id !== null && programs.has(id) ? id : null);
  const lookUp = (parents: readonly { id: string; program: string | null }[]) => {
    const known = new Map(parents.map(({ id, program }) => [id, knownProgram(program)]));
    return (id: string | null): string | null => (id === null ? null : (known.get(id) ?? null));
  };
  return {
    period: { from: question.from, to: question.to },
    knownProgram,
    programOfSite: lookUp(rows.sites),
    programOfSession: lookUp(rows.sessions),
    groups: groupsOf(rows.matches),
    keeps: (program) => question.program === undefined || program === question.program,
  };
}

/** Gives 1 for the first sight of a key within each part, and 0 after that: so that a thing counts once. */
export function onlyOnce(): (key: string, part?: string) => Mark {
  const parts = new Map<string, Set<string>>();
  return (key, part = '') => {
    let seen = parts.get(part);
    if (!seen) parts.set(part, (seen = new Set()));
    if (seen.has(key)) return 0;
    seen.add(key);
    return 1;
  };
}

/** 1 or 0, as the workbook's counting columns show it. */
export type Mark = 0 | 1;

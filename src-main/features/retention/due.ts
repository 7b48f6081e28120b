import { createHash } from 'node:crypto';
import type { HeldKind } from '#shared/contract/retention.ts';
import { canonical } from '#shared/merge/canonical.ts';
import type { EntityName } from '#shared/model/model.ts';
import { dueFrom, later } from '#shared/retention/period.ts';
import { fieldsOfBits } from '#shared/retention/personal.ts';
import {
  holdings,
  holdingsOfPerson,
  programPeriods,
  type ProgramPeriod,
} from '../../store/retention-queries.ts';
import type { Store } from '../../store/store.ts';
import { wordsOf } from './survey-words.ts';

/** So many days ahead are shown, so that nobody is surprised. */
const AHEAD = 30;

/** What a record still holds of personal data. */
export interface Held {
  readonly entity: EntityName;
  readonly id: string;
  readonly fields: readonly string[];
}

export interface Due extends Held {
  /** The first day on which it is due. */
  readonly dueFrom: string;
  readonly programs: readonly string[];
}

export interface DueFound {
  readonly programs: readonly ProgramPeriod[];
  /** Those due the longest first. */
  readonly now: readonly Due[];
  readonly soon: readonly Due[];
  /** Records that hold something and are part of no programme. */
  readonly unruled: number;
}

/** Which records are due on a day in Asia/Seoul, and which will be within 30 days; only such as still hold a value. */
export function dueOn(store: Store, today: string): DueFound {
  const programs = programPeriods(store.db);
  const periods = new Map(programs.map((program) => [program.id, program]));
  const until = later(today, AHEAD);
  const hasWords = wordsOf(store);
  const known = new Map<ReadonlySet<string>, { from: string | null; programs: readonly string[] }>();
  const found: Due[] = [];
  let unruled = 0;
  for (const { entity, id, bits, programs: of } of holdings(store.db)) {
    let rule = known.get(of);
    if (!rule) known.set(of, (rule = { from: dueFrom(of, periods), programs: [...of].sort() }));
    const { from } = rule;
    if (of.size > 0 && (from === null || from > until)) continue;
    if (entity === 'surveyResponse' && !hasWords(id)) continue;
    if (from === null) unruled += 1;
    else
      found.push({ entity, id, fields: fieldsOfBits(entity, bits), dueFrom: from, programs: rule.programs });
  }
  found.sort((a, b) => order(a.dueFrom, b.dueFrom) || order(a.entity, b.entity) || order(a.id, b.id));
  return {
    programs,
    now: found.filter((one) => one.dueFrom <= today),
    soon: found.filter((one) => one.dueFrom > today),
    unruled,
  };
}

/** Everything that is held of one person. */
export function heldOfPerson(store: Store, person: string): Held[] {
  return holdingsOfPerson(store.db, person).map(({ entity, id, bits }) => {
    return { entity, id, fields: fieldsOfBits(entity, bits) };
  });
}

/** How many records of each kind, the most common first. */
export function kindsOf(held: readonly Held[]): HeldKind[] {
  const counts = new Map<string, HeldKind>();
  for (const { entity, fields } of held) {
    for (const field of fields) {
      const key = `${entity} ${field}`;
      const kind = counts.get(key) ?? { entity, field, records: 0 };
      kind.records += 1;
      counts.set(key, kind);
    }
  }
  return [...counts.values()].sort(
    (a, b) => b.records - a.records || order(a.entity, b.entity) || order(a.field, b.field),
  );
}

/** SHA-256 of what would be destroyed: another value in it makes no other decision, another record or field does. */
export function tokenOf(held: readonly Held[]): string {
  const hash = createHash('sha256');
  for (const { entity, id, fields } of held) hash.update(`${canonical([entity, id, [...fields]])}\n`);
  return hash.digest('hex');
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

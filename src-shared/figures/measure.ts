import { figureNames, type Figures, type Kpis } from '../contract/report.ts';
import { isWithin, type Period } from './days.ts';
import { definitions, type Measure } from './definitions.ts';
import type { Facts } from './facts.ts';
import type { ProgramRow } from './rows.ts';
import type { Question } from './scope.ts';

/** Where a fact is counted: over everything asked for, or within its own programme. */
export type Level = 'total' | 'program';

/** A sum and how many values it is of. */
export interface Tally {
  sum: number;
  n: number;
}

export type AnyFact = Readonly<Record<string, unknown>>;

/**
 * Adds up a measure over the facts of its table, by key, in one pass. `keyOf` says where a fact belongs; null leaves it out.
 */
export function tallies<K>(
  measure: Measure,
  facts: Facts,
  level: Level,
  period: Period,
  keyOf: (fact: AnyFact) => K | null,
): Map<K, Tally> {
  const result = new Map<K, Tally>();
  const valueIn = valuesOf(measure, level, period);
  for (const fact of facts[measure.table] as readonly unknown[] as readonly AnyFact[]) {
    const value = valueIn(fact);
    if (value === null) continue;
    const key = keyOf(fact);
    if (key === null) continue;
    const tally = result.get(key);
    if (tally) {
      tally.sum += value;
      tally.n += 1;
    } else result.set(key, { sum: value, n: 1 });
  }
  return result;
}

/** What a fact adds to a measure, 1 where rows are counted; null where it does not count. */
export function valuesOf(
  { once, where, take }: Measure,
  level: Level,
  period: Period,
): (fact: AnyFact) => number | null {
  const mark = once?.[level];
  const column = take === 'count' ? null : 'sum' in take ? take.sum : take.mean;
  return (fact) => {
    if (mark !== undefined && fact[mark] !== 1) return null;
    if (where && !meets(fact[where.column], where.is, period)) return null;
    const value = column === null ? 1 : fact[column];
    return typeof value === 'number' ? value : null;
  };
}

function meets(value: unknown, is: 'yes' | 'dayInPeriod', period: Period): boolean {
  return is === 'yes' ? value === 1 : typeof value === 'string' && isWithin(value, period);
}

/** What a measure says for a tally: counts and sums of nothing are 0, a mean of nothing is null. */
export function valueOf({ take }: Measure, tally: Tally | undefined): number | null {
  if (take === 'count' || 'sum' in take) return tally?.sum ?? 0;
  // Nine decimals: the order in which numbers are added must not show.
  return tally ? Math.round((tally.sum / tally.n) * 1e9) / 1e9 : null;
}

/** All figures of the facts: the total of what was asked for, and each programme. */
export function kpisOf(facts: Facts, programs: readonly ProgramRow[], question: Question): Kpis {
  const asked = programs.filter(({ id }) => question.program === undefined || id === question.program);
  const total = {} as Record<string, number | null>;
  const byProgram = asked.map(
    ({ id, name, kind }) => ({ id, name: name ?? '', kind }) as Kpis['programs'][number],
  );
  for (const name of figureNames) {
    const { measure } = definitions[name];
    total[name] = valueOf(measure, tallies(measure, facts, 'total', question, () => 'total').get('total'));
    const found = tallies(measure, facts, 'program', question, (fact) => fact['program'] as string | null);
    for (const program of byProgram as unknown as Record<string, unknown>[]) {
      program[name] = valueOf(measure, found.get(program['id'] as string));
    }
  }
  return { total: total as Figures, programs: byProgram };
}

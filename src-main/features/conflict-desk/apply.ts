import type { ConflictKey, Resolved, ResolvedRow } from '#shared/contract/conflicts.ts';
import type { ErrorReport } from '#shared/contract/errors.ts';
import { canonical, type Json } from '#shared/merge/canonical.ts';
import { LARGEST } from '../../store/steps.ts';
import type { Deps } from '../deps.ts';

type About = Pick<ResolvedRow, 'row' | 'title'>;

/** What is to be done with a choice, by what stands in the store now. */
export type Judged = About &
  (
    | { readonly verdict: 'settle'; readonly conflict: ConflictKey; readonly value: Json }
    | { readonly verdict: 'already'; readonly conflict: ConflictKey; readonly value: Json }
    | { readonly verdict: 'unchanged'; readonly conflict: ConflictKey }
    | { readonly verdict: 'refused'; readonly conflict: ConflictKey | null; readonly reason: ErrorReport }
  );

/** Progress is told this often. */
const STRIDE = 100;

type ToSettle = Extract<Judged, { verdict: 'settle' }>;

/**
 * Settles many choices, from a workbook or by a rule. Every one is judged before the first is written, since settling
 * one can change what another one is about; then all are written at once, as one step.
 */
export function applyJudged(deps: Deps, judgedOnes: readonly Judged[], dryRun: boolean): Resolved {
  const judged = withoutRivals(judgedOnes);
  const settled = judged.filter((one): one is ToSettle => one.verdict === 'settle').slice(0, LARGEST);
  const known = new Set<Judged>(settled);
  const rows = judged.map((one): ResolvedRow => resultOf(one, known));
  if (!dryRun && settled.length > 0) write(deps, settled);
  const count = (status: ResolvedRow['status']): number => rows.filter((row) => row.status === status).length;
  return {
    applied: count('applied'),
    unchanged: count('unchanged'),
    already: count('already'),
    refused: count('refused'),
    rows,
  };
}

/** A conflict that stands in several rows: the first of them counts if they agree, and none if they do not. */
function withoutRivals(judged: readonly Judged[]): Judged[] {
  const choices = new Map<string, Set<string>>();
  for (const one of judged) {
    if (one.verdict !== 'settle') continue;
    const values = choices.get(keyOf(one)) ?? new Set();
    choices.set(keyOf(one), values.add(canonical(one.value)));
  }
  const met = new Set<string>();
  return judged.map((one): Judged => {
    if (one.verdict !== 'settle') return one;
    const key = keyOf(one);
    if (choices.get(key)!.size > 1) {
      return { ...one, verdict: 'refused', reason: { code: 'CONFLICT_ROW_TWICE', params: {} } };
    }
    if (met.has(key)) return { ...one, verdict: 'already' };
    met.add(key);
    return one;
  });
}

function keyOf({ conflict }: ToSettle): string {
  return `${conflict.entity} ${conflict.record} ${conflict.field}`;
}

function resultOf(one: Judged, settled: ReadonlySet<Judged>): ResolvedRow {
  const { row, conflict, title } = one;
  const about = { row, conflict, title };
  switch (one.verdict) {
    case 'settle':
      return settled.has(one)
        ? { ...about, value: one.value, status: 'applied' }
        : {
            ...about,
            value: one.value,
            status: 'refused',
            reason: { code: 'CONFLICT_ROW_LIMIT', params: { limit: LARGEST } },
          };
    case 'already':
      return { ...about, value: one.value, status: 'already' };
    case 'refused':
      return { ...about, status: 'refused', reason: one.reason };
    case 'unchanged':
      return { ...about, status: 'unchanged' };
  }
}

/** Whether a record is deleted comes first: a deletion that knows of the edits leaves nothing open behind it. */
function write({ store, tell }: Deps, settled: readonly ToSettle[]): void {
  const first = settled.filter(({ conflict }) => conflict.field === 'deleted');
  const then = settled.filter(({ conflict }) => conflict.field !== 'deleted');
  store.log.write(
    [...first, ...then].map(({ conflict: { entity, record, field }, value }) => ({
      entity,
      id: record,
      set: { [field]: value },
    })),
    (done) => {
      if (done % STRIDE === 0) tell({ kind: 'progress', job: 'settle', done, total: settled.length });
    },
  );
  tell({ kind: 'changed', entities: [...new Set(settled.map(({ conflict }) => conflict.entity))] });
}

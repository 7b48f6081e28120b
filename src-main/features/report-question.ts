import { Refusal } from '#shared/contract/errors.ts';
import type { FigureRows } from '#shared/figures/rows.ts';
import type { Question } from '#shared/figures/scope.ts';
import type { Store } from '../store/store.ts';

/** What the report needs of a feature's dependencies. */
export interface ReportDeps {
  readonly store: Pick<Store, 'db' | 'projector'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Refuses a programme that is not here with NOT_FOUND, days in the wrong order with INVALID_INPUT. */
export function checkQuestion({ program, from, to }: Question, rows: FigureRows): void {
  if (program !== undefined && !rows.programs.some(({ id }) => id === program)) {
    throw new Refusal('NOT_FOUND', { entity: 'program', id: program });
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw new Refusal('INVALID_INPUT', { at: 'to', reason: `${to} < ${from}` });
  }
}

import { dataLineIds } from '#shared/desk/data-lines.ts';
import type { ReportState } from '#shared/figures/report-state.ts';
import { lines } from '../store/data-state/lines.ts';
import { mergedFiles } from '../store/imports.ts';
import type { Store } from '../store/store.ts';
import { elsewhereCounts } from './data-state.ts';
import { dayOf } from './deps.ts';

interface StateDeps {
  readonly store: Pick<Store, 'db' | 'projector'>;
  readonly now: () => number;
}

/** What the report says of the data itself: the lines of the desk, of one programme or of all, and what was merged. */
export function reportStateOf(deps: StateDeps, program: string | undefined): ReportState {
  const { store } = deps;
  const question = { today: dayOf(deps.now()), program: program ?? null };
  return {
    lines: dataLineIds.map((id) => ({ id, count: lines[id].count(store, question) })),
    elsewhere: elsewhereCounts(deps),
    merged: mergedFiles(store.db),
  };
}

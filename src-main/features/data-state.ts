import { setImmediate as aTurn } from 'node:timers/promises';
import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import type { DataStateRow, DataStateSummary } from '#shared/contract/data-state.ts';
import { dataLineIds } from '#shared/desk/data-lines.ts';
import { countConflicts } from '../store/conflict-queries.ts';
import type { DataQuestion, Found } from '../store/data-state/line.ts';
import { lines } from '../store/data-state/lines.ts';
import type { Store } from '../store/store.ts';
import { titleOf } from '../store/titles.ts';
import { dayOf, mustBeLive, type Deps } from './deps.ts';
import { lateSessions } from './laptops/late.ts';
import { whileUnchanged } from './unchanged.ts';

export function dataStateHandlers(deps: Deps): Pick<Handlers, 'dataState.summary' | 'dataState.rows'> {
  const unchanged = whileUnchanged(deps.store);
  return {
    // What is late goes by the day.
    'dataState.summary': (input) =>
      unchanged.onceMade(`${input.program ?? ''} ${dayOf(deps.now())}`, () => summary(deps, input)),
    'dataState.rows': (input) => rows(deps, input),
  };
}

function questionOf(deps: Deps, program: string | undefined): DataQuestion {
  deps.store.projector.catchUp();
  if (program !== undefined) mustBeLive(deps, 'program', program);
  return { today: dayOf(deps.now()), program: program ?? null };
}

/**
 * Line by line, with a turn for other calls after each: none of them takes longer than a screen may. Whatever is written in
 * between is told as a change, and whoever looks asks again.
 */
async function summary(deps: Deps, { program }: CheckedOf<'dataState.summary'>): Promise<DataStateSummary> {
  const { store } = deps;
  const question = questionOf(deps, program);
  const counted: DataStateSummary['lines'] = [];
  for (const id of dataLineIds) {
    counted.push({ id, count: lines[id].count(store, question) });
    await aTurn();
  }
  return {
    today: question.today,
    lines: counted,
    elsewhere: elsewhereCounts(deps),
  };
}

/** What has a screen of its own, over all programmes. */
export function elsewhereCounts(
  deps: Pick<Deps, 'now'> & { readonly store: Pick<Store, 'db'> },
): DataStateSummary['elsewhere'] {
  return [
    { id: 'late', count: lateSessions(deps).length },
    { id: 'conflicts', count: countConflicts(deps.store.db) },
    // Comparing all shops takes seconds: their own screen does that, with progress.
    { id: 'duplicates', count: null },
  ];
}

function rows(
  deps: Deps,
  { line, program, limit, after }: CheckedOf<'dataState.rows'>,
): OutputOf<'dataState.rows'> {
  const { store } = deps;
  const question = questionOf(deps, program);
  const from = after === undefined ? 0 : Number(after);
  return store.db.transaction(() => {
    const total = lines[line].count(store, question);
    const found = lines[line].rows(store, question, from, limit);
    return {
      total,
      rows: found.map((one) => rowOf(deps, one)),
      next: from + limit < total ? String(from + limit) : null,
    };
  })();
}

/** A visit, a response and a reading have no name: they are called by their shop, person or site. */
function rowOf({ store }: Deps, { entity, id, findings, screen }: Found): DataStateRow {
  const { title, context } = titleOf(store, entity, id);
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(title);
  const [first = '', ...others] = isDay ? context.split(' · ') : [];
  return {
    entity,
    id,
    title: isDay ? first : title,
    context: isDay ? others.join(' · ') : context,
    day: isDay ? title : null,
    findings: [...findings],
    screen,
  };
}

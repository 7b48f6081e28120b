import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import type { KitPlan } from '#shared/contract/kits.ts';
import { kitPrograms, kitSessions, kitSites, kitTrainers } from '../store/kit-queries.ts';
import { dayOf, type Deps } from './deps.ts';
import { kitJobHandlers } from './kits/job.ts';
import { kitLines } from './kits/lines.ts';

type Methods = Extract<keyof Handlers, `kits.${string}`>;

/** One kit for each trainer: what can go into it, what it would hold, who has which, and making them. */
export function kitHandlers(deps: Deps): Pick<Handlers, Methods> {
  const linesOf = kitLines(deps);
  return {
    'kits.programs': () => kitPrograms(deps.store.db, dayOf(deps.now())),
    'kits.plan': (input) => plan(deps, input),
    'kits.lines': ({ kits }) => linesOf(kits),
    ...kitJobHandlers(deps),
  };
}

function plan(deps: Deps, { programs, from }: CheckedOf<'kits.plan'>): KitPlan {
  const { db } = deps.store;
  const today = dayOf(deps.now());
  const sessions = kitSessions(db, { programs, from: from === undefined ? today : from, today });
  const sites = new Set(sessions.flatMap(({ site }) => site?.id ?? []));
  const named = new Set(sessions.flatMap(({ trainers }) => trainers.map(({ id }) => id)));
  return { sessions, sites: kitSites(db, [...sites]), trainers: kitTrainers(db, [...named]) };
}

import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { sessionsFor } from '../store/chosen-records.ts';
import { sitesOf } from '../store/kit-queries.ts';
import { newerThan } from '../store/selection.ts';
import { mustBeLive, type Deps } from './deps.ts';
import { givenBefore, kitTitle, noteKit } from './kits/made.ts';
import { pack } from './pack.ts';
import { coordinatorsOf, sealSight } from './sealing.ts';

type Methods = 'exchange.export' | 'exchange.coordinators';

export function exportHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'exchange.export': (input) => exportFile(deps, input),
    'exchange.coordinators': ({ sessions }) => {
      deps.store.projector.catchUp();
      return sealSight(deps, coordinatorsOf(deps, sessions));
    },
  };
}

async function exportFile(
  deps: Deps,
  { purpose, since, sealFor: wanted, ...selection }: CheckedOf<'exchange.export'>,
): Promise<OutputOf<'exchange.export'>> {
  const { store } = deps;
  const { program, sessions, sites, trainers } = selection;
  if (program) mustBeLive(deps, 'program', program);
  for (const session of sessions ?? []) mustBeLive(deps, 'session', session);
  for (const site of sites ?? []) mustBeLive(deps, 'site', site);
  for (const trainer of trainers ?? []) mustBeLive(deps, 'person', trainer);
  const isNew = since === undefined ? undefined : newerThan(store, since);
  if (isNew === null)
    throw new Refusal('INVALID_INPUT', { at: 'since', reason: 'not an import and not a time' });

  const before = trainers?.length === 1 ? givenBefore(deps, trainers[0]!) : undefined;
  const meant = trainers || sites ? (sessions ?? sessionsFor(store.db, selection)) : sessions;
  const laptops = wanted && laptopsOf(deps, wanted, meant ?? []);
  const packed = await pack(deps, {
    purpose,
    selection: { ...selection, sessions: meant, before },
    what: titleFor(deps, { purpose, ...selection }),
    ...(isNew && { isNew }),
    ...(laptops && { sealFor: laptops }),
  });
  // A kit of what is new alone is no kit that one could be without the one before.
  if (purpose === 'kit' && trainers?.length === 1 && !isNew) {
    const at = sites ?? sitesOf(store.db, meant ?? []);
    noteKit(deps, { trainer: trainers[0]!, sessions: meant ?? [], sites: at }, packed);
  }
  const { name, bytes, changes, records } = packed;
  return { name, bytes, changes, records, sealedFor: laptops ? sealSight(deps, laptops).laptops : null };
}

/** Laptops by id, in place of the word for whoever coordinates. */
function laptopsOf(deps: Deps, wanted: readonly string[], sessions: readonly string[]): string[] {
  deps.store.projector.catchUp();
  const laptops = wanted.flatMap((one) => {
    if (one !== 'coordinator') return [one];
    const coordinators = coordinatorsOf(deps, sessions);
    if (coordinators.length === 0) throw new Refusal('SEAL_NO_COORDINATOR');
    return coordinators;
  });
  return [...new Set(laptops)];
}

/** The middle of the file's name: what of the store is in it. */
export function titleFor(deps: Deps, input: Omit<CheckedOf<'exchange.export'>, 'since' | 'sealFor'>): string {
  const { projector } = deps.store;
  if (input.trainers?.length === 1) return kitTitle(deps, input.trainers[0]!);
  const session = input.sessions?.length === 1 ? input.sessions[0]! : null;
  const fields = session
    ? projector.table('session').get(session)?.fields
    : input.program
      ? projector.table('program').get(input.program)?.fields
      : undefined;
  return String(fields?.['title'] ?? fields?.['name'] ?? (input.purpose === 'kit' ? '꾸러미' : '세션'));
}

import type { LateSession, LateTrainer } from '#shared/contract/laptops.ts';
import { latenessOf } from '#shared/desk/expected.ts';
import { pastSessions } from '../../store/expected-queries.ts';
import { peopleByIds } from '../../store/session-queries.ts';
import type { Store } from '../../store/store.ts';
import { dayOf, type Deps } from '../deps.ts';
import { writersOf } from './writers.ts';

/** A late session and those who were to hold it. */
interface Late {
  readonly session: LateSession;
  readonly trainers: readonly string[];
}

/** The sessions that are late today, the longest ago first. */
export function lateSessions({
  store,
  now,
}: Pick<Deps, 'now'> & { readonly store: Pick<Store, 'db'> }): Late[] {
  const today = dayOf(now());
  return pastSessions(store.db, today).flatMap((session) => {
    const lateness = latenessOf(session, today);
    if (!lateness) return [];
    const { id, title, kind, site, trainers } = session;
    const { days, missing } = lateness;
    return [
      { session: { id, title, kind, site, date: session.date!, days, missing: [...missing] }, trainers },
    ];
  });
}

/** By trainer, whoever has the most and the longest first; sessions without one at the end. */
export function lateByTrainer(deps: Deps): { sessions: number; trainers: LateTrainer[] } {
  const late = lateSessions(deps);
  if (late.length === 0) return { sessions: 0, trainers: [] };
  const byTrainer = new Map<string | null, LateSession[]>();
  for (const { session, trainers } of late) {
    for (const trainer of trainers.length > 0 ? trainers : [null]) {
      const list = byTrainer.get(trainer);
      if (list) list.push(session);
      else byTrainer.set(trainer, [session]);
    }
  }
  const writers = writersOf(deps.store);
  const known = new Map(deps.store.laptops.list().map((laptop) => [laptop.id, laptop]));
  const lastIn = lastImports(deps);
  const ids = [...byTrainer.keys()].filter((id) => id !== null);
  const people = new Map(peopleByIds(deps.store.db, ids).map((person) => [person.id, person]));
  const trainers = [...byTrainer].map(([id, sessions]): LateTrainer => ({
    trainer: id === null ? null : { id, name: people.get(id)?.name ?? '' },
    laptops: writers
      .filter(({ trainer }) => trainer === id)
      .flatMap(({ laptop }) => known.get(laptop) ?? [])
      .map((laptop) => ({
        id: laptop.id,
        name: laptop.name,
        lastImportedAt: lastIn.get(laptop.id) ?? null,
      })),
    sessions,
  }));
  return { sessions: late.length, trainers: trainers.sort(byNeed) };
}

function byNeed(a: LateTrainer, b: LateTrainer): number {
  if ((a.trainer === null) !== (b.trainer === null)) return a.trainer === null ? 1 : -1;
  return b.sessions.length - a.sessions.length || b.sessions[0]!.days - a.sessions[0]!.days;
}

/** When the last file of each laptop came that is still in. */
function lastImports({ store }: Deps): Map<string, string> {
  const last = new Map<string, string>();
  for (const { laptop, importedAt, undoneAt } of store.imports.list()) {
    if (undoneAt === null && !last.has(laptop)) last.set(laptop, importedAt);
  }
  return last;
}

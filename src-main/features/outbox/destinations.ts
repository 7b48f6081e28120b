import path from 'node:path';
import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Destination, Place } from '#shared/contract/outbox.ts';
import { canonical } from '#shared/merge/canonical.ts';
import { failureOf } from '../../outbox/failure.ts';
import { withinLimit, type Timers } from '../../outbox/timers.ts';
import type { OpenTransport } from '../../outbox/transports.ts';
import type { DestinationRecord } from '../../store/destinations.ts';
import { transaction } from '../../store/sqlite.ts';
import { freshId, type Deps } from '../deps.ts';
import { waitingFor } from './from-kits.ts';
import type { Views } from './views.ts';

type Methods = Extract<keyof Handlers, `destinations.${string}`>;

export interface DestinationTools {
  readonly views: Views;
  readonly open: OpenTransport;
  readonly timers: Timers;
  readonly report: (error: unknown) => string;
  /** Something is different: told to whoever shows it, and to the engine. */
  readonly changed: () => void;
}

/** A person stands before it and waits. */
const TEST_LIMIT = { limit: 30_000, grace: 1_000 };

export function destinationHandlers(deps: Deps, tools: DestinationTools): Pick<Handlers, Methods> {
  const { store, now } = deps;
  const { views } = tools;
  /** Ends when no folder is tried. */
  let folderTried: Promise<unknown> = Promise.resolve();

  function known(id: string): DestinationRecord {
    const found = store.destinations.get(id);
    if (!found || found.removedAt !== null) throw new Refusal('NOT_FOUND', { entity: 'destination', id });
    return found;
  }

  function save({ id, name, place, secret }: CheckedOf<'destinations.save'>): Destination {
    checkPlace(place);
    const before = id === undefined ? undefined : known(id);
    const one = before?.id ?? freshId(deps);
    transaction(store.db, () => {
      store.destinations.save({ id: one, name, place, secret });
      // Whoever mended the address or the password need not press every entry.
      const isElsewhere = canonical(before?.place) !== canonical(place);
      const isMended = isElsewhere || secret !== undefined;
      if (before && isMended) store.deliveries.unpark(one, now());
      // To give the password that a kit came without is no change of what it said.
      const isGiven = secret !== undefined && (before?.secret ?? null) === null;
      if (before && (name !== before.name || (isMended && !isGiven) || isElsewhere)) {
        store.destinations.takeOver(one);
      }
    });
    tools.changed();
    return views.destination(known(one));
  }

  function remove(id: string): null {
    const { name } = known(id);
    const count = waitingFor(deps, id);
    if (count > 0) throw new Refusal('DESTINATION_IN_USE', { name, count });
    transaction(store.db, () => {
      store.destinations.takeOver(id);
      store.destinations.remove(id, now());
    });
    tools.changed();
    return null;
  }

  async function test({
    id,
    place,
    secret,
  }: CheckedOf<'destinations.test'>): Promise<OutputOf<'destinations.test'>> {
    const saved = id === undefined ? undefined : known(id);
    const at = place ?? saved?.place;
    if (!at) throw new Refusal('INVALID_INPUT', { at: 'place', reason: 'neither a place nor an id' });
    checkPlace(at);
    const error = await errorOfTrying(
      at,
      secret === undefined ? (saved?.secret ?? null) : secret,
      (reached, wrong) => {
        if (saved && !place) store.destinations.tested(saved.id, { at: now(), reached, error: wrong });
      },
    );
    tools.changed();
    return { error };
  }

  type Told = (reached: boolean, error: OutputOf<'destinations.test'>['error']) => void;

  async function errorOfTrying(
    place: Place,
    secret: string | null,
    told: Told,
  ): Promise<OutputOf<'destinations.test'>['error']> {
    const stop = new AbortController();
    try {
      await withinLimit(trying(place, secret, stop.signal), stop, TEST_LIMIT, tools.timers, () => undefined);
      told(true, null);
      return null;
    } catch (thrown) {
      const { reached, error } = failureOf(thrown, secret, tools.report);
      told(reached, error);
      return error;
    }
  }

  /** One folder after another: each that hangs holds a thread, and a person may press the button again and again. */
  function trying(place: Place, secret: string | null, signal: AbortSignal): Promise<void> {
    const before = place.kind === 'folder' ? folderTried : Promise.resolve();
    const tried = before.then(() => {
      // Nobody waits for it any more.
      signal.throwIfAborted();
      return tools.open(place, secret).test(signal);
    });
    if (place.kind === 'folder') folderTried = tried.catch(() => undefined);
    return tried;
  }

  return {
    'destinations.list': () => store.destinations.list().map((one) => views.destination(one)),
    'destinations.save': save,
    'destinations.remove': ({ id }) => remove(id),
    'destinations.test': test,
  };
}

/** A folder that is named from wherever the program was started would be another one tomorrow. */
function checkPlace(place: Place): void {
  if (place.kind === 'folder' && !path.isAbsolute(place.path)) {
    throw new Refusal('INVALID_INPUT', { at: 'place.path', reason: 'not an absolute path' });
  }
}

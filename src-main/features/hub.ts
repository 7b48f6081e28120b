import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { entityNames } from '#shared/model/model.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import { keyOf } from '../hub/parcel.ts';
import { coordinatorsOf, signRoster, type Roster } from '../hub/roster.ts';
import { setUpHub } from '../hub/setup.ts';
import { changeRoster, laptopsOf, type LaptopInHub } from '../hub/statements.ts';
import { transaction } from '../store/sqlite.ts';
import { freshId, type Deps } from './deps.ts';
import { resealAll } from './hub/mend.ts';
import { pull } from './hub/pull.ts';
import { push } from './hub/push.ts';
import { linked, meet, nameOf } from './hub/visit.ts';

type Methods =
  'hub.init' | 'hub.coordinate' | 'hub.push' | 'hub.pull' | 'hub.stop' | 'hub.status' | 'hub.forget';

/** Nothing else of the program waits for a hub: each of these has a connection of its own for as long as it takes. */
export function hubHandlers(deps: Deps): Pick<Handlers, Methods> {
  /** Jobs that run, and whether somebody wishes that they stop. */
  const jobs = new Set<{ stopped: boolean }>();

  async function asJob<T>(work: (told: Told) => Promise<T>): Promise<T> {
    const job = { stopped: false };
    jobs.add(job);
    try {
      return await work({
        stopped: () => job.stopped,
        progress: (done, total) => deps.tell({ kind: 'progress', job: 'hub', done, total }),
      });
    } finally {
      jobs.delete(job);
    }
  }

  return {
    'hub.init': (input) => init(deps, input),
    'hub.coordinate': (input) => asJob((told) => coordinate(deps, input, told)),
    'hub.push': (input) => asJob((told) => linked(input, (link) => push(deps, link, input, told))),
    async 'hub.pull'(input) {
      const pulled = await asJob((told) => linked(input, (link) => pull(deps, link, input, told)));
      if (pulled.new > 0) deps.tell({ kind: 'changed', entities: [...entityNames] });
      return pulled;
    },
    'hub.stop'() {
      for (const job of jobs) job.stopped = true;
      return null;
    },
    'hub.status': (input) => status(deps, input),
    'hub.forget': () => forget(deps),
  };
}

interface Told {
  readonly stopped: () => boolean;
  readonly progress: (done: number, total: number) => void;
}

function init(deps: Deps, input: CheckedOf<'hub.init'>): Promise<OutputOf<'hub.init'>> {
  const { store } = deps;
  const { id, name, publicKey, privateKey } = store.laptop();
  return linked(input, async (link) => {
    const known = store.hub.known();
    const did = await setUpHub(link, () => {
      if (known) throw new Refusal('HUB_KNOWN', { where: link.where, name: known.name || known.id });
      const roster: Roster = {
        hub: freshId(deps),
        name: input.name,
        number: 1,
        seal: input.seal,
        founder: { id, publicKey },
        coordinators: [{ id, name, publicKey }],
      };
      return { id: roster.hub, laptop: id, signed: signRoster(roster, privateKey) };
    });
    const { meeting } = await meet(deps, link);
    return { hub: nameOf(meeting.roster), did };
  });
}

/** Whoever is named anew can open what was sealed before, and who is no more cannot open what it is sealed as from now. */
function coordinate(
  deps: Deps,
  input: CheckedOf<'hub.coordinate'>,
  told: Told,
): Promise<OutputOf<'hub.coordinate'>> {
  const { store } = deps;
  const own = store.laptop();
  return linked(input, async (link) => {
    const { meeting } = await meet(deps, link);
    const { roster } = meeting;
    if (roster.founder.publicKey !== own.publicKey) {
      throw new Refusal('HUB_NOT_FOUNDER', { where: link.where, founder: roster.founder.id });
    }
    const others = roster.coordinators.filter(({ id }) => id !== input.laptop);
    const coordinators = input.coordinates ? [...others, named(deps, input.laptop)] : others;
    const next: Roster = { ...roster, number: roster.number + 1, coordinators };
    const signed = signRoster(next, own.privateKey);
    await link.transaction([changeRoster(signed.roster, signed.signature)]);
    // Read anew: what came between the first word and the new list is sealed for those of before.
    const { streams } = (await meet(deps, link)).meeting;
    const mended = await resealAll(deps, { ...meeting, streams, roster: next, link, ...told });
    return {
      hub: nameOf(next),
      coordinators: coordinators.map(({ id, name }) => ({ id, name })),
      mended,
    };
  });
}

/** A laptop whose key is known here from its files; one that a person said is not theirs is not named. */
function named({ store }: Deps, laptop: string): Roster['coordinators'][number] {
  const own = store.laptop();
  if (laptop === own.id) return { id: own.id, name: own.name, publicKey: own.publicKey };
  const known = store.laptops.get(laptop);
  if (!known) throw new Refusal('SEAL_LAPTOP_UNKNOWN', { laptop });
  if (store.laptops.isRefused(laptop)) {
    throw new Refusal('SEAL_KEY_REFUSED', { name: known.name || laptop, laptop });
  }
  return { id: known.id, name: known.name, publicKey: known.publicKey };
}

function status(deps: Deps, input: CheckedOf<'hub.status'>): Promise<OutputOf<'hub.status'>> {
  const { store } = deps;
  return linked(input, async (link) => {
    const { meeting, more } = await meet(deps, link, [laptopsOf]);
    const seen = new Map(store.hub.seen().map((one) => [keyOf(one), one.number]));
    const coordinators = new Set(meeting.roster.coordinators.map(({ publicKey }) => publicKey));
    const toPull = [...meeting.streams].reduce(
      (sum, [key, { number }]) => sum + Math.max(0, number - (seen.get(key) ?? 0)),
      0,
    );
    const there = more[0] as LaptopInHub[];
    const laptops = there.map(({ laptop: id, name, role, publicKey, pushedAt }) => ({
      id,
      name,
      role,
      fingerprint: fingerprintOf(publicKey),
      pushedAt: pushedAt.toISOString(),
      coordinates: coordinators.has(publicKey),
    }));
    return {
      hub: nameOf(meeting.roster),
      kind: meeting.kind,
      toPush: store.hub.waitingCount(),
      toPull,
      laptops,
      coordinators: coordinatorsOf(meeting.roster, there),
    };
  });
}

function forget({ store }: Deps): OutputOf<'hub.forget'> {
  const known = store.hub.known();
  transaction(store.db, () => store.hub.forget());
  return { forgot: known ? known.name || known.id : null };
}

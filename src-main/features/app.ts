import type { AppStatus, Role, VerifyResult } from '#shared/contract/app.ts';
import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { entityNames } from '#shared/model/model.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import { countConflicts } from '../store/conflict-queries.ts';
import { lastRescue } from '../store/rescue.ts';
import { transaction } from '../store/sqlite.ts';
import { verifyStore, type Fault } from '../store/verify.ts';
import { waysOf } from '../vault/vault.ts';
import { demoChanges } from './demo/generator.ts';
import { dayOf, mustBeLive, type Deps } from './deps.ts';
import { currentHandover } from './handover-state.ts';
import { isLocked, lockStatus } from './lock.ts';
import { lateSessions } from './laptops/late.ts';
import { whileUnchanged } from './unchanged.ts';

type Methods = 'app.status' | 'app.setUp' | 'app.usedBy' | 'app.fillDemo' | 'app.verify';

export function appHandlers(deps: Deps): Pick<Handlers, Methods> {
  const unchanged = whileUnchanged(deps.store);
  const counts = (): AppStatus['counts'] => unchanged.once('counts', () => countsOf(deps));
  return {
    'app.status': () => status(deps, counts()),
    'app.setUp': (input) => {
      setUp(deps, input);
      return status(deps, counts());
    },
    'app.usedBy': (input) => {
      usedBy(deps, input);
      return status(deps, counts());
    },
    'app.fillDemo': (input) => fillDemo(deps, input),
    'app.verify': () => verify(deps),
  };
}

/** A look at every shop of the country: every step in the window asks for it, and most change nothing. */
function countsOf({ store }: Deps): AppStatus['counts'] {
  const count = (entity: string): number =>
    store.db.prepare(`SELECT count(*) FROM live_${entity}`).pluck().get() as number;
  return {
    programs: count('program'),
    sites: count('site'),
    stores: count('store'),
    sessions: count('session'),
    conflicts: countConflicts(store.db),
  };
}

function status(deps: Deps, counts: AppStatus['counts']): AppStatus {
  const { store, now, version } = deps;
  const laptop = store.laptop();
  const ways = waysOf(deps.vault.dir);
  return {
    laptop: {
      id: laptop.id,
      name: laptop.name,
      role: laptop.role as Role,
      fingerprint: fingerprintOf(laptop.publicKey),
      person: personHere(deps),
    },
    today: dayOf(now()),
    version,
    fresh: laptop.name === '',
    handedOver: currentHandover(store) !== null,
    locked: isLocked(deps),
    idleMinutes: idleMinutes(deps),
    vault: { protected: ways.length > 0, recovery: ways.includes('recovery') },
    counts,
    rescued: lastRescue(store)?.seen === false,
    desk: { keys: store.laptops.unconfirmed(), late: lateSessions(deps).length },
  };
}

/** Where nothing is set that opens the window again it never locks. */
function idleMinutes(deps: Deps): number {
  const { way, minutes } = lockStatus(deps);
  return way === 'none' ? 0 : minutes;
}

function setUp(deps: Deps, { name, role }: CheckedOf<'app.setUp'>): void {
  transaction(deps.store.db, () => {
    deps.store.meta.set('laptop.name', name);
    deps.store.meta.set('laptop.role', role);
  });
  deps.tell({ kind: 'changed', entities: [] });
}

function usedBy(deps: Deps, { person }: CheckedOf<'app.usedBy'>): void {
  if (person !== null) mustBeLive(deps, 'person', person);
  deps.store.meta.set('author', person ?? '');
  deps.tell({ kind: 'changed', entities: [] });
}

function personHere({ store }: Deps): AppStatus['laptop']['person'] {
  const id = store.meta.get('author');
  if (!id) return null;
  const name = store.projector.table('person').get(id)?.fields['name'];
  return { id, name: typeof name === 'string' ? name : null };
}

/** Tables are views of the log: a difference in them alone is mended by making them anew. */
function verify({ store, tell }: Deps): VerifyResult {
  const progress = (job: string) => (done: number, total: number) => {
    tell({ kind: 'progress', job, done, total });
  };
  const found = verifyStore(store, progress('verify'));
  const isTables = ({ part }: Fault): boolean => part !== 'database' && part !== 'log';
  if (!found.faults.some(({ part }) => part === 'projection') || !found.faults.every(isTables)) {
    return { ...found, left: null };
  }
  store.projector.rebuild(progress('rebuild'));
  const { faults: left, ...counts } = verifyStore(store, progress('verify'));
  return { ...counts, faults: found.faults, left };
}

function fillDemo(deps: Deps, options: CheckedOf<'app.fillDemo'>): { records: number; changes: number } {
  const { store } = deps;
  if (store.log.count() > 0) throw new Refusal('STORE_NOT_EMPTY');
  const { added } = transaction(store.db, () => store.log.append(demoChanges(options), 'demo'));
  store.projector.catchUp();
  deps.tell({ kind: 'changed', entities: [...entityNames] });
  const records = entityNames.reduce(
    (sum, entity) => sum + (store.db.prepare(`SELECT count(*) FROM r_${entity}`).pluck().get() as number),
    0,
  );
  return { records, changes: added };
}

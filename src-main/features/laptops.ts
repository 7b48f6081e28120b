import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { LaptopSight, Manifest } from '#shared/contract/exchange.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import type { KnownLaptop } from '../store/laptops.ts';
import { transaction } from '../store/sqlite.ts';
import type { Deps } from './deps.ts';
import { lateByTrainer } from './laptops/late.ts';
import { laptopRows } from './laptops/rows.ts';
import { settle } from './outbox/from-kits.ts';

type Methods = 'laptops.list' | 'laptops.late' | 'laptops.judge' | 'laptops.accept';

export function laptopHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'laptops.list': () => laptopRows(deps),
    'laptops.late': () => lateByTrainer(deps),
    'laptops.judge': (input) => judge(deps, input),
    'laptops.accept': (input) => accept(deps, input),
  };
}

/**
 * The laptop of a file as it is known here, or undefined at first sight. A known laptop with another key is refused
 * with LAPTOP_KEY_CHANGED when `refuse` is set, this laptop's own id among them.
 */
export function knownOrRefused(
  { store }: Deps,
  file: string,
  { device }: Manifest,
  refuse: boolean,
): KnownLaptop | undefined {
  const own = store.laptop();
  const known = device.id === own.id ? { ...own, firstSeenAt: '' } : store.laptops.get(device.id);
  if (refuse && known && known.publicKey !== device.publicKey) {
    throw new Refusal('LAPTOP_KEY_CHANGED', {
      file,
      name: known.name || device.name,
      laptop: device.id,
      fingerprint: fingerprintOf(device.publicKey),
      publicKey: device.publicKey,
    });
  }
  return known;
}

/** What was compared is what is on the screen: a key that changed since must be looked at anew. */
function judge(
  deps: Deps,
  { id, fingerprint, verdict }: CheckedOf<'laptops.judge'>,
): OutputOf<'laptops.judge'> {
  const { store, now, tell } = deps;

  const laptop = store.laptops.get(id);
  if (!laptop) throw new Refusal('NOT_FOUND', { entity: 'laptop', id });
  if (fingerprintOf(laptop.publicKey) !== fingerprint) {
    throw new Refusal('LAPTOP_KEY_STALE', { name: laptop.name || id, laptop: id });
  }
  store.laptops.judge(id, verdict === 'waiting' ? null : verdict, new Date(now()).toISOString());
  // What its kits say of where files go has waited for that.
  const { added, changed } = settle(deps, id);
  const came = [...added, ...changed];
  tell({ kind: 'changed', entities: [] });
  tell({ kind: 'outbox' });
  return came.length > 0 ? came : null;
}

/** Takes the new key of a laptop that was known under another one; a person has compared the fingerprints. */
function accept({ store, now, tell }: Deps, { id, publicKey }: CheckedOf<'laptops.accept'>): LaptopSight {
  if (Buffer.from(publicKey, 'base64').length !== 32) {
    throw new Refusal('INVALID_INPUT', { at: 'publicKey', reason: 'not 32 bytes in base64' });
  }
  const before = store.laptops.get(id);
  const [name, at] = [before?.name ?? '', new Date(now()).toISOString()];
  transaction(store.db, () => {
    const firstSeenAt = before?.firstSeenAt ?? at;
    store.laptops.put({ id, name, role: before?.role ?? '', publicKey, firstSeenAt }, at);
    store.laptops.judge(id, 'confirmed', at);
  });
  tell({ kind: 'changed', entities: [] });
  return { id, name, fingerprint: fingerprintOf(publicKey), firstSeen: before === undefined };
}

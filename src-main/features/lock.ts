import type { Handlers, Method } from '#shared/contract/contract.ts';
import { DEFAULT_IDLE_MINUTES, type LockStatus } from '#shared/contract/lock.ts';
import { PIN_FORM } from '#shared/contract/pin.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { entityNames } from '#shared/model/model.ts';
import { mustOpen, waysOf } from '../vault/vault.ts';
import type { Deps } from './deps.ts';
import { checkPin, checkTried, hasPin, pinStatus } from './pin.ts';

export function lockHandlers(deps: Deps): Pick<Handlers, Extract<Method, `lock.${string}`>> {
  return {
    'lock.status': () => lockStatus(deps),
    'lock.now': () => {
      if (wayOut(deps) !== 'none' && !isLocked(deps)) {
        deps.store.meta.set('lock', 'yes');
        deps.tell({ kind: 'changed', entities: [] });
      }
      return lockStatus(deps);
    },
    'lock.open': ({ secret }) => open(deps, secret),
    'lock.setMinutes': ({ minutes }) => {
      deps.store.meta.set('lock.minutes', String(minutes));
      deps.tell({ kind: 'changed', entities: [] });
      return lockStatus(deps);
    },
  };
}

export function lockStatus(deps: Deps): LockStatus {
  return {
    locked: isLocked(deps),
    way: wayOut(deps),
    minutes: Number(deps.store.meta.get('lock.minutes') ?? DEFAULT_IDLE_MINUTES),
    wait: pinStatus(deps).wait,
  };
}

/** It lies in the store, so that no restart opens it; what nothing could open any more is not locked. */
export function isLocked(deps: Deps): boolean {
  return deps.store.meta.get('lock') === 'yes' && wayOut(deps) !== 'none';
}

/** Whoever is before the window has shown who they are. */
export function unlockWindow({ store }: Deps): void {
  if (store.meta.get('lock') === 'yes') store.meta.set('lock', '');
}

/** The PIN where there is one, since it is typed standing up; the passphrase opens too. */
function wayOut(deps: Deps): LockStatus['way'] {
  if (hasPin(deps)) return 'pin';
  return waysOf(deps.vault.dir).includes('passphrase') ? 'passphrase' : 'none';
}

/** What is no PIN may be the passphrase; both count against the same waits. */
function open(deps: Deps, secret: string): LockStatus {
  if (!isLocked(deps)) return lockStatus(deps);
  if (PIN_FORM.test(secret) && hasPin(deps)) checkPin(deps, secret);
  else checkTried(deps, 'PASSPHRASE_WRONG', () => isPassphrase(deps, secret));
  unlockWindow(deps);
  // The screens behind the lock could ask for nothing meanwhile.
  deps.tell({ kind: 'changed', entities: [...entityNames] });
  return lockStatus(deps);
}

function isPassphrase({ vault }: Deps, secret: string): boolean {
  if (!waysOf(vault.dir).includes('passphrase')) return false;
  try {
    mustOpen(vault, secret);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal, type ErrorCode } from '#shared/contract/errors.ts';
import type { PinStatus } from '#shared/contract/pin.ts';
import { transaction } from '../store/sqlite.ts';
import { hashPin, isPin, SALT_BYTES } from '../vault/pin-hash.ts';
import { asOf, NO_TRIES, triedAgain, waitLeft, type PinTries } from '../vault/pin-tries.ts';
import type { Deps } from './deps.ts';

type Methods = 'pin.status' | 'pin.set' | 'pin.remove' | 'pin.goWithout' | 'pin.reset';

export function pinHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'pin.status': () => pinStatus(deps),
    'pin.set': (input) => set(deps, input),
    'pin.remove': ({ old }) => {
      checkPin(deps, old);
      return forget(deps, '');
    },
    'pin.goWithout': () => {
      if (hasPin(deps)) throw new Refusal('INVALID_INPUT', { at: 'pin', reason: 'there is one' });
      return forget(deps, 'no');
    },
    'pin.reset': () => forget(deps, ''),
  };
}

export function hasPin({ store }: Deps): boolean {
  return (store.meta.get('pin') ?? '') !== '';
}

export function pinStatus(deps: Deps): PinStatus {
  const tries = readTries(deps);
  return {
    isSet: hasPin(deps),
    wanted: deps.store.meta.get('pin.wanted') !== 'no',
    wait: seconds(waitLeft(tries, deps.now())),
  };
}

/**
 * Refuses with PIN_WRONG or PIN_WAIT unless it is the PIN; where none is set, anything passes. A try is counted, on
 * disk, before it is looked at: a program killed meanwhile gives no free one.
 */
export function checkPin(deps: Deps, pin: string | undefined): void {
  const stored = deps.store.meta.get('pin') ?? '';
  if (stored !== '') checkTried(deps, 'PIN_WRONG', () => isPin(pin ?? '', stored));
}

/** As `checkPin`, for anything that is guessed at the same screen and must share its waits. */
export function checkTried(deps: Deps, wrong: ErrorCode, isRight: () => boolean): void {
  const now = deps.now();
  const mayTry = transaction(deps.store.db, () => {
    const before = readTries(deps);
    if (waitLeft(before, now) > 0) return false;
    writeTries(deps, triedAgain(before, now));
    return true;
  });
  if (mayTry && isRight()) {
    writeTries(deps, NO_TRIES);
    return;
  }
  const wait = waitLeft(readTries(deps), now);
  throw wait > 0 ? new Refusal('PIN_WAIT', { seconds: seconds(wait) }) : new Refusal(wrong);
}

function set(deps: Deps, { pin, old }: CheckedOf<'pin.set'>): PinStatus {
  checkPin(deps, old);
  transaction(deps.store.db, () => {
    deps.store.meta.set('pin', hashPin(pin, deps.random(SALT_BYTES)));
    deps.store.meta.set('pin.wanted', '');
    writeTries(deps, NO_TRIES);
  });
  return pinStatus(deps);
}

function forget(deps: Deps, wanted: 'no' | ''): PinStatus {
  transaction(deps.store.db, () => {
    deps.store.meta.set('pin', '');
    deps.store.meta.set('pin.wanted', wanted);
    writeTries(deps, NO_TRIES);
  });
  return pinStatus(deps);
}

/** The tries as of now; where the clock was turned back, the wait that begins anew is written down. */
function readTries(deps: Deps): PinTries {
  const text = deps.store.meta.get('pin.tries');
  const stored = text ? (JSON.parse(text) as PinTries) : NO_TRIES;
  const tries = asOf(stored, deps.now());
  return tries === stored ? stored : writeTries(deps, tries);
}

function writeTries({ store }: Deps, tries: PinTries): PinTries {
  store.meta.set('pin.tries', JSON.stringify(tries));
  return tries;
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000);
}

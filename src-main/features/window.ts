import type { Method } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Deps } from './deps.ts';
import { currentHandover } from './handover-state.ts';
import { isLocked } from './lock.ts';

/** What a window may ask while a merchant has the laptop. */
const IN_SURVEY: ReadonlySet<Method> = new Set<Method>([
  'app.status',
  'pin.status',
  'handover.get',
  'handover.begin',
  'handover.answer',
  'handover.submit',
  'handover.stop',
  'handover.end',
  // The survey goes on; the lock shows when it is over.
  'lock.now',
  // What waits goes on its way, whoever has the laptop; the answer is how many wait.
  'outbox.wake',
]);

/** What a window may ask while it is locked. */
const LOCKED: ReadonlySet<Method> = new Set<Method>([
  'app.status',
  'pin.status',
  'vault.state',
  'lock.status',
  'lock.now',
  'lock.open',
  // Where it stood is told a moment after it came there, and it may have been locked meanwhile.
  'place.put',
  // A laptop that wakes is locked, and its network is back.
  'outbox.wake',
]);

/** What no window may ask: whoever stands before one could be anybody. */
const COMMAND_LINE_ONLY: ReadonlySet<Method> = new Set<Method>(['pin.reset']);

/**
 * The lock of a window. It stands in the core and not on the screen alone: another tab, an address typed by hand or the
 * browser's own tools ask the same core.
 */
export function checkWindow(deps: Deps, method: Method): void {
  if (COMMAND_LINE_ONLY.has(method)) throw new Refusal('COMMAND_LINE_ONLY', { method });
  if (currentHandover(deps.store)) {
    if (!IN_SURVEY.has(method)) throw new Refusal('HANDED_OVER');
  } else if (!LOCKED.has(method) && isLocked(deps)) throw new Refusal('APP_LOCKED');
}

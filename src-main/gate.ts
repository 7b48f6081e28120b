import type { Answer } from '#shared/contract/call.ts';
import { contract, isMethod, type CoreEvent } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { VaultState } from '#shared/contract/vault.ts';
import { openCore, type Core, type CoreOptions, type World } from './core.ts';
import { waysOf } from './vault/vault.ts';

/** The core of a window, before which a person may still have to unlock the store. */
export interface Gate extends Pick<Core, 'call' | 'on' | 'copyDaily' | 'warmUp' | 'addKeyring' | 'close'> {
  /** False while the store is locked. */
  isOpen(): boolean;
}

/**
 * Opens the core, or stands before a locked one: then it answers `vault.state` and `vault.unlock`, and refuses everything
 * else with STORE_LOCKED, until the right secret comes. Whatever else keeps the store from opening is refused at once.
 */
export function openGate(options: CoreOptions, world?: World): Answer<Gate> {
  const listeners = new Set<(event: CoreEvent) => void>();
  let core: Core | null = null;

  function enter(opened: Core): void {
    core = opened;
    core.on((event) => listeners.forEach((listener) => listener(event)));
  }

  function unlock(secret: string): Answer {
    const opened = openCore({ ...options, unlock: { secret } }, world);
    if (!opened.ok) return opened;
    // Who knows the secret is not asked for the PIN as well.
    opened.value.unlockWindow();
    enter(opened.value);
    return { ok: true, value: { way: opened.value.way } };
  }

  function whileLocked(method: string, input: unknown): Answer {
    if (method === 'vault.state') {
      const value: VaultState = { open: false, ways: waysOf(options.dataDir) };
      return { ok: true, value };
    }
    if (method !== 'vault.unlock') {
      return isMethod(method) ? locked() : refusal(new Refusal('UNKNOWN_METHOD', { method }));
    }
    const given = contract['vault.unlock'].input.safeParse(input);
    if (given.success) return unlock(given.data.secret);
    return refusal(new Refusal('INVALID_INPUT', { at: 'secret', reason: '' }));
  }

  function locked(): Answer<never> {
    return refusal(new Refusal('STORE_LOCKED', { dir: options.dataDir }));
  }

  const first = openCore(options, world);
  if (first.ok) enter(first.value);
  else if (first.error.code !== 'STORE_LOCKED') return first;
  return {
    ok: true,
    value: {
      isOpen: () => core !== null,
      call: async (method, input) => (core ? core.call(method, input) : whileLocked(method, input)),
      on(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      copyDaily: async () => core?.copyDaily(),
      warmUp: () => core?.warmUp(),
      addKeyring: (keyring, proof) => core?.addKeyring(keyring, proof) ?? locked(),
      close: () => core?.close(),
    },
  };
}

function refusal({ code, params }: Refusal): Answer<never> {
  return { ok: false, error: { code, params } };
}

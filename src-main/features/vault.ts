import type { Handlers, Method } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { VaultStatus } from '#shared/contract/vault.ts';
import { makeRecovery, removeWay, setPassphrase, waysOf } from '../vault/vault.ts';
import type { Deps } from './deps.ts';

export function vaultHandlers(deps: Deps): Pick<Handlers, Extract<Method, `vault.${string}`>> {
  const { vault, random } = deps;
  return {
    'vault.state': () => ({ open: true, ways: waysOf(vault.dir) }),
    'vault.unlock': () => ({ way: null }),
    'vault.status': () => status(deps),
    'vault.setPassphrase': (input) => changed(deps, () => setPassphrase(vault, input, random)),
    'vault.makeRecovery': ({ proof }) => {
      const code = makeRecovery(vault, proof, random);
      tell(deps);
      return { code };
    },
    // A shell that has a keyring answers this itself.
    'vault.useKeyring': () => {
      throw new Refusal('KEYRING_NONE', { reason: 'none' });
    },
    'vault.remove': ({ way, proof }) => changed(deps, () => removeWay(vault, way, proof)),
  };
}

/** Without a window of its own the program has no keyring; a shell that has one says so in its place. */
function status({ vault }: Deps): VaultStatus {
  const ways = waysOf(vault.dir);
  return { protected: ways.length > 0, ways, keyringHere: 'none' };
}

function changed(deps: Deps, work: () => void): VaultStatus {
  work();
  tell(deps);
  return status(deps);
}

/** Other windows show it in their status. */
function tell(deps: Deps): void {
  deps.tell({ kind: 'changed', entities: [] });
}

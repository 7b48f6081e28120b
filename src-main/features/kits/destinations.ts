import { Refusal } from '#shared/contract/errors.ts';
import type { Manifest } from '#shared/contract/exchange.ts';
import { MOST_SECRET } from '../../exchange/format.ts';
import { seal } from '../../exchange/seal.ts';
import type { DestinationRecord } from '../../store/destinations.ts';
import type { Deps } from '../deps.ts';
import { boundSecret } from '../sealing.ts';

type Said = NonNullable<Manifest['destinations']>[number];

/**
 * What a kit says of some destinations. Their secrets are sealed for the laptops that are named, which are the trainer's,
 * and not for this one: whoever opens the kit elsewhere, or a plain one, finds nothing. Without a laptop they stay here.
 */
export function destinationsFor(
  deps: Deps,
  ids: readonly string[],
  laptops: readonly string[],
): Promise<Said[]> {
  const { store } = deps;
  const keys = laptops.flatMap((id) => store.laptops.get(id)?.publicKey ?? []);
  const chosen = [...new Set(ids)].flatMap((id) => store.destinations.get(id) ?? []);
  return Promise.all(
    chosen.map(async (one): Promise<Said> => {
      const { id, name, place } = one;
      const secret = keys.length > 0 ? await sealedSecret(deps, one, keys) : null;
      return { id, name, place, ...(secret !== null && { secret }) };
    }),
  );
}

/**
 * Null where there is none, or it cannot be sealed: then the trainer is asked for it. A hub's is one laptop's login, and
 * the same destinations go along with the kits of many.
 */
async function sealedSecret(
  { store }: Deps,
  { id, place, secret }: DestinationRecord,
  keys: readonly string[],
): Promise<string | null> {
  if (secret === null || place.kind === 'hub') return null;
  try {
    const text = boundSecret({ laptop: store.laptop().id, id, place, secret });
    const sealed = (await seal(Buffer.from(text), keys)).toString('base64');
    return sealed.length <= MOST_SECRET ? sealed : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

import { z } from 'zod';
import { Refusal } from '#shared/contract/errors.ts';
import type { HubCoordinator } from '#shared/contract/hub.ts';
import { LAPTOP_ID } from '#shared/merge/clock.ts';
import { fingerprintOf, isSignedBy, signManifest, SIGNED } from '../exchange/keys.ts';

/**
 * The hub's own word, signed by the laptop that made it: the database could name itself a coordinator, and everybody would
 * seal for it. Each laptop remembers the hub's id and the founder's key from the first time on.
 */
const rosterSchema = z.strictObject({
  /** The hub. */
  hub: z.string().min(1).max(64),
  name: z.string().max(200),
  /** Counts up; a lower one than was seen is refused. */
  number: z.int().min(1),
  /** `personal`: changes with personal fields are sealed for the coordinators. `nothing`: row-level security alone. */
  seal: z.enum(['personal', 'nothing']),
  founder: z.strictObject({ id: z.string().regex(LAPTOP_ID), publicKey: z.string().max(64) }),
  coordinators: z
    .array(
      z.strictObject({
        id: z.string().regex(LAPTOP_ID),
        name: z.string().max(200),
        publicKey: z.string().max(64),
      }),
    )
    .max(400),
});

export type Roster = z.infer<typeof rosterSchema>;

export interface SignedRoster {
  readonly roster: string;
  readonly signature: string;
}

export function signRoster(roster: Roster, privateKey: string): SignedRoster {
  const text = JSON.stringify(roster);
  return { roster: text, signature: signManifest(Buffer.from(text), privateKey, SIGNED.roster) };
}

/** What was remembered of the hub at the first time. */
export interface Pinned {
  readonly id: string;
  readonly founderKey: string;
  readonly rosterNumber: number;
}

/**
 * The roster as the hub has it, after all checks. Refuses with HUB_OTHER another hub than the one that is known here, and
 * with HUB_ROSTER_FORGED what the founder did not sign, or signed once and replaced since.
 */
export function openRoster(
  where: string,
  id: string,
  { roster: text, signature }: SignedRoster,
  pinned: Pinned | null,
): Roster {
  const roster = parsed(where, text);
  if (pinned && (id !== pinned.id || roster.hub !== pinned.id)) {
    throw new Refusal('HUB_OTHER', { where, name: roster.name || roster.hub });
  }
  const { founder } = roster;
  const isRight =
    roster.hub === id &&
    (!pinned || founder.publicKey === pinned.founderKey) &&
    isSignedBy(Buffer.from(text), signature, founder.publicKey, SIGNED.roster);
  if (!isRight) throw new Refusal('HUB_ROSTER_FORGED', { where, rule: 'signature' });
  if (pinned && roster.number < pinned.rosterNumber) {
    throw new Refusal('HUB_ROSTER_FORGED', { where, rule: `${roster.number} < ${pinned.rosterNumber}` });
  }
  return roster;
}

/**
 * Whom the founder named, in that order and under the names that the founder signed: a database could call them otherwise.
 * Who never pushed is in the list alone.
 */
export function coordinatorsOf(
  { coordinators }: Pick<Roster, 'coordinators'>,
  laptops: readonly { readonly publicKey: string }[],
): HubCoordinator[] {
  const pushed = new Set(laptops.map(({ publicKey }) => publicKey));
  return coordinators.map(({ id, name, publicKey }) => ({
    id,
    name,
    fingerprint: fingerprintOf(publicKey),
    pushed: pushed.has(publicKey),
  }));
}

function parsed(where: string, text: string): Roster {
  try {
    return rosterSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new Refusal('HUB_ROSTER_FORGED', { where, rule: 'JSON' }, error);
  }
}

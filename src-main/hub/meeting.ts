import { Refusal } from '#shared/contract/errors.ts';
import { mustBeRecent, type HubLink, type Statement } from './connection.ts';
import { HUB_VERSION } from './schema/versions.ts';
import { openRoster, type Pinned, type Roster, type SignedRoster } from './roster.ts';
import { hello, streamsByKey, type StreamRow } from './statements.ts';

/** What the hub says of itself and of whoever asks. */
export interface Meeting {
  readonly hub: string;
  readonly roster: Roster;
  readonly rosterText: string;
  readonly kind: 'coordinator' | 'trainer' | 'reader';
  /** How far each stream that may be read reaches, by its key. */
  readonly streams: ReadonlyMap<string, StreamRow>;
}

/**
 * Asks a hub who it is and how far it is, on one way there and back; `also` are further questions on the same way. Refuses
 * a server or a hub of another age, another hub than the one that is known, and a login that is not this laptop's.
 */
export async function meetHub(
  link: HubLink,
  laptop: string,
  pinned: Pinned | null,
  also: readonly Statement[] = [],
): Promise<{ meeting: Meeting; more: readonly unknown[][] }> {
  const [server, version, hub, member, streams, ...more] = await link.together([...hello, ...also]);
  const { where } = link;
  mustBeRecent(where, (server as { server: number }[])[0]!.server);
  const found = (version as { version: number | null }[])[0]?.version ?? 0;
  if (found > HUB_VERSION) throw new Refusal('HUB_NEWER', { where, found, known: HUB_VERSION });
  if (found < HUB_VERSION) throw new Refusal('HUB_OLDER', { where, found, known: HUB_VERSION });
  const [one] = hub as (SignedRoster & { id: string })[];
  if (!one) throw new Refusal('HUB_MISSING', { where });
  const roster = openRoster(where, one.id, one, pinned);
  const [me] = member as { kind: Meeting['kind']; laptop: string }[];
  if (!me) throw new Refusal('HUB_NOT_MEMBER', { where, laptop });
  if (me.laptop !== laptop) throw new Refusal('HUB_LOGIN_OTHER', { where, laptop, other: me.laptop });
  return {
    meeting: {
      hub: one.id,
      roster,
      rosterText: one.roster,
      kind: me.kind,
      streams: streamsByKey(streams as StreamRow[]),
    },
    more: more as unknown[][],
  };
}

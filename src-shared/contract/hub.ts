import { z } from 'zod';
import { call } from './call.ts';
import type { ErrorReport } from './errors.ts';
import type { ImportedFile } from './exchange.ts';
import { laptopId, line } from './shapes.ts';

/** Where the team's hub is. Off this machine its server must show a certificate that holds for its name. */
const hubAddress = {
  /** `postgres://login:password@host:port/database` */
  url: z.string().max(2000),
  /** The authority that signed the server's certificate, as PEM; without it those that the program knows. */
  ca: z.string().max(100_000).optional(),
  /** In place of one in the URL. */
  password: z.string().max(1000).optional(),
};

export const hubSeals = ['personal', 'nothing'] as const;
export type HubSeal = (typeof hubSeals)[number];

export interface HubName {
  id: string;
  name: string;
  /** Of the key that signs who coordinates; two people compare it at the first meeting. */
  fingerprint: string;
  seal: HubSeal;
}

export interface HubPushed {
  hub: HubName;
  /** Changes that went there now. */
  pushed: number;
  parcels: number;
  /** Changes that it held already. */
  held: number;
  blobs: number;
  /** Parcels in which erased values were blanked. */
  mended: number;
  /** A person stopped it: what is not there yet goes with the next one. */
  stopped: boolean;
  /** Ways there and back, without connecting. */
  roundTrips: number;
}

export interface HubPulled {
  hub: HubName;
  /** One a parcel, in the order in which they came; none where nothing was new. */
  files: ImportedFile[];
  new: number;
  known: number;
  conflicts: number;
  /** Parcels that were refused; the same stands in `files`. What follows them in their stream waits. */
  refused: number;
  /** Parcels that are sealed, and not for this laptop. */
  sealedForOthers: number;
  mended: number;
  stopped: boolean;
  roundTrips: number;
}

export interface HubStatus {
  hub: HubName;
  kind: 'coordinator' | 'trainer' | 'reader';
  /** Changes here that were not offered to it yet. */
  toPush: number;
  /** Parcels there that were not pulled yet. */
  toPull: number;
  laptops: {
    id: string;
    name: string;
    role: string;
    fingerprint: string;
    pushedAt: string;
    coordinates: boolean;
  }[];
  /** Whom the founder named, whether they ever pushed or not. */
  coordinators: HubCoordinator[];
}

export interface HubCoordinator {
  id: string;
  name: string;
  fingerprint: string;
  pushed: boolean;
}

const address = z.strictObject(hubAddress);

/** The team's hub: a database that holds what all laptops wrote (docs/hub.md). Nothing in the program waits for it. */
export const hub = {
  /**
   * Makes a hub in an empty database, or brings the tables of an older one up to date. This laptop's key vouches for it from
   * then on. HUB_EXISTS where one is, HUB_KNOWN where this laptop has another.
   */
  'hub.init': call<{ hub: HubName; did: 'made' | 'migrated' }>()(
    z.strictObject({ ...hubAddress, name: line.default(''), seal: z.enum(hubSeals).default('personal') }),
  ),
  /** Names a laptop that is known here as a coordinator, or takes that back; for the laptop that made the hub alone. */
  'hub.coordinate': call<{ hub: HubName; coordinators: { id: string; name: string }[]; mended: number }>()(
    z.strictObject({ ...hubAddress, laptop: laptopId, coordinates: z.boolean().default(true) }),
  ),
  /**
   * Sends what the hub lacks, in parcels, with progress as the job `hub`. Resumes where a cut left off. `again` offers
   * everything once more, as after the hub was put back from an old copy.
   */
  'hub.push': call<HubPushed>()(z.strictObject({ ...hubAddress, again: z.boolean().default(false) })),
  /**
   * Fetches what is new and imports it, each parcel as a file of its own; the same progress. `again` also takes what was
   * taken out here.
   */
  'hub.pull': call<HubPulled>()(z.strictObject({ ...hubAddress, again: z.boolean().default(false) })),
  /** Stops a push or a pull after the parcel at hand. */
  'hub.stop': call<null>()(z.strictObject({}).default({})),
  'hub.status': call<HubStatus>()(address),
  /** Forgets the hub that this laptop knows, for another one; what it brought stays. */
  'hub.forget': call<{ forgot: string | null }>()(z.strictObject({}).default({})),
};

/** Of `hub.pull`'s files, the first that was refused. */
export function firstRefusal({ files }: HubPulled): ErrorReport | undefined {
  return files.find(({ error }) => error !== undefined)?.error;
}

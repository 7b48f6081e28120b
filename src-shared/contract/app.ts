import { z } from 'zod';
import { call } from './call.ts';
import { id, none, requiredLine } from './shapes.ts';

export const roles = ['trainer', 'coordinator', 'manager'] as const;
export type Role = (typeof roles)[number];

export const demoScales = ['2024', 'national'] as const;

export interface VerifyFault {
  part: 'database' | 'log' | 'projection' | 'blob' | 'audit';
  at: string;
}

export interface VerifyResult {
  changes: number;
  records: number;
  blobs: number;
  /** What was found, up to 100. */
  faults: VerifyFault[];
  /** What is left of it after the tables were made anew from the log; null when there was no need, or no sound log. */
  left: VerifyFault[] | null;
}

export interface AppStatus {
  laptop: {
    id: string;
    name: string;
    role: Role;
    fingerprint: string;
    /** Who writes here: what is written from now on says so. */
    person: { id: string; name: string | null } | null;
  };
  /** Today in Asia/Seoul, YYYY-MM-DD. */
  today: string;
  version: string;
  /** True until a name was given to this laptop. */
  fresh: boolean;
  /** A merchant has the laptop: the window shows their survey and nothing else. */
  handedOver: boolean;
  /** The window is locked: it shows the lock and nothing else, unless a merchant has the laptop. */
  locked: boolean;
  /** The program restored a copy by itself, and nobody has said yet that they know. */
  rescued: boolean;
  /** Minutes without a sign of anybody after which a window locks; 0 never. */
  idleMinutes: number;
  /** Whether the key is more than a plain file, and whether a recovery code was made. */
  vault: { protected: boolean; recovery: boolean };
  counts: { programs: number; sites: number; stores: number; sessions: number; conflicts: number };
  /** What waits at the coordinator's desk: laptops whose key nobody has confirmed, and sessions that are late. */
  desk: { keys: number; late: number };
}

export const app = {
  'app.status': call<AppStatus>()(none),
  'app.setUp': call<AppStatus>()(z.strictObject({ name: requiredLine, role: z.enum(roles) })),
  /**
   * Says who works with this laptop: the author of what is written here from now on; null for nobody in particular.
   * A kit made for a trainer says it by itself where nobody has. NOT_FOUND without such a person.
   */
  'app.usedBy': call<AppStatus>()(z.strictObject({ person: id.nullable() })),
  /** Fills the store with the demo programmes; refused when it already holds records. The same seed gives the same demo. */
  'app.fillDemo': call<{ records: number; changes: number }>()(
    z
      .strictObject({
        scale: z.enum(demoScales).default('2024'),
        seed: z.int().min(0).max(0xffffffff).default(1),
      })
      .prefault({}),
  ),
  /**
   * Checks the database, the log, the projections and the blobs. Where only the tables differ from a sound log, they are
   * made anew from it, and checked again. Progress is told as the jobs `verify` and `rebuild`.
   */
  'app.verify': call<VerifyResult>()(none),
};

import { z } from 'zod';
import { call } from './call.ts';
import { none, requiredLine } from './shapes.ts';

export const roles = ['trainer', 'coordinator', 'manager'] as const;
export type Role = (typeof roles)[number];

export interface AppStatus {
  laptop: { id: string; name: string; role: Role; fingerprint: string };
  /** Today in Asia/Seoul, YYYY-MM-DD. */
  today: string;
  version: string;
  /** True until a name was given to this laptop. */
  fresh: boolean;
  counts: { programs: number; sites: number; stores: number; sessions: number; conflicts: number };
}

export const app = {
  'app.status': call<AppStatus>()(none),
  'app.setUp': call<AppStatus>()(z.strictObject({ name: requiredLine, role: z.enum(roles) })),
  /** Fills the store with the demo programmes of 2024; refused when it already holds records. */
  'app.fillDemo': call<{ records: number; changes: number }>()(none),
};

import { z } from 'zod';
import type { Json } from '../merge/canonical.ts';
import { call } from './call.ts';
import { limit } from './shapes.ts';

export interface ConflictSide {
  change: string;
  value: Json;
  /** ISO 8601 UTC. */
  at: string;
  clockSuspect: boolean;
  laptop: { id: string; name: string | null };
  author: { id: string; name: string | null } | null;
  /** The file that brought it; null for what was recorded here. */
  file: string | null;
  /** Whether this is the value shown until the conflict is settled. */
  shown: boolean;
}

export interface ConflictView {
  entity: string;
  record: string;
  field: string;
  kind: 'values' | 'editedAndDeleted';
  /** What a person calls the record, such as the shop's name. */
  title: string;
  /** The record that it belongs to, such as the market. */
  context: string;
  sides: ConflictSide[];
}

export const conflicts = {
  /** Open conflicts in a stable order; `after` is the `next` of the page before. */
  'conflicts.list': call<{ total: number; rows: ConflictView[]; next: string | null }>()(
    z.strictObject({ limit, after: z.string().max(300).optional() }),
  ),
  /**
   * Settles a field: the value becomes the only one, both old ones stay in the history. `seen` names the changes that
   * the person saw; when there are others by now, CONFLICT_STALE. For edited and deleted, `field` is `deleted` and the
   * value true or false.
   */
  'conflicts.settle': call<{ change: string }>()(
    z.strictObject({
      entity: z.string(),
      record: z.string(),
      field: z.string(),
      value: z.json(),
      seen: z.array(z.string()).min(1).max(1000),
    }),
  ),
};

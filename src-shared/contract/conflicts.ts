import { z } from 'zod';
import type { Json } from '../merge/canonical.ts';
import { call } from './call.ts';
import type { ErrorReport } from './errors.ts';
import { bytes, limit, none, type MadeFile } from './shapes.ts';

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

/** What became of a row of a workbook that came back. */
export interface ResolvedRow {
  /** As a spreadsheet counts. */
  row: number;
  /** Null where the row does not say which conflict it means. */
  conflict: Pick<ConflictView, 'entity' | 'record' | 'field'> | null;
  title: string;
  /** The value that was chosen, where one was and it can be used. */
  value?: Json;
  /** `unchanged`: nothing was chosen, so it stays open; `already`: it was settled so before. */
  status: 'applied' | 'unchanged' | 'already' | 'refused';
  /** Why it was refused. */
  reason?: ErrorReport;
}

export interface Resolved {
  applied: number;
  unchanged: number;
  already: number;
  refused: number;
  /** The rows of the sheet from above. */
  rows: ResolvedRow[];
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
  /** All open conflicts as an Excel workbook, to choose in. */
  'conflicts.workbook': call<MadeFile & { conflicts: number }>()(none),
  /**
   * Reads such a workbook back, as one step: what is open as it was then is settled, everything else is named row by
   * row. `dryRun` says what would happen and changes nothing.
   */
  'conflicts.resolve': call<Resolved>()(
    z.strictObject({ file: z.string().max(1000), bytes, dryRun: z.boolean().default(false) }),
  ),
};

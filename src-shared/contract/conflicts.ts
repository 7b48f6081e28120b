import { z } from 'zod';
import type { Undecided } from '../conflicts/rules.ts';
import type { Json } from '../merge/canonical.ts';
import type { Before } from '../merge/value-before.ts';
import { call } from './call.ts';
import type { ErrorReport } from './errors.ts';
import { bytes, none, type MadeFile } from './shapes.ts';

/** Which conflict it is; of edited and deleted, `field` is `deleted`. */
export interface ConflictKey {
  entity: string;
  record: string;
  field: string;
}

/** An open conflict as the list shows it. */
export interface ConflictEntry extends ConflictKey {
  kind: 'values' | 'editedAndDeleted';
  /** The key of its group. */
  group: string;
  /** What a person calls the record within its group; empty where the group says it. */
  title: string;
  /** The different values, the one shown now first, long texts cut; none where they are for nobody's eyes. */
  values: Json[];
  /** Kept for later on this laptop; it is open all the same. */
  later: boolean;
}

/** The shop that conflicts belong to, else their session, site or programme, else none. */
export interface ConflictGroup {
  key: string;
  kind: 'store' | 'session' | 'site' | 'program' | 'other';
  /** Empty for `other`, and where the record has no name. */
  name: string;
  /** The name of its site; empty where it has none or is one. */
  site: string;
  /** How many conflicts are open in it. */
  total: number;
}

/** An edit that a deletion did not know of: what its author saw, and what they wrote. */
export interface ConflictEdit {
  field: string;
  from: Before;
  to: Json;
}

/**
 * A value with its origin. After undo has opened a settled conflict again, it is that of whoever wrote the value first,
 * and `change` the one that holds it now: several sides may then have the same.
 */
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
  /** The import of that file. */
  import: string | null;
  /** Of edited and deleted: what this side edited. */
  edits: ConflictEdit[];
  /** Whether this is the value shown until the conflict is settled. */
  shown: boolean;
}

export interface ConflictView extends ConflictKey {
  kind: 'values' | 'editedAndDeleted';
  /** What a person calls the record, such as the shop's name. */
  title: string;
  /** The record that it belongs to, such as the market. */
  context: string;
  sides: ConflictSide[];
  /** What all sides saw before they disagreed. */
  before: Before;
  /** The names of the records that values point to, by id. */
  names: Record<string, string>;
}

/** Settles one conflict as a person, a workbook or a rule says. */
export interface ConflictChoice extends ConflictKey {
  value: Json;
  /** The changes that stood against each other when it was chosen. */
  seen: string[];
}

/** A conflict that a rule settles, as it is looked at before. */
export interface RuleChoice extends ConflictChoice {
  group: string;
  title: string;
  /** The value that is shown now. */
  shown: Json;
  /** The values that are not chosen. */
  others: Json[];
}

/** A conflict that a rule leaves open. `later`: it is kept for later; `limit`: more than one undo can take back. */
export interface RuleLeft extends ConflictKey {
  group: string;
  title: string;
  why: Undecided | 'later' | 'limit';
}

export interface RulePreview {
  /** In the order of the list. */
  settles: RuleChoice[];
  stays: RuleLeft[];
  groups: ConflictGroup[];
  names: Record<string, string>;
}

/** What became of choices that were not applied. */
export interface ChoiceLeft extends ConflictKey {
  title: string;
  /** `already`: it was settled so before. */
  status: 'already' | 'refused';
  reason?: ErrorReport;
}

export interface SettledAll {
  applied: number;
  already: number;
  refused: number;
  /** Those that were not applied. */
  left: ChoiceLeft[];
}

/** What became of a row of a workbook that came back. */
export interface ResolvedRow {
  /** As a spreadsheet counts. */
  row: number;
  /** Null where the row does not say which conflict it means. */
  conflict: ConflictKey | null;
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

const key = { entity: z.string(), record: z.string(), field: z.string() };
const seen = z.array(z.string()).min(1).max(1000);

/** The most that one step of undo holds. */
const MOST_AT_ONCE = 5000;

const rule = z.discriminatedUnion('by', [
  z.strictObject({ by: z.enum(['newest', 'oldest', 'most', 'filled']) }),
  z.strictObject({ by: z.literal('author'), author: z.string() }),
  z.strictObject({ by: z.literal('laptop'), laptop: z.string() }),
  /** The id of an import. */
  z.strictObject({ by: z.literal('file'), file: z.string() }),
]);

/** Over what a rule goes: a field, or all fields, of a kind of record; what belongs to a shop (a group's key); everything. */
const over = z.discriminatedUnion('over', [
  z.strictObject({ over: z.literal('field'), entity: z.string(), field: z.string() }),
  z.strictObject({ over: z.literal('entity'), entity: z.string() }),
  z.strictObject({ over: z.literal('group'), group: z.string() }),
  z.strictObject({ over: z.literal('all') }),
]);

export const conflicts = {
  /**
   * Open conflicts by shop: in the order of site, shop, kind of record, record and field, names as Korean sorts them.
   * `after` is the `next` of the page before. `later` counts those kept for later, which are in the rows too; `groups`
   * are those of the page. `views` has the first `inFull` rows of the page that are not kept for later, as
   * `conflicts.view` gives them.
   */
  'conflicts.list': call<{
    total: number;
    later: number;
    rows: ConflictEntry[];
    views: ConflictView[];
    groups: ConflictGroup[];
    names: Record<string, string>;
    next: string | null;
  }>()(
    z.strictObject({
      limit: z.int().min(1).max(10_000).default(1000),
      after: z.string().max(400).optional(),
      inFull: z.int().min(0).max(10).default(0),
    }),
  ),
  /** One open conflict with all that is to be known about it. CONFLICT_STALE when it is not open. */
  'conflicts.view': call<ConflictView>()(z.strictObject(key)),
  /**
   * Keeps conflicts for later, or takes them back among those to settle. Of this laptop alone: it is no part of a file
   * nor of the dump. One that gets other values stands among those to settle again; so does any after 30 days.
   */
  'conflicts.later': call<{ changed: number }>()(
    z.strictObject({ conflicts: z.array(z.strictObject(key)).min(1).max(10_000), later: z.boolean() }),
  ),
  /**
   * Settles a field: the value becomes the only one, both old ones stay in the history. `seen` names the changes that
   * the person saw; when there are others by now, CONFLICT_STALE. For edited and deleted, `field` is `deleted` and the
   * value true or false.
   */
  'conflicts.settle': call<{ change: string }>()(z.strictObject({ ...key, value: z.json(), seen })),
  /**
   * What a rule would settle, and what it would leave open and why; nothing is changed. Edited and deleted ones only
   * with `deleted`, those kept for later only with `later`. Progress is told as the job `rule`.
   */
  'conflicts.preview': call<RulePreview>()(
    z.strictObject({ rule, over, deleted: z.boolean().default(false), later: z.boolean().default(false) }),
  ),
  /**
   * Settles many at once, as one step of undo: those that are as they were when they were chosen. The others are
   * refused one by one and named. Progress is told as the job `settle`.
   */
  'conflicts.settleAll': call<SettledAll>()(
    z.strictObject({
      choices: z
        .array(z.strictObject({ ...key, value: z.json(), seen }))
        .min(1)
        .max(MOST_AT_ONCE),
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

import { z } from 'zod';
import type { Json } from '../merge/canonical.ts';
import { call } from './call.ts';

/** Where the window stood when it was last seen. */
export interface Place {
  /** The route, as the window wrote it. */
  path: string;
  /** The key of the field that was typed in last on that screen, or null. */
  field: string | null;
}

/** `entity:id:what` for a field of a record, so that it goes when the record's values are destroyed; else any name. */
const key = z.string().min(1).max(300);

/** What is of this window on this laptop, not of the data: it never leaves in a file. */
export const drafts = {
  /** Keeps half-typed text that cannot be written yet. */
  'drafts.put': call<null>()(z.strictObject({ key, value: z.json() })),
  /** Null when there is none. */
  'drafts.get': call<Json>()(z.strictObject({ key })),
  'drafts.drop': call<null>()(z.strictObject({ key })),
  'place.put': call<null>()(
    z.strictObject({ path: z.string().min(1).max(2000), field: key.nullable().default(null) }),
  ),
  /** Null when it was longer ago than half a day. */
  'place.get': call<Place | null>()(z.strictObject({}).default({})),
};

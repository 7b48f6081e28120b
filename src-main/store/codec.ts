import { canonical } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';

/** How a change lies in the log: its id as 16 bytes, whose order is the text's order, and the rest as JSON. */

export function idToBytes(id: string): Buffer {
  return Buffer.from(id.slice(0, 12) + id.slice(13, 17) + id.slice(18), 'hex');
}

export function idFromBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 12)}-${hex.slice(12, 16)}-${hex.slice(16)}`;
}

/**
 * Members in a fixed order, the fields as the author wrote them, nothing between tokens: every copy of a change that
 * came through our programs has the same text. Another writer's text may differ, so `isSameContent` has the last word.
 */
export function bodyOf({ author, entity, record, set, erase, prior }: Change): string {
  return JSON.stringify({ author, entity, record, set, erase, prior });
}

/** Whether two bodies say the same, whatever the order of their members. */
export function isSameContent(a: string, b: string): boolean {
  return a === b || canonical(JSON.parse(a)) === canonical(JSON.parse(b));
}

export function changeFrom(id: string, body: string): Change {
  return { id, ...(JSON.parse(body) as Omit<Change, 'id'>) };
}

/** The line of `changes.jsonl` for a change in the log. */
export function lineOf(id: string, body: string): string {
  return `{"id":"${id}",${body.slice(1)}`;
}

import { canonical } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';

/** How a change lies in the log: its id as 16 bytes, whose order is the text's order, and the rest as canonical JSON. */

export function idToBytes(id: string): Buffer {
  return Buffer.from(id.slice(0, 12) + id.slice(13, 17) + id.slice(18), 'hex');
}

export function idFromBytes(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return `${hex.slice(0, 12)}-${hex.slice(12, 16)}-${hex.slice(16)}`;
}

/** The same content gives the same text, so two texts tell whether an id was used twice for different things. */
export function bodyOf(change: Change): string {
  const { id: _id, ...rest } = change;
  return canonical(rest);
}

export function changeFrom(id: string, body: string): Change {
  return { id, ...(JSON.parse(body) as Omit<Change, 'id'>) };
}

/** The line of `changes.jsonl` for a change in the log. */
export function lineOf(id: string, body: string): string {
  return `{"id":"${id}",${body.slice(1)}`;
}

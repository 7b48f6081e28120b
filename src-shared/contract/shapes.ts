import { z } from 'zod';
import { isUuid } from '../merge/change.ts';

/** Small schemas that several contract files share. */

export const id = z.string().refine(isUuid, 'a record id (UUID)');

/** YYYY-MM-DD that exists in the calendar; Asia/Seoul. */
export const date = z.iso.date();

/** ISO 8601 in UTC, such as 2026-11-24T01:02:03.000Z. */
export const instant = z.iso.datetime();

/** 16 hex digits. */
export const laptopId = z.string().regex(/^[0-9a-f]{16}$/);

export const none = z.strictObject({}).default({});

export const line = z.string().trim().max(200);
export const requiredLine = line.min(1);
export const paragraph = z.string().max(10_000);

export const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'bytes');

export const limit = z.int().min(1).max(1000).default(100);

export const period = {
  program: id.optional(),
  from: date.optional(),
  to: date.optional(),
};

/** A file that the core made, for the shell to save or the browser to download. */
export interface MadeFile {
  name: string;
  bytes: Uint8Array;
}

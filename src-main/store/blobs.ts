import { createHash } from 'node:crypto';
import type { Db } from './sqlite.ts';

/** Photos and signatures, stored once by their content. */
export interface Blobs {
  has(sha256: string): boolean;
  get(sha256: string): Buffer | undefined;
  /** Stores bytes under their SHA-256 (64 hex digits) and says who brought them: an import's id, or 'here'. */
  put(bytes: Uint8Array, source: string): string;
  /** Blobs whose content is no longer what their name says. */
  damaged(): string[];
  count(): number;
}

export function openBlobs(db: Db): Blobs {
  const has = db.prepare('SELECT 1 FROM blob WHERE sha256 = ?').pluck();
  const get = db.prepare('SELECT bytes FROM blob WHERE sha256 = ?').pluck();
  const put = db.prepare('INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)');
  const source = db.prepare('INSERT OR IGNORE INTO blob_source (sha256, source) VALUES (?, ?)');
  return {
    has: (sha256) => has.get(sha256) !== undefined,
    get: (sha256) => get.get(sha256) as Buffer | undefined,
    put(bytes, from) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      put.run(sha256, bytes);
      source.run(sha256, from);
      return sha256;
    },
    damaged() {
      const rows = db.prepare('SELECT sha256, bytes FROM blob').iterate() as IterableIterator<{
        sha256: string;
        bytes: Buffer;
      }>;
      const wrong: string[] = [];
      for (const row of rows) {
        if (createHash('sha256').update(row.bytes).digest('hex') !== row.sha256) wrong.push(row.sha256);
      }
      return wrong;
    },
    count: () => db.prepare('SELECT count(*) FROM blob').pluck().get() as number,
  };
}

const SHA256 = /^[0-9a-f]{64}$/;

/** What may name a blob in the text of a change. */
export function blobNamesIn(body: string): readonly string[] {
  return body.match(/(?<=")[0-9a-f]{64}(?=")/g) ?? [];
}

/**
 * Destroys the blobs among erased values, unless another change still names them. Reads the whole log, which is fine for
 * something as rare as an erasure: there is no index of who names a blob.
 */
export function destroyBlobs(db: Db, values: Iterable<unknown>): void {
  for (const value of new Set(values)) {
    if (typeof value !== 'string' || !SHA256.test(value)) continue;
    if (db.prepare('SELECT 1 FROM blob WHERE sha256 = ?').get(value) === undefined) continue;
    if (db.prepare('SELECT 1 FROM change WHERE instr(body, ?) LIMIT 1').get(value) !== undefined) continue;
    db.prepare('DELETE FROM blob WHERE sha256 = ?').run(value);
    db.prepare('DELETE FROM blob_source WHERE sha256 = ?').run(value);
  }
}

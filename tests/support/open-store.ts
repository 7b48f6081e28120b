import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openCore } from '#main/core.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { KEY_FILE } from '#main/vault/key-file.ts';
import { scratchDir, valueOf } from './laptop.ts';

/** The dump of a store that nobody has open. */
export function dumpOf(dir: string): string {
  const core = valueOf(openCore({ dataDir: dir, create: false }));
  try {
    return [...core.dump()].join('\n');
  } finally {
    core.close();
  }
}

/** A store as a crash leaves it: database and write-ahead log, not closed. */
export function copyOpen(dir: string): string {
  const copy = scratchDir();
  fs.cpSync(dir, copy, { recursive: true });
  return copy;
}

/** The database with its own key, past the program's checks. */
export function raw(dir: string): Database.Database {
  const db = new Database(path.join(dir, STORE_FILE));
  db.pragma("cipher = 'chacha20'");
  db.pragma(`key = 'raw:${fs.readFileSync(path.join(dir, KEY_FILE), 'utf8').trim()}'`);
  return db;
}

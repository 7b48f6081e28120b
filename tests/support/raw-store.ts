import fs from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { scratchDir } from './laptop.ts';

/** The whole folder with its encryption taken off, free pages and write-ahead log included; copies beside it are not in it. */
export function rawBytes(dir: string): Buffer {
  const copy = scratchDir();
  fs.cpSync(dir, copy, { recursive: true });
  const key = fs.readFileSync(path.join(copy, 'store.key'), 'utf8').trim();
  const db = new Database(path.join(copy, 'store.db'));
  db.pragma("cipher = 'chacha20'");
  db.pragma(`key = 'raw:${key}'`);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.pragma("rekey = ''");
  db.close();
  const files = fs.readdirSync(copy, { withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ name }) => fs.readFileSync(path.join(copy, name))));
}

import Database from 'better-sqlite3';

/** The engine as it is without a key: the file is an ordinary database. */
export default class PlainDatabase extends Database {
  override pragma(source: string, options?: Database.PragmaOptions): unknown {
    return /^\s*(cipher|key)\s*=/.test(source) ? [] : super.pragma(source, options);
  }
}

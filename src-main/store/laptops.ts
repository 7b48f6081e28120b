import type { Db } from './sqlite.ts';

/** A laptop whose file was seen here; the key is the raw Ed25519 public key in base64. */
export interface KnownLaptop {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly publicKey: string;
  /** ISO 8601 UTC. */
  readonly firstSeenAt: string;
}

/** A key that a laptop has or had, with what a person said of it. Times are ISO 8601 UTC. */
export interface KnownKey {
  readonly laptop: string;
  readonly publicKey: string;
  /** When it was first seen, or accepted in place of another one. */
  readonly since: string;
  /** Null until a person has compared the fingerprint. */
  readonly verdict: 'confirmed' | 'unknown' | null;
  readonly judgedAt: string | null;
}

export interface Laptops {
  get(id: string): KnownLaptop | undefined;
  list(): KnownLaptop[];
  /**
   * Remembers a laptop, or its new name, role or key; the first sight's time stays. Another key than before is one more
   * in its history, met at `since`.
   */
  put(laptop: KnownLaptop, since?: string): void;
  /** All keys, a laptop's latest first. */
  keys(): KnownKey[];
  /** Whether a person said that the key that a laptop has now is not theirs. */
  isRefused(id: string): boolean;
  /** What a person says of the key that a laptop has now; null takes it back. */
  judge(id: string, verdict: KnownKey['verdict'], at: string): void;
  /** Laptops of which files are in whose key nobody has confirmed. */
  unconfirmed(): number;
}

export function openLaptops(db: Db): Laptops {
  const get = db.prepare('SELECT * FROM laptop WHERE id = ?');
  const put = db.prepare(
    `INSERT INTO laptop (id, name, role, publicKey, firstSeenAt) VALUES (@id, @name, @role, @publicKey, @firstSeenAt)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, publicKey = excluded.publicKey`,
  );
  return {
    get: (id) => get.get(id) as KnownLaptop | undefined,
    list: () => db.prepare('SELECT * FROM laptop ORDER BY name, id').all() as KnownLaptop[],
    put(laptop, since = laptop.firstSeenAt) {
      const before = get.get(laptop.id) as KnownLaptop | undefined;
      // Most files come from a laptop that is as it was: nothing to write.
      if (
        before &&
        before.name === laptop.name &&
        before.role === laptop.role &&
        before.publicKey === laptop.publicKey
      )
        return;
      put.run(laptop);
      if (before?.publicKey === laptop.publicKey) return;
      db.prepare('INSERT INTO laptop_key (laptop, publicKey, since) VALUES (?, ?, ?)').run(
        laptop.id,
        laptop.publicKey,
        since,
      );
    },
    keys: () =>
      db
        .prepare('SELECT laptop, publicKey, since, verdict, judgedAt FROM laptop_key ORDER BY laptop, n DESC')
        .all() as KnownKey[],
    isRefused: (id) =>
      db
        .prepare('SELECT verdict FROM laptop_key WHERE laptop = ? ORDER BY n DESC LIMIT 1')
        .pluck()
        .get(id) === 'unknown',
    judge: (id, verdict, at) =>
      void db
        .prepare(
          'UPDATE laptop_key SET verdict = ?, judgedAt = ? WHERE n = (SELECT max(n) FROM laptop_key WHERE laptop = ?)',
        )
        .run(verdict, verdict === null ? null : at, id),
    unconfirmed: () =>
      db
        .prepare(
          `SELECT count(*) FROM laptop_key k
           WHERE n = (SELECT max(n) FROM laptop_key WHERE laptop = k.laptop) AND verdict IS NOT 'confirmed'
             AND EXISTS (SELECT 1 FROM import WHERE laptop = k.laptop AND undoneAt IS NULL)`,
        )
        .pluck()
        .get() as number,
  };
}

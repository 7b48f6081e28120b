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

export interface Laptops {
  get(id: string): KnownLaptop | undefined;
  list(): KnownLaptop[];
  /** Remembers a laptop, or its new name, role or key; the first sight's time stays. */
  put(laptop: KnownLaptop): void;
}

export function openLaptops(db: Db): Laptops {
  return {
    get: (id) => db.prepare('SELECT * FROM laptop WHERE id = ?').get(id) as KnownLaptop | undefined,
    list: () => db.prepare('SELECT * FROM laptop ORDER BY name, id').all() as KnownLaptop[],
    put: (laptop) =>
      void db
        .prepare(
          `INSERT INTO laptop (id, name, role, publicKey, firstSeenAt) VALUES (@id, @name, @role, @publicKey, @firstSeenAt)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, publicKey = excluded.publicKey`,
        )
        .run(laptop),
  };
}

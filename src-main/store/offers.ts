import type { Place } from '#shared/contract/outbox.ts';
import type { Db } from './sqlite.ts';

/** A destination as a kit that is merged here says it. */
export interface Offer {
  /** The import that brought it. */
  readonly import: string;
  readonly id: string;
  readonly laptop: string;
  /** The key with which the kit was signed: the raw Ed25519 public key in base64. */
  readonly publicKey: string;
  /** When the kit was made, ISO 8601 UTC. */
  readonly madeAt: string;
  readonly name: string;
  readonly place: Place;
  /** Never to be shown; null where none came, or it was sealed for another laptop. */
  readonly secret: string | null;
}

/** What the kits that are merged here say of where files go. Whether it is believed is not asked here. */
export interface Offers {
  add(offer: Offer): void;
  /** What a laptop offers with a key: of each destination what the newest of its kits says. */
  standing(laptop: string, publicKey: string): Offer[];
  /** Takes away what an import offered, and gives the ids of which no other import of that laptop tells. */
  withdraw(importId: string): { readonly laptop: string; readonly ids: string[] } | null;
}

type Row = Omit<Offer, 'place'> & { readonly place: string };

export function openOffers(db: Db): Offers {
  const insert = db.prepare(
    `INSERT INTO kit_destination (import, id, laptop, publicKey, madeAt, name, place, secret)
     VALUES (@import, @id, @laptop, @publicKey, @madeAt, @name, @place, @secret)`,
  );
  const standing = db.prepare(
    'SELECT * FROM kit_destination WHERE laptop = ? AND publicKey = ? ORDER BY madeAt, import, id',
  );
  const of = db.prepare('SELECT laptop, id FROM kit_destination WHERE import = ? ORDER BY id');
  const remove = db.prepare('DELETE FROM kit_destination WHERE import = ?');
  const others = db.prepare('SELECT 1 FROM kit_destination WHERE laptop = ? AND id = ? LIMIT 1');

  return {
    add: ({ place, ...offer }) => void insert.run({ ...offer, place: JSON.stringify(place) }),
    standing(laptop, publicKey) {
      const rows = standing.all(laptop, publicKey) as Row[];
      const newest = new Map(rows.map((row) => [row.id, row]));
      return [...newest.values()].map(({ place, ...row }) => ({
        ...row,
        place: JSON.parse(place) as Place,
      }));
    },
    withdraw(importId) {
      const rows = of.all(importId) as Pick<Row, 'laptop' | 'id'>[];
      remove.run(importId);
      const [one] = rows;
      if (!one) return null;
      const { laptop } = one;
      return {
        laptop,
        ids: rows.map(({ id }) => id).filter((id) => others.get(laptop, id) === undefined),
      };
    },
  };
}

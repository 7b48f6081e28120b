import type { ErrorReport } from '#shared/contract/errors.ts';
import type { Place } from '#shared/contract/outbox.ts';
import type { Db } from './sqlite.ts';

/** Where deliveries go. Times are milliseconds since 1970. */
export interface DestinationRecord {
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  /** Never to be shown, nor put into an error. */
  readonly secret: string | null;
  /** The laptop whose kit brought it. */
  readonly fromLaptop: string | null;
  /** A kit brought it, and a person changed or removed it here: kits leave it alone. */
  readonly changedHere: boolean;
  readonly last: Reach | null;
  /** Failures in a row. */
  readonly failures: number;
  /** Nothing is sent there earlier. */
  readonly notBefore: number;
  /** Until then the server asked not to be asked. */
  readonly hold: number;
  readonly triedAt: number | null;
  readonly removedAt: number | null;
}

/** The outcome of the last try. */
export interface Reach {
  readonly at: number;
  readonly reached: boolean;
  readonly error: ErrorReport | null;
}

export interface Destinations {
  /** By name. */
  list(): DestinationRecord[];
  /** Also one that was removed: what was sent there keeps its name. */
  get(id: string): DestinationRecord | undefined;
  /**
   * Makes it or changes it; `secret` undefined keeps the one that is there, `fromLaptop` undefined whose it is. What was
   * wrong before is forgotten, and one that was removed is there again.
   */
  save(
    one: Pick<DestinationRecord, 'id' | 'name' | 'place'> & {
      secret?: string | null | undefined;
      fromLaptop?: string | undefined;
    },
  ): void;
  /** A person has changed or removed what a kit brought. */
  takeOver(id: string): void;
  /** Its secret goes; its name stays for what was sent there. */
  remove(id: string, at: number): void;
  /** Nothing holds the next one up: a person said so. */
  admit(id: string): void;
  /** It was reached: nothing holds the next one up. */
  worked(id: string, at: number): void;
  /** Counts one more failure, after which nothing goes there before a time. */
  failed(id: string, reach: Reach, times: { readonly notBefore: number; readonly hold: number }): void;
  /** The network may be back: nothing holds up those that were not reached the last time. Gives their ids and times. */
  hasten(now: number, apart: number): { id: string; at: number }[];
  /** Takes down how a test went. */
  tested(id: string, reach: Reach): void;
}

interface Row extends Omit<DestinationRecord, 'place' | 'last' | 'changedHere'> {
  readonly place: string;
  readonly changedHere: number;
  readonly last: string | null;
}

export function openDestinations(db: Db): Destinations {
  const list = db.prepare('SELECT * FROM destination WHERE removedAt IS NULL ORDER BY name, id');
  const get = db.prepare('SELECT * FROM destination WHERE id = ?');
  const save = db.prepare(
    `INSERT INTO destination (id, name, place, secret, fromLaptop) VALUES (@id, @name, @place, @secret, @fromLaptop)
     ON CONFLICT (id) DO UPDATE SET name = @name, place = @place, failures = 0, notBefore = 0, hold = 0, removedAt = NULL,
       fromLaptop = coalesce(@fromLaptop, fromLaptop),
       last = CASE WHEN place = @place THEN last END, secret = CASE WHEN @keep THEN secret ELSE @secret END`,
  );
  const takeOver = db.prepare(
    'UPDATE destination SET changedHere = 1 WHERE id = ? AND fromLaptop IS NOT NULL',
  );
  const remove = db.prepare('UPDATE destination SET removedAt = ?, secret = NULL WHERE id = ?');
  const worked = db.prepare(
    'UPDATE destination SET failures = 0, notBefore = 0, hold = 0, triedAt = @at, last = @last WHERE id = @id',
  );
  const failed = db.prepare(
    'UPDATE destination SET failures = failures + 1, notBefore = @notBefore, hold = @hold, triedAt = @at, last = @last WHERE id = @id',
  );
  const hasten = db.prepare('UPDATE destination SET failures = 0, notBefore = ?, hold = 0 WHERE id = ?');
  const tested = db.prepare('UPDATE destination SET last = ? WHERE id = ?');

  return {
    list: () => (list.all() as Row[]).map(recordOf),
    get(id) {
      const row = get.get(id) as Row | undefined;
      return row && recordOf(row);
    },
    save: ({ id, name, place, secret, fromLaptop }) =>
      void save.run({
        ...{ id, name, place: JSON.stringify(place), fromLaptop: fromLaptop ?? null },
        ...{ secret: secret ?? null, keep: secret === undefined ? 1 : 0 },
      }),
    takeOver: (id) => void takeOver.run(id),
    remove: (id, at) => void remove.run(at, id),
    admit: (id) => void hasten.run(0, id),
    worked: (id, at) =>
      void worked.run({ id, at, last: JSON.stringify({ at, reached: true, error: null } satisfies Reach) }),
    failed: (id, last, times) => void failed.run({ id, at: last.at, ...times, last: JSON.stringify(last) }),
    hasten(now, apart) {
      const unreached = (list.all() as Row[]).map(recordOf).filter(({ last }) => last?.reached === false);
      return unreached.map(({ id, triedAt }) => {
        // A try in the future was made under another clock.
        const at = triedAt !== null && triedAt <= now ? Math.max(now, triedAt + apart) : now;
        hasten.run(at, id);
        return { id, at };
      });
    },
    tested: (id, last) => void tested.run(JSON.stringify(last), id),
  };
}

function recordOf({ place, last, changedHere, ...row }: Row): DestinationRecord {
  return {
    ...row,
    changedHere: changedHere === 1,
    place: JSON.parse(place) as Place,
    last: last === null ? null : (JSON.parse(last) as Reach),
  };
}

import type { Change } from '#shared/merge/change.ts';
import type { Projector } from './projector.ts';
import type { Db } from './sqlite.ts';

/** The hub that this laptop knows. */
export interface KnownHub {
  readonly id: string;
  readonly name: string;
  /** Raw Ed25519 public key in base64 of the laptop that made it. */
  readonly founderKey: string;
  readonly rosterNumber: number;
  /** The end of the log that was offered to it. */
  readonly pushedN: number;
}

/** A parcel as it is known here; sealed or not, of one programme, of the laptop that pushed it. */
export interface KnownParcel {
  readonly programme: string;
  readonly laptop: string;
  readonly sealed: boolean;
  readonly number: number;
  /** Of its manifest. */
  readonly digest: string;
}

/** A change with its place. */
export interface LogRow {
  readonly n: number;
  readonly id: Buffer;
  readonly body: string;
}

/** What this laptop remembers of the team's hub. Each call is for the caller's transaction. */
export interface HubMemory {
  known(): KnownHub | null;
  /** Remembers a hub at first sight, or its newer roster; how far it was pushed to stays. */
  remember(hub: Omit<KnownHub, 'pushedN'>): void;
  /** As if it had never been met; what it brought stays. */
  forget(): void;
  pushedUpTo(n: number): void;
  /** The last parcel known of each stream. */
  seen(): KnownParcel[];
  /** Notes a parcel; `importId` is null for one that was pushed from here. */
  saw(parcel: KnownParcel, importId: string | null): void;
  /**
   * Streams that the hub lost some of, or all of them: they are looked at from their beginning, all is offered again, and
   * what is erased here may stand there again.
   */
  startOver(stream?: Pick<KnownParcel, 'programme' | 'laptop' | 'sealed'>): void;
  /** The places after `pushedN` that no pull brought, from the first on. */
  waiting(): IterableIterator<LogRow>;
  /** How many those are. */
  waitingCount(): number;
  /** Places of changes whose values were destroyed here since the hub was last mended. */
  toMend(limit: number): LogRow[];
  /** These are blanked there as they were then; what was destroyed of them since is still to do. */
  mended(rows: readonly LogRow[]): void;
}

type ParcelRow = Omit<KnownParcel, 'sealed'> & { readonly sealed: number };

const PARCEL = 'programme, laptop, sealed, number, digest';
const BACKWARDS = 'ORDER BY programme DESC, laptop DESC, sealed DESC, number DESC';

export function openHubMemory(db: Db, projector: Pick<Projector, 'table'>): HubMemory {
  const insert = db.prepare(
    `INSERT INTO hub_parcel (programme, laptop, sealed, number, digest, import)
     VALUES (@programme, @laptop, @sealed, @number, @digest, @importId)
     ON CONFLICT DO UPDATE SET digest = excluded.digest, import = excluded.import`,
  );
  const lastParcel = db.prepare(`SELECT ${PARCEL} FROM hub_parcel ${BACKWARDS} LIMIT 1`);
  const lastBefore = db.prepare(
    // With a number below all of the stream's own, or the engine would walk through them.
    `SELECT ${PARCEL} FROM hub_parcel WHERE (programme, laptop, sealed, number) < (@programme, @laptop, @sealed, -1)
     ${BACKWARDS} LIMIT 1`,
  );
  const noteMend = db.prepare('INSERT OR IGNORE INTO hub_mend (n) VALUES (?)');
  const known = (): KnownHub | null =>
    (db.prepare('SELECT id, name, founderKey, rosterNumber, pushedN FROM hub').get() as KnownHub) ?? null;

  /** Where the changes of records lie of which something was erased; reads the whole log. */
  function placesOfErased(): number[] {
    const bodies = db
      .prepare(`SELECT body FROM change WHERE instr(body, '"erase":[') > 0`)
      .pluck()
      .all() as string[];
    return bodies.flatMap((body) => {
      const { entity, record } = JSON.parse(body) as Pick<Change, 'entity' | 'record'>;
      return projector.table(entity).places(record);
    });
  }

  /** Ends of the log that were pulled and stay: the hub has them. */
  function* gaps(): Generator<[from: number, to: number]> {
    let from = (known()?.pushedN ?? 0) + 1;
    const pulled = db
      .prepare(
        `SELECT firstN, lastN FROM import WHERE lastN >= @from AND lastN >= firstN
           AND EXISTS (SELECT 1 FROM hub_parcel WHERE hub_parcel.import = import.id) ORDER BY lastN`,
      )
      .all({ from }) as { firstN: number; lastN: number }[];
    for (const { firstN, lastN } of pulled) {
      if (firstN > from) yield [from, firstN - 1];
      from = Math.max(from, lastN + 1);
    }
    yield [from, Number.MAX_SAFE_INTEGER];
  }

  /** From stream to stream backwards, without looking at the parcels between: there are as many as pulls and files. */
  function* lastOfStreams(): Generator<KnownParcel> {
    let row = lastParcel.get() as ParcelRow | undefined;
    while (row) {
      yield { ...row, sealed: row.sealed === 1 };
      row = lastBefore.get(row) as ParcelRow | undefined;
    }
  }

  return {
    known,
    remember({ id, name, founderKey, rosterNumber }) {
      db.prepare(
        `INSERT INTO hub (one, id, name, founderKey, rosterNumber, pushedN) VALUES (1, ?, ?, ?, ?, 0)
         ON CONFLICT DO UPDATE SET name = excluded.name, rosterNumber = excluded.rosterNumber`,
      ).run(id, name, founderKey, rosterNumber);
    },
    forget() {
      db.exec('DELETE FROM hub; DELETE FROM hub_parcel; DELETE FROM hub_mend;');
    },
    pushedUpTo: (n) => void db.prepare('UPDATE hub SET pushedN = ?').run(n),
    seen: () => [...lastOfStreams()],
    saw: ({ sealed, ...parcel }, importId) =>
      void insert.run({ ...parcel, sealed: sealed ? 1 : 0, importId }),
    startOver(stream) {
      db.exec('UPDATE hub SET pushedN = 0');
      for (const n of placesOfErased()) noteMend.run(n);
      if (!stream) db.exec('DELETE FROM hub_parcel');
      else
        db.prepare('DELETE FROM hub_parcel WHERE programme = ? AND laptop = ? AND sealed = ?').run(
          ...[stream.programme, stream.laptop, stream.sealed ? 1 : 0],
        );
    },
    *waiting() {
      const between = db.prepare(
        'SELECT n, id, body FROM change WHERE n BETWEEN ? AND ? ORDER BY n LIMIT 1000',
      );
      for (const [first, to] of gaps()) {
        for (let from = first; ;) {
          const rows = between.all(from, to) as LogRow[];
          yield* rows;
          if (rows.length < 1000) break;
          from = rows.at(-1)!.n + 1;
        }
      }
    },
    waitingCount() {
      const count = db.prepare('SELECT count(*) FROM change WHERE n BETWEEN ? AND ?').pluck();
      let waiting = 0;
      for (const [from, to] of gaps()) waiting += count.get(from, to) as number;
      return waiting;
    },
    toMend: (limit) =>
      db
        .prepare('SELECT c.n, c.id, c.body FROM hub_mend m JOIN change c ON c.n = m.n ORDER BY c.n LIMIT ?')
        .all(limit) as LogRow[],
    mended(rows) {
      const remove = db.prepare(
        'DELETE FROM hub_mend WHERE n = @n AND EXISTS (SELECT 1 FROM change WHERE n = @n AND body = @body)',
      );
      for (const { n, body } of rows) remove.run({ n, body });
    },
  };
}

import type { ErrorReport } from '#shared/contract/errors.ts';
import type { DeliveryKind, DeliveryState } from '#shared/contract/outbox.ts';
import type { KitOrder } from '#shared/contract/kits.ts';
import { transaction, type Db } from './sqlite.ts';

/** A row of the outbox. Times are milliseconds since 1970. */
export interface DeliveryRecord {
  readonly id: string;
  readonly key: string;
  readonly kind: DeliveryKind;
  readonly title: string;
  readonly destination: string;
  /** What it is made from; null for an exchange file of before this was kept. */
  readonly question: Question | null;
  /** The content stays as it is, whatever happens. */
  readonly frozen: boolean;
  /** Bytes of the content may have left: it must stay as it is until it is known to have arrived. */
  readonly exposed: boolean;
  /** Null until the content is made. */
  readonly file: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** The id in the manifest of an exchange file. */
  readonly manifest: string | null;
  /** What is confirmed is `sent` here: it follows from what live imports tell. */
  readonly state: Exclude<DeliveryState, 'confirmed'>;
  readonly paused: boolean;
  readonly tries: number;
  /** In a row. */
  readonly failures: number;
  /** The last try did not reach the destination. */
  readonly offline: boolean;
  readonly error: ErrorReport | null;
  readonly queuedAt: number;
  readonly nextTryAt: number;
  /** Until then the server asked not to be asked. */
  readonly hold: number;
  readonly triedAt: number | null;
  /** Who is sending it, and until when that is believed. */
  readonly owner: string | null;
  readonly leaseUntil: number | null;
  readonly sentAt: number | null;
}

/** Of a report its question, of a session file what goes in, of a kit its order. */
export type Question = ReportQuestion | SessionOrder | KitOrder;

export interface SessionOrder {
  readonly sessions?: readonly string[] | undefined;
  readonly program?: string | undefined;
}

export interface ReportQuestion {
  readonly program?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** The content of a delivery. */
export interface Content {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

export interface Queued extends Pick<
  DeliveryRecord,
  'id' | 'key' | 'kind' | 'title' | 'destination' | 'question' | 'manifest' | 'queuedAt'
> {
  /** Null: a report that is made when it is sent. */
  readonly content: Content | null;
}

/** Why a try did not end well, and when the next one may be. */
export interface Setback {
  readonly error: ErrorReport;
  readonly offline: boolean;
  readonly lasting: boolean;
  readonly nextTryAt: number;
  readonly hold: number;
}

export interface Deliveries {
  add(one: Queued): void;
  get(id: string): DeliveryRecord | undefined;
  byKey(key: string): DeliveryRecord | undefined;
  /** Newest first; those that were sent before a time are left out. */
  list(since: number): DeliveryRecord[];
  /** Those that may be sent by themselves or are being sent: the least recently tried first. */
  waiting(): DeliveryRecord[];
  /** The bytes; undefined when there are none, or none any more. */
  content(id: string): Buffer | undefined;
  /** Keeps the content, with the id of an exchange file, unless there is one; false when there was. */
  fill(id: string, content: Content, manifest?: string | null): boolean;
  /** A report of which nothing has left is made anew: its content is dropped, unless it was frozen. */
  thaw(id: string): void;
  freeze(id: string): void;
  /** Takes a queued row for one try; false when it is not to be had, or its destination is being sent to. */
  claim(id: string, owner: string, now: number, leaseUntil: number): boolean;
  renew(id: string, owner: string, leaseUntil: number): void;
  /** From here on bytes may leave; false when the row is not the owner's any more. */
  expose(id: string, owner: string): boolean;
  /** It arrived, whoever finds that out: true when it was not known yet. The bytes go. */
  arrived(id: string, destination: string, at: number): boolean;
  /** Takes down why it did not, unless somebody else has the row by now. */
  setBack(id: string, owner: string, setback: Setback): void;
  /** Queues again what was being sent, by an owner alone if one is named; gives the number of rows. */
  release(id: string, at: number, owner?: string): number;
  /** Queues it again to be tried at a time, as if nothing had been wrong. */
  requeue(id: string, at: number): void;
  redirect(id: string, destination: string, at: number): void;
  /** Queues again what was parked there: a person has changed something about the destination. */
  unpark(destination: string, at: number): void;
  /** What waits there and could not reach it is tried at a time, but what the server asked to wait. */
  hasten(destination: string, at: number, now: number): void;
  pause(id: string, paused: boolean): void;
  remove(id: string): void;
}

/** Larger rows make the engine copy them whole at every touch. */
const PIECE = 4 * 1024 * 1024;

interface Row extends Omit<
  DeliveryRecord,
  'question' | 'error' | 'frozen' | 'exposed' | 'paused' | 'offline'
> {
  readonly question: string | null;
  readonly error: string | null;
  readonly frozen: number;
  readonly exposed: number;
  readonly paused: number;
  readonly offline: number;
}

export function openDeliveries(db: Db): Deliveries {
  const insert = db.prepare(
    `INSERT INTO delivery (id, key, kind, title, destination, question, frozen, manifest, state, queuedAt, nextTryAt)
     VALUES (@id, @key, @kind, @title, @destination, @question, @frozen, @manifest, 'queued', @queuedAt, @queuedAt)`,
  );
  const get = db.prepare('SELECT * FROM delivery WHERE id = ?');
  const byKey = db.prepare('SELECT * FROM delivery WHERE key = ?');
  const list = db.prepare(
    'SELECT * FROM delivery WHERE sentAt IS NULL OR sentAt >= ? ORDER BY queuedAt DESC, id DESC',
  );
  const waiting = db.prepare(
    `SELECT * FROM delivery WHERE state IN ('queued', 'sending') ORDER BY coalesce(triedAt, 0), queuedAt, id`,
  );
  const pieces = db.prepare('SELECT bytes FROM delivery_piece WHERE delivery = ? ORDER BY n').pluck();
  const addPiece = db.prepare('INSERT INTO delivery_piece (delivery, n, bytes) VALUES (?, ?, ?)');
  const dropPieces = db.prepare('DELETE FROM delivery_piece WHERE delivery = ?');
  const fill = db.prepare(
    `UPDATE delivery SET file = @file, sha256 = @sha256, bytes = @bytes, manifest = coalesce(@manifest, manifest),
       frozen = CASE kind WHEN 'report' THEN frozen ELSE 1 END
     WHERE id = @id AND sha256 IS NULL`,
  );
  const thaw = db.prepare(
    `UPDATE delivery SET file = NULL, sha256 = NULL, bytes = NULL
     WHERE id = ? AND frozen = 0 AND exposed = 0 AND state <> 'sent'`,
  );
  const claim = db.prepare(
    `UPDATE delivery SET state = 'sending', tries = tries + 1, triedAt = @now, owner = @owner, leaseUntil = @leaseUntil
     WHERE id = @id AND state = 'queued' AND paused = 0 AND NOT EXISTS (
       SELECT 1 FROM delivery o WHERE o.state = 'sending' AND o.destination = delivery.destination)`,
  );
  const renew = db.prepare('UPDATE delivery SET leaseUntil = ? WHERE id = ? AND owner = ?');
  const expose = db.prepare('UPDATE delivery SET exposed = 1 WHERE id = ? AND owner = ?');
  const arrived = db.prepare(
    `UPDATE delivery SET state = 'sent', sentAt = @at, failures = 0, offline = 0, error = NULL, hold = 0, owner = NULL,
       leaseUntil = NULL
     WHERE id = @id AND destination = @destination AND state <> 'sent'`,
  );
  const setBack = db.prepare(
    `UPDATE delivery SET state = CASE WHEN @lasting THEN 'parked' ELSE 'queued' END, failures = failures + 1,
       offline = @offline, error = @error, nextTryAt = @nextTryAt, hold = @hold, owner = NULL, leaseUntil = NULL
     WHERE id = @id AND owner = @owner AND state = 'sending'`,
  );
  const release = db.prepare(
    `UPDATE delivery SET state = 'queued', owner = NULL, leaseUntil = NULL, nextTryAt = min(nextTryAt, @at)
     WHERE id = @id AND state = 'sending' AND (@owner IS NULL OR owner = @owner)`,
  );
  const requeue = db.prepare(
    `UPDATE delivery SET state = 'queued', paused = 0, failures = 0, hold = 0, nextTryAt = @at WHERE id = @id`,
  );
  const redirect = db.prepare(
    `UPDATE delivery SET destination = @destination, state = 'queued', failures = 0, hold = 0, offline = 0, error = NULL,
       nextTryAt = @at WHERE id = @id`,
  );
  const unpark = db.prepare(
    `UPDATE delivery SET state = 'queued', failures = 0, nextTryAt = @at WHERE destination = @destination AND state = 'parked'`,
  );
  const hasten = db.prepare(
    `UPDATE delivery SET failures = 0, nextTryAt = @at
     WHERE destination = @destination AND state = 'queued' AND offline = 1 AND hold <= @now`,
  );
  const pause = db.prepare('UPDATE delivery SET paused = ? WHERE id = ?');
  const freeze = db.prepare('UPDATE delivery SET frozen = 1 WHERE id = ?');
  const remove = db.prepare('DELETE FROM delivery WHERE id = ?');

  function fillWith(id: string, { file, sha256, bytes }: Content, manifest: string | null = null): boolean {
    return transaction(db, () => {
      if (fill.run({ id, file, sha256, bytes: bytes.byteLength, manifest }).changes === 0) return false;
      for (let at = 0, n = 0; at < bytes.byteLength; at += PIECE, n += 1) {
        addPiece.run(id, n, bytes.subarray(at, at + PIECE));
      }
      return true;
    });
  }

  return {
    add({ content, question, ...one }) {
      transaction(db, () => {
        insert.run({ ...one, question: question && JSON.stringify(question), frozen: content ? 1 : 0 });
        if (content) fillWith(one.id, content);
      });
    },
    get: (id) => recordOf(get.get(id) as Row | undefined),
    byKey: (key) => recordOf(byKey.get(key) as Row | undefined),
    list: (since) => (list.all(since) as Row[]).map((row) => recordOf(row)),
    waiting: () => (waiting.all() as Row[]).map((row) => recordOf(row)),
    content(id) {
      const parts = pieces.all(id) as Buffer[];
      return parts.length > 0 ? Buffer.concat(parts) : undefined;
    },
    fill: fillWith,
    thaw(id) {
      transaction(db, () => {
        if (thaw.run(id).changes > 0) dropPieces.run(id);
      });
    },
    freeze: (id) => void freeze.run(id),
    claim: (id, owner, now, leaseUntil) =>
      transaction(db, () => claim.run({ id, owner, now, leaseUntil }).changes > 0),
    renew: (id, owner, leaseUntil) => void renew.run(leaseUntil, id, owner),
    expose: (id, owner) => expose.run(id, owner).changes > 0,
    arrived: (id, destination, at) =>
      transaction(db, () => {
        if (arrived.run({ id, destination, at }).changes === 0) return false;
        dropPieces.run(id);
        return true;
      }),
    setBack: (id, owner, { error, offline, lasting, ...times }) =>
      void setBack.run({
        ...{ id, owner, ...times, error: JSON.stringify(error) },
        ...{ offline: offline ? 1 : 0, lasting: lasting ? 1 : 0 },
      }),
    release: (id, at, owner) => release.run({ id, at, owner: owner ?? null }).changes,
    requeue: (id, at) => void requeue.run({ id, at }),
    redirect: (id, destination, at) => void redirect.run({ id, destination, at }),
    unpark: (destination, at) => void unpark.run({ destination, at }),
    hasten: (destination, at, now) => void hasten.run({ destination, at, now }),
    pause: (id, paused) => void pause.run(paused ? 1 : 0, id),
    remove(id) {
      transaction(db, () => {
        dropPieces.run(id);
        remove.run(id);
      });
    },
  };
}

/**
 * Drops the content of every exchange file that was not sent yet, for a value was destroyed that it may hold: it is made
 * anew when it is sent. Whoever is sending one has it no more, so that it is not sent again as it was. Reports stay, since
 * the people in them are masked.
 */
export function unmakeWaiting(db: Db): void {
  const made = `kind <> 'report' AND state <> 'sent' AND sha256 IS NOT NULL`;
  db.exec(
    `DELETE FROM delivery_piece WHERE delivery IN (SELECT id FROM delivery WHERE ${made});
     UPDATE delivery SET file = NULL, sha256 = NULL, bytes = NULL, manifest = NULL, frozen = 0, exposed = 0, owner = NULL,
       leaseUntil = NULL, state = CASE state WHEN 'sending' THEN 'queued' ELSE state END WHERE ${made};`,
  );
}

function recordOf(row: Row): DeliveryRecord;
function recordOf(row: Row | undefined): DeliveryRecord | undefined;
function recordOf(row: Row | undefined): DeliveryRecord | undefined {
  if (!row) return undefined;
  const { question, error, frozen, exposed, paused, offline, ...rest } = row;
  return {
    ...rest,
    question: question === null ? null : (JSON.parse(question) as Question),
    error: error === null ? null : (JSON.parse(error) as ErrorReport),
    frozen: frozen === 1,
    exposed: exposed === 1,
    paused: paused === 1,
    offline: offline === 1,
  };
}

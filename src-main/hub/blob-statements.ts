import type { Statement } from './connection.ts';
import { PIECE, type StreamKey } from './parcel.ts';
import type { ParcelKey } from './statements.ts';

/**
 * What is asked of a hub about blobs: photos and signatures, in pieces, each in the stream of the parcels that name it.
 * Whoever takes one away, or seals it anew, holds it first; so does the database for whoever names it in a parcel. Hence the
 * one that comes second sees what the other did.
 */

/** Of the largest blob, sealed. */
const MOST_PIECES = 40;

const STREAM = 'programme = $1 AND laptop = $2 AND sealed = $3';
const columnsOf = ({ programme, laptop, sealed }: StreamKey): unknown[] => [programme, laptop, sealed];

/** Which of some blobs are there, and whether whole. */
export function blobsThere(stream: StreamKey, names: readonly string[]): Statement {
  return [
    `SELECT sha256, count(*) = max(pieces) AS whole FROM dangol.blob
     WHERE ${STREAM} AND sha256 = ANY ($4::text[]) GROUP BY sha256`,
    [...columnsOf(stream), names],
  ];
}

export function blobPieces(stream: StreamKey, sha256: string): Statement {
  return [
    `SELECT bytes FROM dangol.blob
     WHERE ${STREAM} AND sha256 = $4 AND octet_length(bytes) <= ${PIECE} ORDER BY piece LIMIT ${MOST_PIECES}`,
    [...columnsOf(stream), sha256],
  ];
}

/** Puts a blob there that its parcel will name. For one transaction. */
export function addBlob(stream: StreamKey, sha256: string, bytes: Buffer): Statement[] {
  return putPieces(stream, sha256, bytes, { condition: () => 'true', values: [] });
}

/**
 * Puts other bytes in place of a blob, such as of another seal, if its parcel names it and has this signature. For one
 * transaction: the parcel is held meanwhile, so that this is so for all pieces or for none.
 */
export function replaceBlob(
  { number, ...stream }: ParcelKey,
  signature: string,
  sha256: string,
  bytes: Buffer,
): Statement[] {
  const condition = (at: number): string =>
    `EXISTS (SELECT 1 FROM dangol.parcel_blob WHERE ${STREAM} AND sha256 = $4 AND number = $${at}::int)
     AND EXISTS (SELECT 1 FROM dangol.parcel WHERE ${STREAM} AND number = $${at}::int AND mended_signature = $${at + 1}::text)`;
  return [
    [
      `SELECT number FROM dangol.parcel WHERE ${STREAM} AND number = $4 FOR SHARE`,
      [...columnsOf(stream), number],
    ],
    holdBlobs(stream, [sha256]),
    ...putPieces(stream, sha256, bytes, { condition, values: [number, signature] }),
  ];
}

/** `condition`: as SQL, with its values from a place on. */
interface Where {
  readonly condition: (at: number) => string;
  readonly values: readonly unknown[];
}

function putPieces(
  stream: StreamKey,
  sha256: string,
  bytes: Buffer,
  { condition, values }: Where,
): Statement[] {
  const pieces = Math.max(1, Math.ceil(bytes.length / PIECE));
  const key = [...columnsOf(stream), sha256];
  return [
    ...Array.from({ length: pieces }, (_none, piece): Statement => [
      `INSERT INTO dangol.blob (programme, laptop, sealed, sha256, piece, pieces, bytes)
       SELECT $1::text, $2::text, $3::boolean, $4::text, $5::int, $6::int, $7::bytea WHERE ${condition(8)}
       ON CONFLICT (programme, laptop, sealed, sha256, piece)
       DO UPDATE SET pieces = excluded.pieces, bytes = excluded.bytes`,
      [...key, piece, pieces, bytes.subarray(piece * PIECE, (piece + 1) * PIECE), ...values],
    ]),
    [
      `DELETE FROM dangol.blob WHERE ${STREAM} AND sha256 = $4 AND piece >= $5 AND ${condition(6)}`,
      [...key, pieces, ...values],
    ],
  ];
}

/** Says which blobs a parcel names; goes with it in one transaction, which fails as a collision if one of them is gone. */
export function nameBlobs(stream: StreamKey, number: number, names: readonly string[]): Statement[] {
  if (names.length === 0) return [];
  return [
    [
      `INSERT INTO dangol.parcel_blob (programme, laptop, sealed, sha256, number, piece)
       SELECT $1::text, $2::text, $3::boolean, w.sha256, $4::int, 0 FROM unnest($5::text[]) AS w (sha256) ORDER BY w.sha256`,
      [...columnsOf(stream), number, names],
    ],
  ];
}

/** Blobs that a parcel names no more. Those go that no other one of its stream names. For one transaction. */
export function releaseBlobs({ number, ...stream }: ParcelKey, names: readonly string[]): Statement[] {
  return [
    holdBlobs(stream, names),
    [
      `DELETE FROM dangol.parcel_blob WHERE ${STREAM} AND number = $4 AND sha256 = ANY ($5::text[])`,
      [...columnsOf(stream), number, names],
    ],
    dropUnnamed(stream, names),
  ];
}

/** Blobs that were to be named by a parcel which did not come. For one transaction. */
export function dropBlobs(stream: StreamKey, names: readonly string[]): Statement[] {
  return [holdBlobs(stream, names), dropUnnamed(stream, names)];
}

/**
 * Every blob that no parcel names, as far as whoever asks may delete: after a laptop was lost in the middle of a push, or in
 * a hub that was put back from a copy of such a moment. Looks through all; whoever is about to name one sends it again.
 */
export const dropAllUnnamed: Statement = [
  `DELETE FROM dangol.blob b WHERE NOT EXISTS (
     SELECT 1 FROM dangol.parcel_blob n
     WHERE n.programme = b.programme AND n.laptop = b.laptop AND n.sealed = b.sealed AND n.sha256 = b.sha256)`,
];

function dropUnnamed(stream: StreamKey, names: readonly string[]): Statement {
  return [
    `DELETE FROM dangol.blob b
     WHERE b.programme = $1 AND b.laptop = $2 AND b.sealed = $3 AND b.sha256 = ANY ($4::text[]) AND NOT EXISTS (
       SELECT 1 FROM dangol.parcel_blob n
       WHERE n.programme = b.programme AND n.laptop = b.laptop AND n.sealed = b.sealed AND n.sha256 = b.sha256)`,
    [...columnsOf(stream), names],
  ];
}

function holdBlobs(stream: StreamKey, names: readonly string[]): Statement {
  return [
    `SELECT sha256 FROM dangol.blob WHERE ${STREAM} AND sha256 = ANY ($4::text[]) AND piece = 0 ORDER BY sha256 FOR UPDATE`,
    [...columnsOf(stream), names],
  ];
}

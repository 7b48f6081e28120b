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

/** Puts a blob there that its parcel will name, all of its pieces in one transaction. */
export function addBlob(stream: StreamKey, sha256: string, bytes: Buffer): Statement[] {
  return putPieces(stream, sha256, bytes, 'true');
}

/** Puts other bytes in place of a blob, such as of another seal, if a parcel still names it. For one transaction. */
export function replaceBlob(stream: StreamKey, sha256: string, bytes: Buffer): Statement[] {
  const isNamed = `EXISTS (SELECT 1 FROM dangol.parcel_blob WHERE ${STREAM} AND sha256 = $4)`;
  return [holdBlobs(stream, [sha256]), ...putPieces(stream, sha256, bytes, isNamed)];
}

function putPieces(stream: StreamKey, sha256: string, bytes: Buffer, condition: string): Statement[] {
  const pieces = Math.max(1, Math.ceil(bytes.length / PIECE));
  return [
    ...Array.from({ length: pieces }, (_none, piece): Statement => [
      `INSERT INTO dangol.blob (programme, laptop, sealed, sha256, piece, pieces, bytes)
       SELECT $1::text, $2::text, $3::boolean, $4::text, $5::int, $6::int, $7::bytea WHERE ${condition}
       ON CONFLICT (programme, laptop, sealed, sha256, piece)
       DO UPDATE SET pieces = excluded.pieces, bytes = excluded.bytes`,
      [...columnsOf(stream), sha256, piece, pieces, bytes.subarray(piece * PIECE, (piece + 1) * PIECE)],
    ]),
    [
      `DELETE FROM dangol.blob WHERE ${STREAM} AND sha256 = $4 AND piece >= $5`,
      [...columnsOf(stream), sha256, pieces],
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

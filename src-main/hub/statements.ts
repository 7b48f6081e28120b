import type { Statement } from './connection.ts';
import type { ParcelRow } from './open-parcel.ts';
import { keyOf, type MadeParcel, type StreamKey } from './parcel.ts';

/** Every statement that the program sends to a hub, beside those that make its tables and those about blobs. */

/** What a laptop asks first, on one way there and back; the answers in this order. */
export const hello: readonly Statement[] = [
  [`SELECT current_setting('server_version_num')::int AS server`],
  ['SELECT max(version) AS version FROM dangol.migration'],
  ['SELECT id, roster, signature FROM dangol.hub'],
  ['SELECT kind, laptop FROM dangol.member WHERE login = current_user'],
  ['SELECT programme, laptop, sealed, number, digest FROM dangol.stream'],
];

export interface StreamRow extends StreamKey {
  readonly number: number;
  readonly digest: string;
}

/** Which of some changes the hub holds; `authors` and `ids` belong together. */
export function heldAmong(authors: readonly string[], ids: readonly Uint8Array[]): Statement {
  return [
    `SELECT c.id FROM unnest($1::text[], $2::bytea[]) AS w (author, id)
     JOIN dangol.change c ON c.author = w.author AND c.id = w.id`,
    [authors, ids],
  ];
}

/** The parcels that hold some changes. */
export function parcelsOf(authors: readonly string[], ids: readonly Uint8Array[]): Statement {
  return [
    `SELECT DISTINCT c.programme, c.laptop, c.sealed, c.number FROM unnest($1::text[], $2::bytea[]) AS w (author, id)
     JOIN dangol.change c ON c.author = w.author AND c.id = w.id`,
    [authors, ids],
  ];
}

const PARCEL_COLUMNS = `p.programme, p.laptop, p.sealed, p.number, p.digest, p.manifest, p.signature,
  p.mended_manifest AS "mendedManifest", p.mended_signature AS "mendedSignature", p.revision`;

const WANTED = `FROM unnest($1::text[], $2::text[], $3::boolean[], $4::int[]) AS w (programme, laptop, sealed, number)
  JOIN dangol.parcel p ON p.programme = w.programme AND p.laptop = w.laptop AND p.sealed = w.sealed AND p.number = w.number`;

export type ParcelKey = Pick<ParcelRow, 'programme' | 'laptop' | 'sealed' | 'number'>;

const columnsOf = (keys: readonly ParcelKey[]): unknown[] => [
  keys.map(({ programme }) => programme),
  keys.map(({ laptop }) => laptop),
  keys.map(({ sealed }) => sealed),
  keys.map(({ number }) => number),
];

/** How large some parcels are: their content is not read for that. */
export function sizesOf(keys: readonly ParcelKey[]): Statement {
  return [
    `SELECT p.programme, p.laptop, p.sealed, p.number, octet_length(p.content) + octet_length(p.manifest)
       + coalesce(octet_length(p.mended_manifest), 0) AS bytes ${WANTED}`,
    columnsOf(keys),
  ];
}

/** Some parcels whole, each found by its key. */
export function parcels(keys: readonly ParcelKey[]): Statement {
  return [`SELECT ${PARCEL_COLUMNS}, p.content ${WANTED}`, columnsOf(keys)];
}

/** A laptop as it tells of itself. */
export function addLaptop(laptop: {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly publicKey: string;
}): Statement {
  return [
    `INSERT INTO dangol.laptop (laptop, name, role, public_key, pushed_at) VALUES ($1, $2, $3, $4, now())
     ON CONFLICT (laptop) DO UPDATE SET name = excluded.name, role = excluded.role,
       public_key = excluded.public_key, pushed_at = excluded.pushed_at`,
    [laptop.id, laptop.name, laptop.role, laptop.publicKey],
  ];
}

/** A parcel, what it holds, and how far its stream reaches with it: all three or none. */
export function addParcel(
  stream: StreamKey,
  number: number,
  { digest, manifest, signature, content }: MadeParcel,
  authors: readonly string[],
  ids: readonly Uint8Array[],
): Statement[] {
  const { programme, laptop, sealed } = stream;
  const key = [programme, laptop, sealed, number];
  return [
    [
      `INSERT INTO dangol.change (author, id, programme, laptop, sealed, number)
       SELECT w.author, w.id, $3, $4, $5, $6 FROM unnest($1::text[], $2::bytea[]) AS w (author, id)`,
      [authors, ids, ...key],
    ],
    [
      `INSERT INTO dangol.parcel (programme, laptop, sealed, number, previous, digest, manifest, signature, revision, content)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)`,
      [...key, number === 1 ? null : number - 1, digest, manifest, signature, content],
    ],
    [
      `INSERT INTO dangol.stream (programme, laptop, sealed, number, digest) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (programme, laptop, sealed) DO UPDATE SET number = excluded.number, digest = excluded.digest`,
      [...key, digest],
    ],
  ];
}

/** Puts other content into a parcel, if nobody else has since it was read. */
export function mendParcel(
  { programme, laptop, sealed, number, revision }: ParcelRow,
  { manifest, signature, content }: MadeParcel,
): Statement {
  return [
    `UPDATE dangol.parcel SET content = $6, mended_manifest = $7, mended_signature = $8, revision = revision + 1
     WHERE programme = $1 AND laptop = $2 AND sealed = $3 AND number = $4 AND revision = $5
     RETURNING revision`,
    [programme, laptop, sealed, number, revision, content, manifest, signature],
  ];
}

export function streamsByKey(rows: readonly StreamRow[]): Map<string, StreamRow> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}

export function changeRoster(roster: string, signature: string): Statement {
  return ['UPDATE dangol.hub SET roster = $1, signature = $2', [roster, signature]];
}

export interface LaptopInHub {
  readonly laptop: string;
  readonly name: string;
  readonly role: string;
  readonly publicKey: string;
  readonly pushedAt: Date;
}

export const laptopsOf: Statement = [
  `SELECT laptop, name, role, public_key AS "publicKey", pushed_at AS "pushedAt" FROM dangol.laptop ORDER BY name, laptop`,
];

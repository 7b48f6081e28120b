/**
 * The hub's tables as they are made today. Plain SQL that PostgreSQL, Citus, CockroachDB and YugabyteDB share: no extension,
 * no trigger, no sequence. Each key begins with what its rows can be spread by.
 *
 * A parcel is what one laptop pushed at once of one programme: signed changes, packed, sealed where they are personal. The
 * parcels of a programme, a laptop and a seal are a stream with the numbers 1, 2, 3 and on; a number can be committed only
 * after the one before, so what a reader sees of a stream never has a hole (docs/decisions/0030-hub.md).
 */
export const hubTables = `
CREATE SCHEMA dangol;

CREATE TABLE dangol.migration (version integer PRIMARY KEY, at timestamptz NOT NULL);

-- Who coordinates and whether personal changes are sealed, as JSON signed by the laptop that made the hub.
CREATE TABLE dangol.hub (
  one integer PRIMARY KEY CHECK (one = 1), id text NOT NULL, roster text NOT NULL, signature text NOT NULL
);

-- Whose login is whose. programme '*' stands for all; '' (what belongs to none) everybody reads without a row here.
CREATE TABLE dangol.member (
  login text PRIMARY KEY, laptop text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('coordinator', 'trainer', 'reader'))
);
CREATE TABLE dangol.member_programme (login text NOT NULL, programme text NOT NULL, PRIMARY KEY (login, programme));

-- As each laptop tells of itself when it pushes; what counts is the key in its signed parcels.
CREATE TABLE dangol.laptop (
  laptop text PRIMARY KEY, name text NOT NULL, role text NOT NULL, public_key text NOT NULL, pushed_at timestamptz NOT NULL
);

-- How far each stream reaches, so that nobody has to look through the parcels: one row a stream.
CREATE TABLE dangol.stream (
  programme text NOT NULL, laptop text NOT NULL, sealed boolean NOT NULL, number integer NOT NULL, digest text NOT NULL,
  PRIMARY KEY (programme, laptop, sealed)
);

-- digest: SHA-256 of the manifest in hex; the manifest of the next parcel names it. mended_*: the manifest of whoever
-- blanked erased values in it afterwards, or sealed it for more laptops; content is then theirs.
CREATE TABLE dangol.parcel (
  programme text NOT NULL, laptop text NOT NULL, sealed boolean NOT NULL, number integer NOT NULL, previous integer,
  digest text NOT NULL, manifest text NOT NULL, signature text NOT NULL,
  mended_manifest text, mended_signature text, revision integer NOT NULL, content bytea NOT NULL,
  PRIMARY KEY (programme, laptop, sealed, number),
  CHECK ((number = 1 AND previous IS NULL) OR (number > 1 AND previous IS NOT NULL AND previous = number - 1)),
  FOREIGN KEY (programme, laptop, sealed, previous) REFERENCES dangol.parcel (programme, laptop, sealed, number)
);

-- Every change once, and the parcel that holds it: what is here need not be pushed. author is the laptop in the id.
CREATE TABLE dangol.change (
  author text NOT NULL, id bytea NOT NULL,
  programme text NOT NULL, laptop text NOT NULL, sealed boolean NOT NULL, number integer NOT NULL,
  PRIMARY KEY (author, id)
);

-- Photos and signatures in pieces, by the SHA-256 of the whole.
CREATE TABLE dangol.blob (
  programme text NOT NULL, laptop text NOT NULL, sealed boolean NOT NULL, sha256 text NOT NULL, piece integer NOT NULL,
  pieces integer NOT NULL, bytes bytea NOT NULL,
  PRIMARY KEY (programme, laptop, sealed, sha256, piece)
);
`;

/**
 * Which parcels name which blob. A picture can be in several parcels of a stream, and whoever destroys it for one of them may
 * not have met the others: the database lets no blob go that a parcel names, and no parcel in that names one which is gone.
 */
export const parcelBlobTable = `
CREATE TABLE dangol.parcel_blob (
  programme text NOT NULL, laptop text NOT NULL, sealed boolean NOT NULL, sha256 text NOT NULL, number integer NOT NULL,
  piece integer NOT NULL CHECK (piece = 0),
  PRIMARY KEY (programme, laptop, sealed, sha256, number),
  FOREIGN KEY (programme, laptop, sealed, number) REFERENCES dangol.parcel (programme, laptop, sealed, number),
  FOREIGN KEY (programme, laptop, sealed, sha256, piece) REFERENCES dangol.blob (programme, laptop, sealed, sha256, piece)
);
`;

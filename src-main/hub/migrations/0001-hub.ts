/**
 * The hub's tables. Frozen: hubs out there were made by exactly this. Plain SQL that PostgreSQL, Citus, CockroachDB and
 * YugabyteDB share: no extension, no trigger, no sequence. Each key begins with what its rows can be spread by.
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

-- Who sees and writes what. The roles and what they may do at all are in roles.sql; these say which rows.
ALTER TABLE dangol.member ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON dangol.member FOR SELECT USING (login = current_user);
ALTER TABLE dangol.member_programme ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON dangol.member_programme FOR SELECT USING (login = current_user);

ALTER TABLE dangol.laptop ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON dangol.laptop FOR SELECT USING (true);
CREATE POLICY add_own ON dangol.laptop FOR INSERT
  WITH CHECK (laptop = (SELECT m.laptop FROM dangol.member m WHERE m.login = current_user));
CREATE POLICY change_own ON dangol.laptop FOR UPDATE
  USING (laptop = (SELECT m.laptop FROM dangol.member m WHERE m.login = current_user));

ALTER TABLE dangol.change ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON dangol.change FOR SELECT USING (true);
CREATE POLICY add ON dangol.change FOR INSERT WITH CHECK (
  laptop = (SELECT m.laptop FROM dangol.member m WHERE m.login = current_user)
  AND (author = laptop OR (SELECT m.kind FROM dangol.member m WHERE m.login = current_user) = 'coordinator')
);
${['stream', 'parcel', 'blob'].map(policiesOf).join('')}`;

/**
 * Whoever reads all programmes, or this one, reads the row; what is sealed, and what belongs to a programme that nobody
 * could tell ('?'), coordinators alone and the laptop that wrote it.
 */
function policiesOf(table: string): string {
  const own = '(SELECT m.laptop FROM dangol.member m WHERE m.login = current_user)';
  const kind = '(SELECT m.kind FROM dangol.member m WHERE m.login = current_user)';
  const programmes = '(SELECT p.programme FROM dangol.member_programme p WHERE p.login = current_user)';
  const mine = `(programme = '' OR programme IN ${programmes} OR '*' IN ${programmes})`;
  const reads = `
  ${kind} IS NOT NULL AND (laptop = ${own} OR (${mine} AND (${kind} = 'coordinator' OR (NOT sealed AND programme <> '?'))))`;
  const mends = `laptop = ${own} OR (${kind} = 'coordinator' AND ${mine})`;
  return `
ALTER TABLE dangol.${table} ENABLE ROW LEVEL SECURITY;
CREATE POLICY read ON dangol.${table} FOR SELECT USING (${reads}
);
CREATE POLICY add ON dangol.${table} FOR INSERT WITH CHECK (laptop = ${own} AND ${kind} IN ('coordinator', 'trainer'));
CREATE POLICY mend ON dangol.${table} FOR UPDATE USING (${table === 'stream' ? `laptop = ${own}` : mends});
CREATE POLICY remove ON dangol.${table} FOR DELETE USING (${table === 'blob' ? mends : 'false'});
`;
}

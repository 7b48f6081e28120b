/**
 * What a database administrator runs after each `hub init`, and reads before: the kinds of people, and what each may do at
 * all. Which rows, the policies of the tables say. Printed by `hub roles`.
 */
export const ROLES_SQL = `-- Dangol Fieldbook: the roles of a team hub. Run in the hub's database after each "hub init", by whoever may make roles.
-- After one that brought an older hub up to date the roles are there already: psql says so, and gives what is new below.
-- A role of its own for each kind of person; none of them can log in, change tables, or delete a parcel.
CREATE ROLE dangol_coordinator NOLOGIN;
CREATE ROLE dangol_trainer NOLOGIN;
CREATE ROLE dangol_reader NOLOGIN;

GRANT USAGE ON SCHEMA dangol TO dangol_coordinator, dangol_trainer, dangol_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA dangol TO dangol_coordinator, dangol_trainer, dangol_reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA dangol TO dangol_coordinator, dangol_trainer, dangol_reader;

-- Adding what a laptop wrote. Row-level security: a trainer adds changes of their own laptop, a coordinator also those
-- that reached them as files; everybody only under their own laptop's name. A photo that is sealed anew stays where it was.
GRANT INSERT ON dangol.parcel, dangol.change, dangol.blob, dangol.parcel_blob TO dangol_coordinator, dangol_trainer;
GRANT INSERT, UPDATE ON dangol.stream, dangol.laptop TO dangol_coordinator, dangol_trainer;

-- Erasing (파기): the content of a parcel may be replaced by one with blanked values, under a signature; its numbers,
-- its first manifest and signature may not. Row-level security: a trainer's own parcels, a coordinator's programmes.
GRANT UPDATE (content, mended_manifest, mended_signature, revision) ON dangol.parcel
  TO dangol_coordinator, dangol_trainer;
-- A photo that no parcel names any more goes; one that is sealed for somebody else too is replaced.
GRANT UPDATE (pieces, bytes) ON dangol.blob TO dangol_coordinator, dangol_trainer;
GRANT DELETE ON dangol.blob, dangol.parcel_blob TO dangol_coordinator, dangol_trainer;

-- One login for each laptop. The laptop's 16 digits are in its settings and in "hub status". '*': all programmes.
--   CREATE ROLE minji LOGIN PASSWORD '...' IN ROLE dangol_trainer;
--   INSERT INTO dangol.member (login, laptop, kind) VALUES ('minji', '0123456789abcdef', 'trainer');
--   INSERT INTO dangol.member_programme (login, programme) VALUES ('minji', '*');
-- Somebody leaves:
--   DELETE FROM dangol.member WHERE login = 'minji'; ALTER ROLE minji NOLOGIN;
`;

/**
 * Who sees and writes which rows; what the roles may do at all is in roles.sql. Made anew with each version of the tables,
 * so it can be run over those of an older one.
 *
 * Who asks is found out by functions, because CockroachDB takes no query in a policy ("variable sub-expressions are not
 * allowed in POLICY USING", in its 25.2 to 26.3) and all four engines take a function. On PostgreSQL that costs about 4 µs
 * for each change that is pushed.
 */
export const hubPolicies = `
CREATE OR REPLACE FUNCTION dangol.own_laptop() RETURNS text STABLE LANGUAGE sql AS
  'SELECT laptop FROM dangol.member WHERE login = current_user';
CREATE OR REPLACE FUNCTION dangol.own_kind() RETURNS text STABLE LANGUAGE sql AS
  'SELECT kind FROM dangol.member WHERE login = current_user';
-- Whether whoever asks is for a programme; for what belongs to none everybody is.
CREATE OR REPLACE FUNCTION dangol.is_for(wanted text) RETURNS boolean STABLE LANGUAGE sql AS
  'SELECT wanted = '''' OR EXISTS (
     SELECT 1 FROM dangol.member_programme WHERE login = current_user AND programme IN (wanted, ''*''))';

${secured('member')}
${policy('own', 'member', 'SELECT', 'USING (login = current_user)')}
${secured('member_programme')}
${policy('own', 'member_programme', 'SELECT', 'USING (login = current_user)')}

${secured('laptop')}
${policy('everybody', 'laptop', 'SELECT', 'USING (true)')}
${policy('add_own', 'laptop', 'INSERT', 'WITH CHECK (laptop = dangol.own_laptop())')}
${policy('change_own', 'laptop', 'UPDATE', 'USING (laptop = dangol.own_laptop())')}

${secured('change')}
${policy('everybody', 'change', 'SELECT', 'USING (true)')}
${policy('add', 'change', 'INSERT', `WITH CHECK (laptop = dangol.own_laptop() AND (author = laptop OR ${is('coordinator')}))`)}

${['stream', 'parcel', 'blob', 'parcel_blob'].map(ofStreams).join('\n')}
-- Who seals a parcel for one more laptop seals its blobs anew: they can become a piece longer.
${policy('seal_anew', 'blob', 'INSERT', `WITH CHECK (${is('coordinator')} AND dangol.is_for(programme))`)}
`;

/**
 * Whoever is for all programmes, or for this one, reads the row; what is sealed, and what belongs to a programme that nobody
 * could tell ('?'), coordinators alone and the laptop that wrote it. Who names a blob is read by whoever may delete it, so
 * that a blob which nobody seems to name is one that nobody names.
 */
function ofStreams(table: string): string {
  const isOwn = 'laptop = dangol.own_laptop()';
  const reads = `dangol.own_kind() IS NOT NULL AND (${isOwn}
    OR (dangol.is_for(programme) AND (${is('coordinator')} OR (NOT sealed AND programme <> '?'))))`;
  const mends = `${isOwn} OR (${is('coordinator')} AND dangol.is_for(programme))`;
  return `
${secured(table)}
${policy('read', table, 'SELECT', `USING (${table === 'parcel_blob' ? mends : reads})`)}
${policy('add', table, 'INSERT', `WITH CHECK (${isOwn} AND dangol.own_kind() IN ('coordinator', 'trainer'))`)}
${table === 'parcel_blob' ? '' : policy('mend', table, 'UPDATE', `USING (${table === 'stream' ? isOwn : mends})`)}
${policy('remove', table, 'DELETE', `USING (${table.endsWith('blob') ? mends : 'false'})`)}`;
}

function is(kind: string): string {
  return `dangol.own_kind() = '${kind}'`;
}

function secured(table: string): string {
  return `ALTER TABLE dangol.${table} ENABLE ROW LEVEL SECURITY;`;
}

function policy(name: string, table: string, command: string, rule: string): string {
  return `DROP POLICY IF EXISTS ${name} ON dangol.${table};
CREATE POLICY ${name} ON dangol.${table} FOR ${command} ${rule};`;
}

import { Refusal } from '#shared/contract/errors.ts';
import { mustBeRecent, type HubLink, type Statement } from './connection.ts';
import { HUB_VERSION, schemaFrom } from './schema/versions.ts';
import type { SignedRoster } from './roster.ts';

/**
 * Makes the tables of a hub in a database, or brings those of an older one up to date; `make` is asked for its first roster.
 * Refuses with HUB_EXISTS where there is one of this version, and with HUB_NEWER one of a later program.
 */
export async function setUpHub(
  link: HubLink,
  make: () => { readonly id: string; readonly laptop: string; readonly signed: SignedRoster },
): Promise<'made' | 'migrated'> {
  const [server] = await link.rows<{ server: number; found: string | null }>(
    `SELECT current_setting('server_version_num')::int AS server, to_regclass('dangol.migration')::text AS found`,
  );
  mustBeRecent(link.where, server!.server);
  const version = server!.found === null ? 0 : await versionOf(link);
  if (version > HUB_VERSION) {
    throw new Refusal('HUB_NEWER', { where: link.where, found: version, known: HUB_VERSION });
  }
  if (version === HUB_VERSION) throw new Refusal('HUB_EXISTS', { where: link.where });
  const statements: Statement[] = [
    ...schemaFrom(version).map((sql): Statement => [sql]),
    ['INSERT INTO dangol.migration (version, at) VALUES ($1, now())', [HUB_VERSION]],
  ];
  if (version > 0) {
    await link.transaction(statements);
    return 'migrated';
  }
  const { id, laptop, signed } = make();
  await link.transaction([
    ...statements,
    [
      'INSERT INTO dangol.hub (one, id, roster, signature) VALUES (1, $1, $2, $3)',
      [id, signed.roster, signed.signature],
    ],
    [`INSERT INTO dangol.member (login, laptop, kind) SELECT current_user, $1, 'coordinator'`, [laptop]],
    [`INSERT INTO dangol.member_programme (login, programme) SELECT current_user, '*'`],
  ]);
  return 'made';
}

async function versionOf(link: HubLink): Promise<number> {
  const [row] = await link.rows<{ version: number | null }>(
    'SELECT max(version) AS version FROM dangol.migration',
  );
  return row?.version ?? 0;
}

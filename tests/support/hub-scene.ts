import { Client } from 'pg';
import type { HubName, HubSeal } from '#shared/contract/hub.ts';
import { ROLES_SQL } from '#main/hub/roles.ts';
import { laptop, MORNING, type TestLaptop } from './laptop.ts';
import type { TestPostgres } from './postgres.ts';

let made = 0;

export interface HubScene {
  /** Of the database. */
  readonly name: string;
  /** As its owner, who is the office's login too. */
  readonly url: string;
  /** Whose laptop made the hub. */
  readonly office: TestLaptop;
  readonly hub: HubName;
  /** A laptop with a login of its own, which may read some programmes ('*': all). */
  joined(
    who: string,
    kind?: 'coordinator' | 'trainer' | 'reader',
    programmes?: readonly string[],
  ): Promise<Joined>;
}

export interface Joined {
  readonly other: TestLaptop;
  readonly id: string;
  readonly login: string;
  readonly url: string;
}

/** A hub in a database of its own; the roles are made as the database administrator makes them. */
export async function madeHub(
  server: TestPostgres,
  seal: HubSeal = 'nothing',
  founder = 'office',
): Promise<HubScene> {
  const name = `hub${(made += 1)}`;
  const url = await server.database(name);
  const office = laptop(founder);
  const { hub } = await office.call('hub.init', { url, name: '단골 허브', seal });
  await makeRoles(server, name);

  async function joined(
    who: string,
    kind: 'coordinator' | 'trainer' | 'reader' = 'coordinator',
    programmes: readonly string[] = ['*'],
  ): Promise<Joined> {
    const other = laptop(who, { now: MORNING + 1000 * who.charCodeAt(0) });
    const { laptop: me } = await other.call('app.status', {});
    const login = `${who}_${name}`;
    await admit(server, name, { login, laptop: me!.id, kind, programmes });
    return { other, id: me!.id, login, url: server.url(name, login) };
  }
  return { name, url, office, hub, joined };
}

/** Sets fields of a record a second later than what was set before. */
export async function write(
  one: TestLaptop,
  entity: string,
  id: string,
  set: Record<string, string | null>,
): Promise<void> {
  one.clock.now += 1000;
  await one.call('records.write', { entity, id, set });
}

/** What the database administrator runs. Roles are of the whole server: the second hub on it finds them there. */
export async function makeRoles(server: TestPostgres, database: string): Promise<void> {
  const roles = ROLES_SQL.replace(
    /^CREATE ROLE \w+ NOLOGIN;$/gm,
    (line) => `DO $$ BEGIN ${line} EXCEPTION WHEN duplicate_object THEN NULL; END $$;`,
  );
  await server.sql(database, roles);
}

/** A login for a laptop, with the rights of its kind. */
export async function admit(
  server: TestPostgres,
  database: string,
  {
    login,
    laptop: id,
    kind = 'coordinator',
    programmes = ['*'],
  }: {
    readonly login: string;
    readonly laptop: string;
    readonly kind?: 'coordinator' | 'trainer' | 'reader';
    readonly programmes?: readonly string[];
  },
): Promise<void> {
  await server.sql(database, `CREATE ROLE ${login} LOGIN IN ROLE dangol_${kind}`);
  await server.sql(database, 'INSERT INTO dangol.member VALUES ($1, $2, $3)', [login, id, kind]);
  for (const programme of programmes) {
    await server.sql(database, 'INSERT INTO dangol.member_programme VALUES ($1, $2)', [login, programme]);
  }
}

/**
 * Nobody pushes changes while `work` runs, after their first word with the hub, or mends a parcel where that table is named;
 * `waiting` resolves when somebody tries.
 */
export async function whilePushesWait(
  server: TestPostgres,
  name: string,
  work: (waiting: () => Promise<void>) => Promise<void>,
  table: 'change' | 'parcel' = 'change',
): Promise<void> {
  const client = new Client({ connectionString: server.url(name) });
  await client.connect();
  try {
    await client.query(`BEGIN; LOCK TABLE dangol.${table} IN SHARE MODE`);
    await work(async () => {
      const locks = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'dangol.${table}'::regclass`;
      for (let found = 0; found === 0;) found = (await client.query(locks)).rows.length;
    });
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

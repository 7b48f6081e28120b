import { execFile, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { makeScratchDir } from './laptop.ts';

const run = promisify(execFile);

/** Where Debian's `postgresql-15` puts its programs, or where those of another version are (`DANGOL_POSTGRES`). */
const BIN = process.env['DANGOL_POSTGRES'] || '/usr/lib/postgresql/15/bin';
const OWNER = 'owner';

export interface TestPostgres {
  readonly port: number;
  /** Its folder; the database lies in `data` there. */
  readonly dir: string;
  /** The address of a database for a login; every login of the tests gets in without a password. */
  url(database: string, login?: string): string;
  /** Makes an empty database and gives its address. */
  database(name: string): Promise<string>;
  /** Runs SQL as the owner of everything. */
  sql(database: string, text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Runs SQL as a login. */
  as(database: string, login: string, text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** Ends it as a power cut would and starts it again. */
  crash(): Promise<void>;
  /** Ends it for good and at once. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

/** Why there can be no PostgreSQL here, or null. The runner installs it on Debian as root. */
export function whyNoPostgres(): string | null {
  if (process.platform !== 'linux') return 'it takes PostgreSQL 15 as Debian has it';
  return fs.existsSync(`${BIN}/postgres`) ? null : `there is no PostgreSQL in ${BIN} (postgresql-15)`;
}

export interface PostgresOptions {
  /** Where its data lies; a folder of its own without it. */
  readonly dir?: string;
  /** Lines of postgresql.conf. */
  readonly settings?: readonly string[];
  /** Lines of pg_hba.conf before the one that lets everybody in. */
  readonly rules?: readonly string[];
  /** Does things in the folder before the server starts, which must be able to read what is put there. */
  readonly prepare?: (data: string) => void;
}

/** A server on loopback, in a folder and on a port of its own. It ends with this process, even when that is killed. */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres> {
  const dir = options.dir ?? makeScratchDir();
  const data = path.join(dir, 'data');
  const asPostgres = process.getuid?.() === 0;
  // It refuses to run as root, and must reach and write its folder.
  const asUser = asPostgres ? ['--reuid', 'postgres', '--regid', 'postgres', '--init-groups'] : [];
  fs.mkdirSync(data);
  const owned = (): void => void (asPostgres && execFileSync('chown', ['-R', 'postgres:postgres', dir]));
  fs.chmodSync(dir, 0o755);
  owned();
  await run('setpriv', [
    ...[
      ...asUser,
      `${BIN}/initdb`,
      '-D',
      data,
      '-U',
      OWNER,
      '--auth=trust',
      '--no-sync',
      '-E',
      'UTF8',
      '--locale=C',
    ],
  ]);
  const port = await freePort();
  fs.appendFileSync(
    path.join(data, 'postgresql.conf'),
    [
      `port = ${port}`,
      `listen_addresses = '127.0.0.1'`,
      `unix_socket_directories = ''`,
      'max_connections = 100',
      'shared_buffers = 64MB',
      // As by itself since 14.
      `password_encryption = 'scram-sha-256'`,
      ...(options.settings ?? []),
      '',
    ].join('\n'),
  );
  const hba = ['host all all 127.0.0.1/32 trust', ''];
  fs.writeFileSync(path.join(data, 'pg_hba.conf'), [...(options.rules ?? []), ...hba].join('\n'));
  options.prepare?.(data);
  owned();

  let stopServer = await start();

  function start(): Promise<(signal: NodeJS.Signals) => Promise<void>> {
    const args = ['--pdeathsig', 'INT', ...asUser, `${BIN}/postgres`, '-D', data];
    const child = spawn('setpriv', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    return new Promise((resolve, reject) => {
      let said = '';
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}:\n${said}`)));
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-4000);
        if (!said.includes('ready to accept connections')) return;
        resolve(async (signal) => {
          child.kill(signal);
          await ended;
        });
      });
    });
  }

  const url = (database: string, login = OWNER): string =>
    `postgres://${encodeURIComponent(login)}@127.0.0.1:${port}/${database}`;

  async function as(
    database: string,
    login: string,
    text: string,
    values?: unknown[],
  ): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: url(database, login) });
    await client.connect();
    try {
      const result = await client.query<Record<string, unknown>>(text, values);
      return result.rows ?? [];
    } finally {
      await client.end();
    }
  }

  return {
    port,
    dir,
    url,
    as,
    sql: (database, text, values) => as(database, OWNER, text, values),
    async database(name) {
      await as('postgres', OWNER, `CREATE DATABASE ${name}`);
      return url(name);
    },
    async crash() {
      // SIGQUIT is what `pg_ctl stop -m immediate` sends: no checkpoint, and recovery at the next start.
      await stopServer('SIGQUIT');
      stopServer = await start();
    },
    stop: () => stopServer('SIGQUIT'),
    async close() {
      await stopServer('SIGQUIT');
      if (!options.dir) fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

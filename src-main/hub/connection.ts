import type { QueryResultRow } from 'pg';
import { Refusal } from '#shared/contract/errors.ts';
import { connectionOf, shownAddress, type HubAddress } from './address.ts';
import { hubFailure, isSlow } from './failure.ts';

/** The oldest PostgreSQL that is known to do; the others say which one they speak like. */
const LEAST_SERVER = 130_000;

/** Milliseconds. Nothing waits for a hub, but a command that asks for one must end. */
const CONNECT_MS = 10_000;
const STATEMENT_MS = 60_000;
const ANSWER_MS = 90_000;
const GOODBYE_MS = 2000;

export type Statement = readonly [sql: string, values?: readonly unknown[] | undefined];

/** An open connection to a hub. Whatever fails is a refusal, but for what `isCollision` knows. */
export interface HubLink {
  /** Host, port and database. */
  readonly where: string;
  /** Rows of one statement. */
  rows<R extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<R[]>;
  /** Several statements on one way there and back, each for itself; what the first failing one throws. */
  together(statements: readonly Statement[]): Promise<QueryResultRow[][]>;
  /** The same as one transaction, also on one way there and back: all of it is kept, or nothing. */
  transaction(statements: readonly Statement[]): Promise<void>;
  /** Ways there and back so far, without those of connecting. */
  readonly roundTrips: number;
  close(): Promise<void>;
  /** Ends it at once: what is under way fails, and nobody waits for the server. */
  cut(): void;
}

/** Connects; refuses in words whatever can be wrong with address, server, certificate or login. */
export async function connectHub(address: HubAddress): Promise<HubLink> {
  const where = shownAddress(address.url);
  const { password, ...config } = connectionOf(address);
  // Read in when a hub is asked for: no start of the program waits for it.
  const { Client } = await import('pg');
  const client = new Client({
    ...config,
    // As a function: where a text is empty the client would look for a password in the environment and in files.
    password: () => password,
    application_name: 'dangol',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    query_timeout: ANSWER_MS,
    idle_in_transaction_session_timeout: STATEMENT_MS,
    keepAlive: true,
    // Statements are sent without waiting for the answers to those before.
    pipeline: true,
  });
  // A server that goes away says so here too; whoever asks next is told.
  let lost: Error | undefined;
  client.on('error', (error) => (lost ??= error));
  let roundTrips = 0;

  async function together(statements: readonly Statement[]): Promise<QueryResultRow[][]> {
    roundTrips += 1;
    const answers = await Promise.allSettled(
      statements.map(([text, values]) => client.query<QueryResultRow>(text, values && [...values])),
    );
    const failed = answers.find((answer) => answer.status === 'rejected');
    // Of a server that hangs the client lets go itself, and then says that the connection is lost.
    if (failed) throw isSlow(failed.reason) ? failed.reason : (lost ?? failed.reason);
    return answers.map((answer) => (answer as PromiseFulfilledResult<{ rows: QueryResultRow[] }>).value.rows);
  }

  async function transaction(statements: readonly Statement[]): Promise<void> {
    try {
      // After a failing statement the server takes none until the end, and the COMMIT keeps nothing.
      // Each statement sees what was committed before it, whatever the server's default is: who waited for a row relies on it.
      await together([['BEGIN ISOLATION LEVEL READ COMMITTED'], ...statements, ['COMMIT']]);
    } catch (error) {
      if (!lost && !isSlow(error)) await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  const link: HubLink = {
    where,
    rows: (sql, values) => asked(async () => (await together([[sql, values]]))[0] as never),
    together: (statements) => asked(() => together(statements)),
    transaction: (statements) => asked(() => transaction(statements)),
    get roundTrips() {
      return roundTrips;
    },
    close,
    cut,
  };

  function cut(): void {
    client.connection.stream.destroy();
  }

  /** A server that hangs does not say goodbye either. */
  async function close(): Promise<void> {
    const limit = setTimeout(cut, GOODBYE_MS);
    await client.end().catch(() => undefined);
    clearTimeout(limit);
  }

  async function asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw hubFailure(error, where);
    }
  }

  try {
    await client.connect();
  } catch (error) {
    await link.close();
    throw hubFailure(error, where);
  }
  return link;
}

/** Refuses with HUB_SERVER_OLD a server that is not known to do. */
export function mustBeRecent(where: string, server: number): void {
  if (server >= LEAST_SERVER) return;
  throw new Refusal('HUB_SERVER_OLD', {
    where,
    found: Math.floor(server / 10_000),
    least: LEAST_SERVER / 10_000,
  });
}

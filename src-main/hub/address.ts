import type { ClientConfig } from 'pg';
import { Refusal } from '#shared/contract/errors.ts';

/** Where a hub is and how its server is known to be it. */
export interface HubAddress {
  /** `postgres://login:password@host:port/database`; `?sslmode=verify-full` asks for TLS on loopback too. */
  readonly url: string;
  /** The authority that signed the server's certificate, as PEM; without it those that Node knows. */
  readonly ca?: string | undefined;
  /** In place of one in the URL. */
  readonly password?: string | undefined;
}

const LOOPBACK = /^(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[?::1\]?)$/;

/** Host, port and database: what may be shown, without login and password. */
export function shownAddress(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname}`;
  } catch {
    return '?';
  }
}

/** What the client connects with. Refuses with HUB_URL, or HUB_PLAIN where no TLS is wanted off this machine. */
export function connectionOf({
  url,
  ca,
  password,
}: HubAddress): ClientConfig & { readonly password: string } {
  const parsed = parse(url);
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  const mode = parsed.searchParams.get('sslmode');
  const unknown = [...parsed.searchParams.keys()].filter((key) => key !== 'sslmode');
  if (unknown.length > 0) throw new Refusal('HUB_URL', { where: shownAddress(url), at: unknown[0]! });
  const isLoopback = LOOPBACK.test(parsed.hostname);
  if (mode !== null && mode !== 'verify-full' && !(mode === 'disable' && isLoopback)) {
    throw new Refusal('HUB_PLAIN', { where: shownAddress(url), mode });
  }
  const tls = !isLoopback || mode === 'verify-full';
  return {
    host,
    port: parsed.port === '' ? 5432 : Number(parsed.port),
    user: decodeURIComponent(parsed.username),
    password: password ?? decodeURIComponent(parsed.password),
    database: decodeURIComponent(parsed.pathname.slice(1)),
    // The client checks chain and name as verify-full does, unless it is told otherwise.
    ssl: tls ? { rejectUnauthorized: true, minVersion: 'TLSv1.2', ...(ca !== undefined && { ca }) } : false,
  };
}

function parse(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
    decodeURIComponent(parsed.username + parsed.password + parsed.pathname);
  } catch (error) {
    throw new Refusal('HUB_URL', { where: shownAddress(url), at: 'URL' }, error);
  }
  const at =
    parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:'
      ? 'postgres://'
      : parsed.hostname === ''
        ? 'host'
        : parsed.username === ''
          ? 'login'
          : parsed.pathname.length < 2
            ? 'database'
            : null;
  if (at !== null) throw new Refusal('HUB_URL', { where: shownAddress(url), at });
  return parsed;
}

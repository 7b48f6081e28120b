import { randomBytes, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { decode, encode } from '#shared/contract/wire.ts';
import type { CoreHost } from './core-host.ts';
import { pageHeaders } from './policy.ts';
import { readRendererFile } from './renderer-files.ts';

/** Bytes of one call: the largest exchange file and some more. */
const MAX_BODY = MAX_EXCHANGE_FILE + 8 * 1024 * 1024;

const HOST = '127.0.0.1';

/** How long the address that a browser is started with may wait for that browser. */
const TICKET_MS = 60_000;

/** What somebody who knows no token can hold at most. Times in milliseconds. */
interface LoopbackLimits {
  /** From the connection, or the request before, to the end of the headers. */
  readonly headersMs: number;
  /** To the end of the body. */
  readonly requestMs: number;
  /** Between two requests, and in an answer that is not fetched. */
  readonly idleMs: number;
  /** How often the first two are looked after. */
  readonly checkMs: number;
  readonly connections: number;
}

const LIMITS: LoopbackLimits = {
  headersMs: 10_000,
  requestMs: 120_000,
  idleMs: 30_000,
  checkMs: 5_000,
  connections: 256,
};

interface LoopbackOptions {
  readonly limits?: LoopbackLimits;
  /** The folder of the built page. */
  readonly root?: string;
}

export interface Loopback {
  /** The address to open, with the token that lets the page in. */
  readonly url: string;
  /**
   * An address that opens the page once, within a minute. A browser's command line can be read by every user of the
   * machine: what stands in it must be worth nothing by then.
   */
  ticket(): string;
  close(): Promise<void>;
}

/**
 * Serves the renderer and the core to one user of this machine. Whoever knows the random token may call: other
 * programs' pages cannot read it, and requests under another host name, from another origin or without the token are
 * refused. Not a web service. What was tried against it: docs/loopback.md.
 */
export async function startLoopback(
  core: Pick<CoreHost, 'call' | 'on'>,
  port: number,
  { limits = LIMITS, root = builtPage() }: LoopbackOptions = {},
): Promise<Loopback> {
  const token = newSecret();
  const tickets = new Map<string, number>();
  const streams = new Set<http.ServerResponse>();
  const server = http.createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: limits.idleMs,
    },
    (request, response) => {
      void answer(request, response).catch((error: unknown) => {
        // Whoever went away in the middle of a body, or was too slow with it, needs no answer.
        if (request.destroyed && !request.complete) return;
        console.error('the loopback shell failed', error);
        if (!response.headersSent) refuse(response, 500, 'error');
        else response.destroy();
      });
    },
  );
  server.timeout = limits.idleMs;
  server.maxConnections = limits.connections;
  const stop = core.on((event) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const own = `${HOST}:${(server.address() as AddressInfo).port}`;
    // Another name that resolves to this machine is how a page elsewhere reaches a loopback server (DNS rebinding).
    // `localhost` is another name too: somebody else's server may listen under it, on the address of IPv6.
    if (!isOnly(request.headersDistinct['host'], own)) return refuse(response, 421, 'unknown host');
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${own}`) return refuse(response, 403, 'unknown origin');
    const url = requestedUrl(request.url, own);
    if (!url) return refuse(response, 400, 'not an address');
    const opens = request.method === 'GET' && isPage(url) && isLetIn(url);
    // A link elsewhere that holds the token was made by somebody who knows it; nothing else may come from elsewhere.
    if (isFromElsewhere(request) && !opens) return refuse(response, 403, 'unknown site');
    if (request.method === 'POST' && url.pathname === '/call') return call(request, response);
    if (request.method !== 'GET') return refuse(response, 405, 'unknown method');
    if (url.pathname === '/events') return events(request, response, url);
    return page(response, url, opens);
  }

  async function call(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (!isToken(request.headers['x-dangol-token'])) return refuse(response, 403, 'unknown token');
    // Who knows the token may wait as long as an import takes.
    request.socket.setTimeout(0);
    const body = await readBody(request);
    if (!body) return refuse(response, 413, 'too large');
    const message = decodeCall(body);
    if (!message) return refuse(response, 400, 'not a call');
    const bytes = encode(await core.call(message.method, message.input));
    response.writeHead(200, { ...pageHeaders, ...unkept, 'content-type': 'application/octet-stream' });
    response.end(bytes);
    request.socket.setTimeout(limits.idleMs);
  }

  function events(request: http.IncomingMessage, response: http.ServerResponse, url: URL): void {
    if (!isToken(url.searchParams.get('token') ?? undefined)) return refuse(response, 403, 'unknown token');
    request.socket.setTimeout(0);
    response.writeHead(200, { ...pageHeaders, ...unkept, 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  }

  /**
   * The page alone is the same for everybody and may do nothing: a tab that is loaded again without the token in its
   * address has kept it. A wrong one is answered in words.
   */
  async function page(response: http.ServerResponse, url: URL, opens: boolean): Promise<void> {
    if (isPage(url) && !opens && url.search !== '') {
      return refuse(
        response,
        403,
        '프로그램이 알려 준 주소로 열어 주세요. Open the address that the program printed.',
      );
    }
    const file = await readRendererFile(root, url.pathname);
    if (!file) return refuse(response, 404, 'not found');
    response.writeHead(200, { ...pageHeaders, ...(opens && unkept), 'content-type': file.type });
    response.end(opens ? withToken(file.bytes) : file.bytes);
  }

  /** A ticket is gone when it was shown. */
  function isLetIn(url: URL): boolean {
    if (isToken(url.searchParams.get('token') ?? undefined)) return true;
    const ticket = url.searchParams.get('ticket') ?? '';
    const until = tickets.get(ticket);
    tickets.delete(ticket);
    return until !== undefined && performance.now() <= until;
  }

  function withToken(html: Uint8Array): Buffer {
    const text = Buffer.from(html).toString('utf8');
    return Buffer.from(text.replace('<head>', `<head><meta name="dangol-token" content="${token}">`));
  }

  function isToken(given: string | string[] | undefined): boolean {
    const [a, b] = [Buffer.from(String(given)), Buffer.from(token)];
    return a.length === b.length && timingSafeEqual(a, b);
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const { port: own } = server.address() as AddressInfo;
  return {
    url: `http://${HOST}:${own}/?token=${token}`,
    ticket() {
      const ticket = newSecret();
      tickets.set(ticket, performance.now() + TICKET_MS);
      return `http://${HOST}:${own}/?ticket=${ticket}`;
    },
    async close() {
      stop();
      for (const stream of streams) stream.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const builtPage = (): string =>
  fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer/' : '../renderer/', import.meta.url),
  );

/** What holds the token or a person's data stays in no browser's files. */
const unkept = { 'cache-control': 'no-store' } as const;

const newSecret = (): string => randomBytes(32).toString('base64url');

const isOnly = (values: readonly string[] | undefined, expected: string): boolean =>
  values?.length === 1 && values[0] === expected;

const isPage = ({ pathname }: URL): boolean => pathname === '/' || pathname === '/index.html';

/** A path and nothing before it: a whole address or `//host` would name another server than the Host header does. */
function requestedUrl(target: string | undefined, own: string): URL | null {
  return target !== undefined && /^\/(?!\/)/.test(target) ? URL.parse(target, `http://${own}`) : null;
}

/** What a browser says of itself; another port of this machine counts as elsewhere. Other programs say nothing. */
function isFromElsewhere({ headers }: http.IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}

function refuse(response: http.ServerResponse, status: number, reason: string): void {
  response.writeHead(status, {
    ...pageHeaders,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  response.end(`${reason}\n`);
}

async function readBody(request: http.IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > MAX_BODY) return null;
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decodeCall(body: Uint8Array): { method: string; input: unknown } | null {
  try {
    const message = decode(body) as { method?: unknown; input?: unknown } | null;
    return typeof message?.method === 'string' ? { method: message.method, input: message.input } : null;
  } catch {
    return null;
  }
}

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

export interface Loopback {
  /** The address to open, with the token that lets the page in. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the renderer and the core to one user of this machine. Whoever knows the random token may call: other
 * programs' pages cannot read it, and requests under another host name, from another origin or without the token are
 * refused. Not a web service.
 */
export async function startLoopback(core: Pick<CoreHost, 'call' | 'on'>, port: number): Promise<Loopback> {
  const token = randomBytes(32).toString('base64url');
  const root = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer/' : '../renderer/', import.meta.url),
  );
  const streams = new Set<http.ServerResponse>();
  const server = http.createServer(
    { requestTimeout: 120_000, headersTimeout: 10_000 },
    (request, response) => {
      void answer(request, response).catch((error: unknown) => {
        console.error('the loopback shell failed', error);
        if (!response.headersSent) refuse(response, 500, 'error');
        else response.destroy();
      });
    },
  );
  const stop = core.on((event) => {
    for (const stream of streams) stream.write(`data: ${JSON.stringify(event)}\n\n`);
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const own = (server.address() as AddressInfo).port;
    const hosts = [`${HOST}:${own}`, `localhost:${own}`];
    // Another name that resolves to this machine is how a page elsewhere reaches a loopback server (DNS rebinding).
    if (!hosts.includes(request.headers.host ?? '')) return refuse(response, 421, 'unknown host');
    const { origin } = request.headers;
    if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) {
      return refuse(response, 403, 'unknown origin');
    }
    const url = URL.parse(request.url ?? '/', `http://${HOST}:${own}`);
    if (!url) return refuse(response, 400, 'not an address');
    if (request.method === 'POST' && url.pathname === '/call') return call(request, response);
    if (request.method !== 'GET') return refuse(response, 405, 'unknown method');
    if (url.pathname === '/events') return events(request, response, url);
    return page(response, url);
  }

  async function call(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (!isToken(request.headers['x-dangol-token'])) return refuse(response, 403, 'unknown token');
    const body = await readBody(request);
    if (!body) return refuse(response, 413, 'too large');
    const message = decodeCall(body);
    if (!message) return refuse(response, 400, 'not a call');
    const bytes = encode(await core.call(message.method, message.input));
    response.writeHead(200, { ...pageHeaders, 'content-type': 'application/octet-stream' });
    response.end(bytes);
  }

  function events(request: http.IncomingMessage, response: http.ServerResponse, url: URL): void {
    if (!isToken(url.searchParams.get('token') ?? undefined)) return refuse(response, 403, 'unknown token');
    response.writeHead(200, { ...pageHeaders, 'content-type': 'text/event-stream' });
    response.write(': open\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
  }

  async function page(response: http.ServerResponse, url: URL): Promise<void> {
    const isPage = url.pathname === '/' || url.pathname === '/index.html';
    // The page carries the token, so only the address that was printed opens it.
    if (isPage && !isToken(url.searchParams.get('token') ?? undefined)) {
      return refuse(
        response,
        403,
        '프로그램이 알려 준 주소로 열어 주세요. Open the address that the program printed.',
      );
    }
    const file = await readRendererFile(root, url.pathname);
    if (!file) return refuse(response, 404, 'not found');
    const bytes = isPage ? withToken(file.bytes) : file.bytes;
    response.writeHead(200, { ...pageHeaders, 'content-type': file.type });
    response.end(bytes);
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
    async close() {
      stop();
      for (const stream of streams) stream.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
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

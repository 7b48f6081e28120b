import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '#shared/contract/call.ts';
import { decode, encode } from '#shared/contract/wire.ts';
import { startLoopback, type Loopback } from '#main/shells/loopback.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { makeLaptop, makeScratchDir, type TestLaptop } from '#tests/support/laptop.ts';

/** The loopback shell over a real store, attacked as another program or another site's page could. */
let dir: string;
let market: TestLaptop;
let shell: Loopback;
let port: number;
let token: string;

beforeAll(async () => {
  dir = makeScratchDir();
  market = makeLaptop('시장', { dir });
  shell = await startLoopback({ call: market.ask, on: market.core.on }, 0);
  const url = new URL(shell.url);
  port = Number(url.port);
  token = url.searchParams.get('token')!;
});

afterAll(async () => {
  await shell.close();
  market.close();
  fs.rmSync(dir, { recursive: true });
});

interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request as a program makes it, with whatever headers: a browser's own would be set right. */
function request(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: Uint8Array,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port, method, path, headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const call = (
  method: string,
  input: unknown,
  headers: Record<string, string> = { 'x-dangol-token': token },
) => request('POST', '/call', headers, encode({ method, input }));
const answerOf = (reply: Reply): Answer => decode(reply.body) as Answer;

/** A message whose JSON is any text. */
function encodeText(text: string): Uint8Array {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(text.length);
  return Buffer.concat([head, Buffer.from(text)]);
}

/** Bytes straight into the socket: what no HTTP client would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('data', (part) => (heard += part.toString('latin1')));
    socket.on('close', () => resolve(heard));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' ? resolve(heard) : reject(error),
    );
  });
}

describe('a call', () => {
  it('goes in and its answer comes back, bytes included', async () => {
    const file = exchangeFile(goodDraft);
    const imported = answerOf(
      await call('exchange.import', { file: '장터.dangol', bytes: new Uint8Array(file) }),
    );
    expect(imported).toMatchObject({ ok: true, value: { file: '장터.dangol', status: 'imported', new: 3 } });
    const reply = await call('exchange.export', { purpose: 'kit' });
    expect(reply.status).toBe(200);
    const exported = answerOf(reply) as { value: { bytes: Uint8Array } };
    expect(exported.value.bytes).toBeInstanceOf(Uint8Array);
    const again = answerOf(await call('exchange.inspect', { file: 'kit', bytes: exported.value.bytes }));
    expect(again).toMatchObject({
      ok: true,
      value: { manifest: { purpose: 'kit', counts: { changes: 3 } } },
    });
  });

  it.each([
    ['an unknown one', 'records.burn', {}, 'UNKNOWN_METHOD'],
    ['a name of the language', '__proto__', {}, 'UNKNOWN_METHOD'],
    ['another one of the language', 'constructor', {}, 'UNKNOWN_METHOD'],
    ['no input', 'records.get', undefined, 'INVALID_INPUT'],
    ['too much input', 'app.status', { all: true }, 'INVALID_INPUT'],
  ])('that cannot be: %s', async (_what, method, input, code) => {
    const reply = await call(method, input);
    expect([reply.status, answerOf(reply)]).toMatchObject([200, { ok: false, error: { code } }]);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['no JSON', Buffer.from([0, 0, 0, 1, 0x7b])],
    ['a length beyond its end', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x7b, 0x7d])],
    ['bytes from outside', encodeText('{"method":"app.status","input":{"$bytes":[0,9000000000]}}')],
    ['JSON nested without end', encodeText('['.repeat(200_000))],
    ['no method', Buffer.from(encode({ input: {} }))],
    ['a method that is a list', Buffer.from(encode({ method: ['app.status'] }))],
  ])('whose body is wrong is answered 400: %s', async (_what, body) => {
    const reply = await request('POST', '/call', { 'x-dangol-token': token }, body);
    expect(reply.status).toBe(400);
  });

  it('of more than half a gigabyte is not read', async () => {
    const heard = await raw(
      `POST /call HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Dangol-Token: ${token}\r\nContent-Length: 900000000\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1.1 413 /);
  });
});

describe('whoever does not know the token', () => {
  it.each([
    ['none', {}],
    ['an empty one', { 'x-dangol-token': '' }],
    ['a wrong one', { 'x-dangol-token': 'A'.repeat(43) }],
    ['half of it', (): Record<string, string> => ({ 'x-dangol-token': token.slice(0, 20) })],
    ['it and more', (): Record<string, string> => ({ 'x-dangol-token': `${token}A` })],
    ['it as a cookie', (): Record<string, string> => ({ cookie: `token=${token}` })],
  ])('cannot call: %s', async (_what, headers) => {
    const given = typeof headers === 'function' ? headers() : (headers as Record<string, string>);
    const reply = await call('records.write', { entity: 'store', set: { name: '몰래' } }, given);
    expect(reply.status).toBe(403);
    expect(market.dump()).not.toContain('몰래');
  });

  it.each(['/events', '/?token=', `/?token=${'A'.repeat(43)}`, '/events?token=x'])(
    'cannot open %s',
    async (path) => {
      const reply = await request('GET', path);
      expect(reply.status).toBe(403);
      expect(reply.body.includes(token)).toBe(false);
    },
  );

  it('and another start has another token', async () => {
    const other = await startLoopback({ call: market.ask, on: market.core.on }, 0);
    await other.close();
    const found = new URL(other.url).searchParams.get('token')!;
    expect(found).not.toBe(token);
    expect(Buffer.from(found, 'base64url')).toHaveLength(32);
  });
});

describe('a page of another site', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', '0.0.0.0', '[::1]'])(
    'cannot come by another host name: %j',
    async (host) => {
      for (const [method, path] of [
        ['POST', '/call'],
        ['GET', `/?token=${token}`],
        ['GET', `/events?token=${token}`],
      ]) {
        const reply = await request(method!, path!, { host, 'x-dangol-token': token });
        expect([path, reply.status]).toEqual([path, 421]);
      }
    },
  );

  it.each([
    'http://evil.example',
    'null',
    'https://127.0.0.1',
    'http://127.0.0.1',
    'http://127.0.0.1.evil.example',
    '',
  ])('cannot call from its origin: %j', async (origin) => {
    const reply = await call('app.status', {}, { 'x-dangol-token': token, origin });
    expect(reply.status).toBe(403);
  });

  it('is never told that it may read an answer', async () => {
    const own = { origin: `http://127.0.0.1:${port}`, 'x-dangol-token': token };
    const preflight = { origin: 'http://evil.example', 'access-control-request-headers': 'x-dangol-token' };
    const replies = [
      await call('app.status', {}, own),
      await request('OPTIONS', '/call', preflight),
      await request('OPTIONS', '/call', own),
      await request('GET', `/?token=${token}`),
    ];
    expect(replies.map(({ status }) => status).slice(0, 3)).toEqual([200, 403, 405]);
    for (const { headers } of replies) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('every answer', () => {
  it('has the policy: nothing inline, nothing from elsewhere, in no frame', async () => {
    for (const reply of [
      await call('app.status', {}),
      await request('GET', `/?token=${token}`),
      await request('GET', '/no-such-file.js'),
      await request('GET', '/'),
    ]) {
      const policy = String(reply.headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
      expect(reply.headers['referrer-policy']).toBe('no-referrer');
    }
  });
});

describe('paths and headers that nobody sends by mistake', () => {
  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/..%5c..%5cpackage.json',
    '/assets/../../../package.json',
    '/%00',
    '/%',
    '/etc/passwd',
    '//etc/passwd',
    '/C:/Windows/win.ini',
    '/package.json',
  ])('%s leads to nothing', async (path) => {
    const heard = await raw(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1.1 40[04] /);
    expect(heard).not.toContain('dangol-fieldbook');
  });

  it('an address that is none is answered 400', async () => {
    const heard = await raw(`GET // HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1.1 400 /);
  });

  it('a header of a hundred kilobytes is refused', async () => {
    const heard = await raw(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1.1 431 |^$/);
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE'])('%s is not a method here', async (method) => {
    expect((await request(method, '/call', { 'x-dangol-token': token })).status).toBe(405);
  });

  it('and after all of that it still answers', async () => {
    expect(answerOf(await call('app.status', {}))).toMatchObject({ ok: true });
  });
});

describe('what the core tells', () => {
  it('reaches a listener as it happens, until it goes', async () => {
    const stream = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port, path: `/events?token=${token}`, agent: false }, resolve)
        .on('error', reject);
    });
    expect(stream.headers['content-type']).toBe('text/event-stream');
    let heard = '';
    const event = new Promise<void>((resolve) => {
      stream.setEncoding('utf8').on('data', (text: string) => {
        heard += text;
        if (heard.includes('data: ')) resolve();
      });
    });
    await call('records.write', { entity: 'store', id: recordId(77), set: { name: '꽃집' } });
    await event;
    expect(heard).toBe(': open\n\ndata: {"kind":"changed","entities":["store"]}\n\n');
    stream.destroy();
    expect(answerOf(await call('app.status', {}))).toMatchObject({ ok: true });
  });
});

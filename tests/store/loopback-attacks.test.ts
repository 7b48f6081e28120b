import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encode } from '#shared/contract/wire.ts';
import { startLoopback, type Loopback } from '#main/shells/loopback.ts';
import { makeLaptop, makeScratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { held, rawTo, statuses } from '#tests/support/raw-http.ts';

/**
 * The loopback shell attacked with raw sockets: what a program on this machine can send, and what a page elsewhere can
 * make a browser send. The table in docs/loopback.md names these tests.
 */
let dir: string;
let market: TestLaptop;
let shell: Loopback;
let port: number;
let token: string;
let own: string;
/** How often anything reached the core. */
let reached = 0;

const INDEX = '<!doctype html><html><head><title>page</title></head></html>';

/** Small numbers where the program has seconds: what is tried is that they end, not when. */
const limits = { headersMs: 300, requestMs: 700, idleMs: 600, checkMs: 50, connections: 40 };

beforeAll(async () => {
  dir = makeScratchDir();
  market = makeLaptop('시장', { dir: path.join(dir, 'store') });
  const root = path.join(dir, 'page');
  fs.mkdirSync(root);
  fs.writeFileSync(path.join(root, 'index.html'), INDEX);
  fs.writeFileSync(path.join(root, 'main.js'), 'export {};\n');
  fs.writeFileSync(path.join(dir, 'secret.json'), '{"secret":true}\n');
  fs.symlinkSync(path.join(dir, 'secret.json'), path.join(root, 'link.json'));
  fs.symlinkSync(dir, path.join(root, 'folder'));
  fs.writeFileSync(path.join(root, 'large.json'), Buffer.alloc(32 * 1024 * 1024, 0x20));
  const core = {
    call(method: string, input: unknown) {
      reached += 1;
      return market.ask(method as 'app.status', input as Record<string, never>);
    },
    on: market.core.on,
  };
  shell = await startLoopback(core, 0, { limits, root });
  const url = new URL(shell.url);
  port = Number(url.port);
  own = url.host;
  token = url.searchParams.get('token')!;
});

afterAll(async () => {
  await shell.close();
  market.close();
  fs.rmSync(dir, { recursive: true });
});

const status = Buffer.from(encode({ method: 'app.status', input: {} }));

/** A request with these header lines, a Host of our own unless they have one, and a body. */
function send(line: string, headers: readonly string[] = [], body: Uint8Array = Buffer.alloc(0)) {
  const all = [
    ...(headers.some((header) => /^host:/i.test(header)) ? [] : [`Host: ${own}`]),
    ...headers,
    'Connection: close',
  ];
  return rawTo(port, `${line} HTTP/1.1\r\n${all.join('\r\n')}\r\n\r\n`, body);
}

const call = (headers: readonly string[], withToken = true): Promise<string> =>
  send(
    'POST /call',
    [...(withToken ? [`X-Dangol-Token: ${token}`] : []), `Content-Length: ${status.length}`, ...headers],
    status,
  );

/** Nothing of the core was asked, and nothing of ours came back; 0 is a connection that was closed without a word. */
async function holds(attack: () => Promise<string>, expected: readonly number[]): Promise<void> {
  const before = reached;
  const heard = await attack();
  expect(expected, heard.slice(0, 200)).toContain(statuses(heard)[0] ?? 0);
  expect(reached).toBe(before);
  expect(heard).not.toContain(token);
  expect(heard).not.toContain('secret');
  expect(heard.toLowerCase()).not.toContain('access-control');
}

/** Far above the limits of these tests, far below those that Node sets by itself. */
async function withinSeconds(seconds: number, heard: Promise<string>): Promise<string> {
  const from = performance.now();
  const all = await heard;
  expect(performance.now() - from).toBeLessThan(seconds * 1000);
  return all;
}

describe('the door itself', () => {
  it('opens to a call with the token, or the tests below would pass for the wrong reason', async () => {
    const before = reached;
    expect(statuses(await call([]))).toEqual([200]);
    expect(statuses(await call([`Origin: http://${own}`, 'Sec-Fetch-Site: same-origin']))).toEqual([200]);
    expect(reached).toBe(before + 2);
    const heard = await send(`GET /?token=${token}`, ['Sec-Fetch-Site: none', 'Sec-Fetch-Mode: navigate']);
    expect(heard).toContain(`content="${token}"`);
    expect(heard).toMatch(/cache-control: no-store/i);
    expect(statuses(await send('GET /main.js', ['Sec-Fetch-Site: same-origin']))).toEqual([200]);
  });
});

describe('another name for this machine (DNS rebinding)', () => {
  it.each([
    ['a site whose name leads here', () => ['Host: evil.example']],
    ['and its port', () => [`Host: evil.example:${port}`]],
    ['localhost, which may be somebody else on IPv6', () => [`Host: localhost:${port}`]],
    ['localhost on another port', () => ['Host: localhost:1']],
    ['the address on another port', () => ['Host: 127.0.0.1:1']],
    ['no port', () => ['Host: 127.0.0.1']],
    ['a dot at the end', () => [`Host: 127.0.0.1.:${port}`]],
    ['a name below', () => [`Host: 127.0.0.1.evil.example:${port}`]],
    ['another spelling of the address', () => [`Host: 127.1:${port}`]],
    ['a number', () => [`Host: 2130706433:${port}`]],
    ['IPv6', () => [`Host: [::1]:${port}`]],
    ['IPv4 in IPv6', () => [`Host: [::ffff:127.0.0.1]:${port}`]],
    ['all addresses', () => [`Host: 0.0.0.0:${port}`]],
    ['a user before it', () => [`Host: a@127.0.0.1:${port}`]],
    ['nothing', () => ['Host: ']],
    ['two, ours first', () => [`Host: ${own}`, 'Host: evil.example']],
    ['two, ours last', () => ['Host: evil.example', `Host: ${own}`]],
    ['ours twice', () => [`Host: ${own}`, `Host: ${own}`]],
  ])('is refused: %s', async (_what, headers) => {
    await holds(() => call(headers()), [421, 400]);
    await holds(() => send(`GET /?token=${token}`, headers()), [421, 400]);
    await holds(() => send(`GET /events?token=${token}`, headers()), [421, 400]);
  });

  it('is refused when there is none at all', async () => {
    await holds(() => rawTo(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), [400]);
    await holds(() => rawTo(port, 'GET / HTTP/1.0\r\n\r\n'), [421]);
  });

  it.each([
    'http://evil.example/call',
    'https://evil.example/call',
    '//evil.example/call',
    'call',
    '*',
    '?token=x',
  ])('in the request itself is no address: %s', async (target) => {
    const headers = [`X-Dangol-Token: ${token}`, `Content-Length: ${status.length}`];
    await holds(() => send(`POST ${target}`, headers, status), [400]);
    await holds(() => send(`GET ${target}`), [400]);
  });

  it('is not ours as a whole address either: nobody but a proxy is asked that way', async () => {
    await holds(() => send(`GET http://${own}/?token=${token}`), [400]);
  });
});

describe('a page of another site or another port', () => {
  it.each([
    ['a form that posts text', ['Content-Type: text/plain', 'Origin: http://evil.example']],
    ['a form in a sandboxed frame', ['Content-Type: text/plain', 'Origin: null']],
    [
      'a fetch without CORS',
      [
        'Origin: http://evil.example',
        'Sec-Fetch-Site: cross-site',
        'Sec-Fetch-Mode: no-cors',
        'Sec-Fetch-Dest: empty',
      ],
    ],
    ['a beacon', ['Content-Type: application/x-www-form-urlencoded', 'Origin: http://127.0.0.1:1']],
    ['another port, which a browser calls the same site', ['Sec-Fetch-Site: same-site']],
    ['a name below ours', ['Sec-Fetch-Site: cross-site']],
    ['no origin, but a site', ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate']],
    ['a site that no browser says', ['Sec-Fetch-Site: friendly']],
    ['two origins', () => [`Origin: http://${own}`, 'Origin: http://evil.example']],
  ])('cannot post, even if it had the token: %s', async (_what, headers) => {
    const given = typeof headers === 'function' ? headers() : headers;
    await holds(() => call(given), [403]);
    await holds(() => call(given, false), [403]);
  });

  it.each([
    ['script', 'no-cors'],
    ['image', 'no-cors'],
    ['iframe', 'navigate'],
    ['document', 'navigate'],
    ['empty', 'cors'],
  ])('cannot include a file, which would tell that the program runs: %s', async (dest, mode) => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = [`Sec-Fetch-Site: ${site}`, `Sec-Fetch-Dest: ${dest}`, `Sec-Fetch-Mode: ${mode}`];
      await holds(() => send('GET /main.js', headers), [403]);
      await holds(() => send('GET /', headers), [403]);
      await holds(() => send(`GET /events?token=${token}`, headers), [403]);
    }
  });

  it.each(['GET', 'POST', 'PUT'])(
    'is not allowed to send the token either: preflight for %s',
    async (asked) => {
      const headers = [
        'Origin: http://evil.example',
        `Access-Control-Request-Method: ${asked}`,
        'Access-Control-Request-Headers: x-dangol-token',
        'Access-Control-Request-Private-Network: true',
      ];
      await holds(() => send('OPTIONS /call', headers), [403]);
      await holds(() => send('OPTIONS /call', headers.slice(1)), [405]);
    },
  );

  it('may read nothing and hold no handle on the page, by the headers of every answer', async () => {
    for (const heard of [await call([]), await send(`GET /?token=${token}`), await send('GET /main.js')]) {
      expect(heard).toMatch(/cross-origin-resource-policy: same-origin/i);
      expect(heard).toMatch(/cross-origin-opener-policy: same-origin/i);
      expect(heard).toMatch(/frame-ancestors 'none'/);
      expect(heard).toMatch(/referrer-policy: no-referrer/i);
    }
  });
});

describe('a program on this machine that knows no token', () => {
  it('is told nothing by the answer: wrong, near, half and none sound the same', async () => {
    const guesses = [
      [],
      ['X-Dangol-Token: '],
      [`X-Dangol-Token: ${'A'.repeat(43)}`],
      [`X-Dangol-Token: ${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
      [`X-Dangol-Token: ${token.slice(0, 20)}`],
      [`X-Dangol-Token: ${token}${token}`],
      [`X-Dangol-Token: ${token}`, `X-Dangol-Token: ${token}`],
      [`Authorization: Bearer ${token}`],
      [`Cookie: token=${token}`],
    ];
    const answers = new Set<string>();
    for (const guess of guesses) {
      await holds(async () => {
        const heard = await call(guess, false);
        answers.add(heard.replace(/^date: .*$/im, ''));
        return heard;
      }, [403]);
    }
    expect([...answers]).toHaveLength(1);
  });

  it('gets the page as it is for everybody, without the token, and a wrong one is answered in words', async () => {
    const heard = await send('GET /');
    expect(heard).toContain('<title>page</title>');
    expect(heard).not.toContain('dangol-token');
    await holds(() => send(`GET /?token=${token.slice(1)}`), [403]);
    await holds(() => send('GET /index.html?token='), [403]);
  });

  it('cannot use a ticket that it read from a command line after the browser did', async () => {
    const ticket = new URL(shell.ticket());
    expect(ticket.href).not.toContain(token);
    expect(await send(`GET ${ticket.pathname}${ticket.search}`)).toContain(`content="${token}"`);
    await holds(() => send(`GET ${ticket.pathname}${ticket.search}`), [403]);
    await holds(() => send(`GET /events${ticket.search.replace('ticket', 'token')}`), [403]);
  });

  it.skipIf(process.platform !== 'linux')(
    'reads no token on a command line, ours or the browser’s (elsewhere than on Linux other commands open it)',
    async () => {
      const seen = path.join(dir, 'opened');
      const opener = path.join(dir, 'xdg-open');
      fs.writeFileSync(opener, `#!/bin/sh\necho "$@" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`, {
        mode: 0o755,
      });
      const cli = path.join(import.meta.dirname, '../../src-main/shells/cli.ts');
      const args = ['--data', path.join(dir, 'served'), 'serve', '--port', '0', '--open'];
      const env = { ...process.env, PATH: `${dir}:${process.env['PATH'] ?? ''}` };
      const program = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        const [printed] = (await once(program.stdout.setEncoding('utf8'), 'data')) as [string];
        const printedToken = new URL(printed.trim()).searchParams.get('token')!;
        await expect.poll(() => fs.existsSync(seen), { timeout: 20_000 }).toBe(true);
        expect(fs.readFileSync(seen, 'utf8')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?ticket=[\w-]{43}\n$/);
        expect(fs.readFileSync(seen, 'utf8')).not.toContain(printedToken);
        expect(fs.readFileSync(`/proc/${program.pid}/cmdline`, 'utf8')).not.toContain(printedToken);
      } finally {
        program.kill();
        await once(program, 'exit');
      }
    },
  );

  it.each([
    ['GET', '/call'],
    ['PUT', '/call'],
    ['POST', '/'],
    ['POST', '/events'],
    ['POST', '/main.js'],
    ['DELETE', '/call'],
    ['TRACE', '/'],
    ['HEAD', '/'],
    ['PROPFIND', '/'],
  ])('cannot mix up methods: %s %s', async (method, target) => {
    const headers = [`X-Dangol-Token: ${token}`, 'X-HTTP-Method-Override: POST', 'Content-Length: 0'];
    await holds(() => send(`${method} ${target}`, headers), [404, 405]);
  });

  it.each(['get', 'POST\t', 'CONNECT'])('cannot make one up: %j', async (method) => {
    await holds(() => send(`${method} /call`), [0, 400]);
  });

  it.each(['websocket', 'h2c', 'TLS/1.0'])('cannot upgrade to %s', async (protocol) => {
    const headers = [`Upgrade: ${protocol}`, 'Sec-WebSocket-Key: AAAA', 'Sec-WebSocket-Version: 13'];
    await holds(
      () =>
        rawTo(
          port,
          `GET /events HTTP/1.1\r\nHost: ${own}\r\n${headers.join('\r\n')}\r\nConnection: Upgrade\r\n\r\n`,
        ),
      [403],
    );
  });
});

describe('a path that leads elsewhere', () => {
  it.each([
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/%252e%252e/secret.json',
    '/..%2fsecret.json',
    '/..%252fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/%c0%ae%c0%ae/secret.json',
    '/main.js/../../secret.json',
    '/main.js%00.json',
    '/%00',
    '/secret.json%00.js',
    '/link.json',
    '/folder/secret.json',
    '/folder/store/store.key',
    '/./folder/../link.json',
    '/....//secret.json',
    '/C:/secret.json',
    '/proc/self/environ',
  ])('finds nothing: %s', async (target) => {
    await holds(() => send(`GET ${target}`), [400, 404]);
  });
});

describe('two requests in one (smuggling)', () => {
  const inner = (): string => `GET /?token=${token} HTTP/1.1\r\nHost: ${own}\r\n\r\n`;

  it.each([
    ['both lengths', (): string[] => ['Content-Length: 5', 'Transfer-Encoding: chunked']],
    ['the other way round', (): string[] => ['Transfer-Encoding: chunked', 'Content-Length: 5']],
    ['two lengths', (): string[] => ['Content-Length: 5', 'Content-Length: 6']],
    ['a length below nothing', (): string[] => ['Content-Length: -1']],
    ['a length with a sign', (): string[] => ['Content-Length: +5']],
    ['a length in hexadecimal', (): string[] => ['Content-Length: 0x5']],
    ['an encoding that is none', (): string[] => ['Transfer-Encoding: xchunked']],
    ['chunked and not last', (): string[] => ['Transfer-Encoding: chunked, identity']],
    ['a name with a space', (): string[] => ['Transfer-Encoding : chunked']],
    ['a folded line', (): string[] => ['Transfer-Encoding:', ' chunked']],
    ['a bare line feed', (): string[] => ['X-A: b\nTransfer-Encoding: chunked']],
    ['a NUL', (): string[] => ['X-A: b\0']],
  ])('are not read: %s', async (_what, headers) => {
    const text = `POST /call HTTP/1.1\r\nHost: ${own}\r\nX-Dangol-Token: ${token}\r\n${headers().join('\r\n')}\r\n\r\n0\r\n\r\n`;
    await holds(() => rawTo(port, text, inner()), [400, 403]);
  });

  it('and what follows a refused request on its connection is not read', async () => {
    const first = `POST /call HTTP/1.1\r\nHost: ${own}\r\nContent-Length: 10\r\n\r\n0123456789`;
    await holds(() => rawTo(port, first, inner()), [403]);
  });
});

describe('too much and too slow', () => {
  it('a body that says it is too large is not read, with the token or without', async () => {
    const line = `POST /call HTTP/1.1\r\nHost: ${own}\r\nContent-Length: 900000000\r\n`;
    await holds(() => rawTo(port, `${line}X-Dangol-Token: ${token}\r\n\r\n`), [413]);
    await holds(() => rawTo(port, `${line}\r\n`), [403]);
  });

  it('a body without a length is not read from somebody without the token', async () => {
    const head = `POST /call HTTP/1.1\r\nHost: ${own}\r\nTransfer-Encoding: chunked\r\n\r\n`;
    await holds(() => rawTo(port, head, '100000\r\n', Buffer.alloc(0x100000)), [403]);
  });

  it.each([
    ['one that is long', (): string => `X-Long: ${'x'.repeat(100_000)}`],
    ['many', (): string => Array.from({ length: 5_000 }, (_none, at) => `X-${at}: y`).join('\r\n')],
  ])('headers: %s', async (_what, header) => {
    await holds(() => send('GET /', [header()]), [431, 0]);
  });

  it('an address without end', async () => {
    await holds(() => send(`GET /${'a'.repeat(100_000)}`), [431, 0]);
  });

  it('headers that come a letter at a time are cut off', async () => {
    const { socket, closed } = held(port, ['GET / HTTP/1.1\r\n']);
    const typing = setInterval(() => socket.write('X'), 20);
    await holds(() => withinSeconds(10, closed), [408, 0]);
    clearInterval(typing);
  });

  it('a body that comes a letter at a time is cut off, even with the token', async () => {
    const head = `POST /call HTTP/1.1\r\nHost: ${own}\r\nX-Dangol-Token: ${token}\r\nContent-Length: 100000\r\n\r\n`;
    const { socket, closed } = held(port, [head]);
    const typing = setInterval(() => socket.write('x'), 20);
    await holds(() => withinSeconds(10, closed), [408, 0]);
    clearInterval(typing);
  });

  it('an answer that nobody fetches is given up', async () => {
    const { socket, closed } = held(port, [`GET /large.json HTTP/1.1\r\nHost: ${own}\r\n\r\n`]);
    socket.pause();
    // Meanwhile others, which say nothing, are opened and cut off one after the other: longer than it may stand still.
    const from = performance.now();
    while (performance.now() - from < limits.idleMs * 3) await held(port).closed;
    socket.resume();
    const heard = await closed;
    expect(heard.length).toBeLessThan(32 * 1024 * 1024);
  });

  it('more connections than there is room for are turned away, until those that say nothing are closed', async () => {
    const many = Array.from({ length: limits.connections }, () => held(port));
    expect(await call([])).toBe('');
    await Promise.all(many.map(({ closed }) => closed));
    expect(statuses(await call([]))).toEqual([200]);
  });

  it('a listener with the token is not cut off by any of these', async () => {
    const { socket, closed } = held(port, [`GET /events?token=${token} HTTP/1.1\r\nHost: ${own}\r\n\r\n`]);
    let heard = '';
    socket.on('data', (part) => (heard += part.toString('utf8')));
    // Longer than any limit: so long takes a connection that is cut off.
    await held(port, ['GET / HTTP/1.1\r\n']).closed;
    await held(port, [`GET /main.js HTTP/1.1\r\nHost: ${own}\r\n\r\n`]).closed;
    await market.call('records.write', { entity: 'program', set: { name: '단골거리' } });
    await expect.poll(() => heard).toContain('"kind":"changed"');
    socket.destroy();
    await closed;
  });

  it('and after all of that it still answers', async () => {
    expect(statuses(await call([]))).toEqual([200]);
  });
});

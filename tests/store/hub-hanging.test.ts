import net from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { ErrorReport } from '#shared/contract/errors.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { connectHub } from '#main/hub/connection.ts';
import { cuttingProxy } from '#tests/support/hub-proxy.ts';
import { madeHub, write } from '#tests/support/hub-scene.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

/** A server that takes the connection and hangs. The clock of the limits is the test's; the sockets are real. */

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const CONNECT_MS = 10_000;
const ANSWER_MS = 90_000;
const METHODS = ['hub.push', 'hub.pull', 'hub.status'] as const;

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Ends the wait of a call for the hub, and says what it said. Work goes on before that. */
async function slow(one: TestLaptop, asked: Promise<unknown>, limit: number): Promise<void> {
  let ended = false;
  void asked.then(() => (ended = true));
  expect(await one.call('app.status', {})).toMatchObject({ laptop: { id: expect.any(String) } });
  await write(one, 'store', STORE, { note: `적은 것 ${one.clock.now}` });
  vi.advanceTimersByTime(limit - 1);
  await new Promise(setImmediate);
  expect(ended).toBe(false);
  vi.advanceTimersByTime(1);
  const answer = (await asked) as { ok: false; error: ErrorReport };
  expect(answer).toMatchObject({ ok: false, error: { code: 'HUB_SLOW' } });
  for (const language of ['ko', 'en'] as const) {
    expect(messageOf(answer.error, language)).not.toMatch(/\{|\?\)/);
  }
}

describe('a server that takes the connection and never says a word', () => {
  it.each(METHODS)('%s ends in words', async (method) => {
    const accepted = Promise.withResolvers<void>();
    const mute = net.createServer((socket) => {
      socket.on('error', () => undefined).resume();
      accepted.resolve();
    });
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const one = laptop('field');
    const { port } = mute.address() as net.AddressInfo;
    const asked = one.ask(method, { url: `postgres://me@127.0.0.1:${port}/hub` });
    await accepted.promise;
    await slow(one, asked, CONNECT_MS);
  });
});

/** From the first piece in which the server says `word` on, nothing of what it says comes through. */
async function hangsAt(word: string): Promise<{ port: number; hangs: Promise<void> }> {
  const hangs = Promise.withResolvers<void>();
  let isHanging = false;
  const proxy = await cuttingProxy(
    () => server.port,
    () => Infinity,
    () => undefined,
    (piece) => {
      if (!isHanging && !piece.includes(word)) return piece;
      isHanging = true;
      hangs.resolve();
      return Buffer.alloc(0);
    },
  );
  onTestFinished(() => proxy.close());
  return { port: proxy.port, hangs: hangs.promise };
}

describe.skipIf(reason !== null)(
  `a server that answers, and then never again${reason ? ` (${reason})` : ''}`,
  () => {
    it.each([
      ['hub.push', 'at the first question', 'SELECT '],
      ['hub.push', 'when all was sent', 'BEGIN\0'],
      ['hub.pull', 'at the first question', 'SELECT '],
      ['hub.pull', 'with the parcels', 'mendedManifest'],
      ['hub.status', 'at the first question', 'SELECT '],
    ] as const)('%s ends in words, %s, and goes on the next time', async (method, _when, word) => {
      const { office, url, joined } = await madeHub(server);
      const { other, url: otherUrl } = await joined('field');
      await write(office, 'store', STORE, { name: '김밥집' });
      await office.call('hub.push', { url });
      await write(other, 'store', STORE, { name: '김밥천국' });
      // Parcels come back under the name of a column.
      const { port, hangs } = await hangsAt(word);
      const asked = other.ask(method, { url: otherUrl.replace(`:${server.port}/`, `:${port}/`) });
      await hangs;
      await slow(other, asked, ANSWER_MS);
      const pushed = await other.call('hub.push', { url: otherUrl });
      expect(pushed.pushed + pushed.held).toBe(2);
      expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ refused: 0 });
      await office.call('hub.pull', { url });
      expect(office.dump()).toBe(other.dump());
    });

    it('is let go of at once when nobody waits any more', async () => {
      const { url } = await madeHub(server);
      const { port, hangs } = await hangsAt('SELECT ');
      const link = await connectHub({ url: url.replace(`:${server.port}/`, `:${port}/`) });
      const asked = link.rows('SELECT 1').catch((error: unknown) => error);
      await hangs;
      link.cut();
      expect(await asked).toMatchObject({ code: 'HUB_GONE' });
      await link.close();
    });

    it('is not waited for when it does not say goodbye', async () => {
      const { url } = await madeHub(server);
      const there = net.createServer({ allowHalfOpen: true }, (client) => {
        const real = net.connect(server.port, '127.0.0.1');
        client.pipe(real).on('error', () => undefined);
        real.on('data', (said) => client.write(said));
        client.on('error', () => undefined).on('end', () => vi.advanceTimersByTime(2000));
      });
      await new Promise<void>((resolve) => there.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void there.close());
      const { port } = there.address() as net.AddressInfo;
      const link = await connectHub({ url: url.replace(`:${server.port}/`, `:${port}/`) });
      expect(await link.rows('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      await link.close();
    });
  },
);

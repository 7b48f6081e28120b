import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import type { Answer } from '#shared/contract/call.ts';
import type { Delivery, Place } from '#shared/contract/outbox.ts';
import { decode, encode } from '#shared/contract/wire.ts';
import type { OpenTransport } from '#main/outbox/transports.ts';
import { startCoreHost } from '#main/shells/core-host.ts';
import { startLoopback } from '#main/shells/loopback.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, valueOf } from '#tests/support/laptop.ts';
import { settled } from '#tests/support/outbox-scene.ts';
import { S3_ACCESS, S3_BUCKET, S3_REGION, S3_SECRET, startS3Checker } from '#tests/support/s3-checker.ts';

/**
 * The program as a browser has it: the loopback shell over the core in its thread, which sends by itself. A folder that
 * hangs is a pipe without a writer under the name that is looked at first: the system holds the thread that opens it, as
 * it does on a share whose server is gone, and no signal of ours reaches it. (On a share the look at the folder itself
 * would hang already, which holds the thread in the same way.)
 */
async function running() {
  const dir = scratchDir();
  const host = await startCoreHost({ dataDir: dir, create: true });
  const shell = await startLoopback(host, 0);
  const pipes: string[] = [];
  let last = 99_000;
  let closed = false;
  const url = new URL(shell.url);
  async function call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
    const answer = await fetch(new URL('/call', url), {
      method: 'POST',
      headers: { 'x-dangol-token': url.searchParams.get('token')! },
      body: Buffer.from(encode({ method, input })),
    });
    return valueOf(decode(new Uint8Array(await answer.arrayBuffer())) as Answer<OutputOf<M>>);
  }
  const state = async (id: string): Promise<Delivery['state']> =>
    (await call('outbox.list', { all: true })).find((one) => one.id === id)!.state;
  /** Whoever opens a pipe for writing lets the reader go, who finds nothing in it. */
  function letGo(): void {
    for (const pipe of pipes.splice(0)) {
      const writer = fs.openSync(pipe, fs.constants.O_RDWR);
      fs.rmSync(pipe);
      fs.closeSync(writer);
    }
  }
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    letGo();
    await shell.close();
    await host.close();
  }
  onTestFinished(close);
  return {
    ...{ dir, call, state, letGo, close },
    async destination(name: string, place: Place, secret: string | null = null): Promise<string> {
      return (await call('destinations.save', { name, place, secret })).id;
    },
    queue: (destination: string): Promise<Delivery> =>
      call('outbox.send', { destination, key: recordId((last += 1)), what: { kind: 'session' } }),
    hang(folder: string, { file }: Delivery): void {
      // Before the folder goes with the test.
      onTestFinished(letGo);
      execFileSync('mkfifo', [path.join(folder, file!)]);
      pipes.push(path.join(folder, file!));
    },
    /** When all are in the state; asked at each word of the core that the outbox is different. */
    until(ids: readonly string[], wanted: Delivery['state']): Promise<void> {
      return new Promise((resolve, reject) => {
        const look = (): void =>
          void Promise.all(ids.map(state)).then((all) => {
            if (!all.every((one) => one === wanted)) return;
            stop();
            resolve();
          }, reject);
        const stop = host.on(({ kind }) => kind === 'outbox' && look());
        look();
      });
    },
  };
}

type App = Awaited<ReturnType<typeof running>>;

/** A server that takes every connection and never says a word; gives its port and how many it has. */
async function silentServer(): Promise<{ port: number; sockets: Set<net.Socket> }> {
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).resume();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { port: (server.address() as net.AddressInfo).port, sockets };
}

async function bucket(app: App): Promise<string> {
  const checker = await startS3Checker();
  onTestFinished(() => checker.close());
  const place = { kind: 's3', endpoint: checker.url, region: S3_REGION, bucket: S3_BUCKET } as const;
  return app.destination('버킷', { ...place, prefix: '', accessKey: S3_ACCESS, pathStyle: true }, S3_SECRET);
}

/** What a person does meanwhile: it writes, packs and reads files, and makes a workbook, all of it in threads too. */
async function work(app: App): Promise<void> {
  const { id } = await app.call('records.write', { entity: 'program', set: { name: '멈춘 사이' } });
  expect(await app.call('records.get', { entity: 'program', id })).toMatchObject({
    fields: { name: '멈춘 사이' },
  });
  const file = await app.call('exchange.export', { purpose: 'session' });
  expect(await app.call('exchange.inspect', { file: file.name, bytes: file.bytes })).toMatchObject({});
  expect((await app.call('report.workbook', {})).bytes.byteLength).toBeGreaterThan(1000);
}

it('while a server never answers and a folder hangs, calls are answered and other deliveries arrive', async () => {
  const app = await running();
  const silent = await silentServer();
  const [stuck, fine] = [scratchDir(), scratchDir()];
  await app.call('outbox.pauseAll', { paused: true });
  const url = `http://127.0.0.1:${silent.port}/`;
  const toSilent = await app.queue(await app.destination('말 없는 서버', { kind: 'webdav', url, user: '' }));
  const toStuck = await app.queue(await app.destination('멈춘 폴더', { kind: 'folder', path: stuck }));
  const folder = await app.destination('폴더', { kind: 'folder', path: fine });
  const there = [await app.queue(folder), await app.queue(await bucket(app))];
  app.hang(stuck, toStuck);
  await app.call('outbox.pauseAll', { paused: false });

  const both = [toSilent.id, toStuck.id];
  await app.until(both, 'sending');
  await app.until(
    there.map(({ id }) => id),
    'sent',
  );
  await work(app);
  const later = await app.queue(folder);
  await app.until([later.id], 'sent');
  // All of that happened while these two hung.
  expect(await Promise.all(both.map(app.state))).toEqual(['sending', 'sending']);
  expect(silent.sockets.size).toBe(1);
  expect(fs.readdirSync(fine).sort()).toEqual([there[0]!.file, later.file].sort());

  // The pipe is no file of ours: it is left to a person, as any other of that name.
  app.letGo();
  await app.until([toStuck.id], 'parked');
  expect(await app.state(toSilent.id)).toBe('sending');
  // A connection that hangs does not keep the window from closing.
  await app.close();
});

it('behind as many folders that hang as there are threads for files, the program still packs files and sends', async () => {
  const app = await running();
  await app.call('outbox.pauseAll', { paused: true });
  const stuck: Delivery[] = [];
  for (const name of ['가', '나', '다', '라', '마']) {
    const dir = scratchDir();
    const one = await app.queue(await app.destination(name, { kind: 'folder', path: dir }));
    app.hang(dir, one);
    stuck.push(one);
  }
  const net = await app.queue(await bucket(app));
  await app.call('outbox.pauseAll', { paused: false });
  await app.until([net.id], 'sent');
  await work(app);
  const states = await Promise.all(stuck.map(({ id }) => app.state(id)));
  expect(states.toSorted()).toEqual(['queued', 'queued', 'queued', 'sending', 'sending']);
});

it('a folder that hangs while it is tried holds one thread, however often the button is pressed', async () => {
  const ends: (() => void)[] = [];
  const open: OpenTransport = () => ({
    send: () => Promise.resolve('arrived'),
    test: () => new Promise((resolve) => ends.push(resolve)),
  });
  const field = laptop('망원 1호', { outbox: { open } });
  const press = (kind: 'folder' | 'webdav') =>
    field.call('destinations.test', {
      place:
        kind === 'folder' ? { kind, path: field.dir } : { kind, url: 'https://dangol.example/', user: '' },
    });
  const [first, second] = [press('folder'), press('folder')];
  await settled();
  expect(ends).toHaveLength(1);
  const other = press('webdav');
  await settled();
  expect(ends).toHaveLength(2);
  ends[1]!();
  expect(await other).toEqual({ error: null });
  ends[0]!();
  expect(await first).toEqual({ error: null });
  await settled();
  ends[2]!();
  expect(await second).toEqual({ error: null });
});

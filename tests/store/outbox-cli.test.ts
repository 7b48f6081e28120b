import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dangol, json } from '#tests/support/cli.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { makeScratchDir } from '#tests/support/laptop.ts';

/** Each start costs half a second, so the tests share a store and run in their order. */
let dir: string;
let data: string;
let folder: string;
let destination: string;

beforeAll(async () => {
  dir = makeScratchDir();
  data = path.join(dir, 'data');
  folder = path.join(dir, 'usb');
  await json(data, 'init', '--name', '사무실');
  const place = { kind: 'folder', path: folder };
  const made = await json(
    data,
    'call',
    'destinations.save',
    JSON.stringify({ name: 'USB', place, secret: 'geheim' }),
  );
  destination = (made.value as { id: string }).id;
});
afterAll(() => fs.rmSync(dir, { recursive: true }));

const send = (key: number) =>
  json(
    data,
    'call',
    'outbox.send',
    JSON.stringify({ destination, key: recordId(key), what: { kind: 'session' } }),
  );

it('offline it says what waits and why, and is no failure', async () => {
  await send(97_001);
  expect(await json(data, 'outbox')).toMatchObject({ code: 0, value: { now: 'waiting', waiting: 1 } });
  const { code, value } = await json(data, 'outbox', 'run');
  expect(code).toBe(0);
  expect(value).toMatchObject({ sent: 0, already: 0, waiting: 1, parked: 0 });
  expect((value as { deliveries: unknown[] }).deliveries).toMatchObject([
    { state: 'queued', offline: true, error: { code: 'DELIVERY_FOLDER_MISSING', folder } },
  ]);
  expect(await json(data, 'outbox')).toMatchObject({ value: { now: 'offline', waiting: 1 } });
});

it('with the folder there it sends, and then nothing waits', async () => {
  fs.mkdirSync(folder);
  expect(await json(data, 'outbox', 'run')).toMatchObject({
    code: 0,
    value: { sent: 1, waiting: 0, parked: 0 },
  });
  expect(fs.readdirSync(folder)).toEqual([
    expect.stringMatching(/^사무실-세션-[-0-9]+-[0-9a-f]{12}\.dangol$/),
  ]);
  expect(await json(data, 'outbox', 'run')).toMatchObject({ code: 0, value: { sent: 0, deliveries: [] } });
});

it('what is parked fails the run until a person has seen to it', async () => {
  const { file } = (await send(97_002)).value as { file: string };
  fs.writeFileSync(path.join(folder, file), 'another');
  const parked = {
    parked: 1,
    deliveries: [{ state: 'parked', error: { code: 'DELIVERY_FOLDER_TAKEN', file } }],
  };
  expect(await json(data, 'outbox', 'run')).toMatchObject({ code: 1, value: parked });
  expect(await json(data, 'outbox', 'run')).toMatchObject({ code: 1, value: parked });
  expect(fs.readFileSync(path.join(folder, file), 'utf8')).toBe('another');
});

it('no secret is in anything that it prints, and a wrong word is wrong usage', async () => {
  const said = await Promise.all(
    [['outbox'], ['outbox', 'run'], ['dump'], ['call', 'destinations.list'], ['--json', 'outbox']].map(
      (args) => dangol(['--data', data, ...args]),
    ),
  );
  for (const { stdout, stderr } of said) expect(stdout + stderr).not.toContain('geheim');
  expect((await dangol(['--data', data, 'outbox', 'walk'])).code).toBe(2);
});

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeliveryFailure } from '#main/outbox/transport.ts';
import type { InputOf } from '#shared/contract/contract.ts';
import { lasting, offline } from '#tests/support/delivery-ways.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { kitScene } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, valueOf } from '#tests/support/laptop.ts';
import { folderOf, freshKey, only, send, withWay } from '#tests/support/outbox-laptop.ts';
import type { Way } from '#tests/support/outbox-scene.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a delivery', () => {
  it('of a session file is made when it is queued, and arrives as it was then', async () => {
    const field = laptop('망원 1호');
    const { sessions, shops } = await kitScene(field);
    const { id, dir } = await folderOf(field);
    const queued = await send(field, id, { kind: 'session', sessions: [sessions[0]] });
    expect(queued).toMatchObject({
      ...{ kind: 'session', title: '망원 방문의 날', made: 'frozen', state: 'queued', tries: 0 },
      ...{ queuedAt: '2026-11-24T01:00:00.000Z', nextTryAt: '2026-11-24T01:00:00.000Z', error: null },
    });
    expect(queued.file).toMatch(/^망원-1호-망원-방문의-날-2026-11-24-[0-9a-f]{12}\.dangol$/);
    const { bytes } = await field.call('outbox.file', { id: queued.id });
    await field.call('stores.update', { id: shops[0], unit: '가동 3호' });
    expect(valueOf(await field.core.runOutbox())).toMatchObject({
      sent: 1,
      already: 0,
      waiting: 0,
      parked: 0,
    });
    expect(fs.readdirSync(dir)).toEqual([queued.file]);
    expect(fs.readFileSync(path.join(dir, queued.file!)).equals(bytes)).toBe(true);
    expect(await only(field)).toMatchObject({
      state: 'sent',
      sentAt: '2026-11-24T01:00:00.000Z',
      nextTryAt: null,
    });
    const office = laptop('사무실');
    expect((await office.take('a.dangol', fs.readFileSync(path.join(dir, queued.file!)))).status).toBe(
      'imported',
    );
  });

  it('of a report is made when it is sent, or when it is queued, as the person chose', async () => {
    const field = laptop('망원 1호');
    await kitScene(field);
    const { id, dir } = await folderOf(field);
    const late = await send(field, id, { kind: 'report' });
    const early = await send(field, id, { kind: 'report', freeze: true });
    expect([late.made, late.file, early.made]).toEqual(['at sending', null, 'frozen']);
    field.clock.now += DAY_MS;
    await field.core.runOutbox();
    expect(fs.readdirSync(dir).sort()).toEqual([
      expect.stringMatching(/^단골수첩-보고서-2026-11-24-[0-9a-f]{12}\.xlsx$/),
      expect.stringMatching(/^단골수첩-보고서-2026-11-25-[0-9a-f]{12}\.xlsx$/),
    ]);
  });

  it('of a kit is taken down as one that the trainer was given', async () => {
    const office = laptop('사무실');
    const { trainers, sessions, markets } = await kitScene(office);
    const { id } = await folderOf(office);
    const order = { trainer: trainers[0], sessions: [sessions[0]], sites: [markets[0]] };
    const key = freshKey();
    await send(office, id, { kind: 'kit', ...order }, key);
    await send(office, id, { kind: 'kit', ...order }, key);
    const [line] = await office.call('kits.lines', { kits: [order] });
    expect(line!.last).toMatchObject({ madeAt: '2026-11-24T01:00:00.000Z' });
    expect(await office.call('outbox.list', {})).toHaveLength(1);
    expect(
      await office.ask('outbox.send', {
        destination: id,
        key: freshKey(),
        what: { kind: 'kit', ...order, sessions: [] },
      }),
    ).toMatchObject({ error: { code: 'KIT_EMPTY', params: { name: '김트레' } } });
  });

  it('that is queued twice under one key is there once, also when both come at once', async () => {
    const field = laptop('망원 1호');
    await kitScene(field);
    const { id } = await folderOf(field);
    const key = freshKey();
    const both = await Promise.all([send(field, id, undefined, key), send(field, id, undefined, key)]);
    expect(both[0]).toEqual(both[1]);
    expect((await send(field, id, { kind: 'report' }, key)).id).toBe(both[0].id);
    expect(await field.call('outbox.list', {})).toHaveLength(1);
  });

  it('is refused for what is not here, and leaves nothing', async () => {
    const field = laptop('망원 1호');
    const { id } = await folderOf(field);
    const ask = async (destination: string, what: InputOf<'outbox.send'>['what']): Promise<unknown> =>
      (await field.ask('outbox.send', { destination, key: freshKey(), what })) as never;
    const notFound = { ok: false, error: { code: 'NOT_FOUND' } };
    expect(await ask(recordId(1), { kind: 'report' })).toMatchObject(notFound);
    expect(await ask(id, { kind: 'report', program: recordId(1) })).toMatchObject(notFound);
    expect(await ask(id, { kind: 'session', sessions: [recordId(1)] })).toMatchObject(notFound);
    expect(await ask(id, { kind: 'report', from: '2026-02-01', to: '2026-01-01' })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
    expect(await field.call('outbox.list', {})).toEqual([]);
  });
});

describe('a person', () => {
  it('pauses one or all, and takes it back', async () => {
    const way = { now: (() => Promise.resolve('arrived')) as Way };
    const field = withWay(way, { window: true });
    const { id } = await folderOf(field);
    await field.call('outbox.pauseAll', { paused: true });
    const one = await send(field, id);
    await field.pass(3 * 60_000);
    expect(await field.call('outbox.state', {})).toMatchObject({ now: 'paused', waiting: 1, paused: true });
    expect((await only(field)).nextTryAt).toBeNull();
    await field.call('outbox.pause', { id: one.id, paused: true });
    await field.call('outbox.pauseAll', { paused: false });
    await field.pass(3 * 60_000);
    expect(await field.call('outbox.state', {})).toMatchObject({ now: 'paused', waiting: 1, paused: false });
    await field.call('outbox.pause', { id: one.id, paused: false });
    await field.pass(2000);
    expect(await field.call('outbox.state', {})).toMatchObject({ now: 'empty', waiting: 0 });
  });

  it('tries what is parked again, sends it elsewhere, or takes it out', async () => {
    const way = { now: lasting };
    const field = withWay(way, { window: true });
    const { id } = await folderOf(field);
    const one = await send(field, id);
    await field.pass(2000);
    expect(await only(field)).toMatchObject({
      ...{ state: 'parked', tries: 1, nextTryAt: null, offline: false },
      error: { code: 'DELIVERY_FOLDER_READ_ONLY', params: { folder: 'x' } },
    });
    expect(await field.call('outbox.state', {})).toMatchObject({ now: 'empty', parked: 1 });
    expect(await field.ask('destinations.remove', { id })).toMatchObject({
      error: { code: 'DESTINATION_IN_USE', params: { name: '사무실 폴더', count: 1 } },
    });
    await field.call('outbox.retry', { id: one.id });
    await field.pass(1000);
    expect(await only(field)).toMatchObject({ state: 'parked', tries: 2 });
    way.now = () => Promise.resolve('arrived');
    const { id: other } = await folderOf(field);
    expect(await field.call('outbox.redirect', { id: one.id, destination: other })).toMatchObject({
      ...{ destination: { id: other }, error: null },
    });
    await field.pass(1000);
    expect((await only(field)).state).toBe('sent');
    const gone = { error: { code: 'DELIVERY_GONE', params: { title: '세션' } } };
    for (const method of ['outbox.retry', 'outbox.remove', 'outbox.handedOver', 'outbox.file']) {
      expect(await field.ask(method, { id: one.id })).toMatchObject(gone);
    }
    expect(await field.ask('outbox.redirect', { id: one.id, destination: id })).toMatchObject(gone);
    way.now = lasting;
    const two = await send(field, id);
    expect(await field.call('outbox.remove', { id: two.id })).toBeNull();
    expect((await field.call('outbox.list', {})).map((row) => row.id)).toEqual([one.id]);
    expect(await field.call('destinations.remove', { id })).toBeNull();
  });

  it('cannot pull away what is on its way', async () => {
    const ends: (() => void)[] = [];
    const way: { now: Way } = { now: () => new Promise((resolve) => ends.push(() => resolve('arrived'))) };
    const field = withWay(way, { window: true });
    const { id } = await folderOf(field);
    const one = await send(field, id);
    await field.pass(2000);
    expect(await field.call('outbox.state', {})).toMatchObject({ now: 'sending', waiting: 1 });
    const sending = { error: { code: 'DELIVERY_SENDING', params: { title: '세션' } } };
    for (const method of ['outbox.remove', 'outbox.handedOver']) {
      expect(await field.ask(method, { id: one.id })).toMatchObject(sending);
    }
    expect(await field.ask('outbox.redirect', { id: one.id, destination: id })).toMatchObject(sending);
    expect((await field.call('outbox.retry', { id: one.id })).state).toBe('sending');
    await field.call('outbox.pause', { id: one.id, paused: true });
    ends[0]!();
    await field.pass(1);
    expect((await only(field)).state).toBe('sent');
  });

  it('takes the file by hand: what is sent is that very file, and saying that it arrived counts', async () => {
    const way = { now: offline };
    const field = withWay(way);
    const { id } = await folderOf(field);
    const one = await send(field, id, { kind: 'report' });
    await field.core.runOutbox();
    expect(await only(field)).toMatchObject({ file: null, made: 'at sending', offline: true });
    const { name, bytes } = await field.call('outbox.file', { id: one.id });
    field.clock.now += DAY_MS;
    await field.core.runOutbox();
    expect(await only(field)).toMatchObject({ file: name, made: 'frozen', bytes: bytes.byteLength });
    expect((await field.call('outbox.file', { id: one.id })).bytes).toEqual(bytes);
    expect(await field.call('outbox.handedOver', { id: one.id })).toMatchObject({
      state: 'sent',
      error: null,
    });
    expect(valueOf(await field.core.runOutbox()).sent).toBe(0);
  });

  it('sees that it is offline, and that it is tried the moment the network is back, but not twice in five seconds', async () => {
    const tried: number[] = [];
    const way: { now: Way } = { now: (...args) => (tried.push(field.clock.now), offline(...args)) };
    const field = withWay(way, { window: true });
    const { id } = await folderOf(field);
    await send(field, id);
    await field.pass(60 * 60_000);
    expect(await field.call('outbox.state', {})).toMatchObject({ now: 'offline', waiting: 1 });
    const before = tried.length;
    await field.pass(30_000);
    for (let sign = 0; sign < 20; sign += 1) {
      await field.call('outbox.wake', {});
      await field.pass(100);
    }
    expect(tried).toHaveLength(before + 1);
    await field.pass(4000);
    way.now = () => Promise.resolve('arrived');
    await field.call('outbox.wake', {});
    await field.pass(5000);
    expect((await only(field)).state).toBe('sent');
  });

  it('is told of every change of state', async () => {
    const field = withWay({ now: () => Promise.resolve('arrived') }, { window: true });
    const { id } = await folderOf(field);
    const states: string[] = [];
    field.core.on((event) => {
      if (event.kind === 'outbox')
        void field.call('outbox.list', {}).then(([row]) => states.push(row?.state ?? '-'));
    });
    await send(field, id);
    await field.pass(2000);
    expect([...new Set(states)]).toEqual(['queued', 'sending', 'sent']);
  });

  it('says once where a delivery arrived, and nothing while it does not', async () => {
    const refusal = new DeliveryFailure('DELIVERY_FOLDER_READ_ONLY', { folder: 'x' }, { lasting: true });
    const way: { now: Way } = { now: () => Promise.reject(refusal) };
    const field = withWay(way, { window: true });
    const { id } = await folderOf(field);
    const arrived: string[] = [];
    field.core.on((event) => event.kind === 'delivered' && arrived.push(event.destination));
    const one = await send(field, id);
    await field.pass(2000);
    expect([(await only(field)).state, arrived]).toEqual(['parked', []]);
    way.now = () => Promise.resolve('arrived');
    await field.call('outbox.retry', { id: one.id });
    await field.pass(2000);
    expect([(await only(field)).state, arrived]).toEqual(['sent', ['사무실 폴더']]);
  });
});

it('a copy of the store brings the outbox back: what was being sent waits, and what arrived is recognised', async () => {
  const field = laptop('망원 1호');
  await kitScene(field);
  const { id, dir } = await folderOf(field);
  await send(field, id);
  const copy = path.join(scratchDir(), 'copy.db');
  valueOf(field.core.saveBackup(copy));
  expect(valueOf(await field.core.runOutbox())).toMatchObject({ sent: 1 });
  const before = fs.readdirSync(dir);
  field.close();
  fs.copyFileSync(copy, path.join(field.dir, 'store.db'));
  const again = laptop('망원 1호', { dir: field.dir, fresh: false });
  expect((await only(again)).state).toBe('queued');
  expect(valueOf(await again.core.runOutbox())).toMatchObject({ sent: 0, already: 1, waiting: 0 });
  expect(fs.readdirSync(dir)).toEqual(before);
  expect(await again.call('app.verify', {})).toMatchObject({ faults: [] });
});

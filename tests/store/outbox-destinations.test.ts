import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DeliveryFailure } from '#main/outbox/transport.ts';
import type { Place } from '#shared/contract/outbox.ts';
import { lasting } from '#tests/support/delivery-ways.ts';
import { kitScene } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, valueOf } from '#tests/support/laptop.ts';
import { dumpOf } from '#tests/support/open-store.ts';
import { SECRET, folderOf, only, send, withWay } from '#tests/support/outbox-laptop.ts';
import { type Way } from '#tests/support/outbox-scene.ts';

describe('a destination', () => {
  const web: Place = { kind: 'webdav', url: 'https://cloud.invalid/dav', user: 'trainer' };

  it('is made, changed and removed; its secret is kept, changed or taken away, and never given back', async () => {
    const field = laptop('망원 1호');
    const made = await field.call('destinations.save', { name: '구름', place: web, secret: SECRET });
    expect(made).toEqual({
      ...{ id: made.id, name: '구름', place: web, hasSecret: true },
      ...{ from: null, changedHere: false, last: null },
    });
    const { id } = made;
    expect(await field.call('destinations.save', { id, name: '구름 2', place: web })).toMatchObject({
      hasSecret: true,
    });
    expect(
      await field.call('destinations.save', { id, name: '구름', place: web, secret: null }),
    ).toMatchObject({
      hasSecret: false,
    });
    await field.call('destinations.remove', { id });
    expect(await field.call('destinations.list', {})).toEqual([]);
    for (const method of ['destinations.remove', 'destinations.test']) {
      expect(await field.ask(method, { id })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
  });

  it('has no password in its address and no path that depends on where the program was started', async () => {
    const field = laptop('망원 1호');
    const save = (place: Place) => field.ask('destinations.save', { name: 'x', place });
    const refused = { ok: false, error: { code: 'INVALID_INPUT' } };
    expect(await save({ ...web, url: 'https://me:pass@cloud.invalid/' })).toMatchObject(refused);
    expect(await save({ kind: 'folder', path: 'reports' })).toMatchObject(refused);
  });

  it('that was mended is tried again with what was parked for it', async () => {
    const way = { now: lasting };
    const field = withWay(way, { window: true });
    const { id } = await folderOf(field);
    await send(field, id);
    await field.pass(2000);
    expect((await only(field)).state).toBe('parked');
    way.now = () => Promise.resolve('arrived');
    await field.call('destinations.save', {
      id,
      name: '새 이름',
      place: { kind: 'folder', path: scratchDir() },
    });
    await field.pass(1000);
    expect(await only(field)).toMatchObject({ state: 'sent', destination: { name: '새 이름' } });
  });

  it('is tested before and after it is saved; what is wrong is said, and kept for the saved one', async () => {
    const field = laptop('망원 1호');
    const dir = scratchDir();
    const usb = path.join(dir, 'usb');
    const place: Place = { kind: 'folder', path: usb };
    const missing = { code: 'DELIVERY_FOLDER_MISSING', params: { folder: usb } };
    expect(await field.call('destinations.test', { place })).toEqual({ error: missing });
    const { id } = await folderOf(field, usb);
    expect(await field.call('destinations.test', { id })).toEqual({ error: missing });
    const [saved] = await field.call('destinations.list', {});
    expect(saved!.last).toEqual({ at: '2026-11-24T01:00:00.000Z', reached: false, error: missing });
    fs.mkdirSync(usb);
    expect(await field.call('destinations.test', { id })).toEqual({ error: null });
    expect((await field.call('destinations.list', {}))[0]!.last).toMatchObject({
      reached: true,
      error: null,
    });
    expect(fs.readdirSync(usb)).toEqual([]);
    expect(await field.ask('destinations.test', {})).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });
});

it('a secret is in no answer, no error, no dump, no file and no event', async () => {
  const seen: unknown[] = [];
  const careless: Way = () => {
    throw new DeliveryFailure(
      'DELIVERY_FOLDER_FAILED',
      { folder: 'x', reason: `login ${SECRET}` },
      { lasting: true },
    );
  };
  const field = withWay({ now: careless });
  await kitScene(field);
  field.core.on((event) => seen.push(event));
  const { id } = await field.call('destinations.save', {
    ...{ name: '구름', place: { kind: 'webdav', url: 'https://cloud.invalid/', user: 'u' }, secret: SECRET },
  });
  const one = await send(field, id, { kind: 'session' });
  seen.push(one, valueOf(await field.core.runOutbox()));
  for (const method of [
    'destinations.list',
    'outbox.list',
    'outbox.state',
    'undo.state',
    'app.status',
    'imports.list',
  ])
    seen.push(await field.ask(method, {}));
  seen.push(
    await field.ask('destinations.test', { id }),
    await field.ask('destinations.save', { id, name: '', place: 1, secret: SECRET }),
  );
  const file = await field.call('outbox.file', { id: one.id });
  seen.push(
    field.dump(),
    Buffer.from(file.bytes).toString('latin1'),
    (await field.exported()).toString('latin1'),
  );
  field.close();
  seen.push(dumpOf(field.dir));
  for (const name of fs.readdirSync(field.dir))
    seen.push(fs.readFileSync(path.join(field.dir, name), 'latin1'));
  const all = seen.map((what) => (typeof what === 'string' ? what : JSON.stringify(what))).join('\n');
  expect(all).toContain('***');
  for (const form of [SECRET, Buffer.from(SECRET).toString('latin1')]) expect(all).not.toContain(form);
});

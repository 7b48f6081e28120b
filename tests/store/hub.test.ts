import { setImmediate as aTurn } from 'node:timers/promises';
import type { HubSeal } from '#shared/contract/hub.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CANVAS_JPEG } from '#tests/support/pictures.ts';
import { madeHub, write, type HubScene } from '#tests/support/hub-scene.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const PROGRAM = '0190aaaa-0000-7000-8000-0000000000aa';
const SITE = '0190aaaa-0000-7000-8000-0000000000bb';

let server: TestPostgres;
const scene = (seal?: HubSeal): Promise<HubScene> => madeHub(server, seal);

beforeAll(async () => {
  if (!reason) server = await startPostgres();
});
afterAll(() => server?.close());

describe.skipIf(reason !== null)(`a hub in PostgreSQL${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('brings what one laptop wrote to another, and back, once', async () => {
    const { office, url, joined, hub } = await scene();
    expect(hub).toMatchObject({ name: '단골 허브', seal: 'nothing' });
    const { other, url: otherUrl } = await joined('field');
    await write(office, 'program', PROGRAM, { name: '단골거리', kind: 'street' });
    await write(office, 'site', SITE, { name: '망원시장', program: PROGRAM });
    await write(office, 'store', STORE, { name: '김밥집', site: SITE, phone: '010-0000-1234' });

    expect(await office.call('hub.push', { url })).toMatchObject({ pushed: 3, parcels: 1, held: 0 });
    expect(await office.call('hub.push', { url })).toMatchObject({ pushed: 0, parcels: 0, held: 0 });

    const pulled = await other.call('hub.pull', { url: otherUrl });
    expect(pulled).toMatchObject({ new: 3, known: 0, conflicts: 0, refused: 0, stopped: false });
    expect(pulled.files).toMatchObject([{ status: 'imported', laptop: { name: 'office', firstSeen: true } }]);
    expect(other.dump()).toBe(office.dump());
    expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ new: 0, files: [] });
    // What came by the hub does not go there again.
    expect(await other.call('hub.push', { url: otherUrl })).toMatchObject({ pushed: 0, held: 0 });

    await write(other, 'store', STORE, { name: '김밥천국' });
    await write(office, 'store', STORE, { name: '김밥나라' });
    await other.call('hub.push', { url: otherUrl });
    await office.call('hub.push', { url });
    expect(await office.call('hub.pull', { url })).toMatchObject({ new: 1, conflicts: 1 });
    expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ new: 1, conflicts: 1 });
    expect(other.dump()).toBe(office.dump());
    expect(await other.call('app.verify', {})).toMatchObject({ faults: [] });
    expect(await office.call('hub.status', { url })).toMatchObject({
      kind: 'coordinator',
      toPush: 0,
      toPull: 0,
    });
  });

  it('pushes a day with photos in fewer than five ways there and back, and pulls it in as few', async () => {
    const { office, url, joined } = await scene();
    const { other, url: otherUrl } = await joined('field');
    for (let n = 0; n < 200; n += 1) {
      const id = `0190aaaa-0000-7000-8000-${String(n + 100).padStart(12, '0')}`;
      await write(other, 'store', id, { name: `가게 ${n}`, note: '오늘' });
    }
    const { id } = await other.call('photos.add', {
      ...{ owner: '0190aaaa-0000-7000-8000-000000000100', ownerKind: 'store' },
      bytes: CANVAS_JPEG,
    });
    const pushed = await other.call('hub.push', { url: otherUrl });
    expect(pushed).toMatchObject({ blobs: 1 });
    expect(pushed.roundTrips).toBeLessThan(5);
    const pulled = await office.call('hub.pull', { url });
    expect(pulled).toMatchObject({ new: pushed.pushed, refused: 0 });
    expect(office.dump()).toBe(other.dump());
    expect(await office.call('photos.bytes', { id })).toEqual(await other.call('photos.bytes', { id }));
  });

  it('takes a pulled parcel out again like any import, and brings it back only when asked to', async () => {
    const { office, url, joined } = await scene();
    const { other, url: otherUrl } = await joined('field');
    await write(office, 'store', STORE, { name: '김밥집' });
    await office.call('hub.push', { url });
    const before = other.dump();
    const { files } = await other.call('hub.pull', { url: otherUrl });
    const all = other.dump();
    expect(await other.call('imports.list', {})).toMatchObject([{ laptop: { name: 'office' }, changes: 1 }]);
    await other.call('imports.undo', { id: files[0]!.import! });
    expect(other.dump()).toBe(before);
    expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ files: [] });
    expect(await other.call('hub.pull', { url: otherUrl, again: true })).toMatchObject({ new: 1 });
    expect(other.dump()).toBe(all);
    expect(await other.call('audit.list', {})).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ what: 'imported' })]),
    });
  });

  it('stops when it is told to, in both directions, and goes on from there', async () => {
    const { office, url, joined } = await scene();
    const { other, url: otherUrl } = await joined('field');
    for (let n = 0; n < 700; n += 1) {
      const id = `0190aaaa-0000-7000-8000-${String(n + 100).padStart(12, '0')}`;
      await write(office, 'store', id, { note: `${n} `.repeat(2000) });
    }
    const told: number[] = [];
    for (const one of [office, other]) {
      one.core.on((event) => {
        if (event.kind !== 'progress' || event.job !== 'hub') return;
        told.push(event.done);
        if (told.length % 2 === 1) void one.core.call('hub.stop', {});
      });
    }
    const first = await office.call('hub.push', { url });
    expect(first).toMatchObject({ stopped: true });
    expect(first.pushed).toBeLessThan(700);
    let all = first.pushed;
    for (let pushed = first; pushed.stopped; all += pushed.pushed)
      pushed = await office.call('hub.push', { url });
    expect(all).toBe(700);
    told.length = 0;
    const some = await other.call('hub.pull', { url: otherUrl });
    expect(some).toMatchObject({ stopped: true, new: first.pushed });
    for (let pulled = some; pulled.stopped;) pulled = await other.call('hub.pull', { url: otherUrl });
    expect(other.dump()).toBe(office.dump());
  });

  it('lets other calls come in between the parcels of a first push and of a first pull', async () => {
    const { office, url, joined } = await scene();
    const { other, url: otherUrl } = await joined('field');
    for (let n = 0; n < 400; n += 1) {
      const id = `0190aaaa-0000-7000-8000-${String(n + 100).padStart(12, '0')}`;
      await write(office, 'store', id, { note: `${n} `.repeat(2000) });
    }
    for (const [one, method, at] of [
      [office, 'hub.push', url],
      [other, 'hub.pull', otherUrl],
    ] as const) {
      let answered = 0;
      const between: number[] = [];
      one.core.on((event) => {
        if (event.kind !== 'progress' || event.job !== 'hub') return;
        between.push(answered);
        answered = 0;
      });
      let isOver = false;
      const asked = one.call(method, { url: at }).finally(() => (isOver = true));
      while (!isOver) {
        await one.call('drafts.get', { key: 'none' });
        answered += 1;
        await aTurn();
      }
      await asked;
      expect(between.length, method).toBeGreaterThan(2);
      expect(Math.min(...between), method).toBeGreaterThan(0);
    }
    expect(other.dump()).toBe(office.dump());
  }, 60_000);

  it('carries on after the hub was put back from an old copy', async () => {
    const { name, office, url, joined } = await scene();
    const { other, url: otherUrl } = await joined('field');
    await write(office, 'store', STORE, { name: '하나' });
    await office.call('hub.push', { url });
    await other.call('hub.pull', { url: otherUrl });
    const tables = ['change', 'parcel', 'stream'];
    for (const table of tables) await server.sql(name, `CREATE TABLE old_${table} AS TABLE dangol.${table}`);
    await write(office, 'store', STORE, { name: '둘' });
    await office.call('hub.push', { url });
    await other.call('hub.pull', { url: otherUrl });
    for (const table of tables) {
      await server.sql(name, `DELETE FROM dangol.${table}`);
      await server.sql(name, `INSERT INTO dangol.${table} SELECT * FROM old_${table}`);
    }
    await write(office, 'store', STORE, { name: '셋' });
    expect(await office.call('hub.push', { url })).toMatchObject({ pushed: 2, held: 1 });
    await write(office, 'store', STORE, { note: '넷' });
    await office.call('hub.push', { url });
    await other.call('hub.pull', { url: otherUrl });
    expect(other.dump()).toBe(office.dump());
    expect(other.dump()).toContain('넷');
  });
});

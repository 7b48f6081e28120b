import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { connectionOf } from '#main/hub/address.ts';
import { messageOf } from '#shared/contract/messages.ts';
import type { Refusal } from '#shared/contract/errors.ts';
import { makeCertificates } from '#tests/support/hub-certificates.ts';
import { cuttingProxy } from '#tests/support/hub-proxy.ts';
import { madeHub, write } from '#tests/support/hub-scene.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const reason = whyNoPostgres();
const noDisk = reason ?? whyNoSmallDisk();
const STORE = '0190aaaa-0000-7000-8000-000000000001';

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres({ rules: ['host all guarded 127.0.0.1/32 scram-sha-256'] });
});
afterAll(() => server?.close());

/** The code of a refusal, in both directions; its sentences must say all that they promise, and nothing is stored. */
async function codeOf(one: TestLaptop, url: string, more: { ca?: string } = {}): Promise<string> {
  const before = one.dump();
  const codes = new Set<string>();
  for (const method of ['hub.push', 'hub.pull', 'hub.status'] as const) {
    const error = await one.call(method, { url, ...more }).then(
      () => null,
      (refusal: Refusal) => refusal,
    );
    codes.add(error?.code ?? 'none');
    if (error) {
      for (const language of ['ko', 'en'] as const) expect(messageOf(error, language)).not.toMatch(/\{|\?\)/);
    }
  }
  expect(one.dump()).toBe(before);
  expect([...codes]).toHaveLength(1);
  return [...codes][0]!;
}

describe('the address of a hub', () => {
  it.each([
    ['no url at all', 'HUB_URL'],
    ['http://a@b/c', 'HUB_URL'],
    ['postgres://host/db', 'HUB_URL'],
    ['postgres://me@host', 'HUB_URL'],
    ['postgres://me@host/db?host=/tmp', 'HUB_URL'],
    ['postgres://%zz@host/db', 'HUB_URL'],
    ['postgres://me@db.example.kr/db?sslmode=disable', 'HUB_PLAIN'],
    ['postgres://me@db.example.kr/db?sslmode=require', 'HUB_PLAIN'],
    ['postgres://me@127.0.0.1.example.kr/db?sslmode=disable', 'HUB_PLAIN'],
  ])('%s is refused', (url, code) => {
    expect(() => connectionOf({ url })).toThrow(expect.objectContaining({ code }));
  });

  it('takes TLS with a checked certificate wherever the host is not this machine', () => {
    const ssl = { rejectUnauthorized: true, minVersion: 'TLSv1.2' };
    expect(connectionOf({ url: 'postgres://me@db.example.kr/hub' })).toMatchObject({ ssl, port: 5432 });
    expect(connectionOf({ url: 'postgres://me@10.0.0.5:6432/hub', ca: 'PEM' })).toMatchObject({
      ssl: { ...ssl, ca: 'PEM' },
      port: 6432,
    });
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(connectionOf({ url: `postgres://me@${host}/hub` }).ssl).toBe(false);
      expect(connectionOf({ url: `postgres://me@${host}/hub?sslmode=verify-full` }).ssl).toMatchObject(ssl);
    }
    expect(connectionOf({ url: 'postgres://%EB%AF%BC:p%40ss@localhost/hub' })).toMatchObject({
      ...{ user: '민', password: 'p@ss' },
    });
  });
});

describe.skipIf(reason !== null)(`a hub that does not do${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('is not there, has no such database, no hub in it, or does not let in', async () => {
    const one = laptop('field');
    await write(one, 'store', STORE, { name: '김밥집' });
    expect(await codeOf(one, 'postgres://me@127.0.0.1:1/hub')).toBe('HUB_UNREACHABLE');
    expect(await codeOf(one, 'postgres://me@nowhere.invalid/hub')).toBe('HUB_UNREACHABLE');
    expect(await codeOf(one, server.url('nothing'))).toBe('HUB_NO_DATABASE');
    const empty = await server.database('empty');
    expect(await codeOf(one, empty)).toBe('HUB_MISSING');
    expect(await codeOf(one, server.url('empty', 'nobody'))).toBe('HUB_SIGN_IN');
    await server.sql('empty', `CREATE ROLE guarded LOGIN PASSWORD 'right'`);
    expect(await codeOf(one, server.url('empty', 'guarded:wrong').replace('%3A', ':'))).toBe('HUB_SIGN_IN');
    expect(await codeOf(one, server.url('empty', 'guarded'))).toBe('HUB_SIGN_IN');
    expect(await codeOf(one, server.url('empty', 'guarded:right').replace('%3A', ':'))).toBe('HUB_MISSING');
  });

  it('is not for this login: no rights, no member, another laptop', async () => {
    const { name, joined } = await madeHub(server);
    const { other, login, url, id } = await joined('field', 'trainer');
    await server.sql(name, `CREATE ROLE bare_${name} LOGIN`);
    expect(await codeOf(other, server.url(name, `bare_${name}`))).toBe('HUB_RIGHTS');
    await server.sql(name, 'DELETE FROM dangol.member WHERE login = $1', [login]);
    expect(await codeOf(other, url)).toBe('HUB_NOT_MEMBER');
    await server.sql(name, `INSERT INTO dangol.member VALUES ($1, '0123456789abcdef', 'trainer')`, [login]);
    expect(await codeOf(other, url)).toBe('HUB_LOGIN_OTHER');
    await server.sql(name, 'UPDATE dangol.member SET laptop = $2 WHERE login = $1', [login, id]);
    expect(await codeOf(other, url)).toBe('none');
  });

  it('is of another organisation, of another version, on an old server, or there already', async () => {
    const mine = await madeHub(server);
    const theirs = await madeHub(server, 'nothing', 'another office');
    const { other, url } = await mine.joined('field');
    await other.call('hub.pull', { url });
    const { laptop: me } = await other.call('app.status', {});
    await server.sql(theirs.name, `INSERT INTO dangol.member VALUES ($1, $2, 'trainer')`, ['owner2', me!.id]);
    await server.sql(theirs.name, 'CREATE ROLE owner2 LOGIN IN ROLE dangol_trainer');
    expect(await codeOf(other, server.url(theirs.name, 'owner2'))).toBe('HUB_OTHER');
    expect(await other.call('hub.forget', {})).toEqual({ forgot: '단골 허브' });
    expect(await codeOf(other, server.url(theirs.name, 'owner2'))).toBe('none');

    await expect(mine.office.call('hub.init', { url: mine.url })).rejects.toMatchObject({
      code: 'HUB_EXISTS',
    });
    const empty = await server.database('another');
    await expect(mine.office.call('hub.init', { url: empty })).rejects.toMatchObject({ code: 'HUB_KNOWN' });
    const isOf = (version: number) =>
      server.sql(
        mine.name,
        `DELETE FROM dangol.migration; INSERT INTO dangol.migration VALUES (${version}, now())`,
      );
    await isOf(99);
    expect(await codeOf(mine.office, mine.url)).toBe('HUB_NEWER');
    await expect(mine.office.call('hub.init', { url: mine.url })).rejects.toMatchObject({
      code: 'HUB_NEWER',
    });
    await isOf(1);
    expect(await codeOf(mine.office, mine.url)).toBe('HUB_OLDER');

    const old = (piece: Buffer): Buffer =>
      Buffer.from(piece.toString('latin1').replace(/\b1[3-9]00\d\d(?=C\0)/, '090624'), 'latin1');
    const proxy = await cuttingProxy(
      () => server.port,
      () => Infinity,
      undefined,
      old,
    );
    onTestFinished(() => proxy.close());
    const through = theirs.url.replace(String(server.port), String(proxy.port));
    expect(await codeOf(theirs.office, through)).toBe('HUB_SERVER_OLD');
  });

  it('shows a certificate that does not hold, or none', async () => {
    let ca = '';
    const guarded = await startPostgres({
      settings: ['ssl = on', `ssl_cert_file = 'server.crt'`, `ssl_key_file = 'server.key'`],
      prepare: (data) => ({ ca } = makeCertificates(data)),
    });
    onTestFinished(() => guarded.close());
    await guarded.database('hub');
    const one = laptop('field');
    const named = `${guarded.url('hub').replace('127.0.0.1', 'localhost')}?sslmode=verify-full`;
    expect(await codeOf(one, named, { ca })).toBe('HUB_MISSING');
    expect(await codeOf(one, named)).toBe('HUB_CERTIFICATE');
    // The right authority, and another name than the certificate is for.
    expect(await codeOf(one, `${guarded.url('hub')}?sslmode=verify-full`, { ca })).toBe('HUB_CERTIFICATE');
    expect(await codeOf(one, `${server.url('postgres')}?sslmode=verify-full`, { ca })).toBe('HUB_NO_TLS');
  });

  it('brings changes from years ahead: they are kept, flagged, and drag no clock along', async () => {
    const { office, url, joined } = await madeHub(server);
    const { other, url: otherUrl } = await joined('field');
    other.clock.now = MORNING + 5 * 365 * 24 * 3600_000;
    await write(other, 'store', STORE, { name: '앞선 시계' });
    await other.call('hub.push', { url: otherUrl });
    const { files } = await office.call('hub.pull', { url });
    expect(files).toMatchObject([{ new: 1, clockSuspect: 1 }]);
    await write(office, 'store', STORE, { note: '오늘' });
    // What is written after sorts by the clock of whoever wrote it: the office's own change is not from the future.
    const back = await other.call('hub.pull', { url: otherUrl });
    expect(back).toMatchObject({ new: 0 });
    await office.call('hub.push', { url });
    expect(await other.call('hub.pull', { url: otherUrl })).toMatchObject({ new: 1 });
    expect(other.dump()).toBe(office.dump());
    expect(await office.call('imports.list', {})).toMatchObject([{ clockSuspect: 1 }]);
  });

  it.skipIf(noDisk !== null)(`has a full disk${noDisk ? ` (skipped: ${noDisk})` : ''}`, async () => {
    const disk = smallDisk(160);
    // The server runs as somebody else, who must reach it.
    fs.chmodSync(path.dirname(disk.dir), 0o755);
    const full = await startPostgres({
      dir: disk.dir,
      settings: ['max_wal_size = 32MB', 'min_wal_size = 32MB', 'wal_keep_size = 0'],
    });
    onTestFinished(() => full.close());
    const url = await full.database('hub');
    const office = laptop('office');
    await office.call('hub.init', { url, name: '작은 디스크' });
    for (let n = 0; n < 30; n += 1) {
      const id = `0190aaaa-0000-7000-8000-${String(n + 100).padStart(12, '0')}`;
      await write(office, 'store', id, { note: `${n}`.repeat(9000) });
    }
    const before = office.dump();
    disk.fillBut(0);
    await expect(office.call('hub.push', { url })).rejects.toMatchObject({ code: 'HUB_FULL' });
    expect(office.dump()).toBe(before);
    disk.empty();
    expect(await office.call('hub.push', { url })).toMatchObject({ pushed: 30 });
  });
});

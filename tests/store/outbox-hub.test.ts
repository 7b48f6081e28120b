import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { InputOf } from '#shared/contract/contract.ts';
import type { ErrorReport } from '#shared/contract/errors.ts';
import { messageOf } from '#shared/contract/messages.ts';
import type { Delivery, OutboxRun, Place } from '#shared/contract/outbox.ts';
import { json } from '#tests/support/cli.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { makeCertificates } from '#tests/support/hub-certificates.ts';
import { cuttingProxy } from '#tests/support/hub-proxy.ts';
import { admit, madeHub, write } from '#tests/support/hub-scene.ts';
import { kitScene, makeKits, THURSDAY } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';

const reason = whyNoPostgres();
const STORE = '0190aaaa-0000-7000-8000-000000000001';
const PASSWORD = 'hub-77-비밀';
/** Nobody listens there. */
const NOBODY = 'postgres://me@127.0.0.1:1/hub';

let server: TestPostgres;
beforeAll(async () => {
  if (!reason) server = await startPostgres({ rules: ['host all +guarded 127.0.0.1/32 scram-sha-256'] });
});
afterAll(() => server?.close());

const hubAt = (url: string): Place => ({ kind: 'hub', url, ca: '' });

async function destinationOn(one: TestLaptop, place: Place, secret?: string): Promise<string> {
  return (await one.call('destinations.save', { name: '팀 허브', place, ...(secret && { secret }) })).id;
}

let keys = 98_000;
const queue = (
  one: TestLaptop,
  destination: string,
  what: InputOf<'outbox.send'>['what'] = { kind: 'session' },
): Promise<Delivery> => one.call('outbox.send', { destination, key: recordId((keys += 1)), what });

const run = async (one: TestLaptop): Promise<OutboxRun> => valueOf(await one.core.runOutbox());
const row = async (one: TestLaptop, id: string): Promise<Delivery> =>
  (await one.call('outbox.list', {})).find((delivery) => delivery.id === id)!;

/** Both languages say all that they promise. */
function said(error: ErrorReport | null): void {
  for (const language of ['ko', 'en'] as const) expect(messageOf(error!, language)).not.toMatch(/\{|\?\)/);
}

describe.skipIf(reason !== null)(`a hub as a destination${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('has what the laptop wrote when the delivery is sent, and of the next one had it already', async () => {
    const { office, url, joined, name } = await madeHub(server, 'personal');
    const { other, url: own } = await joined('field', 'trainer');
    await write(other, 'store', STORE, { name: '김밥집', phone: '010-0000-1234' });
    const to = await destinationOn(other, hubAt(own));
    expect(await other.call('destinations.test', { id: to })).toEqual({ error: null });
    // To try an address is not to take that hub for one's own.
    expect(await other.call('hub.forget', {})).toEqual({ forgot: null });

    const { id } = await queue(other, to);
    expect(await run(other)).toMatchObject({ sent: 1, already: 0, waiting: 0, parked: 0 });
    expect(await row(other, id)).toMatchObject({ state: 'sent', destination: { kind: 'hub' }, error: null });
    expect(await server.sql(name, 'SELECT count(*)::int AS n FROM dangol.change')).toEqual([{ n: 1 }]);
    await queue(other, to);
    expect(await run(other)).toMatchObject({ sent: 0, already: 1, waiting: 0 });
    expect(await office.call('hub.pull', { url })).toMatchObject({ new: 1 });
    expect(office.dump()).toContain('김밥집');

    // What went out stands in the record of access once, as after a push by hand.
    const { rows } = await other.call('audit.list', {});
    expect(rows.filter(({ subject }) => subject.form === 'hub')).toMatchObject([
      { what: 'exported', subject: { count: 1, to: '단골 허브', sealed: true } },
    ]);
    // A kit names session files that were merged; a push is none, and nobody waits for word of it.
    other.clock.now += 8 * 24 * 60 * 60 * 1000;
    expect(await row(other, id)).toMatchObject({ state: 'sent', overdue: false });
  });

  it('arrives over TLS with the certificate of the own authority, and without it nothing is sent', async () => {
    let ca = '';
    const guarded = await startPostgres({
      settings: ['ssl = on', `ssl_cert_file = 'server.crt'`, `ssl_key_file = 'server.key'`],
      prepare: (data) => ({ ca } = makeCertificates(data)),
    });
    onTestFinished(() => guarded.close());
    const { joined, name } = await madeHub(guarded);
    const { other, url } = await joined('field', 'trainer');
    await write(other, 'store', STORE, { name: '김밥집' });
    const named = `${url.replace('127.0.0.1', 'localhost')}?sslmode=verify-full`;
    const without = hubAt(named);
    const to = await destinationOn(other, without);
    const { id } = await queue(other, to);
    expect(await run(other)).toMatchObject({ sent: 0, waiting: 1, parked: 0 });
    const waits = await row(other, id);
    // It goes on trying: a public Wi-Fi shows a certificate of its own, and is left again.
    expect(waits).toMatchObject({ state: 'queued', offline: false, error: { code: 'HUB_CERTIFICATE' } });
    said(waits.error);
    expect(messageOf(waits.error!, 'en')).toContain('nothing was sent');
    expect(await other.call('destinations.test', { id: to })).toMatchObject({
      error: { code: 'HUB_CERTIFICATE' },
    });
    expect(await guarded.sql(name, 'SELECT count(*)::int AS n FROM dangol.change')).toEqual([{ n: 0 }]);

    // The right authority does not vouch for another name than the certificate is for.
    const elsewhere = { ...without, url: `${url}?sslmode=verify-full`, ca } as Place;
    await other.call('destinations.save', { id: to, name: '팀 허브', place: elsewhere });
    expect(await other.call('destinations.test', { id: to })).toMatchObject({
      error: { code: 'HUB_CERTIFICATE' },
    });
    await other.call('destinations.save', { id: to, name: '팀 허브', place: { ...without, ca } as Place });
    expect(await other.call('destinations.test', { id: to })).toEqual({ error: null });
    expect(await run(other)).toMatchObject({ sent: 1, waiting: 0, parked: 0 });
    expect(await row(other, id)).toMatchObject({ state: 'sent', error: null });
    expect(await guarded.sql(name, 'SELECT count(*)::int AS n FROM dangol.change')).toEqual([{ n: 1 }]);
  });

  it('waits while the server is down, and arrives when it is there again', async () => {
    const own = await startPostgres();
    const { joined } = await madeHub(own);
    const { other, url } = await joined('field', 'trainer');
    await write(other, 'store', STORE, { name: '김밥집' });
    const to = await destinationOn(other, hubAt(NOBODY));
    const { id } = await queue(other, to);
    expect(await run(other)).toMatchObject({ sent: 0, waiting: 1, parked: 0 });
    const waits = await row(other, id);
    expect(waits).toMatchObject({ state: 'queued', offline: true, error: { code: 'HUB_UNREACHABLE' } });
    said(waits.error);
    await other.call('destinations.save', { id: to, name: '팀 허브', place: hubAt(url) });
    await own.crash();
    expect(await run(other)).toMatchObject({ sent: 1, waiting: 0 });
    await own.close();

    await write(other, 'store', STORE, { name: '김밥천국' });
    const { id: next } = await queue(other, to);
    expect(await run(other)).toMatchObject({ sent: 0, waiting: 1, parked: 0 });
    expect(await row(other, next)).toMatchObject({ state: 'queued', offline: true });
  });

  it('goes on at the next try where a push was cut, wherever that was, and nothing is there twice', async () => {
    const { joined, name } = await madeHub(server);
    const { other, url } = await joined('field', 'trainer');
    for (let n = 0; n < 40; n += 1) await write(other, 'store', recordId(n + 1), { name: `가게 ${n}` });
    const cuts = [1, 600, 2000, 5000, 9000];
    const left = [...cuts];
    const proxy = await cuttingProxy(
      () => server.port,
      () => left.shift() ?? Infinity,
    );
    onTestFinished(() => proxy.close());
    const to = await destinationOn(other, hubAt(url.replace(`:${server.port}/`, `:${proxy.port}/`)));
    const { id } = await queue(other, to);
    for (const [nth] of cuts.entries()) {
      expect(await run(other)).toMatchObject({ sent: 0, waiting: 1, parked: 0 });
      expect(await row(other, id)).toMatchObject({
        state: 'queued',
        tries: nth + 1,
        error: { code: 'HUB_GONE' },
      });
    }
    expect(proxy.cuts).toBe(cuts.length);
    const { sent, already } = await run(other);
    expect(sent + already).toBe(1);
    expect(await server.sql(name, 'SELECT count(*)::int AS n FROM dangol.change')).toEqual([{ n: 40 }]);
    expect(await other.call('app.verify', {})).toMatchObject({ faults: [] });
  });

  it('waits in a program that is closed in the middle, and goes by itself in the next one', async () => {
    const { joined } = await madeHub(server);
    const made = await joined('field', 'trainer');
    await write(made.other, 'store', STORE, { name: '김밥집' });
    const heard = Promise.withResolvers<void>();
    let pieces = 0;
    // It lets in; whatever it says to the first question is kept back for good.
    const dumb = await cuttingProxy(
      () => server.port,
      () => Infinity,
      () => undefined,
      (piece) => {
        pieces += 1;
        if (pieces === 1) return piece;
        heard.resolve();
        return Buffer.alloc(0);
      },
    );
    onTestFinished(() => dumb.close());
    const to = await destinationOn(made.other, hubAt(made.url.replace(`:${server.port}/`, `:${dumb.port}/`)));
    const { id } = await queue(made.other, to);
    made.other.close();
    const { dir, clock } = made.other;
    const again = { dir, fresh: false, window: true, now: clock.now };
    const window = laptop('window', again);
    await heard.promise;
    expect(await row(window, id)).toMatchObject({ state: 'sending' });
    window.close();
    const next = laptop('next', again);
    expect(await row(next, id)).toMatchObject({ state: 'queued', error: null });
    const sent = new Promise<void>((resolve) => {
      next.core.on((event) => event.kind === 'delivered' && resolve());
    });
    await next.call('destinations.save', { id: to, name: '팀 허브', place: hubAt(made.url) });
    await sent;
    expect(await row(next, id)).toMatchObject({ state: 'sent' });
  });

  it('is parked with a sentence where a person must do something, and goes once it is mended', async () => {
    const { joined, name, url: ownerUrl } = await madeHub(server);
    const { other, id: laptopId } = await joined('field', 'trainer');
    const login = `field_guarded_${name}`;
    await server.sql(name, 'CREATE ROLE guarded NOLOGIN');
    await server.sql(
      name,
      `CREATE ROLE ${login} LOGIN PASSWORD '${PASSWORD}' IN ROLE dangol_trainer, guarded`,
    );
    await server.sql(
      name,
      `DELETE FROM dangol.member_programme; DELETE FROM dangol.member WHERE kind = 'trainer'`,
    );
    await server.sql(name, `INSERT INTO dangol.member VALUES ('${login}', '${laptopId}', 'trainer')`);
    await server.sql(name, `INSERT INTO dangol.member_programme VALUES ('${login}', '*')`);
    await write(other, 'store', STORE, { name: '김밥집' });
    const place = hubAt(server.url(name, login));
    const to = await destinationOn(other, place);
    const { id } = await queue(other, to);
    // Without a password, as a kit that could not seal one brings it; then with a wrong one.
    for (const secret of [undefined, 'wrong-77']) {
      await other.call('destinations.save', { id: to, name: '팀 허브', place, ...(secret && { secret }) });
      expect(await run(other)).toMatchObject({ sent: 0, waiting: 0, parked: 1 });
      const parked = await row(other, id);
      expect(parked).toMatchObject({ state: 'parked', offline: false, error: { code: 'HUB_SIGN_IN' } });
      said(parked.error);
      expect(JSON.stringify(parked)).not.toContain('wrong-77');
      expect(await other.call('destinations.test', { id: to })).toMatchObject({
        error: { code: 'HUB_SIGN_IN' },
      });
    }
    await other.call('destinations.save', { id: to, name: '팀 허브', place, secret: PASSWORD });
    expect(await run(other)).toMatchObject({ sent: 1, parked: 0 });

    // Another laptop's login, a reader, another hub: none of it passes by itself.
    const theirs = await madeHub(server, 'nothing', 'another office');
    const reader = await theirs.joined('reader', 'reader');
    await server.sql(
      theirs.name,
      `UPDATE dangol.member SET laptop = '${laptopId}' WHERE login = '${reader.login}'`,
    );
    await write(other, 'store', STORE, { name: '김밥천국' });
    for (const [url, code] of [
      [ownerUrl, 'HUB_LOGIN_OTHER'],
      [reader.url, 'HUB_OTHER'],
    ] as const) {
      const wrong = await destinationOn(other, hubAt(url));
      const { id: one } = await queue(other, wrong);
      await run(other);
      expect(await row(other, one)).toMatchObject({ state: 'parked', error: { code } });
    }
    const writer = await theirs.joined('second', 'reader');
    const second = await destinationOn(writer.other, hubAt(writer.url));
    expect(await writer.other.call('destinations.test', { id: second })).toMatchObject({
      error: { code: 'HUB_RIGHTS' },
    });
  });

  it('is pushed to by the command that a timer runs', async () => {
    const { name } = await madeHub(server);
    const data = path.join(scratchDir(), 'data');
    const value = async <T>(...args: string[]): Promise<T> => (await json(data, ...args)).value as T;
    await value('init', '--name', '망원 1호');
    const { laptop: me } = await value<{ laptop: { id: string } }>('call', 'app.status');
    await admit(server, name, { login: `timer_${name}`, laptop: me.id, kind: 'trainer' });
    await value(
      'call',
      'records.write',
      JSON.stringify({ entity: 'store', id: STORE, set: { name: '김밥집' } }),
    );
    const place = hubAt(server.url(name, `timer_${name}`));
    const { id } = await value<{ id: string }>(
      ...['call', 'destinations.save', JSON.stringify({ name: '팀 허브', place })],
    );
    const what = { kind: 'session' };
    await value('call', 'outbox.send', JSON.stringify({ destination: id, key: recordId(97_500), what }));
    expect(await json(data, 'outbox', 'run')).toMatchObject({ code: 0, value: { sent: 1, parked: 0 } });
    expect(await server.sql(name, 'SELECT count(*)::int AS n FROM dangol.change')).toEqual([{ n: 1 }]);
  });

  it('takes session files alone, whoever chooses it for something else', async () => {
    const one = laptop('field');
    const to = await destinationOn(one, hubAt(NOBODY));
    await expect(queue(one, to, { kind: 'report' })).rejects.toMatchObject({
      ...{ code: 'DELIVERY_NOT_FOR_HUB', params: { name: '팀 허브' } },
    });
    expect(await one.call('outbox.list', {})).toEqual([]);
    const scene = await kitScene(one);
    const order = { trainer: scene.trainers[0], sessions: [scene.sessions[0]], sites: [scene.markets[0]] };
    await expect(queue(one, to, { kind: 'kit', ...order })).rejects.toMatchObject({
      code: 'DELIVERY_NOT_FOR_HUB',
    });

    const folder: Place = { kind: 'folder', path: '/no/such/share' };
    const share = await one.call('destinations.save', { name: '공유', place: folder });
    const { id } = await queue(one, share.id, { kind: 'report' });
    await expect(one.call('outbox.redirect', { id, destination: to })).rejects.toMatchObject({
      code: 'DELIVERY_NOT_FOR_HUB',
    });
    // The destination itself becomes a hub, as a newer kit may make of it.
    await one.call('destinations.save', { id: share.id, name: '공유', place: hubAt(NOBODY) });
    await run(one);
    const parked = await row(one, id);
    expect(parked).toMatchObject({ state: 'parked', error: { code: 'DELIVERY_NOT_FOR_HUB' } });
    said(parked.error);
  });

  it('comes with a kit without its password, which is one laptop’s alone', async () => {
    const hub = await madeHub(server);
    const { office } = hub;
    const made = await kitScene(office);
    const { other: field, url } = await hub.joined('trainer', 'trainer');
    const to = await destinationOn(office, hubAt(url), PASSWORD);
    const order = { trainer: made.trainers[0], sessions: [made.sessions[0]], sites: [made.markets[0]] };
    const kit = async (destinations: string[]): Promise<Buffer> => {
      office.clock.now += 24 * 60 * 60 * 1000;
      field.clock.now = office.clock.now;
      return Buffer.from((await makeKits(office, [{ ...order, plain: true, destinations }])).bytes);
    };
    await field.take('kit 1.dangol', await kit([]));
    field.clock.now = Date.parse(`${THURSDAY}T01:00:00Z`);
    await field.call('visits.start', { session: made.sessions[0], store: made.shops[0] });
    await office.take('day.dangol', await field.exported({ sessions: [made.sessions[0]] }));

    // By now the laptop is known, and another kind of password would be sealed for it.
    const second = await kit([to]);
    const { destinations } = JSON.parse(unpackZip(second).get('manifest.json')!.toString('utf8')) as {
      destinations: { place: Place; secret?: string }[];
    };
    expect(destinations).toMatchObject([{ place: hubAt(url) }]);
    expect(destinations[0]).not.toHaveProperty('secret');
    expect(await field.take('kit 2.dangol', second)).toMatchObject({
      destinations: { added: [{ name: '팀 허브', place: hubAt(url) }], withoutSecret: ['팀 허브'] },
    });
    expect((await field.call('destinations.list', {}))[0]).toMatchObject({
      place: hubAt(url),
      hasSecret: false,
    });
  });

  it('is no address with a password, a wish for no encryption or a private key in it', async () => {
    const one = laptop('field');
    for (const place of [
      hubAt('postgres://me:secret@hub.example.kr/dangol'),
      hubAt('postgres://me@hub.example.kr/dangol?sslmode=disable'),
      hubAt('https://me@hub.example.kr/dangol'),
      hubAt('postgres://hub.example.kr/dangol'),
      hubAt('postgres://me@hub.example.kr:99999/dangol'),
      { ...hubAt('postgres://me@hub.example.kr/dangol'), ca: 'PEM' },
      {
        ...hubAt('postgres://me@hub.example.kr/dangol'),
        ca: '-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----',
      },
    ]) {
      expect(await one.ask('destinations.test', { place })).toMatchObject({
        error: { code: 'INVALID_INPUT' },
      });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { CEILING_MS } from '#main/outbox/schedule.ts';
import { DeliveryFailure } from '#main/outbox/transport.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { hanging, offline } from '#tests/support/delivery-ways.ts';
import { MORNING } from '#tests/support/laptop.ts';
import { contentOf, outboxScene, settled, type Way } from '#tests/support/outbox-scene.ts';

const MINUTE = 60_000;
const failing =
  (lasting: boolean, retryAfter?: number): Way =>
  ({ bytes }) => {
    expect(bytes.byteLength).toBeGreaterThan(0);
    throw new DeliveryFailure('DELIVERY_FOLDER_FULL', { folder: 'x' }, { lasting, retryAfter });
  };

describe('what waits', () => {
  it('goes by itself, whole, and its bytes go when they are there', async () => {
    const at = outboxScene();
    const id = at.queue(at.destination('a'), '내용');
    at.engine().start();
    await at.time.pass(1000);
    expect(at.arrived).toEqual(['내용']);
    expect(at.row(id)).toMatchObject({
      state: 'sent',
      sentAt: MORNING + 1000,
      tries: 1,
      owner: null,
      error: null,
    });
    expect(at.store.deliveries.content(id)).toBeUndefined();
    expect(at.told.times).toBeGreaterThan(0);
  });

  it('goes one by one to a destination, and to several at once', async () => {
    const at = outboxScene();
    const open: (() => void)[] = [];
    const ways = ['a', 'b'].map((name) => {
      at.ways.set(name, () => new Promise((resolve) => open.push(() => resolve('arrived'))));
      return at.destination(name);
    });
    for (const way of ways) for (const text of ['1', '2', '3']) at.queue(way, `${text} ${way}`);
    at.engine().start();
    await at.time.pass(1000);
    expect(at.tries.map(({ to }) => to)).toEqual(['a', 'b']);
    open.shift()!();
    await settled();
    expect(at.tries.map(({ to }) => to)).toEqual(['a', 'b', 'a']);
  });

  it('to a destination that hangs keeps nobody else waiting, and is tried again after its time', async () => {
    const at = outboxScene();
    at.ways.set('a', hanging);
    const slow = at.queue(at.destination('a'), 'slow');
    const there = at.destination('b');
    at.engine().start();
    await at.time.pass(1000);
    const quick = [at.queue(there, '1'), at.queue(there, '2')];
    await at.time.pass(61_000);
    expect(quick.map((id) => at.row(id).state)).toEqual(['sent', 'sent']);
    expect(at.row(slow)).toMatchObject({ state: 'queued', failures: 1, exposed: true });
    expect(at.row(slow).error?.code).toBe('DELIVERY_SLOW');
    at.ways.delete('a');
    await at.time.pass(MINUTE);
    expect(at.row(slow)).toMatchObject({ state: 'sent', tries: 2 });
    expect(at.bugs).toEqual([]);
  });

  it('on a way that does not even stop is left alone until it ends, and counts when it ends well', async () => {
    const at = outboxScene();
    let end = (): void => undefined;
    at.ways.set('a', () => new Promise((resolve) => (end = () => resolve('arrived'))));
    const id = at.queue(at.destination('a'), 'stuck');
    at.engine().start();
    await at.time.pass(60 * MINUTE);
    expect(at.tries).toHaveLength(1);
    expect(at.row(id)).toMatchObject({ state: 'queued', failures: 1 });
    end();
    await settled();
    expect(at.row(id)).toMatchObject({ state: 'sent', tries: 1 });
    expect(at.tries).toHaveLength(1);
  });

  it('goes to two folders at a time at most: each may hang and hold a thread', async () => {
    const at = outboxScene();
    const ends: (() => void)[] = [];
    const names = ['a', 'b', 'c', 'd'];
    for (const name of names) {
      at.ways.set(name, () => new Promise((resolve) => ends.push(() => resolve('arrived'))));
      at.queue(at.destination(name), name);
    }
    at.engine().start();
    await at.time.pass(1000);
    expect(at.tries.map(({ to }) => to)).toEqual(['a', 'b']);
    ends[0]!();
    await settled();
    expect(at.tries.map(({ to }) => to)).toEqual(['a', 'b', 'c']);
  });

  it('goes in one run to every folder behind one that hangs', async () => {
    const at = outboxScene();
    const ids = ['a', 'b', 'c', 'd'].map((name) => at.queue(at.destination(name), name));
    at.ways.set('a', () => new Promise(() => undefined));
    const run = at.engine().runOnce();
    await at.time.pass(2 * MINUTE);
    expect([...(await run).values()].sort()).toEqual(['sent', 'sent', 'sent', 'waiting']);
    expect(ids.map((id) => at.row(id).state)).toEqual(['queued', 'sent', 'sent', 'sent']);
  });

  it('behind two folders that are stuck, a third waits and the net goes on', async () => {
    const at = outboxScene();
    for (const name of ['a', 'b']) {
      at.ways.set(name, () => new Promise(() => undefined));
      at.queue(at.destination(name), name);
    }
    at.engine().start();
    await at.time.pass(2 * MINUTE);
    const third = at.queue(at.destination('c'), 'c');
    const web = at.destination('d');
    at.store.destinations.save({
      id: web,
      name: 'd',
      place: { kind: 'webdav', url: 'https://x.invalid', user: '' },
    });
    const net = at.queue(web, 'd');
    await at.time.pass(2 * MINUTE);
    expect([at.row(third).state, at.row(net).state]).toEqual(['queued', 'sent']);
  });
});

describe('a failure', () => {
  it('that passes is tried again for ever, ever more rarely, and keeps its bytes', async () => {
    const at = outboxScene();
    at.ways.set('a', failing(false));
    const id = at.queue(at.destination('a'), '내용');
    at.engine().start();
    await at.time.pass(24 * 60 * MINUTE);
    const gaps = at.tries.slice(1).map((one, n) => one.at - at.tries[n]!.at);
    expect(gaps.slice(0, 3)).toEqual([3000, 5500, 10_500]);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(CEILING_MS);
    expect(at.tries.length).toBeGreaterThan((24 * 60) / 15);
    expect(at.row(id)).toMatchObject({ state: 'queued', tries: at.tries.length });
    expect(new Set(at.tries.map(({ parcel }) => `${parcel.name} ${parcel.sha256} ${parcel.key}`)).size).toBe(
      1,
    );
    expect(Buffer.from(at.store.deliveries.content(id)!).toString()).toBe('내용');
  });

  it('that lasts parks it at once, with its bytes; others go on', async () => {
    const at = outboxScene();
    at.ways.set('a', failing(true));
    const there = at.destination('a');
    const [first, second] = [at.queue(there, '1'), at.queue(there, '2')];
    at.engine().start();
    await at.time.pass(1000);
    expect(at.row(first)).toMatchObject({ state: 'parked', tries: 1 });
    // Fifty wrong passwords in a row would lock the account.
    expect(at.tries).toHaveLength(1);
    at.ways.delete('a');
    await at.time.pass(MINUTE);
    expect(at.row(second).state).toBe('sent');
    expect(at.row(first).state).toBe('parked');
    expect(at.store.deliveries.content(first)).toBeDefined();
  });

  it('after which the server asks to wait is waited for, also by the others, and by a run', async () => {
    const at = outboxScene();
    at.ways.set('a', failing(false, 30 * MINUTE));
    const there = at.destination('a');
    at.queue(there, '1');
    at.queue(there, '2');
    const engine = at.engine();
    engine.start();
    await at.time.pass(1000);
    at.ways.delete('a');
    await at.time.pass(30 * MINUTE - 1);
    expect(at.tries).toHaveLength(1);
    await engine.runOnce();
    expect(at.tries).toHaveLength(1);
    await at.time.pass(2 * MINUTE);
    expect(at.tries).toHaveLength(3);
  });

  it('of one delivery alone does not hold up those behind it', async () => {
    const at = outboxScene();
    const there = at.destination('a');
    at.ways.set('a', (parcel, signal) =>
      parcel.title === 'poison' ? failing(false)(parcel, signal) : Promise.resolve('arrived'),
    );
    const poison = at.queue(there, 'poison');
    const others = ['1', '2', '3', '4'].map((text) => at.queue(there, text));
    at.engine().start();
    await at.time.pass(30_000);
    expect(others.map((id) => at.row(id).state)).toEqual(['sent', 'sent', 'sent', 'sent']);
    expect(at.row(poison).state).toBe('queued');
  });

  it('that is a bug of ours is reported and tried again; what we refuse ourselves is parked', async () => {
    const at = outboxScene();
    at.ways.set('a', () => {
      throw new TypeError('a bug');
    });
    const id = at.queue(at.destination('a'), '1');
    const gone = at.queue(at.destination('b'), null);
    at.engine({
      make: () => Promise.reject(new Refusal('NOT_FOUND', { entity: 'program', id: 'x' })),
    }).start();
    await at.time.pass(1000);
    expect(at.row(id)).toMatchObject({ state: 'queued', error: { code: 'INTERNAL', params: { id: 'bug' } } });
    expect(at.bugs).toHaveLength(1);
    expect(at.row(gone)).toMatchObject({ state: 'parked', error: { code: 'NOT_FOUND' } });
  });

  it('never carries the secret, however careless the server is', async () => {
    const at = outboxScene();
    at.ways.set('a', () => {
      const said = [
        '비밀번호 77',
        encodeURIComponent('비밀번호 77'),
        Buffer.from('비밀번호 77').toString('base64'),
      ];
      throw new DeliveryFailure(
        'DELIVERY_FOLDER_FAILED',
        { folder: 'x', reason: said.join() },
        { lasting: true },
      );
    });
    const there = at.destination('a');
    const id = at.queue(there, '1');
    at.engine().start();
    await at.time.pass(1000);
    expect(at.row(id).error?.params['reason']).toBe('***,***,***');
    expect(at.store.destinations.get(there)!.last!.error!.params['reason']).toBe('***,***,***');
  });
});

describe('a report that is made at the moment of sending', () => {
  it('is made anew as long as it was offline, for nothing of it had left', async () => {
    const at = outboxScene();
    at.ways.set('a', offline);
    const id = at.queue(at.destination('a'), null);
    at.engine().start();
    await at.time.pass(10_000);
    expect(at.tries.length).toBeGreaterThan(1);
    expect(at.row(id)).toMatchObject({ file: null, sha256: null, exposed: false, offline: true });
    at.ways.delete('a');
    await at.time.pass(MINUTE);
    const made = at.tries.map(({ parcel }) => parcel.name);
    expect(made).toEqual(made.map((_, n) => contentOf(`보고서 ${n + 1}`).file));
    expect(at.arrived).toEqual([`보고서 ${made.length}`]);
    expect(at.row(id).state).toBe('sent');
  });

  it('keeps its name and bytes from the first try on in which some may have left, offline or not', async () => {
    const at = outboxScene();
    const ways = [failing(false), offline, offline];
    at.ways.set('a', (parcel, signal) => ways.shift()?.(parcel, signal) ?? Promise.resolve('already'));
    const id = at.queue(at.destination('a'), null);
    at.engine().start();
    await at.time.pass(5 * MINUTE);
    expect(at.tries).toHaveLength(4);
    expect(new Set(at.tries.map(({ parcel }) => parcel.name)).size).toBe(1);
    expect(at.row(id)).toMatchObject({ state: 'sent', file: contentOf('보고서 1').file });
  });
});

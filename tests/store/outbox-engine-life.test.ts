import { describe, expect, it } from 'vitest';
import { isLeftBehind } from '#main/outbox/owner.ts';
import { LEASE_MS } from '#main/outbox/schedule.ts';
import { hanging, offline } from '#tests/support/delivery-ways.ts';
import { MORNING } from '#tests/support/laptop.ts';
import { contentOf, outboxScene, settled } from '#tests/support/outbox-scene.ts';

const MINUTE = 60_000;

describe('two processes over one store', () => {
  it('never send a row at the same time, nor two to one destination', async () => {
    const at = outboxScene();
    let now = 0;
    let most = 0;
    at.ways.set('a', async () => {
      most = Math.max(most, (now += 1));
      await settled();
      now -= 1;
      return 'arrived';
    });
    const there = at.destination('a');
    const ids = Array.from({ length: 20 }, (_, n) => at.queue(there, `${n}`));
    const [one, two] = [at.engine(), at.engine({ store: at.another() })];
    one.start();
    two.start();
    await at.time.pass(5 * MINUTE);
    expect(ids.map((id) => at.row(id).state)).toEqual(ids.map(() => 'sent'));
    expect(most).toBe(1);
    expect(at.tries).toHaveLength(20);
  });

  it('the second waits while the first says that it lives, however long', async () => {
    const at = outboxScene();
    let end = (): void => undefined;
    at.ways.set('a', () => new Promise((resolve) => (end = () => resolve('arrived'))));
    const id = at.queue(at.destination('a'), '1');
    at.engine().start();
    await at.time.pass(1000);
    const other = at.engine({ store: at.another() });
    await at.time.pass(LEASE_MS + 15_000);
    expect(other.isSending(at.row(id))).toBe(true);
    expect(await other.runOnce()).toEqual(new Map());
    expect(at.tries).toHaveLength(1);
    end();
    await settled();
    expect(at.row(id).state).toBe('sent');
  });

  it('what a process that is gone was sending is queued again: at once when it has ended, else with its lease', () => {
    const now = MORNING;
    const self = 'machine 10 a';
    const row = (owner: string | null, leaseUntil = now + 20_000) => ({ owner, leaseUntil });
    const alive = (pid: number): boolean => pid === 20;
    const left = (owner: string | null, until?: number): boolean =>
      isLeftBehind(row(owner, until), self, now, alive);
    expect(left('machine 20 b')).toBe(false);
    expect(left('machine 30 b')).toBe(true);
    expect(left('elsewhere 30 b')).toBe(false);
    expect(left('machine 10 before')).toBe(false);
    expect(left('machine 10 a')).toBe(true);
    expect(left('machine 20 b', now - 1)).toBe(true);
    // Given under a clock that was ahead by a year.
    expect(left('machine 20 b', now + 365 * 24 * 60 * MINUTE)).toBe(true);
    expect(left(null)).toBe(true);
  });

  it('taken up after a kill, it has the same name, bytes and key', async () => {
    const at = outboxScene();
    const id = at.queue(at.destination('a'), null);
    at.store.deliveries.fill(id, contentOf('vor dem Ende'));
    at.store.deliveries.claim(id, 'elsewhere 1 b', at.time.clock.now, at.time.clock.now + LEASE_MS);
    at.store.deliveries.expose(id, 'elsewhere 1 b');
    at.ways.set('a', () => Promise.resolve('already'));
    at.engine().start();
    await at.time.pass(LEASE_MS - 2000);
    expect(at.tries).toEqual([]);
    await at.time.pass(2 * MINUTE);
    expect(at.tries.map(({ parcel }) => [parcel.name, parcel.key])).toEqual([
      [contentOf('vor dem Ende').file, id],
    ]);
    expect(at.row(id)).toMatchObject({ state: 'sent', tries: 2 });
  });
});

describe('an engine', () => {
  it('that is closed stops what is on its way, queues it again and touches nothing afterwards', async () => {
    const at = outboxScene();
    at.ways.set('a', hanging);
    const id = at.queue(at.destination('a'), '1');
    const engine = at.engine();
    engine.start();
    await at.time.pass(1000);
    expect(at.row(id).state).toBe('sending');
    engine.close();
    await settled();
    expect(at.row(id)).toMatchObject({ state: 'queued', exposed: true, owner: null, error: null });
    await at.time.pass(60 * MINUTE);
    expect(at.tries).toHaveLength(1);
    expect(at.bugs).toEqual([]);
  });

  it('sends nothing while all is paused, nor what is paused or confirmed', async () => {
    const at = outboxScene();
    const there = at.destination('a');
    at.store.meta.set('outbox.paused', 'yes');
    const plain = at.queue(there, '1');
    const still = at.queue(there, '2');
    at.store.deliveries.pause(still, true);
    const told = at.queue(there, '3', { manifest: 'told' });
    at.confirmed.add('told');
    at.engine().start();
    await at.time.pass(10 * MINUTE);
    expect(at.tries).toEqual([]);
    at.store.meta.set('outbox.paused', 'no');
    await at.time.pass(2 * MINUTE);
    expect([plain, still, told].map((id) => at.row(id).state)).toEqual(['sent', 'queued', 'queued']);
  });

  it.each([
    ['back a year', -365 * 24 * 60 * MINUTE],
    ['ahead a year', 365 * 24 * 60 * MINUTE],
  ])('goes on when the clock is set %s', async (_what, by) => {
    const at = outboxScene();
    at.ways.set('a', offline);
    const id = at.queue(at.destination('a'), '1');
    at.engine().start();
    await at.time.pass(60 * MINUTE);
    at.ways.delete('a');
    at.time.clock.now += by;
    await at.time.pass(2 * MINUTE);
    expect(at.row(id).state).toBe('sent');
  });

  it('runs once: all that waits, whatever its time; a destination that is offline is asked once', async () => {
    const at = outboxScene();
    at.ways.set('a', offline);
    const [off, on] = [at.destination('a'), at.destination('b')];
    const [first, second] = [at.queue(off, '1'), at.queue(off, '2')];
    const third = at.queue(on, '3');
    const fourth = at.queue(on, '4');
    at.ways.set('b', ({ title }) => Promise.resolve(title === '4' ? 'already' : 'arrived'));
    const outcomes = await at.engine().runOnce();
    expect(outcomes).toEqual(
      new Map([
        [first, 'waiting'],
        [third, 'sent'],
        [fourth, 'already'],
      ]),
    );
    expect(at.tries.filter(({ to }) => to === 'a')).toHaveLength(1);
    // The next one begins with whoever waited longest for a try.
    at.ways.delete('a');
    await at.engine().runOnce();
    expect([first, second].map((id) => at.row(id).state)).toEqual(['sent', 'sent']);
    expect(at.tries.at(-2)!.parcel.key).toBe(second);
  });
});

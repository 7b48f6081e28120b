import { describe, expect, it } from 'vitest';
import { openGate } from '#main/gate.ts';
import { contract, type CoreEvent, type Method } from '#shared/contract/contract.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { surveyScene } from '#tests/support/survey-scene.ts';

const PIN = '4826';
const PASSPHRASE = '망원시장 앞 파란 우산';

async function withPin(dir = scratchDir()): Promise<TestLaptop> {
  const at = laptop('시장', { dir, window: true });
  await at.call('pin.set', { pin: PIN });
  return at;
}

const codeOf = async (at: TestLaptop, method: string, input: unknown = {}): Promise<string | null> => {
  const answer = await at.ask(method, input);
  return answer.ok ? null : answer.error.code;
};

const MAY = [
  'app.status',
  'pin.status',
  'vault.state',
  'lock.status',
  'lock.now',
  'lock.open',
  'place.put',
  'outbox.wake',
];

describe('a locked window', () => {
  it('answers nothing that tells of a record, until the PIN', async () => {
    const at = await withPin();
    expect(await at.call('lock.status', {})).toEqual({ locked: false, way: 'pin', minutes: 10, wait: 0 });
    expect(await at.call('lock.now', {})).toMatchObject({ locked: true });
    const refusing = (Object.keys(contract) as Method[]).filter((method) => !MAY.includes(method));
    const codes = new Set<string | null>();
    for (const method of refusing) {
      if (method !== 'pin.reset') codes.add(await codeOf(at, method));
    }
    expect([...codes]).toEqual(['APP_LOCKED']);
    // Where it stood is told a moment later, but not read.
    expect(await codeOf(at, 'place.put', { path: '/settings', field: null })).toBeNull();
    expect(await codeOf(at, 'place.get')).toBe('APP_LOCKED');
    expect(await at.call('app.status', {})).toMatchObject({ locked: true });
    expect(await codeOf(at, 'lock.open', { secret: '0000' })).toBe('PIN_WRONG');
    expect(await codeOf(at, 'stores.list')).not.toBeNull();
    expect(await at.call('lock.open', { secret: PIN })).toMatchObject({ locked: false });
    expect(await codeOf(at, 'records.write', { entity: 'store', set: { name: '상점' } })).toBeNull();
  });

  it('stays locked through a restart, and so do the tries', async () => {
    const at = await withPin();
    await at.call('lock.now', {});
    for (let turn = 0; turn < 3; turn += 1) await at.ask('lock.open', { secret: '1111' });
    at.close();
    const again = laptop('시장', { dir: at.dir, fresh: false, window: true, now: at.clock.now });
    expect(await again.call('lock.status', {})).toMatchObject({ locked: true, wait: 30 });
    expect(await codeOf(again, 'lock.open', { secret: PIN })).toBe('PIN_WAIT');
    again.clock.now += 30_000;
    expect(await codeOf(again, 'lock.open', { secret: PIN })).toBeNull();
  });

  it('is for windows: the command line goes on, and can take a forgotten PIN away', async () => {
    const at = await withPin();
    await at.call('lock.now', {});
    const cli = laptop('시장', { dir: at.dir, fresh: false });
    expect(await codeOf(cli, 'today.view', { day: '2026-11-24' })).not.toBe('APP_LOCKED');
    await cli.call('pin.reset', {});
    expect(await at.call('lock.status', {})).toMatchObject({ locked: false, way: 'none' });
  });

  it('opens with the passphrase too, or alone where there is no PIN, and counts the tries alike', async () => {
    const at = laptop('시장', { window: true, unlock: { secret: PASSPHRASE } });
    expect(await at.call('lock.status', {})).toMatchObject({ way: 'passphrase' });
    await at.call('lock.now', {});
    expect(await codeOf(at, 'lock.open', { secret: 'something else' })).toBe('PASSPHRASE_WRONG');
    expect(await at.call('lock.open', { secret: PASSPHRASE })).toMatchObject({ locked: false });
    await at.call('pin.set', { pin: PIN });
    await at.call('lock.now', {});
    expect(await codeOf(at, 'lock.open', { secret: '1111' })).toBe('PIN_WRONG');
    expect(await codeOf(at, 'lock.open', { secret: 'something else' })).toBe('PASSPHRASE_WRONG');
    expect(await codeOf(at, 'lock.open', { secret: '1111' })).toBe('PIN_WAIT');
    at.clock.now += 30_000;
    expect(await at.call('lock.open', { secret: PASSPHRASE })).toMatchObject({ locked: false });
  });

  it('never comes where nothing is set that opens it', async () => {
    const at = laptop('시장', { window: true });
    expect(await at.call('lock.now', {})).toEqual({ locked: false, way: 'none', minutes: 10, wait: 0 });
    expect(await at.call('app.status', {})).toMatchObject({ locked: false, idleMinutes: 0 });
    await at.call('pin.set', { pin: PIN });
    expect(await at.call('app.status', {})).toMatchObject({ idleMinutes: 10 });
    await at.call('lock.setMinutes', { minutes: 0 });
    expect(await at.call('app.status', {})).toMatchObject({ idleMinutes: 0 });
  });
});

describe('a survey that is handed over', () => {
  it('goes on behind the lock, and the PIN that ends it opens the window', async () => {
    const at = await withPin();
    const ids = await surveyScene(at);
    await at.call('handover.start', { session: ids.session });
    expect(await at.call('lock.now', {})).toMatchObject({ locked: true });
    const { current } = await at.call('handover.begin', {});
    await at.call('handover.submit', { response: current!.response, answers: { easy: 5, helpful: true } });
    expect(await codeOf(at, 'lock.open', { secret: PIN })).toBe('HANDED_OVER');
    expect(await codeOf(at, 'handover.end', { pin: '1111' })).toBe('PIN_WRONG');
    await at.call('handover.end', { pin: PIN });
    expect(await at.call('app.status', {})).toMatchObject({ handedOver: false, locked: false });
  });

  it('shows the lock afterwards where no PIN ends it', async () => {
    const at = laptop('시장', { window: true, unlock: { secret: PASSPHRASE } });
    const ids = await surveyScene(at);
    await at.call('pin.goWithout', {});
    await at.call('handover.start', { session: ids.session });
    await at.call('lock.now', {});
    await at.call('handover.end', {});
    expect(await at.call('app.status', {})).toMatchObject({ handedOver: false, locked: true });
    expect(await codeOf(at, 'surveys.list', { session: ids.session })).toBe('APP_LOCKED');
  });
});

describe('the gate of a locked store', () => {
  it('answers what it is and takes a secret, and nothing else', async () => {
    const at = laptop('시장', { window: true, unlock: { secret: PASSPHRASE } });
    const wanted = at.dump();
    await at.call('lock.now', {});
    at.close();
    const gate = valueOf(openGate({ dataDir: at.dir, create: true, window: true }));
    const events: CoreEvent[] = [];
    gate.on((event) => events.push(event));
    try {
      expect(gate.isOpen()).toBe(false);
      expect(await gate.call('vault.state', {})).toEqual({
        ok: true,
        value: { open: false, ways: ['passphrase'] },
      });
      for (const method of Object.keys(contract)) {
        if (method === 'vault.state' || method === 'vault.unlock') continue;
        expect(await gate.call(method, {})).toMatchObject({ error: { code: 'STORE_LOCKED' } });
      }
      expect(await gate.call('nothing.such', {})).toMatchObject({ error: { code: 'UNKNOWN_METHOD' } });
      expect(await gate.call('vault.unlock', { secret: 5 })).toMatchObject({
        error: { code: 'INVALID_INPUT' },
      });
      expect(await gate.call('vault.unlock', { secret: 'not this one' })).toMatchObject({
        error: { code: 'PASSPHRASE_WRONG' },
      });
      expect(await gate.call('vault.unlock', { secret: PASSPHRASE })).toEqual({
        ok: true,
        value: { way: 'passphrase' },
      });
      // Who knows the passphrase is not asked for it again by the window's own lock.
      expect(await gate.call('app.status', {})).toMatchObject({ ok: true, value: { locked: false } });
      await gate.call('records.write', { entity: 'store', set: { name: '상점' } });
      expect(events).toContainEqual({ kind: 'changed', entities: ['store'] });
    } finally {
      gate.close();
    }
    expect(wanted).toBe('');
  });
});

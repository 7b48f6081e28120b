import { describe, expect, it } from 'vitest';
import { laptop, MORNING, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';

const PIN = '73915';
const WRONG = '00000';

async function withPin(): Promise<TestLaptop> {
  const at = laptop('시장');
  await at.call('pin.set', { pin: PIN });
  return at;
}

/** The code of the refusal of a removal with that PIN, or null; a right one takes the PIN away. */
async function tryPin(at: TestLaptop, old: string): Promise<string | null> {
  const answer = await at.ask('pin.remove', { old });
  return answer.ok ? null : answer.error.code;
}

async function wrongTimes(at: TestLaptop, times: number): Promise<(string | null)[]> {
  const codes: (string | null)[] = [];
  for (let time = 0; time < times; time += 1) codes.push(await tryPin(at, WRONG));
  return codes;
}

describe('the PIN', () => {
  it('is set, changed and removed with the one before', async () => {
    const at = laptop('시장');
    expect(await at.call('pin.status', {})).toEqual({ isSet: false, wanted: true, wait: 0 });
    await at.call('pin.set', { pin: PIN });
    expect(await at.call('pin.status', {})).toEqual({ isSet: true, wanted: true, wait: 0 });
    expect(await at.ask('pin.set', { pin: '1111' })).toMatchObject({ error: { code: 'PIN_WRONG' } });
    expect(await at.ask('pin.set', { pin: '1111', old: WRONG })).toMatchObject({
      error: { code: 'PIN_WRONG' },
    });
    await at.call('pin.set', { pin: '1111', old: PIN });
    expect(await tryPin(at, PIN)).toBe('PIN_WRONG');
    expect(await tryPin(at, '1111')).toBeNull();
    expect((await at.call('pin.status', {})).isSet).toBe(false);
  });

  it.each(['123', '123456789', '12a4', '', ' 1234'])('cannot be "%s"', async (pin) => {
    const answer = await laptop('시장').ask('pin.set', { pin });
    expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT', params: { at: 'pin' } } });
    if (pin !== '') expect(JSON.stringify(answer)).not.toContain(pin);
  });

  it('may be gone without, knowingly, and only where there is none', async () => {
    const at = laptop('시장');
    expect(await at.call('pin.goWithout', {})).toMatchObject({ isSet: false, wanted: false });
    await at.call('pin.set', { pin: PIN });
    expect(await at.ask('pin.goWithout', {})).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(await at.call('pin.status', {})).toMatchObject({ isSet: true, wanted: true });
  });

  it('is in no dump and no file', async () => {
    const at = laptop('시장');
    const before = at.dump();
    await at.call('pin.set', { pin: PIN });
    await tryPin(at, WRONG);
    expect(at.dump()).toBe(before);
    const file = await at.exported();
    const other = laptop('사무실');
    await other.take('day.dangol', file);
    expect((await other.call('pin.status', {})).isSet).toBe(false);
  });

  it('that was forgotten is taken away on the command line, and in no window', async () => {
    const dir = scratchDir();
    const cli = laptop('시장', { dir });
    await cli.call('pin.set', { pin: PIN });
    const window = laptop('시장', { dir, fresh: false, window: true });
    expect(await window.ask('pin.reset', {})).toMatchObject({ error: { code: 'COMMAND_LINE_ONLY' } });
    await wrongTimes(cli, 3);
    expect(await cli.call('pin.reset', {})).toEqual({ isSet: false, wanted: true, wait: 0 });
    expect((await window.call('pin.status', {})).isSet).toBe(false);
  });
});

describe('wrong PINs', () => {
  it('wait from the third in a row, and a right one does not help before the time', async () => {
    const at = await withPin();
    expect(await wrongTimes(at, 3)).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_WAIT']);
    expect(await at.call('pin.status', {})).toMatchObject({ wait: 30 });
    at.clock.now += 29_000;
    expect(await at.ask('pin.remove', { old: PIN })).toMatchObject({
      error: { code: 'PIN_WAIT', params: { seconds: 1 } },
    });
    // A try that was not taken does not make the wait longer.
    at.clock.now += 1000;
    expect(await tryPin(at, WRONG)).toBe('PIN_WAIT');
    expect((await at.call('pin.status', {})).wait).toBe(60);
    at.clock.now += 60_000;
    expect(await tryPin(at, PIN)).toBeNull();
  });

  it('count anew after a right one', async () => {
    const at = await withPin();
    await wrongTimes(at, 2);
    await at.call('pin.set', { pin: PIN, old: PIN });
    expect(await wrongTimes(at, 3)).toEqual(['PIN_WRONG', 'PIN_WRONG', 'PIN_WAIT']);
  });

  it('are remembered by a program that was started again', async () => {
    const dir = scratchDir();
    const first = laptop('시장', { dir });
    await first.call('pin.set', { pin: PIN });
    await wrongTimes(first, 4);
    first.close();
    const again = laptop('시장', { dir, fresh: false, now: MORNING + 10_000 });
    expect(await tryPin(again, PIN)).toBe('PIN_WAIT');
    expect((await again.call('pin.status', {})).wait).toBe(20);
  });

  it('wait no shorter when the clock is turned back, and not for years either', async () => {
    const at = await withPin();
    await wrongTimes(at, 3);
    at.clock.now -= 3_600_000;
    expect(await tryPin(at, PIN)).toBe('PIN_WAIT');
    at.clock.now += 29_000;
    expect(await tryPin(at, PIN)).toBe('PIN_WAIT');
    at.clock.now += 1000;
    expect(await tryPin(at, PIN)).toBeNull();
  });
});

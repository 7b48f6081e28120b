import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { laptop, scratchDir } from '#tests/support/laptop.ts';
import { MANY_SHOPS, manyShops } from '#tests/support/many-shops.ts';

/** How often others were let in before a promise was settled; making the index of so many shops lets them in often. */
async function turnsUntil(settled: Promise<unknown>): Promise<number> {
  const waiting = { yet: true };
  const done = () => (waiting.yet = false);
  settled.then(done, done);
  let turns = 0;
  for (; waiting.yet; turns += 1) await turn();
  return turns;
}

async function letPass(turns: number): Promise<void> {
  for (let n = 0; n < turns; n += 1) await turn();
}

describe('a window that was opened', () => {
  const SLICES = Math.ceil(MANY_SHOPS / 500);

  async function shopsIn(dir: string): Promise<void> {
    const before = laptop('가', { dir });
    await before.take('many.dangol', manyShops());
    before.close();
  }

  it('makes the index before anyone asks, once its first screen stands; else it is made when it is asked for', async () => {
    const dir = scratchDir();
    await shopsIn(dir);
    const [window, cli] = [true, false].map((window) => laptop('가', { dir, fresh: false, window }));
    window!.core.warmUp();
    await letPass(4 * SLICES);
    expect(await turnsUntil(cli!.call('stores.find', {}))).toBeGreaterThanOrEqual(SLICES);
    expect(await turnsUntil(window!.call('stores.find', {}))).toBeLessThan(3);
    await window!.call('records.write', { entity: 'store', set: { name: '새로생긴집' } });
    expect((await window!.call('stores.find', { text: '새로생긴집' })).total).toBe(1);
  });

  it.each([0, 1, SLICES - 2, SLICES])('may be closed again %i slices later', async (slices) => {
    const dir = scratchDir();
    await shopsIn(dir);
    const lost: unknown[] = [];
    const onLost = (why: unknown) => void lost.push(why);
    process.on('unhandledRejection', onLost);
    onTestFinished(() => void process.off('unhandledRejection', onLost));
    const window = laptop('가', { dir, fresh: false, window: true });
    window.core.warmUp();
    await letPass(slices);
    window.close();
    await letPass(SLICES);
    expect(lost).toEqual([]);
    const again = laptop('가', { dir, fresh: false, window: true });
    expect((await again.call('stores.find', {})).total).toBe(MANY_SHOPS);
  });
});

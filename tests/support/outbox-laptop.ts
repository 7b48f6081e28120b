import type { InputOf } from '#shared/contract/contract.ts';
import type { Delivery } from '#shared/contract/outbox.ts';
import { recordId } from './exchange-builder.ts';
import { laptop, scratchDir, type LaptopOptions, type TestLaptop } from './laptop.ts';
import { testTime, type Way } from './outbox-scene.ts';

export const SECRET = 'geheim-77-비밀';

let lastKey = 0;
export const freshKey = (): string => recordId((lastKey += 1) + 90_000);

export async function folderOf(on: TestLaptop, dir = scratchDir()): Promise<{ id: string; dir: string }> {
  const { id } = await on.call('destinations.save', {
    name: '사무실 폴더',
    place: { kind: 'folder', path: dir },
  });
  return { id, dir };
}

export type What = InputOf<'outbox.send'>['what'];
export const send = (
  on: TestLaptop,
  destination: string,
  what: What = { kind: 'session' },
  key = freshKey(),
) => on.call('outbox.send', { destination, key, what });

export const only = async (on: TestLaptop): Promise<Delivery> => (await on.call('outbox.list', {}))[0]!;

/** A laptop whose deliveries meet what a test says; a window's engine runs by the laptop's clock as a test moves it. */
export function withWay(
  way: { now: Way },
  options: LaptopOptions = {},
): TestLaptop & { pass(ms: number): Promise<void> } {
  const time = testTime({
    get now() {
      return one.clock.now;
    },
    set now(ms) {
      one.clock.now = ms;
    },
  });
  const open = () => ({ send: way.now, test: () => Promise.resolve() });
  const one = laptop('망원 1호', { ...options, outbox: { open, timers: time.timers, random: () => 0.5 } });
  return { ...one, pass: time.pass };
}

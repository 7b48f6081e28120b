import { expect, it } from 'vitest';
import { whileUnchanged } from '#main/features/unchanged.ts';
import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { makeLaptop, scratchDir } from '#tests/support/laptop.ts';

const open = (dir: string) => openStore({ dir, key: readKeyFile(dir), now: () => 1_700_000_000_000 });

it('remembers an answer until the log is written, here or by another process', async () => {
  const dir = scratchDir();
  makeLaptop('사무실', { dir }).close();
  const [here, there] = [open(dir), open(dir)];
  const unchanged = whileUnchanged(here);
  let made = 0;
  const ask = (question = 'a'): number => unchanged.once(question, () => (made += 1));
  const write = (on: typeof here): void =>
    void on.log.write([{ entity: 'site', id: crypto.randomUUID(), set: { name: '망원시장' } }]);

  expect([ask(), ask(), ask('b'), ask()]).toEqual([1, 1, 2, 1]);
  // Where a window stands is written at every step, and is no answer to anything.
  here.meta.set('place', '{}');
  here.drafts.put('a', 'half a wo', 1);
  expect(ask()).toBe(1);
  write(here);
  expect([ask(), ask()]).toEqual([3, 3]);
  write(there);
  expect([ask(), ask()]).toEqual([4, 4]);

  // Written to while it was made: given, and made anew for the next one.
  const slow = (): Promise<number> =>
    unchanged.onceMade('slow', async () => {
      write(there);
      return (made += 1);
    });
  expect([await slow(), await slow()]).toEqual([5, 6]);
  const quick = (): Promise<number> => unchanged.onceMade('quick', async () => (made += 1));
  expect([await quick(), await quick()]).toEqual([7, 7]);
  here.close();
  there.close();
});

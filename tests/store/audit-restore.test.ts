import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { restore } from '#main/core.ts';
import { STORE_FILE } from '#main/store/store.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { raw } from '#tests/support/open-store.ts';

const open = (dir: string): TestLaptop => laptop('시장', { dir, fresh: false });

async function look(on: TestLaptop, n: number): Promise<void> {
  await on.call('records.write', { entity: 'store', id: recordId(n), set: { name: `상점 ${n}` } });
  await on.call('records.get', { entity: 'store', id: recordId(n) });
}

/** A store with three entries, of which a copy has the first: its own making came after it. */
async function scene(): Promise<{ dir: string; copy: string }> {
  const on = laptop('시장');
  await look(on, 1);
  const copy = path.join(scratchDir(), 'copy.db');
  valueOf(on.core.saveBackup(copy));
  await look(on, 2);
  on.close();
  return { dir: on.dir, copy };
}

async function told(on: TestLaptop): Promise<unknown[]> {
  const { rows } = await on.call('audit.list', {});
  return rows.toReversed().map(({ n, what, subject }) => [n, what, subject]);
}

const looked = (n: number) => ['unmasked', { entity: 'store', record: recordId(n) }] as const;

it('a restore goes on with the chain of the former store, and says that it happened', async () => {
  const { dir, copy } = await scene();
  valueOf(restore(dir, copy));
  const on = open(dir);
  expect(await told(on)).toEqual([
    [1, ...looked(1)],
    [2, 'backedUp', { count: 1 }],
    [3, ...looked(2)],
    [4, 'restored', { file: 'copy.db', count: 1, whole: true }],
  ]);
  expect(await on.call('app.verify', {})).toMatchObject({ faults: [] });
});

it('what grew beside the copy is added with the place where it stood', async () => {
  const { dir, copy } = await scene();
  const { aside } = valueOf(restore(dir, copy));
  const on = open(dir);
  await look(on, 3);
  on.close();
  // The folder that was set aside comes back: it knows nothing of the restore and of what came after.
  valueOf(restore(dir, path.join(aside!, STORE_FILE)));
  const again = open(dir);
  const rows = (await told(again)) as [number, string, { formerly?: { n: number; hash: string } }][];
  expect(rows.map(([n, what, { formerly }]) => [n, what, formerly?.n])).toEqual([
    [1, 'unmasked', undefined],
    [2, 'backedUp', undefined],
    [3, 'unmasked', undefined],
    [4, 'restored', undefined],
    [5, 'unmasked', undefined],
    [6, 'restored', undefined],
  ]);
  again.close();
  // And the first copy, which has one entry, after a chain of its own was begun on it elsewhere.
  const beside = scratchDir();
  fs.cpSync(dir, beside, { recursive: true });
  fs.rmSync(path.join(beside, STORE_FILE));
  valueOf(restore(beside, copy));
  const other = open(beside);
  await look(other, 4);
  const branch = path.join(scratchDir(), 'branch.db');
  valueOf(other.core.saveBackup(branch));
  other.close();
  valueOf(restore(dir, branch));
  const joined = open(dir);
  const last = (await told(joined)) as typeof rows;
  expect(last.map(([n, what, { formerly }]) => [n, what, formerly?.n])).toEqual([
    [1, 'unmasked', undefined],
    [2, 'restored', undefined],
    [3, 'unmasked', undefined],
    // What the branch lacks, each with its former place.
    [4, 'backedUp', 2],
    [5, 'unmasked', 3],
    [6, 'restored', 4],
    [7, 'unmasked', 5],
    [8, 'restored', 6],
    [9, 'restored', undefined],
  ]);
  expect(await joined.call('app.verify', {})).toMatchObject({ faults: [] });
});

it('a former store that does not open leaves what the copy has, and the entry says that nobody knows', async () => {
  const { dir, copy } = await scene();
  fs.writeFileSync(path.join(dir, STORE_FILE), Buffer.alloc(20_000, 7));
  for (const part of ['-wal', '-shm']) fs.rmSync(path.join(dir, STORE_FILE + part), { force: true });
  valueOf(restore(dir, copy));
  const on = open(dir);
  expect(await told(on)).toEqual([
    [1, ...looked(1)],
    [2, 'restored', { file: 'copy.db', count: 1, whole: null }],
  ]);
  expect(await on.call('app.verify', {})).toMatchObject({ faults: [] });
});

it('an entry that was tampered with is carried over as it is, and goes on being seen', async () => {
  const { dir, copy } = await scene();
  const db = raw(dir);
  db.exec("DROP TRIGGER audit_unaltered; UPDATE audit SET why = 'x' WHERE n = 2");
  db.close();
  valueOf(restore(dir, copy));
  const { faults } = await open(dir).call('app.verify', {});
  expect(faults).toEqual([{ part: 'audit', at: '2 altered' }]);
});

it('entries that were removed before it are missing after it', async () => {
  const { dir, copy } = await scene();
  const db = raw(dir);
  db.exec('DROP TRIGGER audit_kept; DELETE FROM audit WHERE n = 3');
  db.close();
  valueOf(restore(dir, copy));
  const on = open(dir);
  expect((await told(on)).at(-1)).toEqual([3, 'restored', { file: 'copy.db', count: 1, whole: false }]);
});

import Database from 'better-sqlite3';
import { afterEach, expect, it, vi } from 'vitest';
import type { KnownParcel } from '#main/store/hub.ts';
import { openStore, type Store } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { laptop, scratchDir } from '#tests/support/laptop.ts';
import { seeded } from '#tests/support/random.ts';

afterEach(() => void vi.restoreAllMocks());

const name = (n: number): string => `점포 ${n}`;

/** An office that wrote something itself, took files with something new and with nothing, and took one out again. */
async function office(): Promise<string> {
  const dir = scratchDir();
  const [here, trainer] = [laptop('사무실', { dir }), laptop('망원 1호')];
  const write = (at: typeof here, n: number) =>
    at.call('records.write', { entity: 'store', set: { name: name(n) } });
  for (let n = 0; n < 4; n += 1) {
    await write(trainer, n);
    await write(trainer, 10 + n);
    await here.take(`new ${n}.dangol`, await trainer.exported());
    await here.take(`nothing new ${n}.dangol`, await trainer.exported({ purpose: 'kit' }));
    if (n % 2 === 0) await write(here, 20 + n);
  }
  const other = laptop('망원 2호');
  await write(other, 30);
  const { import: id } = await here.take('undone.dangol', await other.exported());
  await here.call('imports.undo', { id: id! });
  await write(here, 31);
  here.close();
  return dir;
}

const open = (dir: string): Store => openStore({ dir, key: readKeyFile(dir), now: () => 1_700_000_000_000 });

it('the owner of a place is the file that brought something new there, undone or not', async () => {
  const store = open(await office());
  const all = store.imports.list();
  expect(all.filter(({ added }) => added === 0)).toHaveLength(4);
  expect(all.filter(({ undoneAt }) => undoneAt !== null)).toHaveLength(1);
  const owners: (string | undefined)[] = [];
  for (let n = 0; n <= 14; n += 1) {
    const owner = store.imports.ownerOf(n);
    expect(owner).toEqual(all.find(({ firstN, lastN }) => firstN <= n && n <= lastN));
    owners.push(owner?.file);
  }
  const at = (n: number): string => `new ${n}.dangol`;
  expect(owners).toEqual([
    ...[undefined, at(0), at(0), undefined, at(1), at(1), at(2), at(2), undefined, at(3), at(3)],
    ...['undone.dangol', undefined, undefined, undefined],
  ]);
  store.close();
});

it('the last parcel of each stream is known, however many came before it', async () => {
  const store = open(await office());
  const random = seeded(11);
  const last = new Map<string, KnownParcel>();
  for (const programme of ['', '0190aaaa-0000-7000-8000-0000000000aa', 'z']) {
    for (const laptop of ['0000000000000001', 'ffffffffffffffff']) {
      for (const sealed of [false, true]) {
        if (random.chance(0.3)) continue;
        const count = 1 + random.below(5);
        for (let number = 1; number <= count; number += 1) {
          const parcel = { programme, laptop, sealed, number, digest: `${programme}${laptop}${number}` };
          store.hub.saw(parcel, null);
          last.set(`${programme} ${laptop} ${sealed}`, parcel);
        }
      }
    }
  }
  const byDigest = (all: Iterable<KnownParcel>): KnownParcel[] =>
    [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  expect(last.size).toBeGreaterThan(4);
  expect(byDigest(store.hub.seen())).toEqual(byDigest(last.values()));
  store.close();
});

it('nothing that is done for each change or each pull reads all imports', async () => {
  const dir = await office();
  const asked = new Set<string>();
  const prepare = Database.prototype.prepare;
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql) {
    asked.add(sql);
    return prepare.call(this, sql);
  });
  const store = open(dir);
  store.hub.remember({ id: 'hub', name: 'hub', founderKey: '', rosterNumber: 1 });
  store.imports.ownerOf(1);
  store.imports.sourcesOf(1);
  store.hub.seen();
  store.hub.waitingCount();
  vi.restoreAllMocks();

  const plans = [...asked]
    .filter((sql) => /^\s*SELECT/i.test(sql) && /\b(FROM|JOIN) (import|hub_parcel)\b/.test(sql))
    .map((sql) => {
      const none = Object.fromEntries([...sql.matchAll(/@(\w+)/g)].map(([, one]) => [one, 1]));
      const marks = Array<number>(sql.split('?').length - 1).fill(1);
      const rows = store.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...marks, none) as { detail: string }[];
      return { sql, scans: rows.map(({ detail }) => detail).filter((one) => one.startsWith('SCAN import')) };
    });
  const reading = (what: string) => plans.filter(({ sql }) => sql.includes(what));
  // The ways that this is about are among them.
  expect(reading('max(lastN)')).toHaveLength(1);
  expect(reading('lastN >= firstN AND lastN >= ?')).toHaveLength(1);
  expect(reading('sealed, number) <')).toHaveLength(1);
  // What looks into the manifests of all files is asked for by a page or by a kit, not for each change.
  const allowed = (sql: string): boolean => sql.includes('manifest');
  expect(plans.filter(({ sql, scans }) => scans.length > 0 && !allowed(sql))).toEqual([]);
  store.close();
});

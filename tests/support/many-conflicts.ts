import path from 'node:path';
import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Caller } from './conflict-views.ts';
import { makeLaptop } from './laptop.ts';

/** After the demo's last day, and in the past of any clock that a test or a real laptop has. */
const EDITED = Date.UTC(2025, 2, 3, 1);
const MINUTE = 60_000;

export interface ManyConflicts {
  readonly count: number;
  /** How many files bring them; half of them from each laptop. */
  readonly files?: number;
  /** A folder for the two laptops, which goes with the test. */
  readonly dir: string;
}

/** One field that both laptops set, or a record that one deletes and the other edits. */
interface Edit {
  readonly entity: string;
  readonly id: string;
  readonly here: Readonly<Record<string, Json>>;
  readonly there: Readonly<Record<string, Json>>;
}

/**
 * Makes so many conflicts in a store that holds the demo: two laptops get the kit of 단골거리, both edit the same
 * fields of its shops, visits, checks and people in their own way, and the store imports what they export. The same on
 * every run. Returns the files.
 */
export async function manyConflicts(
  office: Caller,
  { count, files = 2, dir }: ManyConflicts,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const { programs } = await office.call('report.kpis', {});
  const program = programs.find(({ kind }) => kind === 'street')!;
  const kit = await office.call('exchange.export', { purpose: 'kit', program: program.id });
  const made: { name: string; bytes: Uint8Array }[] = [];
  for (const [at, name] of ['망원 1호', '망원 2호'].entries()) {
    made.push(...(await filesOf(name, at, kit.bytes, { count, files, dir })));
  }
  const { run } = await office.call('imports.begin', {});
  for (const file of made) await office.call('imports.add', { run, file: file.name, bytes: file.bytes });
  await office.call('imports.finish', { run });
  return made;
}

async function filesOf(
  name: string,
  at: number,
  kit: Uint8Array,
  { count, files = 2, dir }: ManyConflicts,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const own = path.join(dir, `laptop-${at}`);
  const options = { dir: own, now: EDITED };
  const fresh = makeLaptop(name, options);
  await fresh.take('kit.dangol', kit);
  fresh.close();

  const rounds = Math.max(1, Math.floor(files / 2));
  const times = Array.from({ length: rounds }, (_, round) => EDITED + (2 * round + 1 + at) * MINUTE);
  writeEdits(own, at, times, count);

  const edited = makeLaptop(name, { ...options, now: times.at(-1)! + MINUTE, fresh: false });
  const made: { name: string; bytes: Uint8Array }[] = [];
  for (const [round, time] of times.entries()) {
    // What was written after the time before; the later rounds of a file come again in the next ones' own.
    const since = new Date(time - MINUTE / 2).toISOString();
    const { bytes } = await edited.call('exchange.export', { since });
    made.push({ name: `${name} ${round + 1}.dangol`, bytes });
  }
  edited.close();
  // The last round first: then each file brings only what its own round wrote.
  return made.reverse();
}

/** Writes past the core, many changes in one transaction: three thousand calls would take half a minute. */
function writeEdits(dir: string, at: number, times: readonly number[], count: number): void {
  let now = times[0]!;
  const store = openStore({ dir, key: readKeyFile(dir), now: () => now });
  try {
    const edits = editsOf(store.db, count);
    const trainers = idsOf(store.db, "SELECT id FROM live_person WHERE kind = 'trainer' ORDER BY id LIMIT 2");
    if (trainers[at]) store.meta.set('author', trainers[at]);
    const size = Math.ceil(edits.length / times.length);
    for (const [round, time] of times.entries()) {
      now = time;
      store.log.write(
        edits
          .slice(round * size, (round + 1) * size)
          .map(({ entity, id, here, there }) => ({ entity, id, set: at === 0 ? here : there })),
      );
    }
  } finally {
    store.close();
  }
}

type Db = ReturnType<typeof openStore>['db'];

function idsOf(db: Db, sql: string): string[] {
  return db.prepare(sql).pluck().all() as string[];
}

/** Shop by shop: of each several fields, its visits and what was checked there, its merchants. */
function editsOf(db: Db, count: number): Edit[] {
  const edits: Edit[] = [];
  const add = (entity: string, id: string, here: Edit['here'], there: Edit['there']): void => {
    if (edits.length === count) return;
    const before = db.prepare(`SELECT * FROM r_${entity} WHERE id = ?`).get(id) as Record<string, Json>;
    // What stands there already is no edit, and no conflict.
    const isEdit = (set: Edit['here']): boolean =>
      Object.entries(set).every(([field, value]) => (before[field] ?? null) !== value);
    if (isEdit(here) && isEdit(there)) edits.push({ entity, id, here, there });
  };
  const visits = Map.groupBy(
    db.prepare('SELECT id, store FROM live_visit ORDER BY id').all() as { id: string; store: string }[],
    ({ store }) => store,
  );
  const checks = Map.groupBy(
    db.prepare("SELECT id, visit FROM live_check WHERE state = 'done' ORDER BY id").all() as {
      id: string;
      visit: string;
    }[],
    ({ visit }) => visit,
  );
  const people = Map.groupBy(
    db.prepare('SELECT id, store FROM live_person WHERE store IS NOT NULL ORDER BY id').all() as {
      id: string;
      store: string;
    }[],
    ({ store }) => store,
  );
  for (const [at, id] of idsOf(db, 'SELECT id FROM live_store ORDER BY id').entries()) {
    const last = String(1000 + (at % 9000));
    // One laptop turns the last two digits around, or empties what was there.
    const turned = `010-0000-${last.slice(0, 2)}${last[3]}${(Number(last[2]) + 1) % 10}`;
    add('store', id, { phone: `010-0000-${last}` }, { phone: at % 7 === 0 ? null : turned });
    add(
      'store',
      id,
      { note: `사장님이 오전에 계세요. ${at + 1}번째로 들렀어요.` },
      { note: `사장님이 오후에 계세요. ${at + 1}번째로 들렀어요.` },
    );
    if (at % 3 === 0) add('store', id, { status: 'closed' }, { status: 'moved' });
    if (at % 2 === 0) add('store', id, { unit: `가동 ${at + 1}호` }, { unit: `나동 ${at + 1}호` });
    if (at % 5 === 0) add('store', id, { channelOpenedOn: '2024-09-03' }, { channelOpenedOn: '2024-09-13' });
    const [visit, another] = visits.get(id) ?? [];
    if (visit) add('visit', visit.id, { note: `다시 들르기로 했어요 ${at}` }, { note: `다 마쳤어요 ${at}` });
    const [check] = visit ? (checks.get(visit.id) ?? []) : [];
    if (check) add('check', check.id, { state: 'notDone' }, { state: 'notApplicable' });
    if (another && at % 4 === 0)
      add('visit', another.id, { deleted: true }, { note: `사장님이 반가워하셨어요 ${at}` });
    const [person] = people.get(id) ?? [];
    if (person) add('person', person.id, { phone: `010-0000-${last}` }, { phone: `010-0000-${last}0` });
  }
  return edits;
}

import { inflateRawSync } from 'node:zlib';
import { SALT_BYTES } from '#main/hub/parcel.ts';
import { idFromBytes } from '#main/store/codec.ts';
import type { Change } from '#shared/merge/change.ts';
import {
  mayKnow,
  misplaced,
  personalFields,
  picturesIn,
  picturesOf,
  type HeldChange,
} from './hub-fleet-expect.ts';
import { ask, type Member } from './hub-fleet-member.ts';
import { naiveDump } from './naive-merge.ts';
import type { TestPostgres } from './postgres.ts';

/** In the middle too: what the hub holds is each change at most once, and each parcel whole. */
export async function wholeLogs(server: TestPostgres, database: string): Promise<void> {
  const [row] = await server.sql(
    database,
    `SELECT (SELECT count(*) FROM dangol.change)::int AS held,
       (SELECT coalesce(sum((manifest::json #>> '{counts,changes}')::int), 0) FROM dangol.parcel)::int AS listed,
       (SELECT coalesce(sum(number), 0) FROM dangol.stream)::int AS reach, (SELECT count(*) FROM dangol.parcel)::int AS parcels`,
  );
  const { held, listed, reach, parcels } = row as Record<string, number>;
  if (held !== listed || reach !== parcels) throw new Error(`hub ${JSON.stringify(row)}`);
}

/** Where the hub has each change, asked as the owner of the database. */
async function heldIn(server: TestPostgres, database: string): Promise<HeldChange[]> {
  const rows = await server.sql(database, 'SELECT id, programme, laptop, sealed FROM dangol.change');
  return (rows as unknown as (Omit<HeldChange, 'id'> & { id: Buffer })[]).map(({ id, ...where }) => ({
    id: idFromBytes(id),
    ...where,
  }));
}

/** What lies open must tell nothing that is for the coordinators alone; read as anybody can who has the disk. */
async function openContents(server: TestPostgres, database: string): Promise<void> {
  const parcels = await server.sql(database, 'SELECT content FROM dangol.parcel WHERE NOT sealed');
  for (const { content } of parcels) {
    const text = inflateRawSync((content as Buffer).subarray(SALT_BYTES)).toString('utf8');
    for (const line of text.split('\n').filter((one) => one !== '')) {
      if (personalFields(JSON.parse(line) as Change).length > 0) throw new Error(`open in the hub: ${line}`);
    }
  }
}

/** The hub has the pictures that are named and not destroyed, and no other; how many. */
async function picturesAreWhole(
  server: TestPostgres,
  database: string,
  wanted: ReadonlySet<string>,
): Promise<number> {
  for (const table of ['blob', 'parcel_blob']) {
    const rows = await server.sql(
      database,
      `SELECT DISTINCT programme || ' ' || laptop || ' ' || sealed || ' ' || sha256 AS one FROM dangol.${table}`,
    );
    const found = new Set(rows.map(({ one }) => String(one)));
    differ(`pictures in dangol.${table}`, wanted, found);
  }
  return wanted.size;
}

function differ(what: string, wanted: ReadonlySet<string>, found: ReadonlySet<string>): void {
  const missing = [...wanted].filter((one) => !found.has(one));
  const foreign = [...found].filter((one) => !wanted.has(one));
  if (missing.length + foreign.length === 0) return;
  throw new Error(`${what}: lacks ${missing.join()}; has, and may not, ${foreign.join()}`);
}

/** Whether the hub has all, each where it may lie, and everybody knows what they may and no more; how much trainers do not. */
export async function everybodyKnows(
  server: TestPostgres,
  database: string,
  fleet: readonly Member[],
  changes: ReadonlyMap<string, Change>,
  seal: 'personal' | 'nothing',
): Promise<{ sealed: number; hidden: number; pictures: number }> {
  await wholeLogs(server, database);
  const held = await heldIn(server, database);
  if (held.length !== changes.size) throw new Error(`${changes.size} written, ${held.length} held`);
  if (seal === 'personal') {
    const faults = misplaced(changes, held);
    if (faults.length > 0) throw new Error(`misplaced in the hub\n${faults.join('\n')}`);
    await openContents(server, database);
  }
  const pictures = await picturesAreWhole(server, database, picturesIn(changes, held));
  let hidden = 0;
  for (const member of fleet) {
    const known = mayKnow(member, changes, held);
    hidden += changes.size - known.length;
    await knowsJust(member, known);
  }
  return { sealed: held.filter(({ sealed }) => sealed).length, hidden, pictures };
}

async function knowsJust({ login, core, store }: Member, known: readonly Change[]): Promise<void> {
  differ(login, new Set(known.map(({ id }) => id)), new Set(store.ids()));
  differ(`${login}: pictures`, picturesOf(known), new Set(store.pictures()));
  const expected = naiveDump(known);
  const found = [...core.dump()].map((line) => `${line}\n`).join('');
  if (found !== expected) throw new Error(`${login} differs\nexpected\n${expected}\nfound\n${found}`);
  const { changes: count } = await ask(core, 'app.verify', {});
  if (count !== known.length) throw new Error(`${login}: ${known.length} to know, ${count} here`);
}

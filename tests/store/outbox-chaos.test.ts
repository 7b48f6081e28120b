import { expect, it } from 'vitest';
import { openCore } from '#main/core.ts';
import type { DeliveryRecord } from '#main/store/deliveries.ts';
import type { Delivery, PlaceKind } from '#shared/contract/outbox.ts';
import { startChaosPlaces, type ChaosPlaces } from '#tests/support/chaos-places.ts';
import { runThroughChaos } from '#tests/support/chaos-run.ts';
import { sha256Of, watchPlaces, type Taken } from '#tests/support/chaos-watch.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { kitScene } from '#tests/support/kit-scene.ts';
import { makeLaptop, scratchDir, valueOf } from '#tests/support/laptop.ts';
import { raw } from '#tests/support/open-store.ts';
import { seeded } from '#tests/support/random.ts';
import { whyNoApache } from '#tests/support/webdav-server.ts';

/** The whole with DANGOL_DELIVERIES=1000; another course with DANGOL_CHAOS_SEED. */
const COUNT = Number(process.env['DANGOL_DELIVERIES'] ?? 60);
const SEED = Number(process.env['DANGOL_CHAOS_SEED'] ?? 1);
const KINDS = ['folder', 'webdav', 's3', 'mail'] as const;
/** A report is made at the moment of sending; making one takes longer than sending a session file. */
const REPORT_EACH = 20;
const NOTE = 6_000;
/** Moments before a kill; see `runThroughChaos`. */
const SPAN = COUNT > 100 ? 48 : 10;
const why = whyNoApache();

type Row = Pick<DeliveryRecord, 'id' | 'state' | 'file' | 'sha256' | 'tries' | 'error'> & { kind: PlaceKind };

/** A laptop whose outbox holds as many deliveries to the four in turn, closed. */
async function filled(dir: string, { places }: ChaosPlaces): Promise<Map<string, string>> {
  const field = makeLaptop('망원 1호', { dir, now: Date.now() });
  const { sessions, markets } = await kitScene(field);
  const random = seeded(SEED);
  await field.call('records.write', {
    entity: 'site',
    id: markets[0],
    set: { note: Buffer.from(random.bytes(NOTE)).toString('base64') },
  });
  const destinations: string[] = [];
  for (const kind of KINDS) {
    const { id } = await field.call('destinations.save', { name: kind, ...places[kind] });
    destinations.push(id);
  }
  const frozen = new Map<string, string>();
  for (let n = 0; n < COUNT; n += 1) {
    const isReport = n % REPORT_EACH === REPORT_EACH - 1 - (Math.floor(n / REPORT_EACH) % KINDS.length);
    // No two reports are about the same days, so that no two are one file.
    const from = new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    const what = isReport
      ? { kind: 'report' as const, from }
      : { kind: 'session' as const, sessions: [sessions[0]] };
    const destination = destinations[n % KINDS.length]!;
    const { id, made } = await field.call('outbox.send', { destination, key: recordId(98_000 + n), what });
    if (made === 'frozen') frozen.set(id, sha256Of((await field.call('outbox.file', { id })).bytes));
  }
  field.close();
  return frozen;
}

function rowsOf(dir: string): Row[] {
  const db = raw(dir);
  try {
    return db
      .prepare(
        `SELECT d.id, d.state, d.file, d.sha256, d.tries, d.error, json_extract(t.place, '$.kind') AS kind
         FROM delivery d JOIN destination t ON t.id = d.destination`,
      )
      .all() as Row[];
  } finally {
    db.close();
  }
}

/** As a person would: everything that is parked is tried again. */
async function retryParked(dir: string): Promise<{ parked: number; open: number }> {
  const core = valueOf(openCore({ dataDir: dir, create: false }));
  try {
    const rows = valueOf(await core.call('outbox.list', { all: true })) as Delivery[];
    const parked = rows.filter(({ state }) => state === 'parked');
    for (const { id } of parked) valueOf(await core.call('outbox.retry', { id }));
    return { parked: parked.length, open: rows.filter(({ state }) => state !== 'sent').length };
  } finally {
    core.close();
  }
}

it.skipIf(why !== null)(
  `${COUNT} deliveries to four kinds of destination, with faults at every step and kills at random instants: each arrives once and whole (seed ${SEED})`,
  async () => {
    const dir = scratchDir();
    const places = await startChaosPlaces(SEED, 2 * NOTE);
    try {
      const frozen = await filled(dir, places);
      const watch = watchPlaces(places);
      const random = seeded(SEED + 100);
      const counts = { runs: 0, kills: 0, cutMidway: 0, mostHidden: 0, retriedByHand: 0, already: 0 };
      /** Deliveries whose file stood there while their row did not say so: they must be recognised. */
      const unknown = new Set<string>();
      /** Deliveries that were being sent when their process was killed. */
      const interrupted = new Set<string>();
      const noteSending = (): void => {
        for (const { id, state } of rowsOf(dir)) if (state === 'sending') interrupted.add(id);
      };
      for (let open = COUNT; open > 0;) {
        if (counts.runs > 100 + 2 * COUNT)
          throw new Error(`${open} are still waiting after ${counts.runs} runs`);
        const ends = await runThroughChaos(dir, places, random, SPAN, watch.look, noteSending);
        watch.look();
        counts.runs += ends.length;
        counts.already += ends.reduce((sum, { said }) => sum + (said?.already ?? 0), 0);
        const rows = rowsOf(dir);
        for (const { id, state, kind, file } of rows) {
          if (state !== 'sent' && watch.stands(kind, file)) unknown.add(id);
        }
        const kills = ends.filter(({ killed }) => killed).length;
        if (kills > 0) {
          counts.kills += kills;
          const sending = rows.filter(({ state }) => state === 'sending');
          counts.cutMidway += sending.length;
          sending.forEach(({ id }) => interrupted.add(id));
          counts.mostHidden = Math.max(counts.mostHidden, watch.hidden());
        }
        const after = await retryParked(dir);
        counts.retriedByHand += after.parked;
        open = after.open;
        if (COUNT > 100) console.log(`${counts.runs} runs, ${counts.kills} kills, ${open} of ${COUNT} wait`);
      }
      watch.look();

      const rows = rowsOf(dir);
      expect(rows.map(({ state }) => state)).toEqual(Array(COUNT).fill('sent'));
      for (const { id, sha256 } of rows) if (frozen.has(id)) expect(sha256).toBe(frozen.get(id));
      const arrivals: Record<string, number> = {};
      for (const kind of ['folder', 'webdav', 's3'] as const) {
        const { names, read } = places.standing[kind];
        const there = names().map((name) => `${name} ${sha256Of(read(name))}`);
        const expected = rows
          .filter((row) => row.kind === kind)
          .map(({ file, sha256 }) => `${file} ${sha256}`);
        expect(there.sort()).toEqual(expected.sort());
        arrivals[kind] = there.length;
      }
      const mails = Map.groupBy(watch.taken, ({ id }) => id);
      const expected = rows
        .filter(({ kind }) => kind === 'mail')
        .map(({ id, file, sha256 }) => `<${id}.${sha256!.slice(0, 12)}@dangol.example> ${file} ${sha256}`);
      const there = [...mails.values()].map(([one]) => `${one!.id} ${one!.file} ${one!.sha256}`);
      expect(there.sort()).toEqual(expected.sort());
      arrivals['mail'] = mails.size;
      const twice = [...mails.values()].filter((some) => some.length > 1);
      for (const some of twice) expectExcused(some, interrupted);

      const tries = Object.fromEntries(
        KINDS.map((kind) => [
          kind,
          rows.filter((row) => row.kind === kind).reduce((sum, row) => sum + row.tries, 0),
        ]),
      );
      const found = { ...counts, recognised: unknown.size, looks: watch.looks, arrivals, tries };
      const mailCounts = { mailsTwice: twice.length, mailsTaken: watch.taken.length };
      console.log(
        JSON.stringify({ seed: SEED, deliveries: COUNT, ...found, ...mailCounts, faults: places.faults }),
      );

      // The run was not tame.
      expect(counts.kills).toBeGreaterThan(COUNT / 20);
      expect(counts.cutMidway).toBeGreaterThan(counts.kills / 4);
      expect(unknown.size).toBeGreaterThan(0);
      expect(counts.retriedByHand).toBeGreaterThan(0);
    } finally {
      await places.close();
    }
  },
  60_000 + COUNT * 3_000,
);

/**
 * SMTP cannot be asked whether a mail came: it may come again, as the same mail, where its sender did not hear the answer
 * to it, since the line was cut or the sender was killed. Nowhere else.
 */
function expectExcused(some: readonly Taken[], interrupted: ReadonlySet<string>): void {
  expect(new Set(some.map(({ sha256 }) => sha256)).size).toBe(1);
  const id = some[0]!.id.slice(1, some[0]!.id.indexOf('.'));
  if (!interrupted.has(id)) expect(some.slice(0, -1).map(({ cut }) => cut)).not.toContain(false);
}

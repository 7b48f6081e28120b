import { describe, expect, it } from 'vitest';
import { openSealed } from '#main/exchange/seal.ts';
import type { Manifest } from '#shared/contract/exchange.ts';
import type { Delivery } from '#shared/contract/outbox.ts';
import { exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { kitScene, makeKits, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { keysIn } from '#tests/support/sealed.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

interface Scene extends KitScene {
  readonly office: TestLaptop;
  readonly field: TestLaptop;
  /** A session file that lies in the trainer's outbox, and its bytes. */
  readonly delivery: string;
  readonly bytes: Buffer;
}

/** The office can open them all: its own kits, and the days that were sealed for it. */
async function manifestOf({ office }: Pick<Scene, 'office'>, file: Buffer): Promise<Manifest> {
  const { bytes } = await openSealed('file', file, keysIn(office.dir));
  return JSON.parse(unpackZip(bytes).get('manifest.json')!.toString('utf8')) as Manifest;
}

let lastKey = 0;

/** The trainer has the first kit and has queued the first session's file for a folder. */
async function scene(): Promise<Scene> {
  const [office, field] = [laptop('사무실'), laptop('망원 1호')];
  const made = await kitScene(office);
  await field.take('kit.dangol', await kitOf(office, made));
  const { id } = await field.call('destinations.save', {
    name: '폴더',
    place: { kind: 'folder', path: scratchDir() },
  });
  await field.call('visits.start', { session: made.sessions[0], store: made.shops[0] });
  const delivery = await field.call('outbox.send', {
    ...{ destination: id, key: recordId(95_000 + (lastKey += 1)) },
    what: { kind: 'session', sessions: [made.sessions[0]] },
  });
  const { bytes } = await field.call('outbox.file', { id: delivery.id });
  return { ...made, office, field, delivery: delivery.id, bytes: Buffer.from(bytes) };
}

async function kitOf(
  office: TestLaptop,
  { trainers, sessions, markets }: KitScene,
  who = 0,
): Promise<Buffer> {
  const order = { trainer: trainers[who]!, sessions: [sessions[who]!], sites: [markets[who]!] };
  return Buffer.from((await makeKits(office, [order])).bytes);
}

async function rowOf({ field, delivery }: Scene): Promise<Delivery> {
  return (await field.call('outbox.list', { all: true })).find(({ id }) => id === delivery)!;
}

async function sent(at: Scene): Promise<void> {
  expect(valueOf(await at.field.core.runOutbox())).toMatchObject({ sent: 1 });
}

describe('a session file that was sent', () => {
  it('is confirmed by the next kit, until that kit is taken out again', async () => {
    const at = await scene();
    await sent(at);
    expect(await rowOf(at)).toMatchObject({ state: 'sent', confirmedAt: null });
    at.office.clock.now += DAY_MS;
    await at.office.take('day.dangol', at.bytes);
    at.office.clock.now += DAY_MS;
    const kit = await kitOf(at.office, at);
    expect((await manifestOf(at, kit)).receipts).toEqual([
      { id: (await manifestOf(at, at.bytes)).id, importedAt: '2026-11-25T01:00:00.000Z' },
    ]);
    at.field.clock.now += 3 * DAY_MS;
    const told: string[] = [];
    at.field.core.on(({ kind }) => told.push(kind));
    const { import: id } = await at.field.take('kit 2.dangol', kit);
    expect(told).toContain('outbox');
    expect(await rowOf(at)).toMatchObject({
      state: 'confirmed',
      confirmedAt: '2026-11-25T01:00:00.000Z',
      overdue: false,
    });
    await at.field.call('imports.undo', { id: id! });
    expect(await rowOf(at)).toMatchObject({ state: 'sent', confirmedAt: null });
    await at.field.take('kit 2.dangol', kit);
    expect((await rowOf(at)).state).toBe('confirmed');
  });

  it('is confirmed by a kit of the command line too, and by one that came in a job of many files', async () => {
    const at = await scene();
    await sent(at);
    await at.office.take('day.dangol', at.bytes);
    const kit = await at.office.exported({ purpose: 'kit', trainers: [at.trainers[0]] });
    const { run } = await at.field.call('imports.begin', {});
    await at.field.call('imports.add', { run, file: 'kit.dangol', bytes: kit });
    await at.field.call('imports.finish', { run });
    expect((await rowOf(at)).state).toBe('confirmed');
  });

  it('stands once in a kit, however often it was merged; not when it was taken out', async () => {
    const at = await scene();
    const { import: id } = await at.office.take('day.dangol', at.bytes);
    await at.office.take('the same again.dangol', at.bytes);
    expect((await manifestOf(at, await kitOf(at.office, at))).receipts).toHaveLength(1);
    await at.office.call('imports.undo', { id: id! });
    expect((await manifestOf(at, await kitOf(at.office, at))).receipts).toBeUndefined();
    await at.office.take('day.dangol', at.bytes);
    expect((await manifestOf(at, await kitOf(at.office, at))).receipts).toHaveLength(1);
  });

  it('is in the kit of the trainer whose laptop wrote it, and in nobody else’s who is known', async () => {
    const at = await scene();
    await at.office.take('day.dangol', at.bytes);
    const other = laptop('반송 1호');
    await other.take('kit.dangol', await kitOf(at.office, at, 1));
    await at.office.take('other.dangol', await other.exported());
    const ids = async (who: number): Promise<string[]> =>
      ((await manifestOf(at, await kitOf(at.office, at, who))).receipts ?? []).map(({ id }) => id);
    expect(await ids(0)).toEqual([(await manifestOf(at, at.bytes)).id]);
    expect(await ids(1)).not.toContain((await manifestOf(at, at.bytes)).id);
    expect(await ids(1)).toHaveLength(1);
  });

  it('over a week ago and not confirmed is overdue, for three months', async () => {
    const at = await scene();
    await sent(at);
    at.field.clock.now += 7 * DAY_MS;
    expect((await rowOf(at)).overdue).toBe(false);
    at.field.clock.now += 1;
    expect((await rowOf(at)).overdue).toBe(true);
    expect(await at.field.call('outbox.state', {})).toMatchObject({ now: 'empty', overdue: 1 });
    at.field.clock.now += 90 * DAY_MS;
    expect((await rowOf(at)).overdue).toBe(false);
    expect(await at.field.call('outbox.list', {})).toEqual([]);
  });

  it('is confirmed no earlier than it could be known: a clock that runs ahead is not believed', async () => {
    const at = await scene();
    await sent(at);
    at.office.clock.now += 3 * 365 * DAY_MS;
    await at.office.take('day.dangol', at.bytes);
    await at.field.take('kit 2.dangol', await kitOf(at.office, at));
    expect((await rowOf(at)).confirmedAt).toBe('2026-11-24T01:00:00.000Z');
  });
});

describe('a session file that was handed over by hand', () => {
  it('is confirmed while it still waits, and does not go any more', async () => {
    const at = await scene();
    await at.office.take('stick.dangol', at.bytes);
    await at.field.take('kit 2.dangol', await kitOf(at.office, at));
    expect(await rowOf(at)).toMatchObject({ state: 'confirmed', nextTryAt: null });
    expect(valueOf(await at.field.core.runOutbox())).toMatchObject({ sent: 0, waiting: 0 });
    expect(
      await at.field.ask('outbox.redirect', { id: at.delivery, destination: recordId(1) }),
    ).toMatchObject({
      error: { code: 'DELIVERY_GONE' },
    });
  });

  it('and told so, is confirmed like any other', async () => {
    const at = await scene();
    await at.field.call('outbox.handedOver', { id: at.delivery });
    await at.office.take('stick.dangol', at.bytes);
    await at.field.take('kit 2.dangol', await kitOf(at.office, at));
    expect((await rowOf(at)).state).toBe('confirmed');
  });
});

it('a kit that was sent is confirmed by the next session file of the trainer', async () => {
  const office = laptop('사무실');
  const at = await kitScene(office);
  const { id } = await office.call('destinations.save', {
    name: '폴더',
    place: { kind: 'folder', path: scratchDir() },
  });
  const kit = await office.call('outbox.send', {
    ...{ destination: id, key: recordId(95_999) },
    what: { kind: 'kit', trainer: at.trainers[0], sessions: [at.sessions[0]], sites: [at.markets[0]] },
  });
  const { bytes } = await office.call('outbox.file', { id: kit.id });
  await office.core.runOutbox();
  const field = laptop('망원 1호');
  await field.take('kit.dangol', bytes);
  await office.take('day.dangol', await field.exported());
  expect((await office.call('outbox.list', {}))[0]).toMatchObject({ state: 'confirmed', overdue: false });
});

describe('the member of the manifest', () => {
  it('is refused in another shape, and may be long', async () => {
    const field = laptop('망원 1호');
    const take = (receipts: unknown) =>
      field.take(
        'kit.dangol',
        exchangeFile({ manifest: (right) => ({ ...right, purpose: 'kit', receipts }) }),
      );
    const one = { id: 'x', importedAt: '2026-11-24T01:00:00.000Z' };
    for (const wrong of [
      'x',
      [{}],
      [{ ...one, importedAt: 'yesterday' }],
      Array.from({ length: 1001 }, () => one),
    ]) {
      expect((await take(wrong)).error).toMatchObject({ code: 'FILE_MANIFEST_INVALID' });
    }
    expect((await take(Array.from({ length: 1000 }, () => one))).status).toBe('imported');
  });
});

import { describe, expect, it } from 'vitest';
import { DeliveryFailure, type Parcel } from '#main/outbox/transport.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { InputOf } from '#shared/contract/contract.ts';
import type { Delivery } from '#shared/contract/outbox.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { kitScene, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, scratchDir, valueOf, type TestLaptop } from '#tests/support/laptop.ts';
import { raw } from '#tests/support/open-store.ts';
import { contentOf, outboxScene, type Way } from '#tests/support/outbox-scene.ts';
import { rawBytes } from '#tests/support/raw-store.ts';

/** What waits in the outbox was made before a destruction: it is made anew, and what has left is named. */

const GONE = ['김바다', '010-0000-0001'];

interface Scene extends KitScene {
  readonly on: TestLaptop;
  readonly way: { now: Way };
  readonly destination: string;
  send(what: InputOf<'outbox.send'>['what']): Promise<Delivery>;
  decide(): Promise<void>;
  run(): Promise<unknown>;
}

let lastKey = 0;

/** A programme that is over, and one destination that a test plays. */
async function scene(): Promise<Scene> {
  const way: { now: Way } = { now: arrives };
  const open = () => ({
    send: (parcel: Parcel, signal: AbortSignal) => way.now(parcel, signal),
    test: () => Promise.resolve(),
  });
  const on = laptop('사무실', { outbox: { open } });
  const made = await kitScene(on);
  await on.call('programs.update', { id: made.program, endsOn: '2024-11-30', retentionMonths: 6 });
  const place = { kind: 'folder', path: scratchDir() } as const;
  const { id: destination } = await on.call('destinations.save', { name: '본부 폴더', place });
  return {
    ...{ ...made, on, way, destination },
    send: (what) => on.call('outbox.send', { destination, key: recordId((lastKey += 1) + 95_000), what }),
    async decide() {
      const { token } = await on.call('retention.preview', {});
      await on.call('retention.erase', { token, reason: '보관 기간 만료' });
    },
    run: async () => valueOf(await on.core.runOutbox()),
  };
}

const arrives: Way = (parcel) => (got.push(Buffer.from(parcel.bytes)), Promise.resolve('arrived'));
const got: Buffer[] = [];

const failing = (exposed: boolean): Way => {
  return (parcel) => {
    if (exposed) got.push(Buffer.from(parcel.bytes));
    const error = { lasting: false, offline: !exposed };
    throw new DeliveryFailure('DELIVERY_FOLDER_MISSING', { folder: 'x' }, error);
  };
};

const only = async ({ on }: Scene): Promise<Delivery> => (await on.call('outbox.list', {}))[0]!;

/** Which of the destroyed values a laptop holds after it merged the file that arrived last. */
async function heldAfter(name: string): Promise<{ values: string[]; dump: string }> {
  const other = laptop(name);
  await other.take('arrived.dangol', got.at(-1)!);
  const dump = other.dump();
  other.close();
  const bytes = rawBytes(other.dir);
  return { values: GONE.filter((value) => bytes.includes(value)), dump };
}

describe('an exchange file that waits', () => {
  it.each([
    ['of which nothing has left', false],
    ['of which some may have left', true],
  ])('%s loses its content and is made anew when it is sent', async (_what, exposed) => {
    const one = await scene();
    const { on, way } = one;
    const queued = await one.send({ kind: 'session' });
    way.now = failing(exposed);
    expect(await one.run()).toMatchObject({ waiting: 1 });
    if (exposed) expect((await heldAfter('그대로 간 곳')).values).toEqual(GONE);
    expect(await on.call('retention.preview', {})).toMatchObject({ outbox: 1, sent: exposed ? 1 : 0 });
    await one.decide();
    expect(await only(one)).toMatchObject({ id: queued.id, state: 'queued', file: null, made: 'at sending' });
    way.now = arrives;
    on.clock.now += 60 * 60_000;
    expect(await one.run()).toMatchObject({ sent: 1, waiting: 0 });
    const { values, dump } = await heldAfter('받는 곳');
    expect(values).toEqual([]);
    expect(dump).toContain('망원 방문의 날');
    expect((await only(one)).file).not.toBe(queued.file);
    const [certificate] = await on.call('retention.certificates', {});
    const left = { to: '본부 폴더', kind: 'session', files: 1, from: '2026-11-24', until: '2026-11-24' };
    expect(certificate!.sent).toEqual(exposed ? [left] : []);
    on.close();
    const bytes = rawBytes(on.dir);
    expect(GONE.filter((value) => bytes.includes(value))).toEqual([]);
  });

  it('as a kit is made anew from the same order, and taken down as one that was made', async () => {
    const one = await scene();
    const { trainers, sessions, markets, on } = one;
    const order = { trainer: trainers[0], sessions: [sessions[0]], sites: [markets[0]] };
    await one.send({ kind: 'kit', ...order });
    await one.decide();
    on.clock.now += 60_000;
    await one.run();
    expect((await heldAfter('트레이너')).values).toEqual([]);
    const [line] = await on.call('kits.lines', { kits: [order] });
    expect(line!.last).toMatchObject({ madeAt: '2026-11-24T01:01:00.000Z' });
  });

  it('is given by hand as it is made anew too', async () => {
    const one = await scene();
    const { id } = await one.send({ kind: 'session' });
    await one.decide();
    const { bytes, name } = await one.on.call('outbox.file', { id });
    got.push(Buffer.from(bytes));
    expect((await heldAfter('스틱으로')).values).toEqual([]);
    expect(await only(one)).toMatchObject({ file: name, made: 'frozen' });
  });

  it('holds up the decision while it is on its way, and nothing is destroyed', async () => {
    const one = await scene();
    const { on, way } = one;
    await one.send({ kind: 'session' });
    let refused: unknown;
    way.now = async (parcel) => {
      refused = await one.decide().catch((error: unknown) => error);
      return arrives(parcel, new AbortController().signal);
    };
    await one.run();
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ code: 'DELIVERY_SENDING', params: { title: '세션' } });
    expect(on.dump()).toContain(GONE[0]);
    expect(await on.call('retention.certificates', {})).toEqual([]);
    await one.decide();
    expect((await on.call('retention.certificates', {}))[0]!.sent).toMatchObject([
      { kind: 'session', files: 1 },
    ]);
  });

  it('loses it to a destruction that comes in with a file as well', async () => {
    const one = await scene();
    const other = laptop('다른 사무실');
    await other.take('all.dangol', await one.on.exported());
    const { token } = await other.call('retention.preview', {});
    await other.call('retention.erase', { token, reason: '보관 기간 만료' });
    await one.send({ kind: 'session' });
    await one.on.take('erased.dangol', await other.exported());
    expect(await only(one)).toMatchObject({ file: null });
    await one.run();
    expect((await heldAfter('받는 곳')).values).toEqual([]);
  });

  it('of which nobody wrote down what is in it is parked with a word', async () => {
    const one = await scene();
    const { id } = await one.send({ kind: 'session' });
    const db = raw(one.on.dir);
    db.prepare('UPDATE delivery SET question = NULL WHERE id = ?').run(id);
    db.close();
    await one.decide();
    expect(await one.run()).toMatchObject({ sent: 0, parked: 1 });
    expect(await only(one)).toMatchObject({
      state: 'parked',
      file: null,
      error: { code: 'DELIVERY_ERASED' },
    });
  });
});

it('leaves a report as it is: the people in it are masked', async () => {
  const one = await scene();
  const queued = await one.send({ kind: 'report', freeze: true });
  expect(queued.file).not.toBeNull();
  await one.decide();
  expect(await only(one)).toMatchObject({ file: queued.file, made: 'frozen' });
});

it('makes a file once more when something was destroyed while it was made', async () => {
  const { arrived, destination, row, ...scene } = outboxScene();
  let made = 0;
  const engine = scene.engine({
    make: () => {
      made += 1;
      const stands = made > 1;
      return Promise.resolve({ content: contentOf(`파일 ${made}`), manifest: null, stands: () => stands });
    },
  });
  const id = scene.queue(destination('폴더'), null);
  await engine.runOnce();
  expect([made, arrived]).toEqual([2, ['파일 2']]);
  expect(row(id)).toMatchObject({ state: 'sent' });
});

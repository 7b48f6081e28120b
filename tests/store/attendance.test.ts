import { describe, expect, it } from 'vitest';
import type { InputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { CANVAS_JPEG, pngOf, text } from '#tests/support/pictures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const SIGNATURE = pngOf(40, 12);

interface Class {
  readonly a: TestLaptop;
  readonly session: string;
  /** Two people of the roster: the first is present already. */
  readonly people: readonly string[];
}

async function aClass(): Promise<Class> {
  const a = laptop('가');
  const { session, merchants } = await marketDay(a);
  return { a, session, people: merchants };
}

async function rowOf({ a, session }: Class, person: string) {
  const { people } = await a.call('sessions.get', { id: session });
  return people.find((row) => row.person.id === person);
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

const blobs = async (on: TestLaptop): Promise<number> => (await on.call('app.verify', {})).blobs;

describe('a signature', () => {
  it('is a picture with its time, marks an unmarked person present and leaves another mark alone', async () => {
    const one = await aClass();
    const { a, session, people } = one;
    await a.call('attendance.mark', { session, person: people[0]!, status: 'late' });
    for (const person of people) await a.call('attendance.sign', { session, person, signature: SIGNATURE });
    expect(await rowOf(one, people[0]!)).toMatchObject({
      status: 'late',
      signedAt: '2026-11-24T01:00:00.000Z',
    });
    expect(await rowOf(one, people[1]!)).toMatchObject({ status: 'present', signature: expect.any(String) });
    const file = await a.call('attendance.signature', { session, person: people[1]! });
    expect(file?.type).toBe('image/png');
    expect(Buffer.from(file!.bytes).equals(SIGNATURE)).toBe(true);
    expect(await blobs(a)).toBe(1);
  });

  it('may be a word given instead: a time without a picture, which leaves a picture that is there', async () => {
    const one = await aClass();
    const { a, session, people } = one;
    const [person] = people as [string];
    await a.call('attendance.sign', { session, person, signature: null });
    expect(await rowOf(one, person)).toMatchObject({ signedAt: expect.any(String), signature: null });
    expect(await a.call('attendance.signature', { session, person })).toBeNull();
    await a.call('attendance.sign', { session, person, signature: SIGNATURE });
    await a.call('attendance.sign', { session, person, signature: null });
    expect((await rowOf(one, person))?.signature).not.toBeNull();
  });

  it('that is taken back is destroyed here and on a laptop that has it, and may be given anew', async () => {
    const one = await aClass();
    const { a, session, people } = one;
    const [person] = people as [string];
    await a.call('attendance.sign', { session, person, signature: SIGNATURE });
    const b = laptop('나');
    const early = await a.exported();
    await b.take('signed.dangol', early);
    expect(await blobs(b)).toBe(1);
    await a.call('attendance.clearSignature', { session, person });
    expect(await rowOf(one, person)).toMatchObject({ status: 'present', signedAt: null, signature: null });
    await b.take('taken back.dangol', await a.exported());
    expect([await blobs(a), await blobs(b)]).toEqual([0, 0]);
    expect(b.dump()).toBe(a.dump());
    const c = laptop('다');
    await c.take('taken back.dangol', await a.exported());
    await c.take('signed.dangol', early);
    expect(await blobs(c)).toBe(0);
    await a.call('attendance.sign', { session, person, signature: pngOf(41, 12) });
    await b.take('again.dangol', await a.exported());
    expect((await b.call('attendance.signature', { session, person }))?.bytes.length).toBe(
      pngOf(41, 12).length,
    );
    expect((await b.call('app.verify', {})).faults).toEqual([]);
  });

  it('of a word alone is taken back without an erasure, which would reach a picture that another laptop takes', async () => {
    const { a, session, people } = await aClass();
    const [person] = people as [string];
    const b = laptop('나');
    await b.take('day.dangol', await a.exported());
    await b.call('attendance.sign', { session, person, signature: SIGNATURE });
    await a.call('attendance.sign', { session, person, signature: null });
    await a.call('attendance.clearSignature', { session, person });
    await a.take('signed there.dangol', await b.exported());
    expect((await a.call('attendance.signature', { session, person }))?.bytes.length).toBe(SIGNATURE.length);
  });

  it.each([
    ['a text', text('no picture'), 'PHOTO_NOT_PICTURE'],
    ['a JPEG', CANVAS_JPEG, 'INVALID_INPUT'],
    ['too large', pngOf(500, 400, { level: 0 }), 'PHOTO_TOO_LARGE'],
  ])('is refused when it is %s', async (_what, signature, code) => {
    const { a, session, people } = await aClass();
    const before = a.dump();
    expect(await codeOf(a.call('attendance.sign', { session, person: people[1]!, signature }))).toBe(code);
    expect(a.dump()).toBe(before);
    expect(await blobs(a)).toBe(0);
  });
});

describe('marking many', () => {
  it('marks those who stand as named, in one step that goes back', async () => {
    const one = await aClass();
    const { a, session, people } = one;
    const all = (input: Pick<InputOf<'attendance.markMany'>, 'from' | 'to' | 'people'>) =>
      a.call('attendance.markMany', { session, ...input });
    const marked = await all({ people: [...people], from: null, to: 'present' });
    expect(marked.people).toEqual([people[1]]);
    expect(await a.call('sessions.get', { id: session })).toMatchObject({ present: 2, roster: 2 });
    // Someone was marked otherwise meanwhile: the way back leaves that alone.
    await a.call('attendance.mark', { session, person: people[1]!, status: 'late' });
    expect((await all({ people: marked.people, from: 'present', to: null })).people).toEqual([]);
    expect(await rowOf(one, people[1]!)).toMatchObject({ status: 'late' });
  });

  it('puts nobody on the roster and brings nobody back', async () => {
    const one = await aClass();
    const { a, session, people } = one;
    const row = await rowOf(one, people[1]!);
    await a.call('records.delete', { entity: 'attendance', id: row!.attendance });
    const stranger = await a.call('records.write', { entity: 'person', set: { name: '낯선 이' } });
    const input = { session, people: [people[1]!, stranger.id], from: null, to: 'absent' as const };
    expect((await a.call('attendance.markMany', input)).people).toEqual([]);
    expect((await a.call('sessions.get', { id: session })).roster).toBe(1);
  });
});

describe('the day of a mark', () => {
  it('is that of its change in Seoul: what is entered from paper later says so', async () => {
    const one = await aClass();
    const { a, session, people } = one;
    expect((await rowOf(one, people[0]!))?.markedOn).toBe('2026-11-24');
    expect((await rowOf(one, people[1]!))?.markedOn).toBeNull();
    // Half past midnight of the next day in Seoul is still the 24th by the clock of the world.
    a.clock.now = Date.UTC(2026, 10, 24, 15, 30);
    await a.call('attendance.mark', { session, person: people[1]!, status: 'present' });
    const walkIn = await a.call('attendance.walkIn', { session, name: '종이에 있던 분', status: 'late' });
    expect(await rowOf(one, people[0]!)).toMatchObject({ markedOn: '2026-11-24', signedAt: null });
    expect(await rowOf(one, people[1]!)).toMatchObject({ markedOn: '2026-11-25', signedAt: null });
    expect(await rowOf(one, walkIn.person)).toMatchObject({ markedOn: '2026-11-25', status: 'late' });
    // A signature or a corrected name later is no later mark.
    a.clock.now += DAY_MS;
    await a.call('attendance.sign', { session, person: people[0]!, signature: null });
    expect((await rowOf(one, people[0]!))?.markedOn).toBe('2026-11-24');
    await a.call('attendance.mark', { session, person: people[0]!, status: 'absent' });
    expect((await rowOf(one, people[0]!))?.markedOn).toBe('2026-11-26');
  });
});

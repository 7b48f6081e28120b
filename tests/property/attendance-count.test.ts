import { expect, it } from 'vitest';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { seeded, type Random } from '#tests/support/random.ts';
import { countMarks } from '../../src-renderer/features/sessions/roster.ts';

const MARKS = ['present', 'late', 'absent', null] as const;

/** One person's mark as the test itself remembers it; null for unmarked. */
type Sheet = Map<string, (typeof MARKS)[number]>;

/** Does something to the roster, and to the sheet the same. */
async function step(on: TestLaptop, session: string, sheet: Sheet, random: Random, n: number): Promise<void> {
  const known = [...sheet.keys()];
  const act = random.below(7);
  if (act <= 2 && known.length > 0) {
    const [person, status] = [random.pick(known), random.pick(MARKS)];
    await on.call('attendance.mark', { session, person, status });
    sheet.set(person, status);
  } else if (act === 3) {
    const status = random.pick(['present', 'late', 'absent'] as const);
    // The same name now and then: two people of one name are two.
    const { person } = await on.call('attendance.walkIn', { session, name: `사람 ${n % 4}`, status });
    sheet.set(person, status);
  } else if (act === 4 && known.length > 0) {
    const person = random.pick(known);
    const row = (await on.call('sessions.get', { id: session })).people.find(
      (one) => one.person.id === person,
    );
    await on.call('records.delete', { entity: 'attendance', id: row!.attendance });
    sheet.delete(person);
  } else if (act === 5 && known.length > 0) {
    const [from, to] = [random.pick(MARKS), random.pick(MARKS)];
    await on.call('attendance.markMany', { session, people: known, from, to });
    for (const person of known) if (sheet.get(person) === from) sheet.set(person, to);
  } else if (known.length > 0) {
    const person = random.pick(known);
    await on.call('attendance.sign', { session, person, signature: null });
    if (sheet.get(person) === null) sheet.set(person, 'present');
  }
}

async function expectCounts(on: TestLaptop, session: string, sheet: Sheet): Promise<void> {
  const view = await on.call('sessions.get', { id: session });
  const naive = { all: sheet.size, present: 0, late: 0, absent: 0, unmarked: 0 };
  for (const status of sheet.values()) naive[status ?? 'unmarked'] += 1;
  expect(countMarks(view.people)).toEqual(naive);
  const { all: roster, present, late, absent } = naive;
  expect(view).toMatchObject({ roster, present, late, absent });
  const [listed] = await on.call('sessions.list', { from: '2026-11-24', to: '2026-11-24' });
  expect(listed).toMatchObject({ id: session, roster, present, late, absent });
}

it.each([1, 2, 3, 4])('the count is what a person would count, whatever happened (seed %i)', async (seed) => {
  const random = seeded(seed);
  const a = laptop('가');
  const { session, merchants } = await marketDay(a);
  const sheet: Sheet = new Map([
    [merchants[0]!, 'present'],
    [merchants[1]!, null],
  ]);
  for (let n = 0; n < 40; n += 1) {
    await step(a, session, sheet, random, n);
    a.clock.now += 1000;
    if (n % 4 === 0) await expectCounts(a, session, sheet);
  }
  await expectCounts(a, session, sheet);

  // Another laptop goes on from the file, and what it did comes back.
  const b = laptop('나', { now: a.clock.now });
  await b.take('a.dangol', await a.exported());
  await expectCounts(b, session, sheet);
  const before = new Map(sheet);
  for (let n = 0; n < 12; n += 1) await step(b, session, sheet, random, 100 + n);
  await expectCounts(b, session, sheet);
  const taken = await a.take('b.dangol', await b.exported());
  await expectCounts(a, session, sheet);
  if (taken.import) await a.call('imports.undo', { id: taken.import });
  await expectCounts(a, session, before);
});

it('a mark that this version does not know is in the whole and in no part', async () => {
  const a = laptop('가');
  const { session, merchants } = await marketDay(a);
  const [row] = (await a.call('sessions.get', { id: session })).people;
  await a.call('records.write', { entity: 'attendance', id: row!.attendance, set: { status: 'excused' } });
  const { people } = await a.call('sessions.get', { id: session });
  const counts = countMarks(people);
  expect(counts.all).toBe(merchants.length);
  expect(counts.present + counts.late + counts.absent + counts.unmarked).toBe(counts.all);
});

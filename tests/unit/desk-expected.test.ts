import { describe, expect, test } from 'vitest';
import { daysFrom, LATE_AFTER_DAYS, latenessOf, type HeldSession } from '#shared/desk/expected.ts';

const TODAY = '2026-11-24';

const session = (set: Partial<HeldSession>): HeldSession => ({
  date: '2026-11-20',
  kind: 'class',
  status: 'closed',
  marks: 0,
  visits: 0,
  responses: 0,
  hasSurvey: true,
  ...set,
});

const missingOf = (set: Partial<HeldSession>) => latenessOf(session(set), TODAY)?.missing ?? null;

describe('whether a session is late', () => {
  test.each<[says: string, date: string | null, days: number | null]>([
    ['a day without a date is awaited by nobody', null, null],
    ['a day that does not exist is none', '2026-02-30', null],
    ['a session to come', '2026-11-25', null],
    ['the day itself: it may still be going on', TODAY, null],
    ['the next day: its file was to come the evening before', '2026-11-23', 1],
    ['across a month', '2026-10-31', 24],
    ['across a leap day', '2024-02-28', 1000],
  ])('%s', (_says, date, days) => {
    expect(latenessOf(session({ date }), TODAY)?.days ?? null).toBe(days);
  });

  test('the threshold is one day, and may be another', () => {
    expect(LATE_AFTER_DAYS).toBe(1);
    expect(latenessOf(session({ date: '2026-11-22' }), TODAY, 3)).toBeNull();
    expect(latenessOf(session({ date: '2026-11-21' }), TODAY, 3)?.days).toBe(3);
  });
});

describe('what is missing of it', () => {
  test.each<[says: string, set: Partial<HeldSession>, missing: string[] | null]>([
    ['closed, and one mark came', { marks: 1 }, null],
    ['closed, and one visit came', { visits: 1 }, null],
    ['closed, and one response came, be it of another kind', { responses: 1 }, null],
    ['closed, and nothing came: a class', {}, ['attendance', 'responses']],
    ['a class of a programme without a survey', { hasSurvey: false }, ['attendance']],
    ['a day of visits', { kind: 'visitDay' }, ['visits']],
    ['a results-sharing event', { kind: 'sharing' }, ['attendance']],
    ['a kind from a later version', { kind: 'webinar' }, ['attendance', 'visits', 'responses']],
    ['a kind that nobody wrote', { kind: null, hasSurvey: false }, ['attendance', 'visits']],
    ['planned, and nothing came', { status: 'planned', hasSurvey: false }, ['attendance', 'closing']],
    ['open, and all came', { status: 'open', marks: 3, responses: 2 }, ['closing']],
    ['open, and half came', { status: 'open', marks: 3 }, ['responses', 'closing']],
    ['without a status', { status: null, marks: 1, hasSurvey: false }, ['closing']],
    [
      'a day of visits with marks alone',
      { kind: 'visitDay', status: 'open', marks: 2 },
      ['visits', 'closing'],
    ],
  ])('%s', (_says, set, missing) => {
    expect(missingOf(set)).toEqual(missing);
  });
});

test('days are counted by the calendar', () => {
  expect(daysFrom('2026-11-24', '2026-11-24')).toBe(0);
  expect(daysFrom('2026-12-31', '2027-01-01')).toBe(1);
  expect(daysFrom('2026-11-25', '2026-11-24')).toBe(-1);
});

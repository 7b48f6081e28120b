import { describe, expect, test } from 'vitest';
import { attendanceGap } from '#shared/desk/attendance-gaps.ts';
import { dataLineIds, dataLines, elsewhereIds, elsewhereLines } from '#shared/desk/data-lines.ts';
import { faultOfDay, faultOfSpan, FIRST_CHANNELS, type DayBounds } from '#shared/desk/dates.ts';
import { openScores } from '#shared/desk/survey-gaps.ts';

const TODAY = '2026-11-24';
const season = { startsOn: '2026-03-02', endsOn: '2026-11-30' };

describe('what is wrong with a day', () => {
  test.each<[says: string, day: string | null, bounds: Omit<DayBounds, 'today'>, fault: string | null]>([
    ['no day at all', null, season, null],
    ['within the programme', '2026-05-01', season, null],
    ['its first day', '2026-03-02', season, null],
    ['the day before it', '2026-03-01', season, 'beforeProgram'],
    ['today', TODAY, season, null],
    ['tomorrow', '2026-11-25', season, 'future'],
    ['its last day', '2026-10-31', { endsOn: '2026-10-31' }, null],
    ['the day after it', '2026-11-01', { endsOn: '2026-10-31' }, 'afterProgram'],
    ['a programme without an end', '2026-11-24', { startsOn: '2022-03-14', endsOn: null }, null],
    ['a programme without days', '1999-01-01', {}, null],
    [
      'a programme that ends before it begins judges nothing',
      '2020-01-01',
      { startsOn: '2026-03-02', endsOn: '2026-03-01' },
      null,
    ],
    ['a programme with a day that does not exist', '2020-01-01', { startsOn: '2026-02-30' }, null],
    ['a day that does not exist', '2026-02-30', season, 'noSuchDay'],
    ['a text that is no day', '작년', season, 'noSuchDay'],
    ['the first day of channels', FIRST_CHANNELS, { earliest: FIRST_CHANNELS }, null],
    ['the day before', '2011-09-30', { earliest: FIRST_CHANNELS }, 'beforeChannels'],
  ])('%s', (_says, day, bounds, fault) => {
    expect(faultOfDay(day, { today: TODAY, ...bounds })).toBe(fault);
  });

  test.each([
    ['2026-11-24T01:00:00.000Z', '2026-11-24T01:10:00.000Z', null],
    ['2026-11-24T01:00:00.000Z', '2026-11-24T01:00:00.000Z', null],
    ['2026-11-24T01:00:00.000Z', '2026-11-24T00:59:59.999Z', 'endedBeforeStarted'],
    // Text order would say otherwise.
    ['2026-11-24T10:00:00+09:00', '2026-11-24T01:10:00Z', null],
    [null, '2026-11-24T01:00:00.000Z', null],
    ['2026-11-24T01:00:00.000Z', null, null],
    ['아침', '2026-11-24T01:00:00.000Z', null],
  ])('from %s to %s', (startedAt, endedAt, fault) => {
    expect(faultOfSpan(startedAt, endedAt)).toBe(fault);
  });
});

describe('what the marks of a session lack', () => {
  const past = { date: '2026-11-20', kind: 'class', roster: 3, marks: 3 };
  test.each<[says: string, set: Partial<typeof past>, gap: string | null]>([
    ['all are marked', {}, null],
    ['one is not', { marks: 2 }, 'someUnmarked'],
    ['none is', { marks: 0 }, 'nobodyMarked'],
    ['no roster either', { marks: 0, roster: 0 }, 'nobodyMarked'],
    ['a results-sharing event without marks', { kind: 'sharing', marks: 0 }, 'nobodyMarked'],
    ['a day of visits needs none', { kind: 'visitDay', marks: 0 }, null],
    ['a day of visits with half a roster', { kind: 'visitDay', marks: 1 }, 'someUnmarked'],
    ['today may still be going on', { date: TODAY, marks: 0 }, null],
    ['a day to come', { date: '2026-12-01', marks: 1 }, null],
    ['a day that does not exist', { date: '2026-02-30', marks: 0 }, null],
  ])('%s', (_says, set, gap) => {
    expect(attendanceGap({ ...past, ...set }, TODAY)).toBe(gap);
  });
});

describe('5-point questions that were left open', () => {
  const scale = (key: string) => ({ key, label: key, kind: 'scale' });
  const questions = [scale('a'), scale('b'), { key: 'c', label: 'c', kind: 'text' }];
  test.each<[says: string, questions: unknown, answers: unknown, open: number | null]>([
    ['all answered', questions, { a: 5, b: 1 }, 0],
    ['one open', questions, { a: 5 }, 1],
    ['a null is open', questions, { a: 5, b: null }, 1],
    ['a six is no answer', questions, { a: 6, b: 4 }, 1],
    ['free words are nobody’s duty', questions, { a: 5, b: 5, c: '' }, 0],
    ['no answers', questions, null, 2],
    ['a template that did not arrive', undefined, { a: 5 }, null],
    ['a template without such questions', [questions[2]], {}, null],
  ])('%s', (_says, asked, answers, open) => {
    expect(openScores(asked, answers)?.open ?? null).toBe(open);
  });
});

describe('the table of lines', () => {
  test('every line stands in it once, in its order, with words in both languages', () => {
    expect(dataLines.map(({ id }) => id)).toEqual([...dataLineIds]);
    expect(elsewhereLines.map(({ id }) => id)).toEqual([...elsewhereIds]);
    for (const { label, why } of [...dataLines, ...elsewhereLines]) {
      expect([label.ko, why.ko].every((text) => /[가-힣]/.test(text))).toBe(true);
      expect([label.en, why.en].some((text) => /[가-힣]/.test(text) || text === '')).toBe(false);
    }
  });

  test('lines of one group stand together', () => {
    const groups = dataLines.map(({ group }) => group);
    expect(groups.filter((group, at) => group !== groups[at - 1])).toEqual([...new Set(groups)]);
  });
});

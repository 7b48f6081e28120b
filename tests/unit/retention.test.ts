import { describe, expect, it } from 'vitest';
import { model } from '#shared/model/model.ts';
import { dueFrom, keptUntil, later, type Period } from '#shared/retention/period.ts';
import { hasWords, mayHaveWords, withoutWords } from '#shared/model/survey-answers.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import {
  destroyedLabel,
  dueEntities,
  dueFields,
  fieldsOfBits,
  heldBits,
} from '#shared/retention/personal.ts';

describe('the last day on which data is kept', () => {
  it.each<[endsOn: string | null, months: number | null, until: string | null]>([
    ['2024-11-30', 6, '2025-05-31'],
    ['2024-12-31', 12, '2025-12-31'],
    ['2024-11-15', 1, '2024-12-15'],
    ['2024-11-15', 0, '2024-11-15'],
    // Counted from 31 January, and February has no such day: its last one.
    ['2025-01-30', 1, '2025-02-28'],
    ['2024-01-30', 1, '2024-02-29'],
    // Counted from 29 February: over the day before 29 March, and a year later on the last day of February.
    ['2024-02-28', 1, '2024-03-28'],
    ['2024-02-28', 12, '2025-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2024-10-31', 4, '2025-02-28'],
    ['2024-11-30', 600, '2074-11-30'],
    [null, 6, null],
    ['2024-11-30', null, null],
    ['2024-02-30', 6, null],
    ['언젠가', 6, null],
    ['2024-11-30', -1, null],
    ['2024-11-30', 1.5, null],
    ['2024-11-30', 601, null],
  ])('%s and %s months: %s', (endsOn, months, until) => {
    expect(keptUntil({ endsOn, months })).toBe(until);
  });
});

describe('the first day on which a record falls due', () => {
  const periods = new Map<string, Period>([
    ['early', { endsOn: '2024-06-30', months: 6 }],
    ['late', { endsOn: '2025-06-30', months: 12 }],
    ['long', { endsOn: '2023-12-31', months: 60 }],
    ['endless', { endsOn: null, months: 6 }],
    ['undecided', { endsOn: '2020-12-31', months: null }],
  ]);

  it.each<[programs: string[], due: string | null]>([
    [['early'], '2025-01-01'],
    [['late'], '2026-07-01'],
    // In two programmes it is kept until the later one is over, whichever ended first.
    [['early', 'late'], '2026-07-01'],
    [['late', 'early'], '2026-07-01'],
    [['early', 'long'], '2029-01-01'],
    [['early', 'endless'], null],
    [['undecided', 'early'], null],
    [['unknown here'], null],
    [[], null],
  ])('part of %j: %s', (programs, due) => {
    expect(dueFrom(programs, periods)).toBe(due);
  });

  it('counts days over the ends of months and years', () => {
    expect(later('2024-12-31', 1)).toBe('2025-01-01');
    expect(later('2024-02-28', 30)).toBe('2024-03-29');
  });
});

describe('what falls due', () => {
  it('is what the model marks: personal data, and words', () => {
    expect(Object.fromEntries(dueEntities.map((name) => [name, dueFields(name)]))).toEqual({
      attendance: ['signature'],
      check: ['note'],
      person: ['name', 'phone'],
      photo: ['blob', 'caption'],
      session: ['note'],
      store: ['ownerName', 'phone', 'businessNumber', 'note'],
      surveyResponse: ['answers'],
      visit: ['note'],
    });
    expect(Object.keys(model)).toContain('destruction');
  });

  it.each<[what: string, sets: object[], fields: string[]]>([
    ['a value that is shown', [{ phone: '1' }], ['phone']],
    ['one that was cleared later', [{ phone: '1' }, { phone: null }], ['phone']],
    ['one that was blanked', [{ phone: null, name: '망원분식' }], []],
    [
      'several, in the order of the model',
      [{ businessNumber: '1', ownerName: '2', note: '3' }],
      ['ownerName', 'businessNumber', 'note'],
    ],
    ['nothing personal', [{ name: '망원분식' }], []],
  ])('is still held: %s', (_what, sets, fields) => {
    const bits = heldBits(
      'store',
      sets.map((set) => ({ set: set as never })),
    );
    expect(fieldsOfBits('store', bits)).toEqual(fields);
  });

  it('is called by what goes of it', () => {
    expect(destroyedLabel('surveyResponse', 'answers')?.ko).toBe('글로 쓴 답');
    expect(destroyedLabel('store', 'phone')?.ko).toBe('전화번호');
    expect(destroyedLabel('later', 'thing')).toBeUndefined();
  });
});

describe('words in the answers to a survey', () => {
  const questions: SurveyQuestion[] = [
    { key: 's', label: '만족도', kind: 'scale' },
    { key: 'y', label: '도움', kind: 'yesNo' },
    { key: 'c', label: '가장 좋은 것', kind: 'choice', choices: ['채널', '지도'] },
    { key: 't', label: '한마디', kind: 'text' },
  ];

  it.each<[what: string, answers: unknown, kept: object, may?: boolean]>([
    ['none', { s: 5, y: false }, { s: 5, y: false }],
    ['a choice of the form', { c: '채널' }, { c: '채널' }, true],
    ['a choice that the form does not have', { s: 4, c: '김단골' }, { s: 4 }],
    ['words', { s: 1, t: '김단골 010-0000-7531' }, { s: 1 }],
    ['a score under a question for words', { t: 3 }, { t: 3 }],
    ['a number that is no score', { s: 1_000_007_531 }, {}],
    ['an answer of another shape', { s: 3, y: { who: '김단골' } }, { s: 3 }],
    ['what the form does not ask: a score and yes', { later: 3, more: true }, { later: 3, more: true }],
    ['what the form does not ask: words and numbers', { later: '김단골', more: 7531 }, {}],
    ['answers in no known shape', '김단골', {}],
  ])('are told from what is counted: %s', (_what, answers, kept, may) => {
    expect(withoutWords(questions, answers)).toEqual(kept);
    const isAll = JSON.stringify(kept) === JSON.stringify(answers);
    expect(hasWords(questions, answers)).toBe(!isAll);
    expect(mayHaveWords(answers)).toBe(may ?? !isAll);
  });

  it('are not there where nothing was answered', () => {
    for (const nothing of [null, {}, { t: null }]) {
      expect(withoutWords(questions, nothing)).toEqual({});
      expect([hasWords(questions, nothing), mayHaveWords(nothing)]).toEqual([false, false]);
    }
  });

  it('are taken for words where the form is not here', () => {
    expect(withoutWords([], { s: 5, y: true, c: '채널', t: '김단골' })).toEqual({ s: 5, y: true });
    expect(hasWords([], { c: '채널' })).toBe(true);
  });
});

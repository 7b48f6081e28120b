import { describe, expect, test } from 'vitest';
import { endingOf, isComplete, unfinishedRule } from '#shared/model/survey-answers.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import { hashPin, isPin } from '#main/vault/pin-hash.ts';
import { asOf, NO_TRIES, triedAgain, waitAfter, waitLeft } from '#main/vault/pin-tries.ts';
import {
  answerOfKey,
  firstStep,
  placeOf,
  stepAt,
  type Answers,
} from '../../src-renderer/features/surveys/handover.ts';
import {
  idleStep,
  secondsLeft,
  touched,
  type IdleStep,
  type Watched,
} from '../../src-renderer/features/surveys/idle.ts';
import { sheetDay } from '../../src-renderer/features/surveys/sheet-day.ts';

const questions: SurveyQuestion[] = [
  { key: 'easy', label: '쉬웠나요?', kind: 'scale' },
  { key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
  { key: 'best', label: '무엇이 좋았나요?', kind: 'choice', choices: ['QR', '지도'] },
  { key: 'words', label: '하고 싶은 말', kind: 'text' },
];
const whole = { easy: 4, helpful: false, best: 'QR' };

describe('a response is complete', () => {
  test.each<[string, Answers, boolean]>([
    ['with every question but the free words', whole, true],
    ['with the words too', { ...whole, words: '좋아요' }, true],
    ['not without the scale', { helpful: false, best: 'QR' }, false],
    ['not without the yes or no', { easy: 4, best: 'QR' }, false],
    ['not without the choice', { easy: 4, helpful: true }, false],
    ['not with a sixth step', { ...whole, easy: 6 }, false],
    ['not with a choice of another version', { ...whole, best: '전단지' }, false],
    ['not with words where a yes or no is asked', { ...whole, helpful: '네' }, false],
    ['not with nothing', {}, false],
  ])('%s', (_what, answers, complete) => expect(isComplete(questions, answers)).toBe(complete));

  test.each([
    [whole, 'discard', 'submitted'],
    [whole, 'keep', 'submitted'],
    [{ easy: 3 }, 'keep', 'submitted'],
    [{ easy: 3 }, 'discard', 'discarded'],
    [{}, 'keep', 'nothing'],
    [{}, 'discard', 'nothing'],
  ] as const)('%o under %s ends %s', (answers, rule, ending) =>
    expect(endingOf(questions, answers, rule)).toBe(ending),
  );

  test.each([
    ['keep', 'keep'],
    ['discard', 'discard'],
    [null, 'discard'],
    ['later', 'discard'],
  ])('the rule %s means %s', (value, rule) => expect(unfinishedRule(value)).toBe(rule));
});

describe('where a survey goes on', () => {
  test.each([
    [{}, null, { kind: 'question', index: 0 }],
    [{ easy: 1 }, null, { kind: 'question', index: 1 }],
    [{ easy: 1 }, 'easy', { kind: 'question', index: 0 }],
    [{}, 'review', { kind: 'review' }],
    [{ ...whole, words: 'x' }, null, { kind: 'review' }],
    [{ easy: 1 }, 'a question of another version', { kind: 'question', index: 1 }],
  ] as const)('%o, last seen at %s', (answers, at, step) =>
    expect(stepAt(questions, answers, at)).toEqual(step),
  );

  test('every place that is remembered is found again', () => {
    for (const step of [...questions.map((_, index) => ({ kind: 'question', index }) as const)]) {
      expect(stepAt(questions, {}, placeOf(questions, step))).toEqual(step);
    }
    expect(placeOf(questions, { kind: 'review' })).toBe('review');
    expect(placeOf(questions, { kind: 'closing', how: 'thanks' })).toBeNull();
  });

  test('consent comes first, where the form has a text for it', () => {
    expect(firstStep('읽어 주세요')).toEqual({ kind: 'consent' });
    expect(firstStep(null)).toEqual({ kind: 'welcome' });
  });

  test.each([
    [0, '5', 5],
    [0, '6', undefined],
    [0, '0', undefined],
    [1, '1', true],
    [1, '2', false],
    [1, '3', undefined],
    [2, '2', '지도'],
    [2, '3', undefined],
    [3, '1', undefined],
    [0, 'Enter', undefined],
  ])('question %i, key %s', (at, key, value) => expect(answerOfKey(questions[at]!, key)).toBe(value));
});

describe('a laptop that was left alone', () => {
  /** What happens from second to second, seen once a second; `touches` are the seconds with a sign of somebody. */
  function watch(watched: Watched, until: number, touches: readonly number[] = []): [number, IdleStep][] {
    let idle = touched(0);
    const steps: [number, IdleStep][] = [];
    for (let second = 1; second <= until; second += 1) {
      if (touches.includes(second)) idle = touched(second * 1000);
      const next = idleStep(idle, watched, second * 1000);
      idle = next.idle;
      if (next.step !== 'none') steps.push([second, next.step]);
    }
    return steps;
  }

  test('is asked after two minutes, and the response ends half a minute later', () => {
    expect(watch('response', 119)).toEqual([]);
    expect(watch('response', 151)).toEqual([
      [120, 'ask'],
      [150, 'end'],
    ]);
  });

  test('any sign begins the two minutes anew, also an answer to the question', () => {
    expect(watch('response', 300, [100])).toEqual([
      [220, 'ask'],
      [250, 'end'],
    ]);
    expect(watch('response', 200, [149])).toEqual([[120, 'ask']]);
  });

  test('goes back to the first page from the thanks and from a dialog on it, and asks nobody', () => {
    expect(watch('closing', 59)).toEqual([[30, 'restart']]);
    expect(watch('start', 130)).toEqual([[120, 'restart']]);
  });

  test('leaves time to answer after the lid was closed for an hour', () => {
    const late = idleStep(touched(0), 'response', 3_600_000);
    expect(late.step).toBe('ask');
    expect(secondsLeft(late.idle, 3_600_000)).toBe(30);
    expect(secondsLeft(late.idle, 3_615_400)).toBe(15);
    expect(idleStep(late.idle, 'response', 3_629_999).step).toBe('none');
    expect(idleStep(late.idle, 'response', 3_630_000).step).toBe('end');
  });
});

test('a PIN is stored as a hash with a salt of its own', () => {
  const [one, two] = [1, 2].map((byte) => hashPin('73915', new Uint8Array(16).fill(byte))) as [
    string,
    string,
  ];
  expect(one).not.toContain('73915');
  expect(JSON.parse(one).hash).not.toBe(JSON.parse(two).hash);
  expect([isPin('73915', one), isPin('73915', two), isPin('73916', one)]).toEqual([true, true, false]);
});

describe('wrong PINs wait', () => {
  test('longer and longer, up to half an hour', () => {
    const seconds = Array.from({ length: 11 }, (_, wrong) => waitAfter(wrong) / 1000);
    expect(seconds).toEqual([0, 0, 0, 30, 60, 120, 300, 600, 1800, 1800, 1800]);
  });

  test('by the clock, and anew when it is turned back', () => {
    const noon = Date.UTC(2026, 10, 24, 3);
    const third = [0, 1, 2].reduce((tries) => triedAgain(tries, noon), NO_TRIES);
    expect(waitLeft(third, noon)).toBe(30_000);
    expect(waitLeft(third, noon + 29_999)).toBe(1);
    expect(waitLeft(third, noon + 30_000)).toBe(0);
    const back = noon - 86_400_000;
    expect(waitLeft(third, back)).toBe(30_000);
    // Once it is written down, the wait runs by the clock as it is now.
    expect(waitLeft(asOf(third, back), back + 30_000)).toBe(0);
  });
});

test.each([
  ['2026-11-20', { day: '2026-11-20' }],
  ['11/24', { day: '2026-11-24' }],
  ['11/25', { problem: 'future' }],
  ['2월 30일', { problem: 'wrong' }],
  [' ', { problem: 'empty' }],
])('a sheet of "%s"', (text, meant) => expect(sheetDay(text, '2026-11-24')).toEqual(meant));

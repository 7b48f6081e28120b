import { describe, expect, test } from 'vitest';
import type { CheckRow, VisitView } from '#shared/contract/visits.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import {
  answeredCount,
  firstUnanswered,
  stepAfter,
  stepBefore,
  withAnswer,
} from '../../src-renderer/features/surveys/handover.ts';
import { offerOf } from '../../src-renderer/features/visits/offer.ts';
import { isOddJump, parseFriends } from '../../src-renderer/features/visits/friends.ts';
import { isBusinessNumber, isPhone } from '../../src-renderer/use/checks.ts';
import { parseDay } from '../../src-renderer/use/day-text.ts';
import { addDays, daysBetween } from '../../src-renderer/use/format.ts';
import { foundIn } from '../../src-renderer/frame/palette-entries.ts';

describe('a survey in a merchant’s hands', () => {
  const questions: SurveyQuestion[] = [
    { key: 'clear', label: '쉬웠나요?', kind: 'scale' },
    { key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
    { key: 'words', label: '하고 싶은 말', kind: 'text' },
  ];

  test('an emptied text is no answer, a no is one', () => {
    const given = withAnswer(withAnswer({}, 'helpful', false), 'words', '  ');
    expect(given).toEqual({ helpful: false });
    expect(answeredCount(questions, given)).toBe(1);
    expect(firstUnanswered(questions, given)).toBe(0);
    expect(firstUnanswered(questions, { clear: 5, helpful: true, words: '네' })).toBeNull();
  });

  test('the way goes question by question to the review, and back', () => {
    expect(stepAfter(questions, 0)).toEqual({ kind: 'question', index: 1 });
    expect(stepAfter(questions, 2)).toEqual({ kind: 'review' });
    expect(stepBefore(questions, { kind: 'review' })).toEqual({ kind: 'question', index: 2 });
    expect(stepBefore(questions, { kind: 'question', index: 0 })).toEqual({ kind: 'question', index: 0 });
  });
});

describe('what a done check offers to the shop’s record', () => {
  const shop = (known: object) =>
    ({
      date: '2026-11-24',
      store: {
        id: 's',
        channelUrl: null,
        channelOpenedOn: null,
        mapPlaceUrl: null,
        mapRegisteredOn: null,
        ...known,
      },
    }) as unknown as VisitView;
  const check = (
    state: CheckRow['state'],
    evidence: 'channelUrl' | 'mapPlaceUrl' | 'text',
    value: string | null,
  ) =>
    ({ item: { key: 'k', label: 'k', evidence }, state, value, note: null, photo: null }) satisfies CheckRow;

  test.each([
    [
      'done',
      {},
      'channelUrl',
      'pf.kakao.com/_a',
      { channelOpenedOn: '2026-11-24', channelUrl: 'pf.kakao.com/_a' },
    ],
    ['done', {}, 'channelUrl', null, { channelOpenedOn: '2026-11-24' }],
    ['done', { channelUrl: 'old' }, 'channelUrl', 'new', { channelOpenedOn: '2026-11-24' }],
    ['done', { channelOpenedOn: '2024-06-17' }, 'channelUrl', 'new', undefined],
    ['notDone', {}, 'channelUrl', 'new', undefined],
    ['done', {}, 'mapPlaceUrl', null, { mapRegisteredOn: '2026-11-24' }],
    ['done', {}, 'text', 'x', undefined],
  ] as const)('%s, knowing %o, %s %s', (state, known, evidence, value, set) => {
    expect(offerOf(shop(known), check(state, evidence, value))?.set).toEqual(set);
  });
});

describe('what is typed into a field', () => {
  test.each([
    ['', null],
    ['120', 120],
    ['1,234', 1234],
    ['1 234명', 1234],
    ['0', 0],
    ['999999999', 999_999_999],
    ['1234567890', 'wrong'],
    ['12.5', 'wrong'],
    ['-3', 'wrong'],
    ['열둘', 'wrong'],
  ])('friends "%s"', (text, meant) => expect(parseFriends(text)).toBe(meant));

  test('a jump of more than ten times is odd, unless there was hardly anybody', () => {
    expect(isOddJump(1200, 100)).toBe(true);
    expect(isOddJump(9, 100)).toBe(true);
    expect(isOddJump(1000, 100)).toBe(false);
    expect(isOddJump(500, 3)).toBe(false);
    expect(isOddJump(500, undefined)).toBe(false);
  });

  test.each([
    ['', null],
    ['2024-11-24', '2024-11-24'],
    ['20241124', '2024-11-24'],
    ['2024.11.4', '2024-11-04'],
    ['2024. 11. 24.', '2024-11-24'],
    ['2024년 11월 24일', '2024-11-24'],
    ['11/24', '2026-11-24'],
    ['2월 29일', 'wrong'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', 'wrong'],
    ['2024-13-01', 'wrong'],
    ['2024-1', 'wrong'],
    ['어제', 'wrong'],
  ])('day "%s"', (text, meant) => expect(parseDay(text, '2026-11-24')).toBe(meant));

  test('days are counted on the calendar', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
  });

  test.each([
    [isPhone, '02-335-3591', true],
    [isPhone, '010 0000 0940', true],
    [isPhone, '+82 10-0000-0940', true],
    [isPhone, '1588-0000', true],
    [isPhone, '12345', false],
    [isPhone, '010-1234-567a', false],
    [isBusinessNumber, '123-45-67890', true],
    [isBusinessNumber, '123-45-6789', false],
  ] as const)('%o of "%s" is %s', (check, text, right) => expect(check(text)).toBe(right));
});

test('the palette finds by any part of a name, spaces and case aside', () => {
  const entries = ['회차 잡기', 'KakaoMap', '설정'].map((title) => ({ title })) as unknown as Parameters<
    typeof foundIn
  >[0];
  expect(foundIn(entries, '회차잡').map((entry) => entry.title)).toEqual(['회차 잡기']);
  expect(foundIn(entries, 'kakaomap')).toHaveLength(1);
  expect(foundIn(entries, '')).toHaveLength(3);
});

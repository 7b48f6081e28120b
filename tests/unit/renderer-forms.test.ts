import { describe, expect, test } from 'vitest';
import type { RosterRow, SessionView } from '#shared/contract/sessions.ts';
import type { CheckRow, VisitView } from '#shared/contract/visits.ts';
import type { SurveyQuestion } from '#shared/model/templates.ts';
import {
  countMarks,
  filterRoster,
  isEnteredLater,
  meantBy,
  twinsOf,
  withMark,
} from '../../src-renderer/features/sessions/roster.ts';
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

const row = (name: string, status: RosterRow['status'], store?: string, phone?: string): RosterRow => ({
  attendance: `a-${name}`,
  person: {
    id: name,
    name,
    kind: 'merchant',
    phone: phone ?? null,
    store: store ? { id: store, name: store } : null,
  },
  status,
  markedOn: status && '2026-11-24',
  signedAt: null,
  signature: null,
});

describe('the roster', () => {
  const people = [
    row('김바다', 'present', '바다 횟집', '010-0000-0001'),
    row('이하늘', 'late'),
    row('박구름', null),
    row('최들', null),
  ];

  test('counts every row exactly once', () => {
    expect(countMarks(people)).toEqual({ all: 4, unmarked: 2, present: 1, late: 1, absent: 0 });
  });

  test.each([
    ['all', '', 4],
    ['unmarked', '', 2],
    ['present', '', 1],
    ['absent', '', 0],
    ['all', '바다횟집', 1],
    ['all', '0100000', 1],
    ['all', '하 늘', 1],
    ['all', '하늘'.normalize('NFD'), 1],
    ['unmarked', '하늘', 0],
    ['all', '없는', 0],
  ] as const)('filter %s with "%s" shows %i', (filter, text, count) => {
    expect(filterRoster(people, filter, text)).toHaveLength(count);
  });

  test('a mark changes the person and the counts together', () => {
    const session = { people, present: 1, late: 1, absent: 0 } as SessionView;
    const marked = withMark(session, '박구름', 'absent', '2026-11-24');
    expect(marked).toMatchObject({ present: 1, late: 1, absent: 1 });
    expect(withMark(marked, '박구름', null, '2026-11-24')).toMatchObject({ present: 1, late: 1, absent: 0 });
  });
});

describe('names on a roster', () => {
  const people = [
    row('김바다', 'present', '바다 횟집', '010-0000-0001'),
    row('김바다', null, '파도 건어물'),
    row('김바', 'late'),
    row('이하늘', null),
  ];
  const about = (rows: RosterRow[]) => rows.map(({ person }) => person.store?.name ?? person.name);

  test.each([
    ['김바다', null, ['바다 횟집', '파도 건어물']],
    [' 김 바다', null, ['바다 횟집', '파도 건어물']],
    ['김바다', '010 0000 0001', ['바다 횟집', '파도 건어물']],
    ['김바다', '010-0000-0002', ['파도 건어물']],
    ['김', null, []],
  ])('%s with phone %s stands there as %o', (name, phone, twins) => {
    expect(about(twinsOf(people, name, phone))).toEqual(twins);
  });

  test.each([
    ['이', '이하늘'],
    ['김바', '김바'],
    ['김바다', undefined],
    ['없는', undefined],
  ])('"%s" means %s', (text, name) => {
    expect(meantBy(filterRoster(people, 'all', text), text)?.person.name).toBe(name);
  });

  test.each([
    ['2026-11-24', '2026-11-24', false],
    ['2026-11-25', '2026-11-24', true],
    ['2026-11-23', '2026-11-24', false],
    [null, '2026-11-24', false],
    ['2026-11-25', null, false],
  ])('marked on %s for the day %s is entered later: %s', (markedOn, day, later) => {
    expect(isEnteredLater({ markedOn }, day)).toBe(later);
  });
});

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

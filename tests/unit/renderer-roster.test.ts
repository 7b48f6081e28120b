import { describe, expect, test } from 'vitest';
import type { RosterRow, SessionView } from '#shared/contract/sessions.ts';
import {
  countMarks,
  filterRoster,
  holding,
  isEnteredLater,
  meantBy,
  twinsOf,
  withMark,
} from '../../src-renderer/features/sessions/roster.ts';

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
    ['all', 'ㄱㅂㄷ', 1],
    ['all', 'ㅂㄷ ㅎㅈ', 1],
    ['all', '횟집 김', 1],
    ['all', 'ㅇㅎㄴ', 1],
    ['unmarked', 'ㅂㄱㄹ', 1],
    ['present', 'ㅂㄱㄹ', 0],
    ['all', '0000 0001', 1],
  ] as const)('filter %s with "%s" shows %i', (filter, text, count) => {
    expect(filterRoster(people, filter, text)).toHaveLength(count);
  });

  test('lists whose name begins so before those whose shop does', () => {
    const two = [row('박구름', null, '이웃분식'), row('이하늘', null)];
    expect(filterRoster(two, 'all', 'ㅇ').map(({ person }) => person.name)).toEqual(['이하늘', '박구름']);
    expect(filterRoster(two, 'all', ' ').map(({ person }) => person.name)).toEqual(['박구름', '이하늘']);
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
    ['ㅇㅎㄴ', '이하늘'],
    ['건어물 김', '김바다'],
    ['ㄱㅂ', undefined],
    // On the way to 이하늘 while it is typed, and the name of somebody else when it is not.
    ['이한', undefined],
    ['이하느', undefined],
  ])('"%s" means %s', (text, name) => {
    expect(meantBy(filterRoster(people, 'all', text), text)?.person.name).toBe(name);
  });

  test.each([
    ['이한', ['이하늘'], []],
    ['ㅇㅎㄴ', ['이하늘'], ['이하늘']],
    ['횟집 바다', ['김바다'], ['김바다']],
    ['하 늘', ['이하늘'], ['이하늘']],
  ])('"%s" finds %o, and %o are no newcomer by that name', (text, found, held) => {
    const rows = filterRoster(people, 'all', text);
    expect(rows.map(({ person }) => person.name)).toEqual(found);
    expect(holding(rows, text).map(({ person }) => person.name)).toEqual(held);
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

import type { Method } from '#shared/contract/contract.ts';
import { seeded } from './random.ts';

/** What the person has before them. */
export interface Desk {
  readonly session: string;
  readonly visits: readonly string[];
  readonly shops: readonly string[];
  readonly person: string;
}

/** One input of a person, and what can be seen in the store once it is durable: names with values. */
export interface Input {
  readonly method: Method;
  readonly input: unknown;
  readonly shows: Readonly<Record<string, unknown>>;
}

export const ITEM = 'channel';
export const DAY = '2026-11-24';
export const GUEST = '손님';
const STATUSES = ['present', 'late', 'absent'] as const;

type Make = (at: number, round: number, desk: Desk, seed: number) => Input;

const pick = (list: readonly string[], at: number, seed: number): string =>
  seeded(seed * 7919 + at).pick(list);

/** A stretch of letters of a length of its own, so that a part of it is not the whole. */
const words = (at: number, seed: number): string =>
  `${at} ${'가나다라마바사'.repeat(seeded(seed + at).below(12))}`;

/** In this order again and again. Each input changes something that can be seen, so that it is either there or not. */
const round: readonly Make[] = [
  (at, _round, { visits }, seed) => {
    const id = pick(visits, at, seed);
    return {
      method: 'visits.update',
      input: { id, note: words(at, seed) },
      shows: { [`note ${id}`]: words(at, seed) },
    };
  },
  (at, _round, { shops }, seed) => {
    const owner = pick(shops, at, seed);
    const input = { owner, ownerKind: 'store', date: DAY, friends: at };
    return { method: 'friends.record', input, shows: { [`friends ${owner}`]: at } };
  },
  (at, _round, { visits }, seed) => {
    const visit = pick(visits, at, seed);
    const value = `pf.kakao.com/_${at}`;
    return {
      method: 'checks.mark',
      input: { visit, item: ITEM, value },
      shows: { [`check ${visit}`]: value },
    };
  },
  (at) => {
    const value = { text: `1234567890${at}`, base: '' };
    return { method: 'drafts.put', input: { key: 'draft', value }, shows: { draft: value } };
  },
  (at) => {
    const place = { path: `/visits/${at}`, field: 'draft' };
    return { method: 'place.put', input: place, shows: { place } };
  },
  mark(0),
  (at, _round, { session }) => {
    const name = `${GUEST} ${at}`;
    return { method: 'attendance.walkIn', input: { session, name }, shows: { [name]: 'present' } };
  },
  mark(1),
  (_at, round) => ({ method: 'undo.undo', input: {}, shows: { mark: STATUSES[(round * 2) % 3] } }),
  (_at, round) => ({ method: 'undo.redo', input: {}, shows: { mark: STATUSES[(round * 2 + 1) % 3] } }),
  () => ({ method: 'drafts.drop', input: { key: 'draft' }, shows: { draft: null } }),
];

/** A mark of the one person on the roster, another each time. */
function mark(nth: number): Make {
  return (_at, round, { session, person }) => {
    const status = STATUSES[(round * 2 + nth) % 3];
    return { method: 'attendance.mark', input: { session, person, status }, shows: { mark: status } };
  };
}

/** The same number gives the same input: who watches need not be told what was sent. */
export function inputAt(at: number, desk: Desk, seed: number): Input {
  return round[at % round.length]!(at, Math.floor(at / round.length), desk, seed);
}

import { describe, expect, test } from 'vitest';
import { groupsOf } from '#shared/figures/groups.ts';
import { lacksEvidence, missingIn, type DoneCheck } from '#shared/visiting/missing.ts';
import { roundOf, type RoundShop, type RoundVisit, type Walk } from '#shared/visiting/round.ts';
import { missingPath } from '../../src-renderer/features/today/session-path.ts';

/** A shop that lacks nothing. */
const shop = (id: string, set: Partial<RoundShop> = {}): RoundShop => ({
  id,
  name: id,
  category: null,
  unit: null,
  roadAddress: null,
  lotAddress: null,
  status: 'active',
  channelOpenedOn: '2024-09-03',
  mapRegisteredOn: '2024-09-03',
  lastOutcome: null,
  lastVisitOn: null,
  ...set,
});

const visit = (store: string, set: Partial<RoundVisit> = {}): RoundVisit => ({
  id: `v-${store}`,
  store,
  outcome: null,
  startedAt: '2026-11-24T01:00:00.000Z',
  mine: true,
  ...set,
});

const order = (
  shops: RoundShop[],
  visits: RoundVisit[] = [],
  same: [string, string][] = [],
  walk: Walk = 'byUnit',
) =>
  roundOf(shops, visits, groupsOf(same.map(([left, right]) => ({ left, right }))), walk).map(
    ({ store }) => store,
  );

describe('the order of the shops to visit', () => {
  test('my open visit, gaps, those not met last time, the rest, where a colleague stands', () => {
    const shops = [
      shop('elsewhere', { channelOpenedOn: null, unit: '가 1호' }),
      shop('rest', { unit: '가 1호' }),
      shop('notFound', { lastOutcome: 'notFound', lastVisitOn: '2026-11-01' }),
      shop('closed', { lastOutcome: 'closed', lastVisitOn: '2026-11-01', unit: '가 9호' }),
      shop('noMap', { mapRegisteredOn: null }),
      shop('noChannel', { channelOpenedOn: null, unit: '나 1호' }),
      shop('mine', { unit: '하 9호' }),
    ];
    const visits = [visit('mine'), visit('elsewhere', { mine: false })];
    expect(order(shops, visits)).toEqual([
      'mine',
      'noChannel',
      'noMap',
      'closed',
      'notFound',
      'rest',
      'elsewhere',
    ]);
  });

  test('a refusal or a finished visit last time puts nobody ahead', () => {
    const shops = [shop('a'), shop('b', { lastOutcome: 'refused' }), shop('c', { lastOutcome: 'done' })];
    expect(order(shops)).toEqual(['a', 'b', 'c']);
  });

  test('a market is walked by unit, a street by address; numbers count as numbers, the unknown comes last', () => {
    const shops = [
      shop('nowhere'),
      shop('ten', { unit: '가동 10호', roadAddress: '시장로 2' }),
      shop('nine', { unit: '가동 9호', roadAddress: '시장로 10' }),
      shop('noUnit', { roadAddress: '시장로 1' }),
      shop('lot', { lotAddress: '시장로 3' }),
    ];
    expect(order(shops)).toEqual(['nine', 'ten', 'noUnit', 'lot', 'nowhere']);
    expect(order(shops, [], [], 'byAddress')).toEqual(['noUnit', 'ten', 'lot', 'nine', 'nowhere']);
  });

  test('any outcome takes a shop off the list, as do closed, moved and declined ones; an unmarked one stays', () => {
    const shops = [
      ...['done', 'refused', 'shut'].map((id) => shop(id)),
      ...['closed', 'moved', 'declined'].map((status) => shop(status, { status })),
      shop('unmarked', { status: null }),
    ];
    const visits = [
      visit('done', { outcome: 'done' }),
      visit('refused', { outcome: 'refused' }),
      visit('shut', { outcome: 'closed' }),
    ];
    expect(order(shops, visits)).toEqual(['unmarked']);
  });

  test('a second visit that I have open brings the shop back', () => {
    const visits = [visit('a', { id: 'v1', outcome: 'closed' }), visit('a', { id: 'v2' })];
    expect(roundOf([shop('a')], visits, groupsOf([]), 'byUnit')).toEqual([
      { store: 'a', visit: 'v2', why: ['unfinished'] },
    ]);
  });

  test('my open visit is opened, not the one that a colleague began later', () => {
    const visits = [
      visit('a', { id: 'mine' }),
      visit('a', { id: 'theirs', mine: false, startedAt: '2026-11-24T02:00:00.000Z' }),
    ];
    for (const list of [visits, [...visits].reverse()]) {
      expect(roundOf([shop('a')], list, groupsOf([]), 'byUnit')[0]?.visit).toBe('mine');
    }
  });
});

describe('shops that are the same', () => {
  const a = shop('a', { channelOpenedOn: null });
  const b = shop('b', { mapRegisteredOn: null });

  test('are one, with what either of them has', () => {
    expect(roundOf([b, a], [], groupsOf([{ left: 'a', right: 'b' }]), 'byUnit')).toEqual([
      { store: 'a', visit: null, why: [] },
    ]);
  });

  test('are visited when either was, and gone when either is', () => {
    expect(order([a, b], [visit('b', { outcome: 'done' })], [['a', 'b']])).toEqual([]);
    expect(order([a, { ...b, status: 'declined' }], [], [['a', 'b']])).toEqual([]);
    // Also when the visit names a row that stands at another site.
    expect(order([a], [visit('elsewhere', { outcome: 'done' })], [['a', 'elsewhere']])).toEqual([]);
  });

  test('the row whose visit is open stands for them', () => {
    expect(order([a, b], [visit('b')], [['a', 'b']])).toEqual(['b']);
  });
});

describe('what is missing', () => {
  const nothing = { trainers: 1, unmarked: 0, ahead: false, open: [], unproven: [], uncounted: [] };
  const all = {
    trainers: 0,
    unmarked: 3,
    ahead: false,
    open: ['v1', 'v2'],
    unproven: [{ visit: 'v3', item: 'channel' }],
    uncounted: ['v4'],
  };

  test('nothing, when nothing is', () => expect(missingIn(nothing)).toEqual([]));

  test('each with its count, in order, and with a path to its place', () => {
    const lacks = missingIn(all);
    expect(lacks.map(({ what, count }) => [what, count])).toEqual([
      ['trainers', 1],
      ['attendance', 3],
      ['outcomes', 2],
      ['evidence', 1],
      ['friends', 1],
    ]);
    expect(lacks.map((lack) => missingPath({ id: 's' }, lack))).toEqual([
      '/sessions/s/plan',
      '/sessions/s/attendance',
      '/visits/v1',
      '/visits/v3?at=channel',
      '/visits/v4?at=friends',
    ]);
  });

  test('nobody can be marked before the day has come', () => {
    expect(missingIn({ ...all, ahead: true }).map(({ what }) => what)).not.toContain('attendance');
  });

  const bare: DoneCheck = { value: null, photo: null, visitPhotos: 0, channelUrl: null, mapPlaceUrl: null };
  test.each([
    [undefined, {}, false],
    ['text', {}, true],
    ['text', { value: '첫 메시지' }, false],
    ['channelUrl', {}, true],
    ['channelUrl', { channelUrl: 'pf.kakao.com/_a' }, false],
    ['channelUrl', { mapPlaceUrl: 'place.map.kakao.com/1' }, true],
    ['mapPlaceUrl', { mapPlaceUrl: 'place.map.kakao.com/1' }, false],
    ['photo', {}, true],
    ['photo', { photo: 'p' }, false],
    ['photo', { visitPhotos: 1 }, false],
    ['photo', { value: '메뉴판' }, false],
  ] as const)('evidence %s with %o lacks: %s', (evidence, set, lacks) => {
    const item = { key: 'k', label: 'k', ...(evidence ? { evidence } : {}) };
    expect(lacksEvidence(item, { ...bare, ...set })).toBe(lacks);
  });
});

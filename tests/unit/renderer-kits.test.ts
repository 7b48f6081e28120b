import { describe, expect, test } from 'vitest';
import type { KitProgram, KitSession, KitSite } from '#shared/contract/kits.ts';
import {
  isIn,
  ordersOf,
  passwordsOf,
  programsByDefault,
  rowsOf,
  unassigned,
  withinSpan,
  type Choice,
} from '../../src-renderer/features/kits/choice.ts';

const [kim, lee] = [
  { id: 'kim', name: '김트레' },
  { id: 'lee', name: '이트레' },
];
const site = (id: string): KitSite => ({ id, name: id, nationwide: false, shops: 2 });
const session = (id: string, at: string | null, trainers: KitSession['trainers'], more = {}): KitSession => ({
  id,
  title: id,
  kind: 'class',
  date: '2026-11-26',
  past: false,
  site: at === null ? null : { id: at, name: at },
  trainers,
  ...more,
});
const nothing: Choice = { by: {}, given: {} };
const sites = [site('망원'), site('반송')];
const sessions = [
  session('one', '망원', [kim]),
  session('two', '망원', [kim, lee]),
  session('nobody', '반송', []),
  session('old', '반송', [lee], { past: true, date: '2026-11-17' }),
  session('nowhere', null, [lee], { date: null }),
];
const orders = (choice: Choice) => ordersOf({ sites, trainers: [kim, lee] }, sessions, choice);

describe('which kits follow from what is chosen', () => {
  test('one for each trainer with their own sessions that are to come, and the markets of these', () => {
    expect(orders(nothing)).toEqual([
      { trainer: 'kim', sessions: ['one', 'two'], sites: ['망원'] },
      { trainer: 'lee', sessions: ['two', 'nowhere'], sites: ['망원'] },
    ]);
  });

  test.each<[string, Choice, Record<string, string[]>]>([
    ['one taken out', { ...nothing, by: { two: false } }, { kim: ['one'], lee: ['nowhere'] }],
    [
      'a past one put in',
      { ...nothing, by: { old: true } },
      { kim: ['one', 'two'], lee: ['two', 'old', 'nowhere'] },
    ],
    [
      'one of nobody given',
      { ...nothing, given: { nobody: 'lee' } },
      { kim: ['one', 'two'], lee: ['two', 'nobody', 'nowhere'] },
    ],
    [
      'given and taken out',
      { by: { nobody: false }, given: { nobody: 'lee' } },
      { kim: ['one', 'two'], lee: ['two', 'nowhere'] },
    ],
    [
      'given to someone, but it has a trainer by now',
      { ...nothing, given: { one: 'lee' } },
      { kim: ['one', 'two'], lee: ['two', 'nowhere'] },
    ],
  ])('%s', (_name, choice, expected) => {
    expect(Object.fromEntries(orders(choice).map((order) => [order.trainer, order.sessions]))).toEqual(
      expected,
    );
  });

  test('a trainer without a session comes last, with an empty order', () => {
    const by = { one: false, two: false };
    expect(
      orders({ ...nothing, by }).map(({ trainer, sessions: theirs }) => [trainer, theirs.length]),
    ).toEqual([
      ['lee', 1],
      ['kim', 0],
    ]);
  });

  test('a chosen session that is in no kit is told, until it is given or taken out', () => {
    const told = (choice: Choice) =>
      unassigned({ trainers: [kim, lee] }, sessions, choice).map(({ id }) => id);
    expect(told(nothing)).toEqual(['nobody']);
    expect(told({ ...nothing, given: { nobody: 'kim' } })).toEqual([]);
    expect(told({ ...nothing, given: { nobody: 'gone' } })).toEqual(['nobody']);
    expect(told({ ...nothing, by: { nobody: false } })).toEqual([]);
  });
});

describe('what is there to choose', () => {
  test('what is to come is in and what is past is not, whatever was chosen about others', () => {
    expect(sessions.map((one) => isIn(one, { ...nothing, by: { one: false, other: true } }))).toEqual([
      false,
      true,
      true,
      false,
      true,
    ]);
  });

  test('a week ends with its last day; a session without a day is always there', () => {
    const week = withinSpan(
      [...sessions, session('later', '망원', [], { date: '2026-12-02' })],
      'week',
      '2026-12-01',
    );
    expect(week.map(({ id }) => id)).not.toContain('later');
    expect(week).toHaveLength(sessions.length);
  });

  test('the programmes with something to come, ended or not', () => {
    const program = (id: string, upcoming: number, ended: boolean): KitProgram => ({
      id,
      name: id,
      endsOn: null,
      ended,
      upcoming,
      past: 1,
    });
    expect(
      programsByDefault([program('a', 2, false), program('b', 1, true), program('c', 0, false)]),
    ).toEqual(['a', 'b']);
  });

  test('each site stands once above its sessions, and those of no site stand under none', () => {
    expect(
      rowsOf(sites, sessions).map((row) => (row.kind === 'site' ? `= ${row.site?.name}` : row.key)),
    ).toEqual(['= 망원', 'one', 'two', '= 반송', 'nobody', 'old', '= undefined', 'nowhere']);
  });
});

describe('how passwords go along', () => {
  const laptop = { id: 'da0000000000000a', name: '망원 1호' };
  const [known, unknown] = [
    { laptops: [laptop], refused: [] },
    { laptops: [], refused: [laptop] },
  ];
  const [secret, open] = [{ hasSecret: true }, { hasSecret: false }];
  test.each([
    ['without one', [open], known, false, 'none'],
    ['with nothing chosen', [], known, false, 'none'],
    ['to a laptop that is known', [open, secret], known, false, 'sealed'],
    ['in a plain kit, for the old laptop alone', [secret], known, true, 'old'],
    ['to nobody who is known', [secret], unknown, false, 'asked'],
    ['to nobody who is known, plain', [secret], unknown, true, 'asked'],
  ] as const)('%s', (_name, chosen, seal, plain, how) => {
    expect(
      passwordsOf(chosen, { seal: { laptops: [...seal.laptops], refused: [...seal.refused] }, plain }),
    ).toBe(how);
  });
});

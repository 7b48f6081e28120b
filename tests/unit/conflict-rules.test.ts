import { describe, expect, test } from 'vitest';
import { placeOf, type Fields } from '#shared/conflicts/place.ts';
import { decide, type Rule, type RuleSide, type Undecided } from '#shared/conflicts/rules.ts';
import { columnsOf, inShort } from '#shared/conflicts/short.ts';
import type { Json } from '#shared/merge/canonical.ts';

const side = (value: Json, at: string, more: Partial<RuleSide> = {}): RuleSide => ({
  value,
  at,
  clockSuspect: false,
  laptop: 'L1',
  author: 'P1',
  files: [],
  ...more,
});

const early = side('early', '01');
const late = side('late', '02', { laptop: 'L2', author: 'P2', files: ['F2'] });
const nobody = side('nobody', '03', { laptop: 'L3', author: null });
const empty = side(null, '03');
const newest: Rule = { by: 'newest' };
const oldest: Rule = { by: 'oldest' };
const most: Rule = { by: 'most' };
const filled: Rule = { by: 'filled' };
const author = (id: string): Rule => ({ by: 'author', author: id });
const laptop = (id: string): Rule => ({ by: 'laptop', laptop: id });
const file = (id: string): Rule => ({ by: 'file', file: id });

describe('what a rule decides', () => {
  test.each<[string, Rule, RuleSide[], Json]>([
    ['the last', newest, [early, late], 'late'],
    ['the last, in whatever order', newest, [late, early], 'late'],
    ['the first', oldest, [late, early], 'early'],
    ['the last is empty', newest, [late, empty], null],
    [
      'at one moment, but the same value',
      newest,
      [early, late, side('late', '02', { laptop: 'L9' })],
      'late',
    ],
    ['this person', author('P2'), [early, late], 'late'],
    ['this person, although somebody is unknown', author('P2'), [late, nobody], 'late'],
    ['this person twice with one value', author('P1'), [early, side('early', '09'), late], 'early'],
    ['this laptop', laptop('L2'), [early, late], 'late'],
    ['this file', file('F2'), [early, late], 'late'],
    ['more of them', most, [early, late, side('late', '09', { laptop: 'L3' })], 'late'],
    [
      'a list is a value as a whole',
      most,
      [side(['x', 'y'], '1'), side(['y', 'x'], '2'), side(['x', 'y'], '3')],
      ['x', 'y'],
    ],
    ['the one that says something', filled, [early, empty, side('', '04')], 'early'],
    ['no is an answer', filled, [side(false, '01'), empty], false],
    ['edited and deleted: what came last', newest, [side(true, '01'), side(false, '02')], false],
  ])('%s', (_name, rule, sides, value) => expect(decide(rule, sides)).toEqual({ value }));

  test.each<[string, Rule, RuleSide[], Undecided]>([
    ['two at one moment', newest, [early, side('other', '01', { laptop: 'L2' })], 'tie'],
    ['two at the first moment', oldest, [early, side('other', '01', { laptop: 'L2' }), late], 'tie'],
    ['a clock that ran ahead', newest, [early, { ...late, clockSuspect: true }], 'clock'],
    [
      'a clock that ran ahead, of the one not asked for',
      oldest,
      [early, { ...late, clockSuspect: true }],
      'clock',
    ],
    ['this person wrote nothing here', author('P9'), [early, late], 'notThere'],
    ['this person may be the one nobody knows', author('P9'), [early, nobody], 'authorUnknown'],
    ['this person wrote two values', author('P1'), [early, side('again', '09')], 'tie'],
    ['this laptop wrote nothing here', laptop('L9'), [early, late], 'notThere'],
    ['this file brought nothing here', file('F9'), [early, late], 'notThere'],
    ['as many of each', most, [early, late], 'tie'],
    ['both say something', filled, [early, late], 'tie'],
    ['none says anything', filled, [empty, side('', '04')], 'notThere'],
  ])('leaves open: %s', (_name, rule, sides, why) => expect(decide(rule, sides)).toEqual({ why }));
});

describe('where a record belongs', () => {
  const records: Record<string, Fields> = {
    'store S': { name: '망원분식', site: 'M' },
    'site M': { name: '망원시장', program: 'G' },
    'program G': { name: '단골거리' },
    'session E': { title: '1회차', site: 'M' },
    'visit V': { store: 'S', session: 'E' },
    'visit W': { session: 'E' },
    'person P': { name: '김상인', store: 'S' },
    'person T': { name: '트레이너' },
  };
  const look = (entity: string, id: string) => records[`${entity} ${id}`];

  test.each<[string, string, Fields, string]>([
    ['a shop', 'store', { site: 'M' }, 'store x'],
    ['a visit', 'visit', { store: 'S', session: 'E' }, 'store S'],
    ['a visit without a shop', 'visit', { session: 'E' }, 'session E'],
    ['a visit of a shop that is not here', 'visit', { store: 'gone', session: 'E' }, 'session E'],
    ['a check', 'check', { visit: 'V' }, 'store S'],
    ['a check of a visit without a shop', 'check', { visit: 'W' }, 'session E'],
    ['friends of a shop', 'friendReading', { owner: 'S', ownerKind: 'store' }, 'store S'],
    ['friends of a site', 'friendReading', { owner: 'M', ownerKind: 'site' }, 'site M'],
    ['a survey response', 'surveyResponse', { store: 'S', session: 'E' }, 'store S'],
    ['a survey response of a class', 'surveyResponse', { session: 'E' }, 'session E'],
    ['a merchant', 'person', { store: 'S' }, 'store S'],
    ['a trainer', 'person', { kind: 'trainer' }, 'other null'],
    ['a mark of a merchant', 'attendance', { session: 'E', person: 'P' }, 'store S'],
    ['a mark of somebody without a shop', 'attendance', { session: 'E', person: 'T' }, 'session E'],
    ['a photo of a shop', 'photo', { owner: 'S', ownerKind: 'store' }, 'store S'],
    ['a photo of a visit', 'photo', { owner: 'V', ownerKind: 'visit' }, 'store S'],
    ['a photo of a visit without a shop', 'photo', { owner: 'W', ownerKind: 'visit' }, 'session E'],
    ['a photo of a session', 'photo', { owner: 'E', ownerKind: 'session' }, 'session E'],
    ['a grant', 'grant', { program: 'G', store: 'S' }, 'store S'],
    ['a grant of nobody', 'grant', { program: 'G' }, 'program G'],
    ['an award of a shop', 'award', { program: 'G', site: 'M', store: 'S' }, 'store S'],
    ['an award of a merchant', 'award', { program: 'G', site: 'M', person: 'P' }, 'store S'],
    ['an award of a site', 'award', { program: 'G', site: 'M' }, 'site M'],
    ['the same shop', 'match', { left: 'S', right: 'gone' }, 'store S'],
    ['the same shop, of which one is here', 'match', { left: 'gone', right: 'S' }, 'store S'],
    ['a notice handed over', 'noticeDelivery', { notice: 'N', store: 'S' }, 'store S'],
    ['a session', 'session', { site: 'M' }, 'session x'],
    ['a site', 'site', { program: 'G' }, 'site x'],
    ['a programme', 'program', {}, 'program x'],
    ['a notice', 'notice', {}, 'other null'],
    ['what this version does not know', 'starMap', { store: 'S' }, 'other null'],
  ])('%s', (_name, entity, fields, expected) => {
    const { kind, id } = placeOf(entity, 'x', fields, look);
    expect(`${kind} ${id}`).toBe(expected);
  });
});

describe('values in little room', () => {
  test.each<[string[], number, string[]]>([
    [['02-335-3591', '02-335-3519'], 11, ['02-335-3591', '02-335-3519']],
    [['02-335-3591', '02-335-3519'], 8, ['…35-3591', '…35-3519']],
    [['010-0000-1234', '010-0000-1235'], 4, ['…234', '…235']],
    [['가나다라마바사', '가나다라마바아'], 9, ['…라마바사', '…라마바아']],
    [
      ['긴 글의 앞은 같고 뒤가 달라요 하나', '긴 글의 앞은 같고 뒤가 달라요 둘'],
      10,
      ['…라요 하나', '…달라요 둘'],
    ],
    [['앞이 다른 긴 글이에요', '뒤가 다른 긴 글이에요'], 10, ['앞이 다른…', '뒤가 다른…']],
    [['두\n줄', '두  줄'], 10, ['두 줄', '두 줄']],
    [['', '가'], 4, ['', '가']],
    [['짧아', '짧지만 훨씬 더 긴 글'], 8, ['짧아', '짧지만 …']],
    [['😀😀😀😀😀', '😀😀😀😀😁'], 8, ['…😀😀😀', '…😀😀😁']],
  ])('%j in %i columns', (texts, columns, expected) => {
    expect(inShort(texts, columns)).toEqual(expected);
  });

  test('no text is wider than its room, and what differs at the end of a number is always there', () => {
    for (let columns = 5; columns < 20; columns += 1) {
      const found = inShort(['010-0000-11960', '010-0000-11961'], columns);
      expect(found.map((text) => columnsOf(text) <= columns)).toEqual([true, true]);
      expect(found.map((text) => text.at(-1))).toEqual(['0', '1']);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { decidedBy, wayBetween, type Decision } from '#shared/matching/decisions.ts';

const same = (left: string, right: string): Decision => ({ left, right, decision: 'same' });
const different = (left: string, right: string): Decision => ({ left, right, decision: 'different' });

describe('what decisions say about two shops', () => {
  it.each<[string, Decision[], boolean]>([
    ['nothing', [], false],
    ['they are one', [same('a', 'b')], true],
    ['they are two', [different('a', 'b')], true],
    ['one by way of a third', [same('a', 'c'), same('c', 'b')], true],
    ['a was told apart from one of the group of b', [same('b', 'c'), different('a', 'c')], true],
    ['members of both groups were told apart', [same('a', 'x'), same('b', 'y'), different('x', 'y')], true],
    ['different from a third is no bridge', [different('a', 'c'), different('c', 'b')], false],
    ['same as a third from which the other differs', [same('a', 'c'), different('c', 'b')], true],
    ['others', [same('c', 'd'), different('e', 'f')], false],
  ])('%s', (_what, decisions, expected) => {
    for (const list of [decisions, decisions.toReversed()]) {
      expect(decidedBy(list).isDecided('a', 'b')).toBe(expected);
      expect(decidedBy(list).isDecided('b', 'a')).toBe(expected);
    }
  });

  it('that contradict each other are told', () => {
    const apart = different('a', 'b');
    expect(decidedBy([apart]).isContradicted(apart)).toBe(false);
    expect(decidedBy([apart, same('a', 'c')]).isContradicted(apart)).toBe(false);
    const { isContradicted } = decidedBy([apart, same('a', 'c'), same('b', 'c')]);
    expect(isContradicted(apart)).toBe(true);
    expect(isContradicted(same('a', 'c'))).toBe(false);
  });
});

describe('the way from one shop to another', () => {
  it.each<[string, Decision[], Decision[]]>([
    ['none', [], []],
    ['direct', [same('a', 'b')], [same('a', 'b')]],
    ['the shortest of two', [same('a', 'c'), same('c', 'b'), same('a', 'b')], [same('a', 'b')]],
    ['against the order of the sides', [same('c', 'a'), same('b', 'c')], [same('c', 'a'), same('b', 'c')]],
    ['not by way of "different"', [same('a', 'c'), different('c', 'b')], []],
    [
      'past a dead end and a circle',
      [same('a', 'd'), same('d', 'e'), same('e', 'a'), same('e', 'b')],
      [same('e', 'a'), same('e', 'b')],
    ],
  ])('%s', (_what, decisions, expected) => {
    expect(wayBetween(decisions, 'a', 'b')).toEqual(expected);
  });
});

import { describe, expect, test } from 'vitest';
import { figureNames as contractNames, type Figures } from '#shared/contract/report.ts';
import {
  baseOf,
  figureNames,
  inManAndEok,
  isInOrder,
  isWithoutDays,
  percentOf,
} from '../../src-renderer/features/figures/figure-view.ts';

describe('figures on screen', () => {
  const figures = {
    stores: 842,
    channelsOpened: 840,
    sites: 15,
    surveyResponses: 722,
    surveyMean: 4.9,
    surveyHelpfulShare: null,
    grantHolders: 510,
    grantsPaid: 1,
    friends: 3,
  } as Figures;

  test('are those of the contract, in its order', () => expect(figureNames).toEqual([...contractNames]));

  test('a share has its base, a mean its number of answers', () => {
    expect(baseOf('channelsOpened', figures)).toEqual({
      kind: 'share',
      of: 'stores',
      n: 842,
      share: 840 / 842,
    });
    expect(baseOf('surveyMean', figures)).toEqual({ kind: 'responses', n: 722 });
    expect(baseOf('grantsPaid', figures)).toEqual({ kind: 'holders', n: 510 });
    expect(baseOf('friends', figures)).toEqual({ kind: 'none' });
    expect(baseOf('channelsOpened', { ...figures, stores: 0, channelsOpened: 0 })).toEqual({ kind: 'none' });
  });

  test('those without days are told apart', () => {
    expect(figureNames.filter(isWithoutDays)).toEqual(['sites', 'stores', 'firstOnlineStores']);
  });

  test.each([
    [25_500_000_000, { eok: 255, man: 0 }],
    [230_500_000, { eok: 2, man: 3050 }],
    [300_000, { eok: 0, man: 30 }],
    [9_000, null],
    [123_456, null],
    [0, null],
  ])('%i won', (won, steps) => expect(inManAndEok(won)).toEqual(steps));

  test.each([
    [0, '0.0%'],
    [5 / 63_739, '< 0.1%'],
    [0.0424, '4.2%'],
    [840 / 842, '99.8%'],
    [9_999 / 10_000, '> 99.9%'],
    [1, '100.0%'],
    [1.053, '105.3%'],
  ])('%f reads %s', (share, text) => expect(percentOf(share)).toBe(text));

  test.each([
    [null, null, true],
    ['2024-01-01', null, true],
    ['2024-01-01', '2024-01-01', true],
    ['2024-01-02', '2024-01-01', false],
  ])('%s to %s', (from, to, right) => expect(isInOrder(from, to)).toBe(right));
});

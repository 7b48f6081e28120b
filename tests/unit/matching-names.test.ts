import { describe, expect, it } from 'vitest';
import { compareNames } from '#shared/matching/compare-names.ts';
import { shopNameOf } from '#shared/matching/shop-name.ts';
import { compareTrades, partsOf, tradeOf } from '#shared/matching/trades.ts';

describe('a name taken apart', () => {
  const nothing = { branch: '', former: [], aliases: [] };
  it.each<[string, Partial<ReturnType<typeof shopNameOf>>]>([
    ['하늘 떡집', { key: '하늘떡집', own: '하늘', trade: 'riceCake', ...nothing }],
    ['하늘 떡집'.normalize('NFD'), { key: '하늘떡집', own: '하늘', ...nothing }],
    ['㈜하늘', { key: '하늘', own: '하늘', trade: null, ...nothing }],
    ['주식회사 하늘식품', { key: '하늘식품', own: '하늘', ...nothing }],
    ['(유)하늘·떡집', { key: '하늘떡집', ...nothing }],
    ['농업회사법인 (주) 하늘', { key: '하늘', ...nothing }],
    ['하늘떡집(구 바다떡집)', { key: '하늘떡집', ...nothing, former: ['바다떡집'] }],
    ['하늘떡집 (구. 바다떡집)', { key: '하늘떡집', ...nothing, former: ['바다떡집'] }],
    ['하늘떡집(舊 바다떡집', { key: '하늘떡집', ...nothing, former: ['바다떡집'] }],
    ['하늘떡집 구 바다떡집', { key: '하늘떡집', ...nothing, former: ['바다떡집'] }],
    ['하늘떡집 (구)바다떡집', { key: '하늘떡집', ...nothing, former: ['바다떡집'] }],
    ['구)바다떡집', { key: '바다떡집', ...nothing }],
    ['바다횟집/바다식당', { key: '바다횟집', ...nothing, aliases: ['바다식당'] }],
    ['하늘(Haneul)', { key: '하늘', ...nothing, aliases: ['haneul'] }],
    ['하늘떡집(휴업)', { key: '하늘떡집', ...nothing }],
    ['하늘떡집(02-123-4567)', { key: '하늘떡집', ...nothing }],
    ['하늘떡집 본점', { key: '하늘떡집', ...nothing, branch: '본점' }],
    ['하늘떡집(본점)', { key: '하늘떡집', ...nothing, branch: '본점' }],
    ['하늘떡집 2호점', { key: '하늘떡집', ...nothing, branch: '2' }],
    ['하늘떡집2호점', { key: '하늘떡집', ...nothing, branch: '2' }],
    ['하늘떡집 2', { key: '하늘떡집', ...nothing, branch: '2' }],
    ['하늘떡집 망원점', { key: '하늘떡집', ...nothing, branch: '망원' }],
    ['하늘떡집망원시장점', { key: '하늘떡집', ...nothing, branch: '망원시장' }],
    ['CU 망원직영점', { key: 'cu', ...nothing, branch: '망원' }],
    // No branches: what ends in 점 by trade.
    ['하늘 정육점', { key: '하늘정육점', own: '하늘', trade: 'butcher', ...nothing }],
    ['하늘정육점', { key: '하늘정육점', own: '하늘', ...nothing }],
    ['25시편의점', { key: '25시편의점', own: '25시', ...nothing }],
    ['하늘 양복점', { key: '하늘양복점', own: '하늘', ...nothing }],
    ['분식집', { key: '분식집', own: '', trade: 'snack', ...nothing }],
    ['카페 하늘', { own: '하늘', trade: 'cafe', ...nothing }],
    ['원조 할매국밥', { own: '할매', trade: 'meal.soup', ...nothing }],
    ['', { key: '', own: '', trade: null, ...nothing }],
    ['()', { key: '', ...nothing }],
  ])('%s', (text, expected) => expect(shopNameOf(text)).toMatchObject(expected));

  it('says the trade, not that it is a shop', () => {
    expect(partsOf('하늘떡집본가')).toEqual({ own: '하늘', words: '떡집본가', trade: 'riceCake' });
    expect(tradeOf('떡')).toBe('riceCake');
    expect(tradeOf('반찬')).toBe(tradeOf('반찬가게'));
    expect(tradeOf('광고')).toBeNull();
    expect(compareTrades('meal', 'meal.soup')).toBe('possible');
    expect(compareTrades('meal.pork', 'meal.soup')).toBe('different');
    expect(compareTrades('general', 'fish')).toBe('possible');
    expect(compareTrades(null, 'fish')).toBe('possible');
  });
});

describe('two names', () => {
  // For, against or neither; and how.
  it.each<[string, string, 'for' | 'open' | 'against', string]>([
    ['하늘떡집', '하늘 떡집', 'for', 'sameName'],
    ['하늘떡집', '(주) 하늘-떡집', 'for', 'sameName'],
    ['하늘떡집', '하늘떡방앗간', 'for', 'tradeWord'],
    ['하늘떡집', '하늘', 'for', 'tradeWord'],
    ['하늘식당', '하늘국밥', 'for', 'tradeWord'],
    ['하늘떡집', '바다떡집(구 하늘떡집)', 'for', 'formerName'],
    ['새하늘떡집(구 하늘 떡집)', '바다떡집(구. 하늘떡집)', 'for', 'formerName'],
    ['하늘횟집/바다횟집', '바다횟집', 'for', 'otherName'],
    ['하늘떡집', '하는떡집', 'for', 'typo'],
    ['하늘떡집', '하늘떡짐', 'for', 'typo'],
    ['통영할매충무김밥', '통영할메충무김밥', 'for', 'typo'],
    ['느티단풍국밥', '단풍국밥', 'for', 'contains'],
    ['할매국밥', '할매국밥', 'for', 'commonName'],
    ['분식집', '분식집', 'for', 'onlyTrade'],
    ['분식집', '하늘분식', 'open', 'onlyTrade'],
    ['분식집', '하늘정육점', 'against', 'differentName'],
    ['하늘떡집', '하늘분식', 'against', 'otherTrade'],
    ['하늘떡집', '바다떡집', 'against', 'differentName'],
    ['하늘옷수선집', '바다옷수선집', 'against', 'differentName'],
    ['제비국밥', '제비족발', 'against', 'otherTrade'],
    ['꾀꼬리 소망채소', '꾀꼬리 대박채소', 'against', 'differentName'],
    ['대박', '대성', 'against', 'differentName'],
  ])('%s, %s speak %s', (a, b, verdict, how) => {
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const found = compareNames(shopNameOf(one), shopNameOf(other));
      expect(found.how).toBe(how);
      expect(found.weight > 0 ? 'for' : found.weight < 0 ? 'against' : 'open').toBe(verdict);
    }
  });

  it('weigh more the more they say', () => {
    const weight = (a: string, b = a): number => compareNames(shopNameOf(a), shopNameOf(b)).weight;
    const order = [weight('하늘떡집'), weight('강분식'), weight('서울상회'), weight('분식집')];
    expect(order).toEqual(order.toSorted((a, b) => b - a));
    expect(new Set(order).size).toBe(4);
    // A former name that everybody has.
    expect(weight('하늘떡집(구 할매국밥)', '할매국밥')).toBeLessThan(
      weight('하늘떡집(구 바다떡집)', '바다떡집'),
    );
    // One slip in a long name, in a short one.
    expect(weight('통영충무김밥', '통영충부김밥')).toBeGreaterThan(weight('호수김밥', '호두김밥'));
  });
});

import { describe, expect, test } from 'vitest';
import { questionOf } from '#shared/finding/question.ts';
import { shopIndex, type ListedShop, type ShopIndex, type ShopQuestion } from '#shared/finding/shop-index.ts';
import { answering } from '#shared/finding/match.ts';
import { seeded } from '#tests/support/random.ts';

const shop = (id: string, name: string | null, more: Partial<ListedShop> = {}): ListedShop => ({
  id,
  name,
  site: null,
  status: null,
  ownerName: null,
  phone: null,
  ...more,
});

function indexOf(...shops: ListedShop[]): ShopIndex {
  const index = shopIndex();
  index.add(shops);
  index.settle();
  return index;
}

const find = (index: ShopIndex, typed: string, more: Partial<ShopQuestion> = {}): string[] => {
  const { total, ids } = index.find({
    question: questionOf(typed),
    site: null,
    status: null,
    near: null,
    sitesOfWords: [],
    ...more,
  });
  return ids(0, total);
};

describe('the index of shops', () => {
  test('ranks names, words, parts, owners, phones and half-typed ones', () => {
    const index = indexOf(
      shop('phone', '아', { phone: '010-0000-0123' }),
      shop('half', '0나'),
      shop('owner', '아', { ownerName: '012' }),
      shop('part', '참012'),
      shop('word', '참 012'),
      shop('name', '012 분식'),
    );
    expect(find(index, '012')).toEqual(['name', 'word', 'part', 'owner', 'phone']);
    const korean = indexOf(
      shop('half', '기무라'),
      shop('owner', '아', { ownerName: '김' }),
      shop('part', '참김밥'),
      shop('word', '참 김밥'),
      shop('name', '김밥'),
    );
    expect(find(korean, '김')).toEqual(['name', 'word', 'part', 'owner', 'half']);
  });

  test('finds nothing across two fields or two shops', () => {
    const index = indexOf(shop('a', '망원', { ownerName: '김하나', phone: '02-1' }), shop('b', '시장'));
    expect(find(index, '원김')).toEqual([]);
    expect(find(index, '나02')).toEqual([]);
    expect(find(index, '1시장')).toEqual([]);
    expect(find(index, '망원 김하나')).toEqual(['a']);
  });

  test('orders by name as a Korean list does: digits, Hangul, others, and those without a name', () => {
    const names = ['Zoo', '하나', null, '가 나', '7번가', '가', 'art', '가나가', '', '가게', '漢', '가나'];
    const index = indexOf(...names.map((name, at) => shop(String(at).padStart(2, '0'), name)));
    const sorted = find(index, '').map((id) => names[Number(id)]);
    expect(sorted).toEqual([
      '7번가',
      '가',
      '가게',
      '가 나',
      '가나',
      '가나가',
      '하나',
      'art',
      'Zoo',
      '漢',
      null,
      '',
    ]);
    const plain = sorted.slice(0, 3).concat(sorted.slice(4, 7));
    expect(plain.toSorted(new Intl.Collator('ko').compare as never)).toEqual(plain);
  });

  test('keeps to a site or a status, and lists near ones first among equals', () => {
    const index = indexOf(
      shop('a', '김밥', { site: 's', status: 'active' }),
      shop('b', '김밥', { site: 't', status: 'closed' }),
      shop('c', '참김밥', { site: 't', status: 'active' }),
    );
    expect(find(index, '김', { site: 't' })).toEqual(['b', 'c']);
    expect(find(index, '김', { status: 'active' })).toEqual(['a', 'c']);
    expect(find(index, '', { site: 't', status: 'closed' })).toEqual(['b']);
    expect(find(index, '김', { near: 't' })).toEqual(['b', 'a', 'c']);
    expect(find(index, '', { site: 'nowhere' })).toEqual([]);
  });

  test('words may name the site, but not the site alone', () => {
    const index = indexOf(
      shop('a', '김밥', { site: 's' }),
      shop('b', '김밥', { site: 't' }),
      shop('c', '떡', { site: 's' }),
    );
    const sitesOfWords = [new Set(['s']), new Set<string>()];
    expect(find(index, '망원 김', { sitesOfWords })).toEqual(['a']);
    expect(find(index, '망원 서울', { sitesOfWords: [new Set(['s']), new Set(['s'])] })).toEqual([]);
  });

  test('a shop that is put in again is known by its new words alone, and a removed one not at all', () => {
    const index = indexOf(shop('a', '망원'), shop('b', '연남'));
    index.put(shop('a', '합정', { phone: '7' }));
    expect([find(index, '망원'), find(index, '합정'), find(index, '7')]).toEqual([[], ['a'], ['a']]);
    index.remove('a');
    index.remove('unknown');
    expect([find(index, '합정'), find(index, ''), index.size()]).toEqual([[], ['b'], 1]);
  });

  test('after thousands of changes it answers like one made anew, and like the plain matcher', () => {
    const random = seeded(7);
    const syllables = [...'가나다망원시장김밥족발떡너울기무'];
    const word = (): string =>
      Array.from({ length: 1 + random.below(4) }, () => random.pick(syllables)).join('');
    const any = (id: string): ListedShop =>
      shop(id, random.chance(0.5) ? `${word()} ${word()}` : word(), {
        ownerName: random.chance(0.5) ? word() : null,
        phone: random.chance(0.3) ? `010-${random.below(10000)}` : null,
        site: random.pick(['s', 't', null]),
      });
    const id = (): string => String(random.below(400)).padStart(3, '0');
    const shops = new Map<string, ListedShop>();
    for (let at = 0; at < 400; at += 1)
      if (at % 2) shops.set(String(at).padStart(3, '0'), any(String(at).padStart(3, '0')));
    const index = shopIndex();
    const first = [...shops.values()];
    for (let at = 0; at < first.length; at += 30) index.add(first.slice(at, at + 30));
    index.settle();
    for (let round = 0; round < 4000; round += 1) {
      const which = id();
      if (random.chance(0.3)) {
        shops.delete(which);
        index.remove(which);
      } else {
        const next = any(which);
        shops.set(which, next);
        index.put(next);
      }
    }
    const anew = indexOf(...[...shops.values()].sort((a, b) => (a.id < b.id ? -1 : 1)));
    for (let round = 0; round < 300; round += 1) {
      const typed = random.chance(0.2) ? 'ㅁㅇ' : random.chance(0.2) ? `${word()} ${word()}` : word();
      const found = find(index, typed);
      expect(found).toEqual(find(anew, typed));
      const plain = answering([...shops.values()], typed, (one) => [one.name, one.ownerName, one.phone]);
      expect(found.toSorted(), typed).toEqual(plain.map((one) => one.id).sort());
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keystrokes, slips } from '#shared/matching/hangul.ts';

describe('keystrokes', () => {
  it.each([
    ['가', 'ㄱㅏ'],
    ['힣', 'ㅎㅣㅎ'],
    ['값', 'ㄱㅏㅂㅅ'],
    ['뷁', 'ㅂㅜㅔㄹㄱ'],
    ['의', 'ㅇㅡㅣ'],
    ['까', 'ㄲㅏ'],
    ['하늘 CU2', 'ㅎㅏㄴㅡㄹ CU2'],
    ['', ''],
  ])('of %s', (text, keys) => expect(keystrokes(text)).toBe(keys));

  it('are different for different syllables', () => {
    const all = Array.from({ length: 11_172 }, (_, at) => keystrokes(String.fromCharCode(0xac00 + at)));
    expect(new Set(all).size).toBe(11_172);
    // What they should be, composed by the runtime's own Unicode tables: the same initials, vowels and finals.
    const initial = (text: string): string => text.normalize('NFD')[0]!;
    const byInitial = Map.groupBy(
      Array.from({ length: 11_172 }, (_, at) => at),
      (at) => initial(String.fromCharCode(0xac00 + at)),
    );
    for (const places of byInitial.values()) expect(new Set(places.map((at) => all[at]![0])).size).toBe(1);
    expect(byInitial.size).toBe(19);
  });
});

describe('slips', () => {
  it.each<[string, string, number]>([
    ['하늘떡집', '하늘떡집', 0],
    ['하늘떡집', '하는떡집', 1],
    ['하늘떡집', '하늘떡지', 1],
    ['하늘떡집', '하늘덕집', 0.5],
    ['새마을', '세마을', 0.5],
    ['김밥', '김빱', 0.5],
    // 가 and 나 swapped is two syllables, ㅏ and ㄹ swapped is one slip.
    ['바다', '다바', 2],
    ['소망', '', 5],
    ['사과', '모과', 2],
  ])('between %s and %s', (a, b, expected) => {
    expect(slips(keystrokes(a), keystrokes(b))).toBe(expected);
    expect(slips(keystrokes(b), keystrokes(a))).toBe(expected);
  });

  it('swapped keys are one', () => expect(slips('ㄱㅏㄹ', 'ㄱㄹㅏ')).toBe(1));

  const text = fc.string({ unit: fc.constantFrom(...'ㄱㄲㅏㅐㅔㄴㅂㅍ1a'), maxLength: 12 });

  it('are symmetric, nought for equal texts alone, and the same under a limit', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 8 }), (a, b, most) => {
        const found = slips(a, b);
        expect(slips(b, a)).toBe(found);
        expect(found === 0).toBe(a === b);
        expect(found).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(slips(a, b, most)).toBe(found <= most ? found : Infinity);
      }),
      { seed: 20_261_124, numRuns: 2_000 },
    );
  });
});

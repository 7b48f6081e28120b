import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical } from '#shared/merge/canonical.ts';

describe('canonical JSON', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'null'],
    ['시장 "1"\n', '"시장 \\"1\\"\\n"'],
    [-0, '0'],
    [1e21, '1e+21'],
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: undefined, b: null }, '{"b":null}'],
    [[{ z: [], y: {} }, undefined], '[{"y":{},"z":[]},null]'],
    // Code unit order: capitals first, and an emoji before a private letter that a code point order would put first.
    [
      { b: 1, B: 2, '\uffff': 3, '🌷': 4, 가: 5, 10: 6, 9: 7 },
      '{"10":6,"9":7,"B":2,"b":1,"가":5,"🌷":4,"\uffff":3}',
    ],
    [JSON.parse('{"__proto__":1,"a":2}'), '{"__proto__":1,"a":2}'],
  ])('of %j', (value, text) => {
    expect(canonical(value)).toBe(text);
  });

  it('says the same as the value, whatever the order of its members', () => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, turned(item)]),
      );
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonical(value);
        expect(canonical(turned(value))).toBe(text);
        expect(JSON.stringify(JSON.parse(text))).toBe(
          JSON.stringify(JSON.parse(canonical(JSON.parse(text)))),
        );
        expect(canonical(JSON.parse(text))).toBe(text);
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '#shared/contract/wire.ts';

const bytes = (...list: number[]): Uint8Array => Uint8Array.from(list);

describe('the wire', () => {
  it('is a length, JSON, and the bytes one after another', () => {
    const json = '{"a":{"$bytes":[0,2]},"b":[{"$bytes":[2,1]}]}';
    expect(Buffer.from(encode({ a: bytes(1, 2), b: [bytes(255)] }))).toEqual(
      Buffer.concat([Buffer.from([0, 0, 0, json.length]), Buffer.from(json), Buffer.from([1, 2, 255])]),
    );
  });

  it.each([
    ['null', null],
    ['text', '시장 🌷 \u0000 "'],
    ['nothing in it', {}],
    ['bytes alone', bytes(0, 1, 2)],
    ['no bytes', bytes()],
    ['a view into more', bytes(9, 8, 7, 6).subarray(1, 3)],
    ['bytes deep inside', { a: [{ b: [bytes(1), 'x', bytes(2, 3)] }] }],
    ['a member called as the mark', { $bytes: [0, 4] }],
    ['one called as its escape', { $$bytes: 1, $$$bytes: { $bytes: null } }],
    ['one called so beside bytes', [{ $bytes: bytes(5) }, bytes(6)]],
    ['a member of the language', JSON.parse('{"__proto__":{"$bytes":1}}')],
  ])('brings over %s', (_what, value: unknown) => {
    expect(decode(encode(value))).toEqual(value);
  });

  it('brings over a Buffer as the bytes that it is', () => {
    expect(decode(encode({ file: Buffer.from('zip') }))).toEqual({ file: bytes(0x7a, 0x69, 0x70) });
  });

  it('brings over anything', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('$bytes', '$$bytes', '__proto__', 'toJSON'));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.string({ unit: 'binary' }),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
        fc.constantFrom(null, true, false),
        fc.uint8Array({ maxLength: 20 }),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(decode(encode(value))).toEqual(value);
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });

  const message = (json: string, ...tail: number[]): Uint8Array =>
    Buffer.concat([Buffer.from([0, 0, 0, json.length]), Buffer.from(json), Buffer.from(tail)]);

  it.each([
    ['nothing', bytes()],
    ['half a length', bytes(0, 0)],
    ['a length beyond its end', bytes(0, 0, 0, 9, 0x7b)],
    ['no JSON', message('{')],
    ['no text', bytes(0, 0, 0, 3, 0x22, 0xff, 0x22)],
    ['bytes beyond its end', message('{"$bytes":[0,2]}', 1)],
    ['bytes before its beginning', message('{"$bytes":[-1,1]}', 1)],
    ['half a byte', message('{"$bytes":[0,0.5]}', 1)],
    ['a place without length', message('{"$bytes":[0]}', 1)],
    ['a place that is none', message('{"$bytes":"all"}', 1)],
  ])('refuses %s', (_what, all) => {
    expect(() => decode(all)).toThrow(/Error|JSON|encod|short|wrong|valid/i);
  });
});

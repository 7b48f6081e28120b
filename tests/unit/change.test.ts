import { describe, expect, it } from 'vitest';
import { faultOf } from '#shared/merge/change.ts';
import { entityNames, fieldsOf } from '#shared/model/model.ts';
import type { FieldKind } from '#shared/model/field.ts';

const ID = '0193557a1c2f-0000-8f1c2d3e4a5b6c7d';
const RECORD = '0191aaaa-0000-7000-8000-000000000001';
const base = { id: ID, author: null, entity: 'store', record: RECORD };
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('a line is a change', () => {
  it.each<[string, object]>([
    ['without an author', { id: ID, entity: 'store', record: RECORD, set: { name: 'x' } }],
    ['by a person', { ...base, author: RECORD, set: { name: 'x' } }],
    ['that clears', { ...base, set: { name: null, firstOnline: null } }],
    ['that deletes', { ...base, set: { deleted: true }, prior: { name: [ID], deleted: [] } }],
    ['that erases', { ...base, erase: ['phone', 'ownerName'], prior: { phone: [ID] } }],
    ['with a code of a later version', { ...base, set: { status: 'floating' } }],
    ['with a day that no month has', { ...base, set: { mapRegisteredOn: '2024-02-31' } }],
    ['of a later entity', { ...base, entity: 'starMap', set: { anything: { a: [1, null, 'x'] } } }],
    ['with a later field, 12 deep', { ...base, set: { later: nested(12) } }],
    ['with a long name of a field', { ...base, set: { ['f'.repeat(64)]: 1 } }],
    ['with a thousand priors', { ...base, set: { name: 'x' }, prior: { name: Array(1000).fill(ID) } }],
  ])('%s', (_what, line) => {
    expect(faultOf(line)).toBeNull();
  });

  it.each<[string, object, string]>([
    ['a later field 13 deep', { set: { later: nested(13) } }, 'set.later'],
    ['a name of a field over 64 letters', { set: { ['f'.repeat(65)]: 1 } }, `set.${'f'.repeat(65)}`],
    ['a field whose name starts with a digit', { set: { '1st': 1 } }, 'set.1st'],
    ['a field of ours in its own tables', { set: { _n: 1 } }, 'set._n'],
  ])('but not with %s', (_what, members, at) => {
    expect(faultOf({ ...base, ...members })).toMatchObject({ at });
  });

  it.each(Object.getOwnPropertyNames(Object.prototype))(
    'nor with the name %s, which every object has',
    (name) => {
      const named = (set: string): unknown => JSON.parse(set.replaceAll('$', name));
      expect(faultOf({ ...base, set: named('{"$":1}') })).not.toBeNull();
      expect(faultOf({ ...base, erase: [name] })).not.toBeNull();
      expect(faultOf({ ...base, set: { name: 'x' }, prior: named(`{"$":["${ID}"]}`) })).not.toBeNull();
      expect(faultOf({ ...base, entity: name, set: { a: 1 } })).not.toBeNull();
    },
  );
});

describe('a known field holds the JSON of its kind and no other', () => {
  const SHA = 'a'.repeat(64);
  /** Values of every kind of JSON, each with the kinds of field that take it. */
  const values: readonly (readonly [value: unknown, kinds: readonly FieldKind[]])[] = [
    ['text', ['text', 'code', 'date', 'instant', 'ref', 'json']],
    [SHA, ['text', 'code', 'date', 'instant', 'ref', 'json', 'blob']],
    [7, ['integer', 'money', 'decimal', 'json']],
    [7.5, ['decimal', 'json']],
    [2 ** 53, ['decimal', 'json']],
    [Infinity, []],
    [true, ['flag', 'json']],
    [
      ['a', 'b'],
      ['refs', 'json'],
    ],
    [[1], ['json']],
    [{ a: 1 }, ['json']],
    ['\ud83c', []],
    [
      null,
      [
        'text',
        'code',
        'date',
        'instant',
        'ref',
        'refs',
        'json',
        'blob',
        'integer',
        'money',
        'decimal',
        'flag',
      ],
    ],
  ];

  const fields = entityNames.flatMap((entity) =>
    fieldsOf(entity).map(([name, { kind }]) => [`${entity}.${name}`, entity, name, kind] as const),
  );

  it.each(fields)('%s', (_what, entity, name, kind) => {
    for (const [value, kinds] of values) {
      const fault = faultOf({ ...base, entity, set: { [name]: value } });
      expect([value, fault === null]).toEqual([value, kinds.includes(kind)]);
    }
  });
});

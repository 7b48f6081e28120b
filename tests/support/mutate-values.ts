import type { FieldKind } from '#shared/model/field.ts';
import { entityNames, fieldsOf } from '#shared/model/model.ts';

/** `unknown` is a field that this version does not know. */
export type ValueKind = FieldKind | 'unknown';

/** Text that stands as a value, and the kinds of field that may hold it; `syntax` is no JSON at all. */
export interface WildValue {
  readonly text: string;
  readonly fits: readonly ValueKind[] | 'syntax';
}

const TEXTS: readonly ValueKind[] = ['text', 'code', 'date', 'instant', 'ref', 'json', 'unknown'];
const WHOLE: readonly ValueKind[] = ['integer', 'money', 'decimal', 'json', 'unknown'];
const FRACTIONS: readonly ValueKind[] = ['decimal', 'json', 'unknown'];
const ANY: readonly ValueKind[] = ['json', 'unknown'];
const LISTS: readonly ValueKind[] = ['refs', 'json', 'unknown'];

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const members = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);

/** Written by hand from docs/decisions/0005: it shares nothing with the check. */
const values: readonly (readonly [fits: WildValue['fits'], ...texts: string[]])[] = [
  [['flag', ...ANY], 'true', 'false'],
  [WHOLE, '0', '-0', '1', '-1', '1e3', '1.0', '1e-999', '9007199254740991', '-9007199254740991', '100E-2'],
  [FRACTIONS, '1.5', '-0.1e-10', '1e308', '5e-324', '9007199254740993', '18446744073709551616', '4.9e300'],
  [[], '1e999', '-1e999', '1E400', '9'.repeat(400)],
  ['syntax', 'NaN', 'Infinity', '-Infinity', '0x10', '01', '+1', '.5', '1.', '1_000', '0b1', '1n', '-', '１'],
  [
    'syntax',
    'undefined',
    "'a'",
    '"\\x41"',
    '"a\tb"',
    '"\\u12"',
    '"',
    '[1,]',
    '{a:1}',
    '{"a":1,}',
    'nul',
    '// 1',
    '"a\u0000"',
  ],
  [
    TEXTS,
    '""',
    '" "',
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ufeff"',
    '"=1+1"',
    '"\\u202e"',
    '"\\ud83c\\udf3d"',
    '"🥬"',
  ],
  [
    TEXTS,
    '"2024-02-30"',
    '"9999-99-99"',
    '"0000-00-00T00:00:00Z"',
    '"__proto__"',
    '"\'; DROP TABLE change; --"',
  ],
  [
    TEXTS,
    '"\\u001b[31m"',
    '"</script><script>"',
    '"\\\\..\\\\"',
    '"\\u2028\\u2029"',
    '"가\\u0301"',
    `"${'ㅋ'.repeat(20_000)}"`,
  ],
  [[...TEXTS, 'blob'], `"${'a1'.repeat(32)}"`],
  [TEXTS, `"${'A1'.repeat(32)}"`, `"${'a1'.repeat(31)}"`, `"${'a1'.repeat(32)}\\n"`, '"../store.key"'],
  [[], '"\\ud83c"', '"\\udf3d"', '"\\udf3d\\ud83c"', '"a\\ud800z"', '{"\\ud800":1}', '["\\udfff"]'],
  [LISTS, '[]', '["a"]', '["a","a"]', '["\\u0000"]', `[${'"x",'.repeat(5000)}"x"]`],
  [
    ANY,
    '[1]',
    '[null]',
    '[[]]',
    '["a",1]',
    '{}',
    '{"":1}',
    '{"a":1,"a":2}',
    '{"length":-1}',
    members(12),
    nested(12),
  ],
  [
    ANY,
    '{"constructor":{"prototype":{"polluted":true}}}',
    '{"toString":1,"valueOf":null}',
    '{"toJSON":1}',
    '{"then":1}',
  ],
  [[], '{"__proto__":1}', '[{"__proto__":{"polluted":true}}]', '{"a":{"__proto__":null}}'],
  [[], nested(13), nested(500), nested(100_000), members(13), members(5000), `[${nested(13)}]`],
  [[], '[1e999]', '{"a":-1e999}'],
];

export const wildValues: readonly WildValue[] = values.flatMap(([fits, ...texts]) =>
  texts.map((text) => ({ text, fits })),
);

/** A known field of each kind that the model has, by kind. */
export const fieldsByKind: ReadonlyMap<FieldKind, readonly (readonly [entity: string, field: string])[]> =
  Map.groupBy(
    entityNames.flatMap((entity) =>
      fieldsOf(entity).map(([name, { kind }]) => ({ kind, place: [entity, name] as const })),
    ),
    ({ kind }) => kind,
  )
    .entries()
    .reduce(
      (map, [kind, fields]) =>
        map.set(
          kind,
          fields.map(({ place }) => place),
        ),
      new Map<FieldKind, (readonly [string, string])[]>(),
    );

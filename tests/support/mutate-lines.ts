import type { ErrorCode } from '#shared/contract/errors.ts';
import { changeIdAt, dawn, exchangeFile, recordId, sha256 } from './exchange-builder.ts';
import type { GoodFile } from './mutate-good.ts';
import { fieldsByKind, wildValues, type ValueKind } from './mutate-values.ts';
import { refused, valid, type Expectation, type Mutate } from './mutation.ts';
import type { Random } from './random.ts';

/** A line of its own, and what becomes of the file for it. */
type Line = readonly [text: string, code: ErrorCode | null];

const UNKNOWN = 'FILE_LINE_UNKNOWN';
const INVALID = 'FILE_LINE_INVALID';

/** Names that a field, an entity or a member of `prior` cannot have, and names that it can. */
const NO_NAMES = [
  ...['', ' ', 'a b', 'a-b', 'a"b', '1a', '_n', '_extra', '$bytes', '상호', 'a\\u0000', 'a'.repeat(65)],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'],
  ...['isPrototypeOf', 'propertyIsEnumerable', 'toLocaleString', '__defineGetter__', '__lookupSetter__'],
  "name'; DROP TABLE change; --",
];
const WILD_NAMES = [
  'a',
  'A1',
  'a'.repeat(64),
  'then',
  'toJSON',
  'length',
  'id',
  'entity',
  'n',
  'rowid',
  'Name',
  'null',
];

/** A change with members of raw JSON; undefined leaves one out. */
function change(index: number, members: Record<string, string | undefined>): string {
  const all: Record<string, string | undefined> = {
    id: `"${freshId(index)}"`,
    author: 'null',
    entity: '"store"',
    record: `"${recordId(2)}"`,
    set: '{"note":"친절한 사장님"}',
    ...members,
  };
  const written = Object.entries(all).filter(([, text]) => text !== undefined);
  return `{${written.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`;
}

/** An id that no other mutation has: files of several may go into one store. */
function freshId(index: number): string {
  return changeIdAt(24 * 60 + Math.floor(index / 60_000), dawn, index % 60_000);
}

const one = (text: string, code: ErrorCode | null): Line => [text, code];

/** What stands where a change's value does. */
function wildValue(random: Random, index: number): Line {
  const { text, fits } = random.pick(wildValues);
  const kind: ValueKind = random.pick([...fieldsByKind.keys(), 'unknown']);
  const [entity, field] = kind === 'unknown' ? ['store', 'colour'] : random.pick(fieldsByKind.get(kind)!);
  const line = change(index, {
    entity: `"${entity}"`,
    record: `"${recordId(500)}"`,
    set: `{"${field}":${text}}`,
  });
  if (fits === 'syntax') return one(line, INVALID);
  return one(line, fits.includes(kind) ? null : UNKNOWN);
}

function wildName(random: Random, index: number): Line {
  const isGood = random.chance(0.4);
  const name = random.pick(isGood ? WILD_NAMES : NO_NAMES);
  const key = `"${name.replaceAll('"', '\\"')}"`;
  const where = random.pick(['set', 'entity', 'erase', 'prior']);
  const seen = `["${changeIdAt(1)}"]`;
  const members: Record<string, string | undefined> = {
    set: { set: `{${key}:1}`, prior: random.chance(0.5) ? `{"note":${seen}}` : undefined },
    entity: { entity: key, set: '{"a":1}' },
    erase: { set: undefined, erase: `[${key}]` },
    prior: { prior: `{${key}:${seen}}` },
  }[where]!;
  // `name` and `id` in another case or as a field are as good as any other.
  return one(change(index, members), isGood ? null : UNKNOWN);
}

const WILD_MEMBERS: Record<string, readonly string[]> = {
  id: [
    'null',
    '1',
    '""',
    '"x"',
    '[]',
    `"${changeIdAt(9).toUpperCase()}"`,
    `"${changeIdAt(9)}\\n"`,
    `"${changeIdAt(9)} "`,
  ],
  author: [
    '1',
    '""',
    '"김"',
    '[]',
    '{}',
    'false',
    `"${recordId(1).toUpperCase()}"`,
    `"${recordId(1)}\\u0000"`,
  ],
  entity: ['null', '1', '[]', '{}', 'true', '["store"]', '"store "', '"\\ud800"'],
  record: [
    'null',
    '1',
    '""',
    '"7"',
    '[]',
    `"${recordId(2)}\\n"`,
    `"{${recordId(2)}}"`,
    `"${recordId(2).replaceAll('-', '')}"`,
  ],
  set: [
    'null',
    '1',
    '""',
    '[]',
    '{}',
    '["note"]',
    'true',
    '{"note":1}',
    '{"deleted":"true"}',
    '{"deleted":1}',
  ],
  prior: [
    'null',
    '1',
    '[]',
    '"x"',
    '{"note":null}',
    '{"note":{}}',
    '{"note":[null]}',
    '{"note":["x"]}',
    '{"note":[[]]}',
  ],
};

function wildMember(random: Random, index: number): Line {
  const member = random.pick(Object.keys(WILD_MEMBERS));
  return one(change(index, { [member]: random.pick(WILD_MEMBERS[member]!) }), UNKNOWN);
}

function wildErase(random: Random, index: number): Line {
  const erase = random.pick([
    'null',
    '[]',
    '{}',
    '"note"',
    '[1]',
    '[null]',
    '["deleted"]',
    '["note","deleted"]',
    '[["note"]]',
    'true',
  ]);
  const both = random.chance(0.3);
  return one(
    change(index, { erase: both ? '["note"]' : erase, set: both ? '{"note":"x"}' : undefined }),
    UNKNOWN,
  );
}

function foreignMember(random: Random, index: number): Line {
  const name = random.pick([
    'priority',
    'n',
    'ID',
    'Set',
    '',
    '__proto__',
    'constructor',
    'toString',
    'sets',
    '\ud800',
  ]);
  return one(change(index, { [name]: random.pick(['1', 'null', '{}', '{"polluted":true}']) }), UNKNOWN);
}

/** Lines that are no change at all. */
const NO_LINES: readonly Line[] = [
  ...['[]', 'null', '42', '"x"', 'true', '[{}]', '-0', '1e999', '"\\ud800"', '{}', '{"id":null}'].map(
    (text) => one(text, UNKNOWN),
  ),
  ...[
    '',
    ' ',
    '\t',
    '{',
    '{}{}',
    '{},',
    '\ufeff{}',
    '\0',
    '{"id":',
    'NaN',
    '//',
    '{"a":1}}',
    "{'id':1}",
    '{"id":"\u0001"}',
  ].map((text) => one(text, INVALID)),
  one('['.repeat(300_000) + ']'.repeat(300_000), UNKNOWN),
  one('['.repeat(300_000), INVALID),
  one('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), UNKNOWN),
];

/** Whatever the file's bytes pack to, no line may be this long. */
function longLine(random: Random, index: number): Line {
  // Numbers that hardly repeat, or the file would be refused for what it packs to.
  const digest = (i: number): string => sha256(Buffer.from(`${index} ${i}`));
  const text = Array.from({ length: 17_000 }, (_none, i) => digest(i)).join('');
  return one(
    change(index, { set: `{"note":"${text.slice(0, 1_048_000 + random.below(30_000) + 600)}"}` }),
    'FILE_LINE_TOO_LONG',
  );
}

/** What a newer or a hurried writer may well write. */
function wildButGood(random: Random, index: number): Line {
  const future = `${(0xffff_ffff_0000 + (index % 0xffff)).toString(16)}-ffff-${dawn.id}`;
  const ids = Array.from({ length: 1000 }, (_none, i) => `"${changeIdAt(i)}"`).join(',');
  return random.pick<Line>([
    one(change(index, { id: `"${future}"` }), null),
    one(change(index, { id: `"${freshId(index)}"`, author: undefined }), null),
    one(change(index, { prior: `{"note":[${ids}]}` }), null),
    one(change(index, { prior: `{"note":["${freshId(index)}"]}` }), null),
    one(change(index, { prior: `{"neverSet":["${changeIdAt(1)}"],"note":[]}` }), null),
    one(change(index, { set: '{"note":"a","note":"b"}' }), null),
    one(change(index, { entity: '"store","entity":"site"' }), null),
    one(change(index, { entity: '"Store"' }), null),
    one(change(index, { set: '{"deleted":true}' }), null),
    one(change(index, { set: '{"deleted":null}' }), null),
    one(change(index, { set: undefined, erase: '["note","note","colour"]' }), null),
    one(` \t${change(index, {})} \r`, null),
    one(change(index, { set: '{"site":"nowhere","colour":{"a":[1,{"b":null}]}}' }), null),
  ]);
}

const kinds: Record<string, (random: Random, index: number) => Line> = {
  'a wild value': wildValue,
  'a wild name': wildName,
  'a member of the wrong kind': wildMember,
  'a wild erasure': wildErase,
  'a member that nobody knows': foreignMember,
  'no change at all': (random) => random.pick(NO_LINES),
  'wild, but a change': wildButGood,
};

/** What may be wrong with the lines together. */
const wholes: Record<
  string,
  (lines: readonly string[], random: Random) => readonly [Buffer | string, Expectation]
> = {
  'no last line feed': (lines) => [lines.join('\n'), valid],
  'carriage returns': (lines) => [lines.map((line) => `${line}\r\n`).join(''), valid],
  'carriage returns alone': (lines) => [lines.map((line) => `${line}\r`).join(''), oneLine(lines)],
  'a byte order mark': (lines) => [`\ufeff${text(lines)}`, refused(INVALID)],
  'an empty line': (lines, random) => {
    const at = random.below(lines.length + 1);
    return [text([...lines.slice(0, at), '', ...lines.slice(at)]), refused(INVALID, 'FILE_COUNT_WRONG')];
  },
  'two line feeds at the end': (lines) => [`${text(lines)}\n`, refused(INVALID, 'FILE_COUNT_WRONG')],
  'nulls at the end': (lines) => [`${text(lines)}\0\0\0\n`, refused(INVALID, 'FILE_COUNT_WRONG')],
  'UTF-16': (lines) => [Buffer.from(text(lines), 'utf16le'), refused(INVALID)],
  'half a surrogate pair in bytes': (lines) => [spoilt(lines, [0xed, 0xa0, 0xbd]), refused(INVALID)],
  'bytes of no encoding': (lines) => [spoilt(lines, [0xb8, 0xc1]), refused(INVALID)],
  'an overlong slash': (lines) => [spoilt(lines, [0xc0, 0xaf]), refused(INVALID)],
  'half a character at the end': (lines) => [
    Buffer.concat([Buffer.from(text(lines)), Buffer.from([0xea, 0xb0])]),
    refused(INVALID),
  ],
  'a line twice': (lines) => [
    text([...lines, lines.at(-1)!]),
    refused('FILE_ORDER_WRONG', 'FILE_COUNT_WRONG'),
  ],
  'the lines backwards': (lines) => [
    text(lines.toReversed()),
    lines.length > 1 ? refused('FILE_ORDER_WRONG') : valid,
  ],
  'a line less': (lines, random) => {
    const at = random.below(lines.length);
    return [text([...lines.slice(0, at), ...lines.slice(at + 1)]), refused('FILE_COUNT_WRONG')];
  },
  'nothing at all': () => ['', refused('FILE_COUNT_WRONG')],
  'all on one line': (lines) => [`${lines.join(' ')}\n`, oneLine(lines)],
};

export const changedLines: Mutate = (random: Random, { draft }: GoodFile, index: number) => {
  const title = `${draft.title ?? '변형'} ${index}`;
  if (random.chance(0.15)) {
    const kind = random.pick(Object.keys(wholes));
    const [changes, expected] = wholes[kind]!(
      draft.lines!.map((line) => JSON.stringify(line)),
      random,
    );
    const bytes = exchangeFile({ ...draft, title, changes: Buffer.from(changes) });
    return { what: `lines: ${kind}`, bytes, expected };
  }
  const kind = random.chance(0.005) ? 'a line without end' : random.pick(Object.keys(kinds));
  const [line, code] = (kinds[kind] ?? longLine)(random, index);
  // Not always the last: what stands behind it must not go in either.
  const behind = random.chance(0.5) && code !== null ? [change(index + 1, {})] : [];
  const bytes = exchangeFile({ ...draft, title, lines: [...draft.lines!, line, ...behind] });
  return { what: `line: ${kind}`, bytes, expected: code === null ? valid : refused(code) };
};

const text = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** With bytes in the first text of the first line. */
function spoilt(lines: readonly string[], bytes: readonly number[]): Buffer {
  const all = Buffer.from(text(lines));
  const at = all.indexOf('"set":{"') + 20;
  return Buffer.concat([all.subarray(0, at), Buffer.from(bytes), all.subarray(at)]);
}

/** One line is one however it ends; several in one are none. */
function oneLine(lines: readonly string[]): Expectation {
  return lines.length > 1 ? refused(INVALID) : valid;
}

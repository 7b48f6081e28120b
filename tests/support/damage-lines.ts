import type { ErrorCode, ErrorParams } from '#shared/contract/errors.ts';
import { damaged, goodDraft, goodLines, set, type DamageCase } from './damage.ts';
import {
  changeIdAt,
  dusk,
  exchangeFile,
  recordId,
  sha256,
  strangerKey,
  type Line,
} from './exchange-builder.ts';

/** A file of the good lines and then this one. */
function withLine(what: string, code: ErrorCode, line: Line, params: ErrorParams = {}): DamageCase {
  return damaged(what, code, { lines: [...goodLines, line] }, { line: 4, ...params });
}

function unknown(what: string, rule: string, at: string, line: Line): DamageCase {
  return withLine(what, 'FILE_LINE_UNKNOWN', line, { rule, at });
}

/** A change of the shop whose members are replaced; undefined takes one away. */
function shopWith(members: Record<string, unknown>): object {
  return { ...set(4, 'store', 2, { note: '친절한 사장님' }), ...members };
}

/** A change of the shop with this text as its value of `field`: for JSON that JavaScript cannot write. */
function rawField(field: string, value: string): string {
  return `{"id":"${changeIdAt(4)}","entity":"store","record":"${recordId(2)}","set":{"${field}":${value}}}`;
}

/** Letters that hardly pack: a text that does is refused as a bomb before it is read. */
function unpackable(length: number): string {
  const hashes = Array.from({ length: Math.ceil(length / 64) }, (_none, i) => sha256(Buffer.from(`${i}`)));
  return hashes.join('').slice(0, length);
}

const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const id = changeIdAt(4);

export const badLines: readonly DamageCase[] = [
  unknown('a line that is a list', 'notObject', '', '[]'),
  unknown('a line that is null', 'notObject', '', 'null'),
  unknown('a line that is a number', 'notObject', '', '42'),
  unknown('an unknown member', 'unknownMember', 'priority', shopWith({ priority: 1 })),
  unknown('a member __proto__', 'unknownMember', '__proto__', `{"__proto__":{},"id":"${id}"}`),
  unknown('no id', 'id', 'id', shopWith({ id: undefined })),
  unknown('an id cut short', 'id', 'id', shopWith({ id: id.slice(0, -1) })),
  unknown('an id in capitals', 'id', 'id', shopWith({ id: id.toUpperCase() })),
  unknown('an id with a line feed', 'id', 'id', shopWith({ id: `${id}\n` })),
  unknown('an author that is no person', 'author', 'author', shopWith({ author: '김' })),
  unknown('an entity with a dash', 'entity', 'entity', shopWith({ entity: 'shop-window' })),
  unknown('an entity named __proto__', 'entity', 'entity', shopWith({ entity: '__proto__' })),
  unknown('an entity named constructor', 'entity', 'entity', shopWith({ entity: 'constructor' })),
  unknown('an entity that is SQL', 'entity', 'entity', shopWith({ entity: 'store; DROP TABLE change' })),
  unknown('a record that is no id', 'record', 'record', shopWith({ record: '7' })),
  unknown('a record in capitals', 'record', 'record', shopWith({ record: recordId(2).toUpperCase() })),
  unknown('nothing set', 'setOrErase', 'set', shopWith({ set: undefined })),
  unknown('no field set', 'setOrErase', 'set', shopWith({ set: {} })),
  unknown('a list set', 'setOrErase', 'set', shopWith({ set: ['note'] })),
  unknown('set and erased at once', 'setOrErase', 'set', shopWith({ erase: ['note'] })),
  unknown(
    'the mark of deletion erased',
    'setOrErase',
    'erase',
    shopWith({ set: undefined, erase: ['deleted'] }),
  ),
  unknown('a field __proto__', 'field', 'set.__proto__', rawField('__proto__', '{"polluted":true}')),
  unknown('a field with a quote', 'field', 'set.no"te', shopWith({ set: { 'no"te': 1 } })),
  unknown('a number as a phone', 'value', 'set.phone', shopWith({ set: { phone: 23353591 } })),
  unknown('a text as a flag', 'value', 'set.firstOnline', shopWith({ set: { firstOnline: '예' } })),
  unknown('a text as deleted', 'value', 'set.deleted', shopWith({ set: { deleted: 'true' } })),
  unknown(
    'half a person',
    'value',
    'set.friends',
    shopWith({ entity: 'friendReading', set: { friends: 1.5 } }),
  ),
  unknown('an infinite latitude', 'value', 'set.latitude', rawField('latitude', '1e999')),
  unknown('an infinite unknown', 'value', 'set.colour', rawField('colour', '-1e999')),
  unknown('half a surrogate pair', 'value', 'set.name', rawField('name', '"\\ud83c"')),
  unknown('half a pair in an unknown', 'value', 'set.colour', rawField('colour', '{"\\udf3d":1}')),
  unknown('__proto__ inside a value', 'value', 'set.colour', rawField('colour', '[{"__proto__":1}]')),
  unknown('a value 13 deep', 'value', 'set.colour', rawField('colour', nested(13))),
  unknown('a value 200,000 deep', 'value', 'set.colour', rawField('colour', nested(200_000))),
  unknown(
    'a blob that is no hash',
    'value',
    'set.blob',
    shopWith({ entity: 'photo', set: { blob: '../store.key' } }),
  ),
  unknown('a prior that is no list', 'prior', 'prior.note', shopWith({ prior: { note: changeIdAt(2) } })),
  unknown('a prior that is no change', 'prior', 'prior.note', shopWith({ prior: { note: ['yesterday'] } })),
  unknown('a prior without end', 'prior', 'prior.note', shopWith({ prior: { note: Array(1001).fill(id) } })),
  withLine('half a line', 'FILE_LINE_INVALID', '{"id":', { reason: 'JSON' }),
  withLine('an empty line', 'FILE_LINE_INVALID', '', { reason: 'JSON' }),
  withLine('two changes on a line', 'FILE_LINE_INVALID', '{}{}', { reason: 'JSON' }),
  withLine('not a number', 'FILE_LINE_INVALID', rawField('latitude', 'NaN'), { reason: 'JSON' }),
  damaged(
    'a line in another encoding',
    'FILE_LINE_INVALID',
    {
      changes: Buffer.concat([
        Buffer.from(`${JSON.stringify(goodLines[0])}\n`),
        Buffer.from([0xb8, 0xc1, 0x0a]),
      ]),
    },
    { line: 2, reason: 'UTF-8' },
  ),
  withLine('a line of two megabytes', 'FILE_LINE_TOO_LONG', rawField('note', `"${unpackable(1_100_000)}"`)),
  damaged('two lines swapped', 'FILE_ORDER_WRONG', { lines: [goodLines[1]!, goodLines[0]!] }, { line: 2 }),
  damaged('a line twice', 'FILE_ORDER_WRONG', { lines: [...goodLines, goodLines[2]!] }, { line: 4 }),
];

/** Refusals that only a laptop can give that knows `dusk` and holds its change `knownLine`. */
export const knownLine = {
  id: changeIdAt(30, dusk),
  author: null,
  entity: 'site',
  record: recordId(90),
  set: { name: '연남시장' },
};

export const rivals: readonly DamageCase[] = [
  {
    what: 'an id with another content',
    code: 'CHANGE_ALTERED',
    params: { line: 2, change: knownLine.id },
    bytes: () =>
      exchangeFile({
        lines: [goodLines[0]!, { ...knownLine, set: { name: '연남동시장' } }],
      }),
  },
  {
    what: 'an id with another record',
    code: 'CHANGE_ALTERED',
    bytes: () => exchangeFile({ lines: [{ ...knownLine, record: recordId(91) }] }),
  },
  {
    what: 'a known laptop with another key',
    code: 'LAPTOP_KEY_CHANGED',
    params: { laptop: dusk.id },
    bytes: () => exchangeFile({ ...goodDraft, author: { ...dusk, key: strangerKey } }),
  },
];

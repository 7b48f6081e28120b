import { describe, expect, test } from 'vitest';
import type { ConflictEntry, ConflictGroup, ConflictSide } from '#shared/contract/conflicts.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { commandOf } from '../../src-renderer/features/conflicts/conflict-keys.ts';
import {
  groupFrom,
  keyOf,
  linesOf,
  nextAfter,
  optionsOf,
  stepFrom,
} from '../../src-renderer/features/conflicts/conflict-rows.ts';
import { marksOf, type MarkedPiece } from '../../src-renderer/features/conflicts/marks.ts';
import { ruleChoices } from '../../src-renderer/features/conflicts/rule-choices.ts';
import { valueTyped } from '../../src-renderer/features/conflicts/own-value.ts';
import { differenceOf, type Piece } from '../../src-renderer/use/text-difference.ts';
import {
  introductions,
  stemOf,
  summaryOf,
  tellingCounts,
  type QueuedFile,
  type Sight,
  type Stage,
  type Standing,
} from '../../src-renderer/features/exchange/file-queue.ts';

const side = (change: string, value: Json, shown = false): ConflictSide => ({
  change,
  value,
  at: '2026-11-24T01:00:00.000Z',
  clockSuspect: false,
  laptop: { id: change, name: change },
  author: null,
  file: null,
  import: null,
  edits: [],
  shown,
});

const conflict = (record: string, field: string, group = record): ConflictEntry => ({
  entity: 'store',
  record,
  field,
  kind: 'values',
  group,
  title: '',
  values: [],
  later: false,
});

const group = (key: string): [string, ConflictGroup] => [
  key,
  { key, kind: 'store', name: key, site: '', total: 9 },
];

describe('the list of conflicts', () => {
  const rows = [conflict('가', 'name'), conflict('가', 'phone'), conflict('나', 'name')];
  const keys = rows.map(keyOf);

  test('three laptops with two values make two options, the shown one first', () => {
    const options = optionsOf({ sides: [side('b', '2'), side('c', '1', true), side('a', '2')] });
    expect(
      options.map(({ value, shown, sides }) => [value, shown, sides.map(({ change }) => change)]),
    ).toEqual([
      ['1', true, ['c']],
      ['2', false, ['b', 'a']],
    ]);
  });

  test('a list with the same members in another order is another value, an equal one is not', () => {
    const options = optionsOf({
      sides: [side('a', ['x', 'y'], true), side('b', ['y', 'x']), side('c', ['x', 'y'])],
    });
    expect(options).toHaveLength(2);
  });

  test('each shop has one line before its conflicts, and counts those that are listed', () => {
    const groups = new Map([group('가'), group('나')]);
    expect(
      linesOf(rows, groups).map((line) => (line.kind === 'group' ? `${line.group.name}:${line.count}` : '-')),
    ).toEqual(['가:2', '-', '-', '나:1', '-']);
  });

  test.each([
    [0, 1, 2],
    [1, 1, 2],
    [2, 1, 2],
    [2, -1, 0],
    [1, -1, 0],
    [0, -1, 0],
  ] as const)('from %i, the next shop by %i begins at %i', (from, by, to) => {
    expect(groupFrom(rows, keys[from]!, by)).toBe(keys[to]);
  });

  test.each([
    [keys[0], keys[1]],
    [keys[2], keys[1]],
    ['gone', keys[0]],
    [null, keys[0]],
  ])('after %s comes %s', (key, next) => expect(nextAfter(rows, key ?? null)).toBe(next));

  test('after the only one comes none', () => expect(nextAfter([rows[0]!], keys[0]!)).toBeNull());

  test.each([
    [0, 1, 1],
    [0, -1, 0],
    [2, 1, 2],
    [2, -1, 1],
  ])('from %i, %i steps lead to %i', (from, steps, to) => {
    expect(stepFrom(rows, keys[from]!, steps)).toBe(keys[to]);
  });
});

/** `…[differs from the other]…`, and in braces what was not so before. */
const marks = (pieces: MarkedPiece[]): string =>
  pieces
    .map(({ text, differs, changed }) =>
      (changed ? `{${text}}` : text).replace(/^.*$/s, differs ? '[$&]' : '$&'),
    )
    .join('');

describe('values that stand against each other', () => {
  test.each([
    [['02-335-3591', '02-335-3519'], null, ['02-335-35[91]', '02-335-35[19]']],
    [['02-335-3591', '02-335-3519'], '02-335-3500', ['02-335-35[{91}]', '02-335-35[{19}]']],
    [['02-335-3591', '02-335-3519'], '02-335-3591', ['02-335-35[91]', '02-335-35[{19}]']],
    [['02-335-3591', '02-335-3519'], '031-335-0000', ['0{2-335-35}[{91}]', '0{2-335-35}[{19}]']],
    [['가', '나', '다'], '가', ['가', '{나}', '{다}']],
    [['', '가'], '나', ['', '[{가}]']],
  ])('%j, before them %s', (texts, before, expected) => {
    const found = marksOf(texts, before);
    expect(found.map(marks)).toEqual(expected);
    expect(found.map((pieces) => pieces.map(({ text }) => text).join(''))).toEqual(texts);
  });
});

describe('rules for what is at hand', () => {
  test('come from those who took part in it, each once', () => {
    const here = side('a', '1');
    const there = {
      ...side('b', '2'),
      author: { id: 'p', name: '이훈련' },
      file: 'C:\\받은 것\\망원 2호.dangol',
      import: 'i',
    };
    expect(
      ruleChoices({ sides: [here, there, { ...there, change: 'c' }] }).map(({ key, name }) => [key, name]),
    ).toEqual([
      ['newest', ''],
      ['oldest', ''],
      ['author p', '이훈련'],
      ['laptop a', 'a'],
      ['laptop b', 'b'],
      ['file i', '망원 2호'],
      ['most', ''],
      ['filled', ''],
    ]);
  });
});

/** `…[what differs]…` */
const marked = (pieces: Piece[]): string =>
  pieces.map(({ text, differs }) => (differs ? `[${text}]` : text)).join('');

describe('where two texts differ', () => {
  test.each([
    ['02-335-3591', '02-335-3519', '02-335-35[91]', '02-335-35[19]'],
    ['바다 횟집', '바다횟집', '바다[ ]횟집', '바다횟집'],
    ['새벽분식', '새벽분식 본점', '새벽분식', '새벽분식[ 본점]'],
    ['aa', 'aaa', 'aa', 'aa[a]'],
    ['', '가', '', '[가]'],
    ['😀가', '😁가', '[😀]가', '[😁]가'],
    [
      '사장님이 오전에 오라고 하셨어요. 첫 메시지는 화요일에 함께 보내요.',
      '사장님이 오후 3시에 오라고 하셨어요. 첫 메시지는 월요일에 함께 보내요.',
      '사장님이 [오전에 ]오라고 하셨어요. 첫 메시지는 [화요일에 ]함께 보내요.',
      '사장님이 [오후 3시에 ]오라고 하셨어요. 첫 메시지는 [월요일에 ]함께 보내요.',
    ],
  ])('%s / %s', (left, right, a, b) => {
    expect(differenceOf(left, right).map(marked)).toEqual([a, b]);
  });

  test('the pieces are the texts, also where those are too long to compare by words', () => {
    const left = Array.from({ length: 900 }, (_, n) => `낱말${n % 7}`).join(' ');
    const right = left.replaceAll('낱말3', '다른3');
    const pieces = differenceOf(left, right).map((all) => all.map(({ text }) => text).join(''));
    expect(pieces).toEqual([left, right]);
  });
});

describe('a typed value', () => {
  test.each([
    ['text', ' 02-335-3591 ', { value: '02-335-3591' }],
    ['text', '  ', null],
    ['date', '2024. 9. 3.', { value: '2024-09-03' }],
    ['date', '9/3', { value: '2026-09-03' }],
    ['date', '2024-02-30', { problem: 'date' }],
    ['integer', '1,234', { value: 1234 }],
    ['integer', '12.5', { problem: 'whole' }],
    ['money', '30만', { problem: 'whole' }],
    ['money', '99999999999999999999', { problem: 'whole' }],
    ['decimal', '37.5665', { value: 37.5665 }],
    ['decimal', 'Infinity', { problem: 'number' }],
    ['flag', 'false', { value: false }],
    ['code', 'moved', { value: 'moved' }],
  ] as const)('%s "%s"', (kind, text, meant) => {
    expect(valueTyped(kind, text, '2026-11-24')).toEqual(meant);
  });
});

describe('keys on the screen of conflicts', () => {
  const press = (key: string, more: Partial<KeyboardEvent> = {}) =>
    commandOf({ key, target: null, ...more } as KeyboardEvent);

  test.each([
    ['ArrowDown', { do: 'move', by: 1 }],
    ['ArrowUp', { do: 'move', by: -1 }],
    ['ArrowLeft', { do: 'step', by: -1 }],
    ['1', { do: 'choose', place: 0 }],
    ['3', { do: 'choose', place: 2 }],
    ['0', null],
    ['a', null],
    ['Enter', { do: 'settle' }],
  ])('%s', (key, command) => expect(press(key)).toEqual(command));

  test('nothing happens in the middle of a syllable, or with Ctrl', () => {
    expect(press('Enter', { isComposing: true })).toBeNull();
    expect(press('1', { ctrlKey: true })).toBeNull();
  });
});

function queued(key: string, stage: Stage): QueuedFile {
  return { key, file: { name: `${key}.dangol` } as File, folder: '', stage };
}

function sight(fingerprint: string, firstSeen: boolean): Sight {
  return { manifest: {}, laptop: { id: fingerprint, name: '', fingerprint, firstSeen } } as unknown as Sight;
}

const result = (status: 'imported' | 'already', counts: Partial<ImportedFile> = {}): ImportedFile =>
  ({ status, new: 0, known: 0, conflicts: 0, ...counts }) as ImportedFile;

describe('the chosen files', () => {
  test('a laptop is introduced once, at its first file', () => {
    const ready = (key: string, print: string, first = true): QueuedFile =>
      queued(key, { at: 'ready', seen: sight(print, first) });
    const items = [
      ready('known', 'aa', false),
      queued('waiting', { at: 'waiting' }),
      ready('first', 'bb'),
      ready('second', 'bb'),
      ready('third', 'cc'),
    ];
    expect([...introductions(items)]).toEqual(['first', 'third']);
  });

  test('the sum counts what went in, what was known and what was refused', () => {
    const seen = sight('aa', false);
    expect(
      summaryOf(
        [
          queued('a', { at: 'done', seen, result: result('imported', { new: 5, known: 2, conflicts: 1 }) }),
          queued('b', { at: 'done', seen, result: result('imported', { new: 3 }) }),
          queued('c', { at: 'done', seen, result: result('already', { known: 9 }) }),
          queued('d', { at: 'refused', seen: null, error: null }),
          queued('e', { at: 'ready', seen }),
          queued('f', { at: 'ready', seen }),
          queued('g', { at: 'ready', seen }),
        ],
        new Map<string, Standing>([
          ['e', { is: 'go', foreign: [] }],
          ['f', { is: 'twin', of: 'a.dangol' }],
          ['g', { is: 'foreign', programs: [] }],
        ]),
      ),
    ).toEqual({
      merged: 2,
      already: 1,
      twins: 1,
      foreign: 1,
      refused: 1,
      new: 8,
      known: 11,
      conflicts: 1,
    });
  });

  test('the field work is named before the rest, and nothing of which there is none', () => {
    const records = { award: 2, store: 9, check: 40, session: 1, visit: 0, attendance: 12 };
    expect(tellingCounts(records, 4)).toEqual([
      ['session', 1],
      ['attendance', 12],
      ['store', 9],
      ['award', 2],
    ]);
  });

  test.each([
    ['/home/a/망원 1호.dangol', '망원 1호'],
    ['C:\\파일\\망원.DANGOL', '망원'],
    ['망원', '망원'],
  ])('%s is called %s', (file, name) => expect(stemOf(file)).toBe(name));
});

import type { ConflictSide } from '#shared/contract/conflicts.ts';
import { fieldOf, isEntityName, model } from '#shared/model/model.ts';
import { writtenValue } from '../cell-values.ts';
import { checkOf, FORMAT, seenText, type BookRow, type MadeBy } from '../conflict-rows.ts';
import { shownValue, wordsOf } from '../conflict-values.ts';
import { tableOf, type CellKind, type Column, type Table, type Value } from '../sheet.ts';

export const CONFLICTS = '정할 것';
const CHOICES = '목록';
export const ORIGIN = '자료';

/** The columns by which a workbook is read back, by their headers. */
export const headers = {
  title: '점포·기록',
  field: '항목',
  first: '값 1 (지금 보이는 값)',
  second: '값 2',
  others: '그 밖의 값',
  chosen: '채택값',
  entity: '자료 종류',
  record: '자료 번호',
  fieldName: '자료 항목',
  seen: '본 변경',
  check: '확인',
} as const;

/** The headers of the cells that the check sum covers, in its order. */
export const checkedCells = ['title', 'field', 'first', 'second', 'others'] as const;

type Key = keyof typeof headers | 'number' | 'kind' | 'context' | 'before' | 'from1' | 'from2' | 'note';

function textColumn(
  key: Key,
  header: string,
  width: number,
  value: (row: BookRow, index: number) => Value,
  more: Partial<Column<BookRow>> = {},
): Column<BookRow> {
  return { key, header, width, kind: 'text', meaning: '', wrap: true, value, ...more };
}

/** One row for each conflict: what it is about, the values with their origin, and a cell for the choice. */
export function conflictsSheet(rows: readonly BookRow[]): Table {
  const own = { hidden: true, screenOnly: true, wrap: false };
  const kindAt =
    (place: number) =>
    (index: number): CellKind =>
      rows[index]!.shown[place]?.full.kind ?? 'text';
  return tableOf<BookRow>({
    name: CONFLICTS,
    about: '노트북마다 다르게 적은 것마다 한 줄이에요.',
    rows,
    frozenColumns: 3,
    columns: [
      textColumn('number', '번호', 6, (_row, index) => index + 1, { kind: 'whole', wrap: false }),
      textColumn('kind', '종류', 11, ({ view }) => entityLabel(view.entity)),
      textColumn('title', headers.title, 20, titleOf),
      textColumn('context', '어디', 18, ({ view }) => view.context),
      textColumn('field', headers.field, 13, fieldLabel),
      textColumn('first', headers.first, 24, (row) => valueAt(row, 0), { kindAt: kindAt(0) }),
      textColumn('from1', '출처 1', 24, (row) => originAt(row, 0)),
      textColumn('second', headers.second, 24, (row) => valueAt(row, 1), { kindAt: kindAt(1) }),
      textColumn('from2', '출처 2', 24, (row) => originAt(row, 1)),
      textColumn('others', headers.others, 20, othersOf),
      textColumn('before', '전 값', 16, beforeOf),
      textColumn('chosen', headers.chosen, 24, () => null, { input: true, kindAt: inputKind(rows) }),
      textColumn('note', '메모', 20, noteOf, { input: true }),
      textColumn('entity', headers.entity, 10, ({ view }) => view.entity, own),
      textColumn('record', headers.record, 10, ({ view }) => view.record, own),
      textColumn('fieldName', headers.fieldName, 10, ({ view }) => view.field, own),
      textColumn('seen', headers.seen, 10, seenOf, own),
      textColumn('check', headers.check, 10, checkSumOf, own),
    ],
    choice: {
      key: 'chosen',
      range: `OFFSET('${CHOICES}'!$B$1,$A2,0,1,MAX(1,INDEX('${CHOICES}'!$A:$A,$A2+1)))`,
      question: '목록에 없는 값이에요. 다른 값을 새로 정하려면 그대로 적어 주세요.',
    },
  });
}

function entityLabel(entity: string): string {
  return isEntityName(entity) ? model[entity].label.ko : entity;
}

function titleOf({ view }: BookRow): string {
  return view.title || entityLabel(view.entity);
}

function fieldLabel({ view }: BookRow): string {
  if (view.kind === 'editedAndDeleted') return '지웠는데 고쳤어요';
  return fieldOf(view.entity, view.field)?.label.ko ?? view.field;
}

/** The kind of the values, so that a date that is typed becomes one. */
function inputKind(rows: readonly BookRow[]): (index: number) => CellKind {
  return (index) => {
    const kinds = rows[index]!.shown.map(({ listed }) => listed.kind);
    return kinds.find((kind) => kind !== 'text') ?? 'text';
  };
}

function valueAt(row: BookRow, place: number): Value {
  const shown = row.shown[place]?.full;
  if (!shown) return null;
  return row.view.kind === 'editedAndDeleted' ? deedOf(row, place) : shown.value;
}

/** What was done, and not what choosing it would do. */
function deedOf({ view, options, edits, names }: BookRow, place: number): string {
  if (options[place]!.value === true) return '지웠어요';
  const lines = edits.map(({ field, value }) => {
    const label = fieldOf(view.entity, field)?.label.ko ?? field;
    return `${label}: ${wordsOf(shownValue(view.entity, field, value, names))}`;
  });
  return lines.length > 0 ? ['고쳤어요', ...lines].join('\n') : '되살렸어요';
}

function othersOf(row: BookRow): Value {
  const more = row.shown.slice(2).map(({ full }, at) => {
    const from = writers(row.options[at + 2]!.sides[0]!);
    return `값 ${at + 3}: ${wordsOf(full)} (${from})`;
  });
  return more.length > 0 ? more.join('\n') : null;
}

function beforeOf({ view, before, names, onScreenOnly }: BookRow): Value {
  if (onScreenOnly || before.length === 0) return null;
  return before.map((value) => wordsOf(shownValue(view.entity, view.field, value, names))).join('\n');
}

function noteOf({ onScreenOnly }: BookRow): Value {
  return onScreenOnly ? '이 줄은 ‘다른 값’ 화면에서만 정할 수 있어요.' : null;
}

function originAt({ options }: BookRow, place: number): Value {
  const [side, ...more] = options[place]?.sides ?? [];
  if (!side) return null;
  const lines = [writers(side), seoulTime(side.at), sourceOf(side)];
  if (side.clockSuspect) lines.push('시계가 앞서 있던 노트북');
  if (more.length > 0) lines.push(`같은 값을 적은 곳이 ${more.length}곳 더 있어요`);
  return lines.join('\n');
}

function writers({ author, laptop }: ConflictSide): string {
  const name = laptop.name || '모르는 노트북';
  return author?.name ? `${author.name} · ${name}` : name;
}

function seoulTime(at: string): string {
  const written = writtenValue(at, 'moment');
  return written instanceof Date ? written.toISOString().slice(0, 16).replace('T', ' ') : at;
}

function sourceOf({ file }: ConflictSide): string {
  return file === null ? '이 노트북에서 적음' : file.replace(/^.*[\\/]/, '');
}

/** What cannot be settled here names no changes: too many of them would not fit. */
function seenOf({ view, onScreenOnly }: BookRow): string {
  return onScreenOnly ? '-' : seenText(view);
}

function checkSumOf(row: BookRow): string {
  const { view } = row;
  const kinds = ['text', 'text', row.shown[0]?.full.kind, row.shown[1]?.full.kind, 'text'] as const;
  const cells = [titleOf(row), fieldLabel(row), valueAt(row, 0), valueAt(row, 1), othersOf(row)];
  return checkOf(
    [view.entity, view.record, view.field, seenOf(row)],
    cells.map((value, at) => {
      const written = writtenValue(value, kinds[at] ?? 'text');
      return typeof written === 'object' && written !== null && 'formula' in written ? null : written;
    }),
  );
}

/** What each row can choose from: its number of choices, and then these. Excel takes no long list otherwise. */
export function choicesSheet(rows: readonly BookRow[]): Table {
  const lists = rows.map(({ shown, onScreenOnly }) => (onScreenOnly ? [] : shown));
  const most = Math.max(2, ...lists.map((list) => list.length));
  const columns = Array.from({ length: most }, (_, place): Column<(typeof lists)[number]> => ({
    key: `choice${place}`,
    header: `값 ${place + 1}`,
    width: 24,
    kind: 'text',
    kindAt: (index) => lists[index]![place]?.listed.kind ?? 'text',
    meaning: '',
    value: (list) => list[place]?.listed.value ?? null,
  }));
  return tableOf({
    name: CHOICES,
    about: '채택값에서 고를 수 있는 값이에요.',
    hidden: true,
    rows: lists,
    columns: [
      { key: 'count', header: '수', width: 6, kind: 'whole', meaning: '', value: (list) => list.length },
      ...columns,
    ],
  });
}

/** Where and when the workbook was made. */
export function originSheet({ laptop, now }: MadeBy): Table {
  const facts: readonly (readonly [string, string])[] = [
    ['format', String(FORMAT)],
    ['laptop', laptop.id],
    ['laptopName', laptop.name],
    ['madeAt', new Date(now).toISOString()],
  ];
  const column = (key: string, place: 0 | 1): Column<(typeof facts)[number]> => ({
    key,
    header: key,
    width: 30,
    kind: 'text',
    meaning: '',
    value: (fact) => fact[place],
  });
  return tableOf({
    name: ORIGIN,
    about: '이 파일을 만든 곳이에요.',
    hidden: true,
    rows: facts,
    columns: [column('fact', 0), column('value', 1)],
  });
}

import { realDay } from '#shared/figures/days.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Field } from '#shared/model/field.ts';
import { fieldOf } from '#shared/model/model.ts';
import { writtenValue, type Written } from './cell-values.ts';
import type { FormulaCell } from './read-table.ts';
import type { CellKind } from './sheet.ts';

/** A value as a cell shows it. */
export interface Shown {
  readonly value: string | number;
  readonly kind: CellKind;
}

/** What can be chosen: in full, and as it stands in the list, where each differs from the others. */
export interface ShownOption {
  readonly full: Shown;
  readonly listed: Shown;
}

/** A value that is empty, in the list and as something to type. */
export const EMPTY = '비어 있음';
const YES = '예';
const NO = '아니요';
const KEPT_DELETED = '지운 채로 두기';
const RESTORED = '고친 값 살리기';
const CONFIDED = '내용은 보이지 않아요';
/** A longer text, or one of several lines, stands in the list by its number and its beginning. */
const LONG = 80;
const BEGINNING = 50;

/** The names of records by their ids. */
export type Names = ReadonlyMap<string, string>;

/** A value as a person reads it, and as Excel counts it: days and numbers are real ones. */
export function shownValue(entity: string, field: string, value: Json, names: Names): Shown {
  const text = (words: string): Shown => ({ value: words, kind: 'text' });
  if (value === null || value === '') return text(EMPTY);
  if (field === 'deleted') return text(value === true ? KEPT_DELETED : RESTORED);
  const declared = fieldOf(entity, field);
  if (declared?.confidential) return text(CONFIDED);
  if (typeof value === 'number') return { value, kind: kindOfNumber(declared) };
  if (typeof value === 'boolean') return text(value ? YES : NO);
  if (declared?.kind === 'refs' && Array.isArray(value)) {
    return text(value.map((id: Json) => nameOf(String(id), names)).join(', ') || EMPTY);
  }
  if (typeof value !== 'string') return text(listText(value) ?? JSON.stringify(value));
  return shownText(declared, value, names);
}

function shownText(declared: Field | undefined, value: string, names: Names): Shown {
  switch (declared?.kind) {
    case 'date':
      return { value, kind: realDay(value) === null ? 'text' : 'day' };
    case 'instant':
      return { value, kind: Number.isNaN(Date.parse(value)) ? 'text' : 'moment' };
    case 'code':
      return { value: declared.codes?.[value]?.ko ?? value, kind: 'text' };
    case 'ref':
      return { value: nameOf(value, names), kind: 'text' };
    case 'blob':
      return { value: `${declared.label.ko} ${value.slice(0, 8)}`, kind: 'text' };
    default:
      return { value, kind: 'text' };
  }
}

function kindOfNumber(declared: Field | undefined): CellKind {
  if (declared?.kind === 'money') return 'won';
  return declared?.kind === 'integer' ? 'whole' : 'number';
}

/** Names repeat; the end of the id tells them apart, and finds the record after it was renamed. */
function nameOf(id: string, names: Names): string {
  return `${names.get(id) ?? '아직 여기에 없는 기록'} [${id.slice(-8)}]`;
}

/** The items of a checklist, the questions of a survey: their labels. */
function listText(value: Json): string | null {
  if (!Array.isArray(value)) return null;
  const labels = value.map((item: Json) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? (item as Record<string, Json>)['label']
      : null,
  );
  return labels.length > 0 && labels.every((label) => typeof label === 'string') ? labels.join(', ') : null;
}

/** What can be chosen among different values, in their order. */
export function optionsShown(
  entity: string,
  field: string,
  values: readonly Json[],
  names: Names,
): ShownOption[] {
  const full = values.map((value) => shownValue(entity, field, value, names));
  const keys = full.map((shown) => keyOf(writtenValue(shown.value, shown.kind)));
  return full.map((shown, at) => {
    const words = wordsOf(shown);
    const listed = ((): Shown => {
      if (shown.kind === 'text' && (words.length > LONG || words.includes('\n')))
        return { value: `값 ${at + 1}: ${beginningOf(words)}`, kind: 'text' };
      if (keys.indexOf(keys[at]!) === keys.lastIndexOf(keys[at]!)) return shown;
      return { value: `${words} (값 ${at + 1})`, kind: 'text' };
    })();
    return { full: shown, listed };
  });
}

function beginningOf(words: string): string {
  const line = words.replace(/\s+/g, ' ').trim();
  return line.length > BEGINNING ? `${[...line].slice(0, BEGINNING).join('')}…` : line;
}

/** A value in words, for a list of them in one cell and for sentences. */
export function wordsOf({ value, kind }: Shown): string {
  const written = writtenValue(value, kind);
  if (written instanceof Date) {
    return written
      .toISOString()
      .slice(0, kind === 'day' ? 10 : 16)
      .replace('T', ' ');
  }
  return typeof value === 'number' && kind !== 'number' ? value.toLocaleString('ko-KR') : String(value);
}

/** By its number, as the list has a long text, or as a person may write it. */
const NUMBERED = /^값\s*(\d{1,3})(?:\s*:.*)?$/s;

/** Which option a cell means: its place, null when it is none of them, `wrong` for a number that has no option. */
export function chosenPlace(
  cell: Exclude<FormulaCell, { formula: string }>,
  options: readonly ShownOption[],
  isRef: boolean,
): number | null | 'wrong' {
  // A spreadsheet that took a phone number for a number has lost its leading zero.
  const cells = typeof cell === 'number' ? [cell, String(cell), `0${cell}`] : [cell];
  for (const wanted of cells.map(keyOf)) {
    for (const side of ['listed', 'full'] as const) {
      const found = options.filter((option) => wanted === keyOfShown(option[side]));
      if (found.length === 1) return options.indexOf(found[0]!);
    }
  }
  if (typeof cell !== 'string') return null;
  const numbered = NUMBERED.exec(cell.normalize('NFC').trim());
  if (numbered) {
    const place = Number(numbered[1]) - 1;
    return place >= 0 && place < options.length ? place : 'wrong';
  }
  const tail = isRef ? tailOf(cell) : null;
  const at = tail === null ? -1 : options.findIndex(({ full }) => tailOf(String(full.value)) === tail);
  return at < 0 ? null : at;
}

function tailOf(text: string): string | null {
  return /\[([0-9a-f]{8})\]\s*$/.exec(text)?.[1] ?? null;
}

function keyOfShown({ value, kind }: Shown): string {
  return keyOf(writtenValue(value, kind));
}

/**
 * What two cells have in common that mean the same, whichever spreadsheet wrote them: the letters of a text without
 * their spacing and escapes, a number to twelve digits, a date to the minute.
 */
export function keyOf(cell: Written | FormulaCell): string {
  if (cell === null) return '';
  if (cell instanceof Date) {
    const ms = Math.round(cell.getTime() / 60_000) * 60_000;
    return Number.isNaN(ms) ? 'd:' : `d:${new Date(ms).toISOString().slice(0, 16)}`;
  }
  if (typeof cell === 'number') return `n:${Number(cell.toPrecision(12))}`;
  if (typeof cell === 'object') return `f:${cell.formula}`;
  const text = String(cell)
    .normalize('NFC')
    // Excel's way to write a letter by its number; what reads it back may or may not undo that.
    .replace(/_x005F_/gi, '_')
    .replace(/_x[0-9a-f]{4}_/gi, '')
    .replace(/\p{Cc}|\s/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return text === '' ? '' : `s:${text}`;
}

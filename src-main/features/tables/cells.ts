import type { Cell } from '#main/workbook/read-table.ts';
import type { Field } from '#shared/model/field.ts';
import type { Json } from '#shared/merge/canonical.ts';

/** What a cell says for a field: a value (null when it is empty), or why it cannot be used. */
export type Reading = { readonly value: Json } | { readonly code: string; readonly reason: string };

const TEXT_MAX = 1000;
export const EXCEL_ERROR = /^#(REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/;

/** Reads one cell as the field wants it; `column` is what the file calls the column, for the sentence. */
export function readCell(cell: Cell, name: string, field: Field, column: string): Reading {
  if (cell === null || (typeof cell === 'string' && cell.trim() === '')) return { value: null };
  if (typeof cell === 'string' && EXCEL_ERROR.test(cell.trim())) {
    return { code: 'CELL_ERROR', reason: `${column} ${quoted(cell)}: 엑셀 오류 값이에요.` };
  }
  if (field.kind === 'integer' || field.kind === 'money') return readWholeNumber(cell, column);
  if (field.kind === 'decimal') return readDegrees(cell, name === 'latitude' ? 90 : 180, column);
  if (field.kind === 'date') return readDate(cell, column);
  if (field.kind === 'flag') return readFlag(cell, column);
  if (field.kind === 'code') return readCode(cell, field, column);
  return readText(cell, name, column);
}

function readText(cell: Exclude<Cell, null>, name: string, column: string): Reading {
  // A spreadsheet that took a phone number for a number has lost its leading zero.
  const dialled = name === 'phone' && typeof cell === 'number' && /^[1-9]\d{8,9}$/.test(String(cell));
  const written = cell instanceof Date ? cell.toISOString().slice(0, 10) : `${dialled ? '0' : ''}${cell}`;
  const tidy = written.normalize('NFC').trim();
  const text = name === 'note' ? tidy : tidy.replace(/\s*\n\s*/g, ' ');
  if (text.length <= TEXT_MAX) return { value: text };
  return { code: 'TEXT_TOO_LONG', reason: `${column}: ${TEXT_MAX}자가 넘어요.` };
}

function readWholeNumber(cell: Exclude<Cell, null>, column: string): Reading {
  const number = numberIn(cell);
  if (number === null) return notANumber(cell, column);
  if (Number.isSafeInteger(number) && number >= 0) return { value: number };
  return { code: 'NUMBER_NOT_WHOLE', reason: `${column} ${quoted(cell)}: 0 이상의 정수여야 해요.` };
}

function readDegrees(cell: Exclude<Cell, null>, most: number, column: string): Reading {
  const number = numberIn(cell);
  if (number === null) return notANumber(cell, column);
  if (Math.abs(number) <= most) return { value: number };
  return {
    code: 'NUMBER_OUT_OF_RANGE',
    reason: `${column} ${quoted(cell)}: -${most}에서 ${most} 사이여야 해요.`,
  };
}

function notANumber(cell: Exclude<Cell, null>, column: string): Reading {
  return { code: 'NUMBER_INVALID', reason: `${column} ${quoted(cell)}: 숫자가 아니에요.` };
}

function numberIn(cell: Exclude<Cell, null>): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell !== 'string') return null;
  const text = cell.normalize('NFKC').trim();
  if (!/^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/.test(text)) return null;
  return Number(text.replaceAll(',', ''));
}

const SERIAL_ZERO = Date.UTC(1899, 11, 30);
const DAY = 86_400_000;

/** Dates as people write them: 2024-09-03, 2024.9.3, 2024/9/3, 2024. 9. 3., 2024년 9월 3일, 20240903, Excel's own. */
function readDate(cell: Exclude<Cell, null>, column: string): Reading {
  const day = dateIn(cell);
  if (day) return { value: day };
  return { code: 'DATE_INVALID', reason: `${column} ${quoted(cell)}: 달력에 있는 날짜가 아니에요.` };
}

function dateIn(cell: Exclude<Cell, null>): string | null {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? null : cell.toISOString().slice(0, 10);
  // Days since 1899-12-30, when the cell lost its date format: 1954 to 2119, so that a year alone is no date.
  if (typeof cell === 'number' && cell >= 20_000 && cell < 80_000) {
    return new Date(SERIAL_ZERO + Math.floor(cell) * DAY).toISOString().slice(0, 10);
  }
  const text = String(cell).normalize('NFKC').replace(/\s/g, '');
  const parts =
    /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})\.?$/.exec(text)?.toSpliced(2, 1) ??
    /^(\d{4})년(\d{1,2})월(\d{1,2})일$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1900 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : null;
}

const YES = new Set(['y', 'yes', 'o', 'true', '1', '예', '네', '여', '○']);
const NO = new Set(['n', 'no', 'x', 'false', '0', '아니오', '아니요', '부', '×']);

function readFlag(cell: Exclude<Cell, null>, column: string): Reading {
  const text = String(cell).normalize('NFKC').trim().toLowerCase();
  if (YES.has(text)) return { value: true };
  if (NO.has(text)) return { value: false };
  return { code: 'FLAG_INVALID', reason: `${column} ${quoted(cell)}: Y나 N으로 적어 주세요.` };
}

function readCode(cell: Exclude<Cell, null>, field: Field, column: string): Reading {
  const plain = (text: string): string => text.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  const wanted = plain(String(cell));
  const codes = Object.entries(field.codes ?? {});
  const found = codes.find(([code, { ko, en }]) => [code, ko, en].some((text) => plain(text) === wanted));
  if (found) return { value: found[0] };
  const allowed = codes.map(([, { ko }]) => ko).join(', ');
  return { code: 'CODE_UNKNOWN', reason: `${column} ${quoted(cell)}: ${allowed} 가운데 하나여야 해요.` };
}

function quoted(cell: Exclude<Cell, null>): string {
  const text = cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim();
  return `'${text.length > 40 ? `${text.slice(0, 40)}…` : text}'`;
}

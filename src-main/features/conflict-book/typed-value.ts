import type { ErrorReport } from '#shared/contract/errors.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Field } from '#shared/model/field.ts';
import type { Cell } from '../../workbook/read-table.ts';
import { readCell } from '../tables/cells.ts';

/** What a cell says: a value, or why it cannot be one. */
export type Typed = { readonly value: Json } | { readonly reason: ErrorReport };

const MOST_LETTERS = 10_000;
const SEOUL_AHEAD = 9 * 3_600_000;
const TIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** Reads a value that is none of those that stood against each other; `expected` names these for the sentence. */
export function typedValue(
  cell: Exclude<Cell, null>,
  name: string,
  field: Field | undefined,
  expected: string,
): Typed {
  const value = wordsIn(cell);
  const refused = (code: ErrorReport['code'], params: ErrorReport['params'] = { value }): Typed => ({
    reason: { code, params },
  });
  switch (field?.kind) {
    case 'text':
      return textIn(cell, name, value);
    case 'instant':
      return timeIn(cell) ?? refused('CONFLICT_ROW_TIME');
    case 'date':
      return readAs(cell, name, field) ?? refused('CONFLICT_ROW_DAY');
    case 'integer':
      return readAs(cell, name, field) ?? refused('CONFLICT_ROW_WHOLE');
    case 'money':
      return (
        readAs(typeof cell === 'string' ? cell.replace(/\s*원\s*$/, '') : cell, name, field) ??
        refused('CONFLICT_ROW_WHOLE')
      );
    case 'decimal':
      return readAs(cell, name, field) ?? refused('CONFLICT_ROW_NUMBER');
    case 'flag':
      return readAs(cell, name, field) ?? refused('CONFLICT_ROW_CHOICE', { value, expected: '예, 아니요' });
    case 'code':
      return (
        readAs(cell, name, field) ?? refused('CONFLICT_ROW_CHOICE', { value, expected: labelsOf(field) })
      );
    default:
      return refused('CONFLICT_ROW_CHOICE', { value, expected });
  }
}

/** Reads a cell as an imported table has it. */
function readAs(cell: Exclude<Cell, null>, name: string, field: Field): Typed | null {
  const read = readCell(cell, name, field, '');
  return 'value' in read && read.value !== null ? { value: read.value } : null;
}

/** Notes may have several lines, unlike in a table: joining two of them by hand is what a person does here. */
function textIn(cell: Exclude<Cell, null>, name: string, value: string): Typed {
  const dialled = name === 'phone' && typeof cell === 'number' && /^[1-9]\d{8,9}$/.test(value);
  const text = `${dialled ? '0' : ''}${value}`.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').trim();
  if (text.length <= MOST_LETTERS) return { value: text };
  return { reason: { code: 'CONFLICT_ROW_LONG', params: { limit: MOST_LETTERS } } };
}

/** A time as Seoul's clock shows it; Excel's own comes as if that were UTC. */
function timeIn(cell: Exclude<Cell, null>): Typed | null {
  const parts = typeof cell === 'string' ? TIME.exec(cell.trim()) : null;
  const ms = cell instanceof Date ? cell.getTime() : parts ? clockOf(parts) : Number.NaN;
  return Number.isNaN(ms) ? null : { value: new Date(ms - SEOUL_AHEAD).toISOString() };
}

function clockOf([, day, hour, minute, second = '00']: readonly (string | undefined)[]): number {
  return Date.parse(`${day}T${hour!.padStart(2, '0')}:${minute}:${second}Z`);
}

function wordsIn(cell: Exclude<Cell, null>): string {
  if (!(cell instanceof Date) || Number.isNaN(cell.getTime())) return String(cell);
  return cell.toISOString().slice(0, 16).replace('T', ' ').replace(' 00:00', '');
}

function labelsOf(field: Field): string {
  return Object.values(field.codes ?? {})
    .map(({ ko }) => ko)
    .join(', ');
}

import { realDay } from '#shared/figures/days.ts';
import { inertText } from './inert.ts';
import { isFormula, type CellKind, type Formula, type Value } from './sheet.ts';

const SEOUL_AHEAD = 9 * 3_600_000;

/** What is handed to exceljs: never anything but these, so that no recorded value can become a formula or a link. */
export type Written = string | number | Date | null | { formula: string; result: string | number };

/**
 * A value as it is written. Days and moments become dates, which exceljs counts in UTC: a day is its UTC midnight and a
 * moment is moved to Seoul's clock, so that no time zone shifts what is shown. A text that is no day stays a text.
 */
export function writtenValue(value: Value | Formula, kind: CellKind): Written {
  if (isFormula(value)) return { formula: value.formula, result: cachedValue(value.cached) };
  if (value === null || value === '') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string') return inertText(JSON.stringify(value));
  if (kind === 'day' && realDay(value) !== null) return new Date(`${value}T00:00:00Z`);
  if (kind === 'moment') {
    const moment = momentOf(value);
    if (moment !== null) return new Date(moment);
  }
  return inertText(value);
}

/** A moment on Seoul's clock as if that were UTC, in milliseconds, to the second; null for what is none. */
export function momentOf(text: string): number | null {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000) * 1000 + SEOUL_AHEAD;
}

/** What stands beside a formula. */
export function cachedValue(value: Value): string | number {
  if (typeof value === 'number') return value;
  return value === null ? '' : inertText(value);
}

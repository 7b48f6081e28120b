import { realDay } from '#shared/figures/days.ts';
import { cachedValue, momentOf } from '../cell-values.ts';
import { inertText } from '../inert.ts';
import { isFormula, type CellKind, type Formula, type Value } from '../sheet.ts';

const DAY = 86_400_000;
/** Excel's day 0 is 1899-12-30. */
const EPOCH = 25_569;

/** Everything that makes a text more than letters that may stand in XML as they are. */
const SPECIAL = /[\u0000-\u001F"&<>_\u007F\uD800-\uDFFF\uFFFE\uFFFF]/;
const LONG = 32_767;

/** A text as it stands in XML. */
export function textXml(text: string): string {
  if (!SPECIAL.test(text) && text.length <= LONG) return text;
  return escaped(inertText(text));
}

/** What is no cell's text: names, formulas, attributes. */
export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

/**
 * A cell as it stands in a sheet: the number, text or formula that `writtenValue` gives to exceljs for the same value.
 * Empty where there is nothing to write. `head` is its beginning, up to its style.
 */
export function cellXml(head: string, value: Value | Formula, kind: CellKind): string {
  if (value === null || value === '') return '';
  if (isFormula(value)) return formulaXml(head, value);
  if (typeof value === 'number') return Number.isFinite(value) ? `${head}><v>${value}</v></c>` : '';
  if (typeof value !== 'string') return inline(head, JSON.stringify(value));
  if (kind === 'day' && realDay(value) !== null) {
    return `${head}><v>${Date.parse(`${value}T00:00:00Z`) / DAY + EPOCH}</v></c>`;
  }
  if (kind === 'moment') {
    const moment = momentOf(value);
    if (moment !== null) return `${head}><v>${moment / DAY + EPOCH}</v></c>`;
  }
  return inline(head, value);
}

function inline(head: string, text: string): string {
  return `${head} t="inlineStr"><is><t xml:space="preserve">${textXml(text)}</t></is></c>`;
}

function formulaXml(head: string, { formula, cached }: Formula): string {
  const value = cachedValue(cached);
  return typeof value === 'number'
    ? `${head}><f>${escaped(formula)}</f><v>${value}</v></c>`
    : `${head} t="str"><f>${escaped(formula)}</f><v>${escaped(value)}</v></c>`;
}

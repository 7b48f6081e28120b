import type { Parts } from './parts.ts';
import { unescaped } from './template-open.ts';

/** A range over a filled sheet that ends before its last row, so that what reads it misses rows. */
export interface Bounded {
  /** The part of the package, such as `xl/worksheets/sheet1.xml`. */
  readonly part: string;
  /** The name of the sheet where the part is one. */
  readonly sheet: string | null;
  readonly range: string;
  /** The row at which it should end, or beyond. */
  readonly lastRow: number;
}

/** The most that is told of; one is enough to know that the template wants mending. */
const MOST = 50;
const READERS = /^xl\/(?:worksheets\/[^/]+|charts\/[^/]+|workbook|pivotCache\/pivotCacheDefinition\d+)\.xml$/;

/**
 * What of a manager's pages, charts, names and pivots reads only a part of the filled sheets: a range that was right for
 * the rows of the template. It is told, not changed: only its author knows what it should read. `sheets` has the names of
 * the sheets by their part.
 */
export function boundedRanges(
  parts: Parts,
  filled: ReadonlySet<string>,
  lastRows: ReadonlyMap<string, number>,
  sheets: ReadonlyMap<string, string>,
): Bounded[] {
  const found: Bounded[] = [];
  for (const [part, bytes] of parts) {
    if (filled.has(part) || !READERS.test(part)) continue;
    for (const range of rangesIn(part, bytes.toString('utf8'))) {
      const lastRow = lastRows.get(range.sheet);
      if (lastRow === undefined || range.to >= lastRow || found.length === MOST) continue;
      if (!found.some((one) => one.part === part && one.range === range.text)) {
        found.push({ part, sheet: sheets.get(part) ?? null, range: range.text, lastRow });
      }
    }
  }
  return found;
}

interface Range {
  readonly sheet: string;
  readonly to: number;
  readonly text: string;
}

function* rangesIn(part: string, xml: string): Generator<Range> {
  if (part.includes('pivotCache')) {
    for (const [tag] of xml.matchAll(/<worksheetSource\s[^>]*>/g)) {
      const [, ref = '', to] = /\sref="([^"]*?(\d+))"/.exec(tag) ?? [];
      const sheet = unescaped(/\ssheet="([^"]*)"/.exec(tag)?.[1] ?? '');
      if (to) yield { sheet, to: Number(to), text: `${sheet}!${ref}` };
    }
    return;
  }
  const inFormulas = part === 'xl/workbook.xml' ? 'definedName' : part.includes('charts') ? 'c:f' : 'f';
  const formulas = new RegExp(`<${inFormulas}(\\s[^>]*)?>([^<]*)</${inFormulas}>`, 'g');
  for (const [, attributes = '', text] of xml.matchAll(formulas)) {
    // Of a sheet's own names, those that say how far it goes are mended.
    if (/_xlnm\./.test(attributes)) continue;
    const formula = unescaped(text!);
    const range = /(?:'((?:[^']|'')+)'|([\p{L}\p{N}_.]+))!\$?[A-Z]{1,3}\$?\d+:\$?[A-Z]{1,3}\$?(\d+)/gu;
    for (const [whole, quoted, plain, to] of formula.matchAll(range)) {
      yield { sheet: quoted?.replace(/''/g, "'") ?? plain!, to: Number(to), text: whole };
    }
  }
}

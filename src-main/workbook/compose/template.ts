import type { Writable } from 'node:stream';
import { Refusal } from '#shared/contract/errors.ts';
import { letters, type Book, type Table } from '../sheet.ts';
import { tellerOf, type Writing } from './compose.ts';
import { writePackage } from './pack.ts';
import type { Parts } from './parts.ts';
import { attributeOf, openTemplate, tagsIn, textOf, unescaped, type TemplateSheet } from './template-open.ts';
import { boundedRanges, type Bounded } from './template-ranges.ts';
import { filledSheet, textIn } from './template-sheet.ts';

export interface Filled {
  /** The sheets that were filled, in their order. */
  readonly sheets: string[];
  /** What of the rest reads a part of these rows only, by its own range. */
  readonly bounded: Bounded[];
}

/**
 * Fills a manager's workbook with the tables of a book whose sheets it has by name, and writes it into a stream. Every
 * other part of the package stays byte for byte, but for three that would be wrong: the ranges of the filled sheets in
 * `workbook.xml`, the order to calculate on opening there, and the list of formula cells (`calcChain.xml`), which Excel
 * makes anew. Refuses as `openTemplate` does, with TEMPLATE_WITHOUT_SHEETS, or with TEMPLATE_TABLE_DIFFERS when an Excel
 * table over a data sheet has other columns.
 */
export async function fillTemplate(
  book: Book,
  file: string,
  bytes: Uint8Array,
  stream: Writable,
  writing: Writing = {},
): Promise<Filled> {
  const { parts, sheets } = await openTemplate(file, bytes);
  const tables = new Map(
    book.sheets.flatMap((sheet) => (sheet.layout === 'table' ? [[sheet.name, sheet] as const] : [])),
  );
  const chosen = sheets.flatMap((sheet) => {
    const table = tables.get(sheet.name);
    return table ? [{ sheet, table }] : [];
  });
  if (chosen.length === 0) {
    throw new Refusal('TEMPLATE_WITHOUT_SHEETS', { file, sheets: [...tables.keys()].join(', ') });
  }
  const strings = stringsOf(parts);
  const made = new Map<string, () => Iterable<string>>();
  const tell = tellerOf(
    chosen.map(({ table }) => table),
    writing,
  );
  const lastRows = new Map<string, number>();
  for (const { sheet, table } of chosen) {
    const filled = filledSheet(textOf(parts, sheet.part), table, strings);
    if (!filled) throw new Refusal('TEMPLATE_UNREADABLE', { file, reason: sheet.name });
    lastRows.set(sheet.name, filled.lastRow);
    fitTables(parts, file, sheet, table, filled.lastRow);
    made.set(sheet.part, () => filled.pieces(tell(table)));
  }
  const others = new Set(chosen.map(({ sheet }) => sheet.part));
  const names = new Map(sheets.map(({ part, name }) => [part, name]));
  const bounded = boundedRanges(parts, others, lastRows, names);
  fitWorkbook(
    parts,
    chosen.map(({ sheet }) => sheet),
    lastRows,
  );
  dropCalcChain(parts);
  await writePackage(parts, made, stream, { now: book.now, stop: writing.stop });
  return { sheets: chosen.map(({ sheet }) => sheet.name), bounded };
}

function stringsOf(parts: Parts): string[] {
  return Array.from(
    textOf(parts, 'xl/sharedStrings.xml').matchAll(/<si(?:\s[^>]*)?>([\s\S]*?)<\/si>/g),
    ([, inner]) => textIn(inner!),
  );
}

/** Excel tables over a filled sheet grow and shrink with it; their columns are the header's, or Excel calls the file damaged. */
function fitTables(parts: Parts, file: string, sheet: TemplateSheet, table: Table, lastRow: number): void {
  const relations = sheet.part.replace(/([^/]+)$/, '_rels/$1.rels');
  const targets = tagsIn(textOf(parts, relations), 'Relationship')
    .filter((tag) => attributeOf(tag, 'Type')?.endsWith('/table'))
    .map((tag) => (attributeOf(tag, 'Target') ?? '').replace(/^\.\.\//, 'xl/').replace(/^\//, ''));
  for (const part of targets) {
    const xml = textOf(parts, part);
    const names = tagsIn(xml, 'tableColumn').map((tag) => unescaped(attributeOf(tag, 'name') ?? ''));
    const headers = table.columns.map(({ header }) => header);
    if (names.join('\n') !== headers.join('\n')) {
      throw new Refusal('TEMPLATE_TABLE_DIFFERS', { file, sheet: sheet.name });
    }
    const ref = `A1:${letters(headers.length)}${Math.max(2, lastRow)}`;
    parts.set(part, Buffer.from(xml.replace(/(<(?:table|autoFilter)\s[^>]*?\bref=")[^"]*"/g, `$1${ref}"`)));
  }
}

/** Names that belong to the filled sheets say how far their rows go; and what was calculated before is out of date. */
function fitWorkbook(
  parts: Parts,
  sheets: readonly TemplateSheet[],
  lastRows: ReadonlyMap<string, number>,
): void {
  const byIndex = new Map(sheets.map((sheet) => [String(sheet.index), lastRows.get(sheet.name)!]));
  let xml = textOf(parts, 'xl/workbook.xml').replace(
    /(<definedName\s[^>]*>)([^<]*)(<\/definedName>)/g,
    (whole, tag: string, range: string, end: string) => {
      const lastRow = byIndex.get(attributeOf(tag, 'localSheetId') ?? '');
      const name = attributeOf(tag, 'name') ?? '';
      if (lastRow === undefined || !/^_xlnm\.(_FilterDatabase|Print_Area)$/.test(name)) return whole;
      return `${tag}${range.replace(/\$\d+$/, `$${Math.max(1, lastRow)}`)}${end}`;
    },
  );
  const [calc] = tagsIn(xml, 'calcPr');
  if (!calc) xml = xml.replace(/<\/definedNames>|<\/sheets>/, (tag) => `${tag}<calcPr fullCalcOnLoad="1"/>`);
  else if (!calc.includes('fullCalcOnLoad=')) {
    xml = xml.replace(calc, calc.replace('<calcPr', '<calcPr fullCalcOnLoad="1"'));
  }
  parts.set('xl/workbook.xml', Buffer.from(xml));
}

function dropCalcChain(parts: Parts): void {
  if (!parts.delete('xl/calcChain.xml')) return;
  for (const [name, tag] of [
    ['[Content_Types].xml', /<Override [^>]*PartName="\/xl\/calcChain\.xml"[^>]*\/>/],
    ['xl/_rels/workbook.xml.rels', /<Relationship [^>]*Target="(?:\/xl\/)?calcChain\.xml"[^>]*\/>/],
  ] as const) {
    parts.set(name, Buffer.from(textOf(parts, name).replace(tag, '')));
  }
}

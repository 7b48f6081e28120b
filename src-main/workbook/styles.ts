import type { Alignment, Borders, Fill, Font, Style } from 'exceljs';
import type { CellKind, FreeCell, TextStyle } from './sheet.ts';

/** A font that Windows and Office for macOS both bring; LibreOffice falls back to another Korean one. */
const FONT = '맑은 고딕';

const INK = 'FF22302B';
const QUIET = 'FF5E6B65';
const GREEN = 'FF2F4B43';
const PAPER = 'FFF6F2E9';
const COUNTING = 'FF7C8A83';
const LINE = 'FFD9D3C4';

export const ROW_HEIGHT = 18;
/** The height of a line of text in a table, in points. */
export const LINE_HEIGHT = 14;

const numberFormats: Record<CellKind, string> = {
  // As text, so that editing a cell that begins with = does not turn it into a formula.
  text: '@',
  day: 'yyyy-mm-dd',
  moment: 'yyyy-mm-dd hh:mm',
  whole: '#,##0',
  won: '#,##0',
  number: 'General',
  mean: '0.00',
  share: '0.0%',
  score: '0',
  mark: '0',
};

const alignments: Record<CellKind, Partial<Alignment>> = {
  text: { vertical: 'middle', horizontal: 'left', indent: 1 },
  day: { vertical: 'middle', horizontal: 'center' },
  moment: { vertical: 'middle', horizontal: 'center' },
  whole: { vertical: 'middle', horizontal: 'right' },
  won: { vertical: 'middle', horizontal: 'right' },
  number: { vertical: 'middle', horizontal: 'right' },
  mean: { vertical: 'middle', horizontal: 'right' },
  share: { vertical: 'middle', horizontal: 'right' },
  score: { vertical: 'middle', horizontal: 'center' },
  mark: { vertical: 'middle', horizontal: 'center' },
};

const solid = (argb: string): Fill => ({ type: 'pattern', pattern: 'solid', fgColor: { argb } });
const font = (size: number, more: Partial<Font> = {}): Partial<Font> => ({
  name: FONT,
  family: 2,
  size,
  color: { argb: INK },
  ...more,
});
const underline: Partial<Borders> = { bottom: { style: 'hair', color: { argb: LINE } } };
const boxed: Partial<Borders> = Object.fromEntries(
  (['top', 'bottom', 'left', 'right'] as const).map((side) => [
    side,
    { style: 'thin', color: { argb: COUNTING } },
  ]),
);

/** The cells of a table. One object for each look: exceljs recognises a style by its object, and is ten times quicker so. */
export const tableStyles: Record<CellKind, Partial<Style>> = mapKinds((kind) => ({
  font: font(10),
  numFmt: numberFormats[kind],
  alignment: alignments[kind],
}));

/** A text on several lines. */
export const tableWrapped: Partial<Style> = {
  font: font(10),
  numFmt: numberFormats.text,
  alignment: { ...alignments.text, wrapText: true },
};

/** Cells that wait for a person to fill them in. */
export const tableInputStyles: Record<CellKind, Partial<Style>> = mapKinds((kind) => ({
  font: font(10, { bold: true }),
  numFmt: numberFormats[kind],
  alignment: { ...alignments[kind], wrapText: true },
  fill: solid(PAPER),
  border: boxed,
}));

export const tableTotalStyles: Record<CellKind, Partial<Style>> = mapKinds((kind) => ({
  font: font(10, { bold: true }),
  numFmt: numberFormats[kind],
  alignment: alignments[kind],
}));

const headerAlignment: Partial<Alignment> = { vertical: 'middle', horizontal: 'center', wrapText: true };

export const tableHeader: Partial<Style> = {
  font: font(10, { bold: true, color: { argb: 'FFFFFFFF' } }),
  fill: solid(GREEN),
  alignment: headerAlignment,
};

/** For columns that are there for counting. */
export const countingHeader: Partial<Style> = { ...tableHeader, fill: solid(COUNTING) };

const textStyles: Record<TextStyle, Partial<Style>> = {
  title: { font: font(20, { bold: true }), alignment: { vertical: 'middle' } },
  subtitle: { font: font(12, { bold: true, color: { argb: GREEN } }), alignment: { vertical: 'middle' } },
  heading: { font: font(13, { bold: true }), alignment: { vertical: 'middle' } },
  label: {
    font: font(11, { bold: true }),
    alignment: { vertical: 'middle', wrapText: true },
    border: underline,
    numFmt: '@',
  },
  body: {
    font: font(10),
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1, wrapText: true },
    border: underline,
  },
  base: {
    font: font(10, { color: { argb: QUIET } }),
    alignment: { vertical: 'middle', horizontal: 'left', indent: 1 },
    border: underline,
  },
  quiet: { font: font(10, { color: { argb: QUIET } }), alignment: { vertical: 'middle' } },
  header: { ...tableHeader },
  link: {
    font: font(10, { underline: true, color: { argb: GREEN } }),
    alignment: { vertical: 'middle', horizontal: 'center' },
    border: underline,
  },
};

const freeStyles = mapKinds((kind): Partial<Style> => ({
  font: font(11),
  numFmt: numberFormats[kind],
  alignment: alignments[kind],
  border: underline,
}));

const strongStyles = mapKinds((kind): Partial<Style> => ({
  font: font(14, { bold: true }),
  numFmt: numberFormats[kind],
  alignment: alignments[kind],
  fill: solid(PAPER),
  border: underline,
}));

/** The look of a cell of a page that is laid out by hand. */
export function freeStyle(style: FreeCell['style']): Partial<Style> {
  if (style in textStyles) return textStyles[style as TextStyle];
  if (style.endsWith('Strong')) return strongStyles[style.slice(0, -'Strong'.length) as CellKind];
  return freeStyles[style as CellKind];
}

function mapKinds(make: (kind: CellKind) => Partial<Style>): Record<CellKind, Partial<Style>> {
  const kinds = Object.keys(numberFormats) as CellKind[];
  return Object.fromEntries(kinds.map((kind) => [kind, make(kind)])) as Record<CellKind, Partial<Style>>;
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookFor, type ReportDeps } from '#main/features/report.ts';
import { workbookBytes } from '#main/workbook/compose/compose.ts';
import { live, rangeOf, tableOf, type Book } from '#main/workbook/sheet.ts';
import { splitBook } from '#main/workbook/split.ts';
import { findLibreOffice, recalculateWithLibreOffice } from '#tests/support/libre-office.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { reportScene } from '#tests/support/report-scene.ts';
import { closeTo, errorsIn, formulasOf, withWrongValues } from '#tests/support/workbook-checks.ts';

const scene = reportScene();
const deps = { store: scene.store } as unknown as ReportDeps;
const office = findLibreOffice();
/** A header and three rows a sheet. */
const MOST = 4;
const whole = bookFor(deps, { program: scene.program }, Date.UTC(2026, 10, 23, 15, 30));

afterAll(() => scene.db.close());

describe('a workbook with tables that are longer than a sheet may be', () => {
  let before: ReadWorkbook;
  let after: ReadWorkbook;
  beforeAll(async () => {
    before = await readWorkbook(await workbookBytes(whole));
    after = await readWorkbook(await workbookBytes(splitBook(whole, MOST)));
  });

  it('goes on in further sheets, each with the header, row for row the same', () => {
    for (const name of ['점포', '방문', '점검 기록', '지원금', '자료 사전']) {
      const parts = [...after.sheets.values()].filter(
        (sheet) => sheet.name.replace(/ \(\d+\)$/, '') === name,
      );
      const one = before.sheets.get(name)!;
      expect(parts.length, name).toBe(Math.ceil((one.rowCount - 1) / (MOST - 1)));
      expect(parts.length, name).toBeGreaterThan(1);
      expect(parts[1]!.name).toBe(`${name} (2)`);
      const rows = parts.flatMap((part) => {
        expect(part.rowCount, part.name).toBeLessThanOrEqual(MOST);
        expect(part.row(1)).toEqual(one.row(1));
        return Array.from({ length: part.rowCount - 1 }, (_, index) => part.row(index + 2));
      });
      expect(rows).toEqual(Array.from({ length: one.rowCount - 1 }, (_, index) => one.row(index + 2)));
    }
  });

  it('has as many formulas, with their values, and none that reads beyond a part', () => {
    const values = (book: ReadWorkbook) =>
      formulasOf(book).map(({ sheet, address, value }) => [sheet, address, value]);
    expect(values(after)).toEqual(values(before));
    const ranges = formulasOf(after).flatMap(({ formula }) => [
      ...formula.matchAll(
        /'(점포|방문|점검 기록|친구 수|지원금|만족도)(?: \(\d+\))?'!\$[A-Z]+\$2:\$[A-Z]+\$(\d+)/g,
      ),
    ]);
    expect(ranges.length).toBeGreaterThan(500);
    expect(ranges.filter(([, , last]) => Number(last) > MOST)).toEqual([]);
  });

  it('comes out the same in another spreadsheet', { timeout: 300_000 }, async () => {
    if (office === null) return;
    const bytes = await workbookBytes(withWrongValues(splitBook(whole, MOST)));
    const again = await readWorkbook(await recalculateWithLibreOffice(office, bytes));
    for (const { address, sheet, value } of formulasOf(after)) {
      const theirs = again.sheets.get(sheet)!.cells.get(address)?.value ?? null;
      expect(theirs === '' ? null : theirs, `${sheet}!${address}`).toEqual(
        closeTo(value === '' ? null : value),
      );
    }
    expect(errorsIn(again)).toEqual([]);
  });
});

describe('formulas over parts', () => {
  const column = { key: 'n', header: '수', width: 9, kind: 'whole', meaning: '' } as const;
  const rows = tableOf<number>({
    name: '줄(모두)',
    about: '',
    rows: [1, 2, 3, 4, 5],
    columns: [{ ...column, value: (n) => n }],
  });
  const bookWith = (formula: string): Book => ({
    title: '',
    now: 0,
    sheets: [
      {
        layout: 'free',
        name: '앞',
        widths: [9],
        frozenRows: 0,
        rows: [{ cells: [{ column: 1, value: live(formula, 0), style: 'body' }] }],
      },
      rows,
    ],
  });
  const range = rangeOf(rows, 'n');
  const [one, two] = ["'줄(모두)'!$A$2:$A$4", "'줄(모두) (2)'!$A$2:$A$3"];

  it.each([
    [`SUM(${range})`, `SUM(${one},${two})`],
    [
      `COUNTIFS(${range},"a)(",${range},$A2)`,
      `(COUNTIFS(${one},"a)(",${one},$A2)+COUNTIFS(${two},"a)(",${two},$A2))`,
    ],
    [`IFERROR(AVERAGE(${range}),"")`, `IFERROR(AVERAGE(${one},${two}),"")`],
    [
      `AVERAGEIFS(${range},${range},1)`,
      `((SUMIFS(${one},${one},1)+SUMIFS(${two},${two},1))/(COUNTIFS(${one},">-1E+300",${one},1)+COUNTIFS(${two},">-1E+300",${two},1)))`,
    ],
    [`"SUM(${range}) "&COUNT(${range})`, `"SUM(${range}) "&COUNT(${one},${two})`],
    [`SUM('다른'!$A$2:$A$6)`, `SUM('다른'!$A$2:$A$6)`],
  ])('%s', (formula, expected) => {
    const [front] = splitBook(bookWith(formula), MOST).sheets;
    expect(front).toMatchObject({ rows: [{ cells: [{ value: { formula: expected } }] }] });
  });

  it('are refused where nobody knows how to add them', () => {
    expect(() => splitBook(bookWith(`MEDIAN(${range})`), MOST)).toThrow(/knows no parts/);
  });

  it('stay as they are in a book in which nothing is too long', () => {
    const book = bookWith(`MEDIAN(${range})`);
    expect(splitBook(book)).toBe(book);
    expect(splitBook(book, 6)).toBe(book);
  });
});

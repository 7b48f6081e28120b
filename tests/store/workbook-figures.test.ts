import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookFor, kpis, workbook, type ReportDeps } from '#main/features/report.ts';
import { workbookBytes } from '#main/workbook/compose/compose.ts';
import { figureNames } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';
import { findLibreOffice, recalculateWithLibreOffice } from '#tests/support/libre-office.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { recalculate } from '#tests/support/recalculate.ts';
import { reportScene } from '#tests/support/report-scene.ts';
import { closeTo, errorsIn, formulasOf, withWrongValues } from '#tests/support/workbook-checks.ts';

const scene = reportScene();
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const deps = { store: scene.store, now: () => NOW } as unknown as ReportDeps;
const office = findLibreOffice();

afterAll(() => scene.db.close());

const questions = {
  'of everything': {},
  'of one programme': { program: scene.program },
  'of a period': { from: '2024-05-01', to: '2024-06-30' },
  'of one programme from a day on': { program: scene.other, from: '2024-07-01' },
  'of a programme without data': { program: scene.empty },
};

it('the figures are those of the store, counted by hand', () => {
  expect(kpis(deps, {}).total).toEqual({
    sites: 4,
    stores: 11,
    channelsOpened: 8,
    mapRegistered: 5,
    firstOnlineStores: 3,
    sessions: 4,
    visits: 11,
    merchantsTrained: 5,
    surveyResponses: 4,
    surveyMean: 4.166666667,
    surveyHelpfulShare: 0.666666667,
    friends: 264,
    grantHolders: 10,
    grantsPaid: 3_300_000,
    awards: 1,
  });
});

describe.each(Object.entries(questions))('the figures %s', (_name, question) => {
  const expected = kpis(deps, question);
  let book: ReadWorkbook;
  beforeAll(async () => {
    book = await readWorkbook((await workbook(deps, question)).bytes);
  });

  it('stand in named cells, as formulas with their value', () => {
    for (const name of figureNames) {
      const cell = book.named(`KPI_${name}`);
      expect(cell.formula, name).toMatch(/^(IFERROR\()?(COUNT|SUM|AVERAGE)/);
      expect(cell.value === '' ? null : cell.value, name).toBe(expected.total[name]);
    }
    expect([...book.names.keys()].filter((name) => name.startsWith('KPI_'))).toHaveLength(figureNames.length);
  });

  it('come out the same when the rows are counted again', () => {
    for (const name of figureNames) {
      const value = recalculate(book, book.named(`KPI_${name}`).formula!);
      expect(value === '' ? null : value, name).toEqual(closeTo(expected.total[name]));
    }
  });

  it('of each programme come out the same, too', () => {
    const sheet = book.sheets.get('사업별')!;
    expected.programs.forEach((program, index) => {
      const row = sheet.row(index + 2);
      expect(row[1]).toBe(program.name);
      figureNames.forEach((name, at) => {
        const address = `${String.fromCharCode('F'.charCodeAt(0) + at)}${index + 2}`;
        const { formula, value } = sheet.cells.get(address)!;
        expect(value === '' ? null : value, address).toBe(program[name]);
        const again = recalculate(book, formula!.replaceAll(`$A${index + 2}`, String(row[0])));
        expect(again === '' ? null : again, address).toEqual(closeTo(program[name]));
      });
    });
  });

  it('of the sites of a programme add up to those of the programme', () => {
    const sheet = book.sheets.get('시장·상권')!;
    const rows = Array.from({ length: sheet.rowCount }, (_, index) => sheet.row(index + 1));
    for (const program of expected.programs) {
      for (const figure of ['stores', 'channelsOpened', 'visits', 'sessions', 'friends'] as const) {
        const at = rows[0]!.indexOf(definitions[figure].label.ko);
        const sum = rows
          .filter((row) => row[1] === program.name)
          .reduce((total, row) => total + Number(row[at]), 0);
        expect(sum, `${program.name} ${figure}`).toBe(program[figure]);
      }
    }
  });

  it(
    'agree with those of another spreadsheet, in every formula of the workbook',
    { timeout: 300_000 },
    async () => {
      if (office === null) return expect(book.sheets.size).toBe(18);
      // Wrong values beside the formulas: what comes back was calculated, not copied.
      const bytes = await workbookBytes(withWrongValues(bookFor(deps, question, NOW)));
      const again = await readWorkbook(await recalculateWithLibreOffice(office, bytes));
      for (const { address, sheet, value } of formulasOf(book)) {
        const theirs = again.sheets.get(sheet)!.cells.get(address)?.value ?? null;
        expect(theirs === '' ? null : theirs, `${sheet}!${address}`).toEqual(
          closeTo(value === '' ? null : value),
        );
      }
      expect(errorsIn(again)).toEqual([]);
      return undefined;
    },
  );

  it('stand beside no error', () => {
    expect(errorsIn(book)).toEqual([]);
  });
});

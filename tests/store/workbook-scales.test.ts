import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openCore } from '#main/core.ts';
import { bookFor } from '#main/features/report.ts';
import { readStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { workbookBytes } from '#main/workbook/compose/compose.ts';
import { figureNames } from '#shared/contract/report.ts';
import { findLibreOffice, recalculateWithLibreOffice } from '#tests/support/libre-office.ts';
import { readWorkbook } from '#tests/support/read-workbook.ts';
import { closeTo, errorsIn, formulasOf, withWrongValues } from '#tests/support/workbook-checks.ts';

const NOW = Date.UTC(2026, 10, 23, 15, 30);
/** The sheets of formulas are smaller by far; the rows that they count need not be read here. */
const MOST_BYTES = 4_000_000;
const office = findLibreOffice();

/** For the national programmes another spreadsheet takes 40 seconds on two busy cores. */
it.each([
  ['of 2024', '2024', 400],
  ['of the whole country', 'national', 2000],
] as const)(
  'every formula over the demo programmes %s comes out the same in another spreadsheet',
  { timeout: 600_000 },
  async (_name, scale, atLeast) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-scale-'));
    onTestFinished(() => fs.rmSync(dir, { recursive: true }));
    const opened = openCore({ dataDir: dir, create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    expect(await opened.value.call('app.fillDemo', { scale, seed: 1 })).toMatchObject({ ok: true });
    opened.value.close();
    const store = readStore({ dir, key: readKeyFile(dir) });
    const book = bookFor({ store, now: () => NOW }, {}, NOW);
    store.close();

    const ours = await readWorkbook(await workbookBytes(book), MOST_BYTES);
    const formulas = formulasOf(ours);
    expect(formulas.length).toBeGreaterThan(atLeast);
    for (const name of figureNames) {
      const { value } = ours.named(`KPI_${name}`);
      expect(value === '' ? null : value, name).toBe(book.kpis.total[name]);
    }
    if (office === null) return;
    // Wrong values beside the formulas: what comes back was calculated, not copied.
    const bytes = await workbookBytes(withWrongValues(book));
    const theirs = await readWorkbook(await recalculateWithLibreOffice(office, bytes), MOST_BYTES);
    for (const { address, sheet, value } of formulas) {
      const found = theirs.sheets.get(sheet)?.cells.get(address)?.value ?? null;
      expect(found === '' ? null : found, `${sheet}!${address}`).toEqual(
        closeTo(value === '' ? null : value),
      );
    }
    expect(errorsIn(theirs)).toEqual([]);
  },
);

import type { BookRow, ConflictRow, MadeBy } from './conflict-rows.ts';
import { optionsShown } from './conflict-values.ts';
import type { Book } from './sheet.ts';
import { guideSheet } from './sheets/conflict-guide.ts';
import { choicesSheet, conflictsSheet, originSheet } from './sheets/conflicts.ts';

/** What stands in the workbook of conflicts, sheet by sheet. */
export function conflictBook(conflicts: readonly ConflictRow[], by: MadeBy): Book {
  const rows = conflicts.map((row): BookRow => ({
    ...row,
    shown: optionsShown(
      row.view.entity,
      row.view.field,
      row.options.map(({ value }) => value),
      row.names,
    ),
  }));
  return {
    title: '단골수첩 정할 것',
    now: by.now,
    sheets: [conflictsSheet(rows), guideSheet(rows, by), choicesSheet(rows), originSheet(by)],
  };
}

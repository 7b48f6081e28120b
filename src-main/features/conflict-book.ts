import type { Handlers } from '#shared/contract/contract.ts';
import { conflictBook } from '../workbook/conflict-book.ts';
import { workbookBytes } from '../workbook/compose/compose.ts';
import { openRows } from './conflict-book/open-rows.ts';
import { resolve } from './conflict-book/resolve.ts';
import { dayOf, type Deps } from './deps.ts';

/** Conflicts that are settled in Excel, away from the program. */
export function conflictBookHandlers(deps: Deps): Pick<Handlers, 'conflicts.workbook' | 'conflicts.resolve'> {
  return {
    'conflicts.workbook': async () => {
      const rows = openRows(deps);
      const { id, name } = deps.store.laptop();
      const now = deps.now();
      return {
        name: `단골수첩 정할 것 ${dayOf(now)}.xlsx`,
        bytes: await workbookBytes(conflictBook(rows, { laptop: { id, name }, now })),
        conflicts: rows.length,
      };
    },
    'conflicts.resolve': (input) => resolve(deps, input),
  };
}

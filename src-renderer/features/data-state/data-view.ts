import type { DataScreen } from '#shared/contract/data-state.ts';
import {
  dataLines,
  elsewhereLines,
  type DataGroup,
  type DataLine,
  type ElsewhereId,
  type ElsewhereLine,
} from '#shared/desk/data-lines.ts';

/** The address of the screen where a row is mended. */
export function pathOf(screen: DataScreen): string {
  switch (screen.at) {
    case 'visit':
      return `/visits/${screen.id}`;
    case 'store':
      return `/stores/${screen.id}`;
    case 'program':
      return `/templates/programs/${screen.id}`;
    case 'session':
      return `/sessions/${screen.id}/${screen.part}`;
  }
}

/** Where the lines that have a screen of their own lead. */
export const elsewherePaths: Readonly<Record<ElsewhereId, string>> = {
  late: '/laptops/late',
  conflicts: '/conflicts',
  duplicates: '/duplicates',
};

/** The lines as they stand on the screen, part by part. */
export const linesByGroup: readonly { readonly group: DataGroup; readonly lines: readonly DataLine[] }[] = [
  ...Map.groupBy(dataLines, ({ group }) => group),
].map(([group, lines]) => ({ group, lines }));

export const deskLines: readonly ElsewhereLine[] = elsewhereLines;

import type { LocationQuery, RouteLocationRaw } from 'vue-router';
import type { FigureName } from '#shared/contract/report.ts';

/** What is asked for, as it stands in the address: so that the way back from the rows leads to the same figures. */
export interface AskedFor {
  readonly program?: string;
  readonly from?: string;
  readonly to?: string;
}

export function questionIn(query: LocationQuery): Record<string, string> & AskedFor {
  const asked: Record<string, string> = {};
  for (const key of ['program', 'from', 'to']) {
    const value = query[key];
    if (typeof value === 'string' && value !== '') asked[key] = value;
  }
  return asked;
}

/** The page of the rows that a figure counts; `of` says in words what they are limited to. */
export function rowsAt(figure: FigureName, by: Readonly<Record<string, string>>): RouteLocationRaw {
  return { path: '/figures/rows', query: { figure, ...by } };
}

import type { FigureName } from '../contract/report.ts';
import type { Period } from './days.ts';
import { definitions } from './definitions.ts';
import type { FactOf, Facts, FactTable } from './facts.ts';
import { tallies, valueOf, type Level, type Tally } from './measure.ts';
import type { FigureRows } from './rows.ts';

/** The figures that are told by site. */
export const siteFigures = [
  'stores',
  'channelsOpened',
  'mapRegistered',
  'sessions',
  'visits',
  'friends',
] as const satisfies readonly FigureName[];

export type SiteFigure = (typeof siteFigures)[number];

type SiteOf = { readonly [T in FactTable]?: (fact: FactOf<T>) => string | null };

/** Where the fact of each of these figures is; of a visit that is the session's place, or else its shop's. */
export function siteFinder(rows: FigureRows) {
  const siteOfSession = new Map(rows.sessions.map(({ id, site }) => [id, site]));
  const siteOfStore = new Map(rows.stores.map(({ id, site }) => [id, site]));
  const lookUp = (map: ReadonlyMap<string, string | null>, id: string | null): string | null =>
    id === null ? null : (map.get(id) ?? null);
  return {
    stores: ({ row }) => row.site,
    attendance: ({ session }) => session.site,
    visits: ({ row }) => lookUp(siteOfSession, row.session) ?? lookUp(siteOfStore, row.store),
    friendReadings: ({ site }) => site,
  } satisfies SiteOf;
}

/** The figures of each site, by its id. */
export function figuresBySite(
  facts: Facts,
  rows: FigureRows,
  period: Period,
): Map<string, Record<SiteFigure, number>> {
  const finder: SiteOf = siteFinder(rows);
  const bySite = new Map(facts.sites.map(({ row }) => [row.id, {} as Record<SiteFigure, number>] as const));
  for (const figure of siteFigures) {
    const { measure } = definitions[figure];
    const siteOf = finder[measure.table] as (fact: unknown) => string | null;
    const found = (level: Level): Map<string, Tally> => tallies(measure, facts, level, period, siteOf);
    const tally = { total: found('total'), program: found('program') };
    for (const { row, program } of facts.sites) {
      // A site of no programme counts in the total alone, and so do its rows.
      const level = program === null ? 'total' : 'program';
      bySite.get(row.id)![figure] = valueOf(measure, tally[level].get(row.id)) ?? 0;
    }
  }
  return bySite;
}

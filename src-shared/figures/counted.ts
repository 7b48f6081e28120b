import type { FigureName } from '../contract/report.ts';
import { siteFinder } from './by-site.ts';
import type { Period } from './days.ts';
import { definitions } from './definitions.ts';
import { factsOf, type Facts, type FactTable } from './facts.ts';
import { valuesOf, type AnyFact } from './measure.ts';
import type {
  AwardRow,
  FigureRows,
  FriendReadingRow,
  GrantRow,
  SiteRow,
  StoreRow,
  SurveyResponseRow,
  VisitRow,
} from './rows.ts';
import type { Question } from './scope.ts';

/** The rows of the figures with what names each of them. */
export interface TracedRows extends FigureRows {
  readonly sites: readonly (SiteRow & { readonly name: string | null })[];
  readonly stores: readonly (StoreRow & { readonly name: string | null })[];
  readonly visits: readonly (VisitRow & { readonly id: string; readonly trainer: string | null })[];
  readonly surveyResponses: readonly (SurveyResponseRow & { readonly id: string })[];
  readonly friendReadings: readonly (FriendReadingRow & { readonly id: string })[];
  readonly grants: readonly (GrantRow & { readonly id: string })[];
  readonly awards: readonly (AwardRow & { readonly id: string })[];
}

type Traced = Facts<TracedRows>;
type TracedFact<T extends FactTable> = Traced[T][number];

/** One row that a figure counts. */
export interface CountedRow {
  readonly entity: string;
  readonly id: string;
  /** YYYY-MM-DD in Asia/Seoul; null where there is none, or the figure does not go by it. */
  readonly day: string | null;
  /** Won, or friends: what the figure adds; null where rows are counted. No answer to a survey is ever told by itself. */
  readonly amount: number | null;
  /** The session where it happened, of what has no page of its own. */
  readonly session: string | null;
}

/** Only the rows of a site, of a trainer's visits, or of a month (YYYY-MM). */
export interface CountedBy {
  readonly site?: string | undefined;
  readonly trainer?: string | undefined;
  readonly month?: string | undefined;
}

/** What a row of each table is for a person who follows a figure down to it. */
const rowOf: { readonly [T in FactTable]: (fact: TracedFact<T>, figure: FigureName) => CountedRow } = {
  sites: ({ row }) => counted('site', row.id, null),
  stores: (fact, figure) =>
    counted(
      'store',
      fact.row.id,
      figure === 'channelsOpened' || figure === 'mapRegistered'
        ? fact[figure === 'channelsOpened' ? 'channelOpenedOn' : 'mapRegisteredOn']
        : null,
    ),
  attendance: ({ session, person }, figure) =>
    figure === 'sessions' || person === null
      ? counted('session', session.id, session.date)
      : { ...counted('person', person.id, session.date), session: session.id },
  visits: ({ row }) => counted('visit', row.id, row.date),
  surveyResponses: ({ row, day }) => ({ ...counted('surveyResponse', row.id, day), session: row.session }),
  friendReadings: ({ row, friends }) => ({ ...counted('friendReading', row.id, row.date), amount: friends }),
  grants: ({ row, amount }) => ({ ...counted('grant', row.id, row.grantedOn), amount }),
  awards: ({ row }) => counted('award', row.id, row.awardedOn),
};

function counted(entity: string, id: string, day: string | null): CountedRow {
  return { entity, id, day, amount: null, session: null };
}

/**
 * The rows behind a figure, latest first, then by name: exactly those that `kpisOf` counts for the same question, and
 * with `by` those that the charts count for a site, a trainer or a month.
 */
export function countedRows(
  rows: TracedRows,
  figure: FigureName,
  question: Question,
  by: CountedBy = {},
): CountedRow[] {
  const asked = { ...question, ...within(question, by.month) };
  const facts: Traced = factsOf(rows, asked);
  const { measure } = definitions[figure];
  // As `figuresBySite` counts: a site of no programme counts in the total alone.
  const home = facts.sites.find(({ row }) => row.id === by.site);
  const valueIn = valuesOf(measure, home && home.program !== null ? 'program' : 'total', asked);
  const siteOf = (siteFinder(rows) as Record<string, (fact: unknown) => string | null>)[measure.table];
  const toRow = rowOf[measure.table] as (fact: unknown, figure: FigureName) => CountedRow;
  const found: { row: CountedRow; name: string }[] = [];
  for (const fact of facts[measure.table] as readonly unknown[] as readonly AnyFact[]) {
    if (valueIn(fact) === null) continue;
    if (by.site !== undefined && siteOf?.(fact) !== by.site) continue;
    const own = fact['row'] as { name?: string | null; trainer?: string | null } | undefined;
    if (by.trainer !== undefined && own?.trainer !== by.trainer) continue;
    found.push({ row: toRow(fact, figure), name: own?.name ?? '' });
  }
  return found.sort(latestFirst).map(({ row }) => row);
}

interface Named {
  readonly row: CountedRow;
  readonly name: string;
}

function latestFirst(a: Named, b: Named): number {
  return compare(b.row.day ?? '', a.row.day ?? '') || compare(a.name, b.name) || compare(a.row.id, b.row.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The days of a period that lie in a month; a month that it does not touch gives an empty period. */
function within({ from, to }: Period, month: string | undefined): Period {
  if (month === undefined) return { from, to };
  // Text order is day order, and no month has more days than 31.
  const [first, last] = [`${month}-01`, `${month}-31`];
  return {
    from: from !== undefined && from > first ? from : first,
    to: to !== undefined && to < last ? to : last,
  };
}

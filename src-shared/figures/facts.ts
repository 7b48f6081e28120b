import {
  awardFacts,
  friendFacts,
  grantFacts,
  type AwardFact,
  type FriendFact,
  type GrantFact,
} from './result-facts.ts';
import type { FigureRows, SiteRow } from './rows.ts';
import { scopeOf, type Mark, type Question, type Scope } from './scope.ts';
import {
  attendanceFacts,
  responseFacts,
  visitFacts,
  type AttendanceFact,
  type ResponseFact,
  type VisitFact,
} from './session-facts.ts';
import { storeFacts, type StoreFact } from './store-facts.ts';

export interface SiteFact<S extends SiteRow = SiteRow> {
  readonly row: S;
  readonly program: string | null;
  /** 1 for a market or street, 0 for the whole country. */
  readonly isPlace: Mark;
}

/**
 * The rows that the figures count, each with the programme it belongs to and marks that say whether it counts. The
 * workbook's data sheets show these very rows, so that a formula over a sheet and the computation here see the same.
 */
export interface Facts<R extends FigureRows = FigureRows> {
  readonly sites: readonly SiteFact<R['sites'][number]>[];
  readonly stores: readonly StoreFact<R['stores'][number]>[];
  readonly attendance: readonly AttendanceFact<
    R['sessions'][number],
    R['attendance'][number],
    R['people'][number]
  >[];
  readonly visits: readonly VisitFact<R['visits'][number]>[];
  readonly surveyResponses: readonly ResponseFact<R['surveyResponses'][number]>[];
  readonly friendReadings: readonly FriendFact<R['friendReadings'][number]>[];
  readonly grants: readonly GrantFact<R['grants'][number]>[];
  readonly awards: readonly AwardFact<R['awards'][number]>[];
}

export type FactTable = keyof Facts;
export type FactOf<T extends FactTable> = Facts[T][number];

/** All fact tables for a question, rows in the order in which they came. */
export function factsOf<R extends FigureRows>(rows: R, question: Question): Facts<R> {
  const scope = scopeOf(rows, question);
  return {
    sites: siteFacts<R['sites'][number]>(rows, scope),
    stores: storeFacts<R['stores'][number]>(rows, scope),
    attendance: attendanceFacts<R['sessions'][number], R['attendance'][number], R['people'][number]>(
      rows,
      scope,
    ),
    visits: visitFacts<R['visits'][number]>(rows, scope),
    surveyResponses: responseFacts<R['surveyResponses'][number]>(rows, scope),
    friendReadings: friendFacts<R['friendReadings'][number]>(rows, scope),
    grants: grantFacts<R['grants'][number]>(rows, scope),
    awards: awardFacts<R['awards'][number]>(rows, scope),
  };
}

function siteFacts<S extends SiteRow>(
  rows: FigureRows & { readonly sites: readonly S[] },
  scope: Scope,
): SiteFact<S>[] {
  const facts: SiteFact<S>[] = [];
  for (const row of rows.sites) {
    const program = scope.knownProgram(row.program);
    if (scope.keeps(program)) facts.push({ row, program, isPlace: row.kind === 'nationwide' ? 0 : 1 });
  }
  return facts;
}

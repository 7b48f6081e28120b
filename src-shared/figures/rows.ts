/**
 * The records that the figures are computed from, as the caller gathers them: live records only, and beside them the ids
 * of deleted ones, because a row of a deleted parent does not count while a row of one that never arrived does.
 * Dates are YYYY-MM-DD (Asia/Seoul), instants ISO 8601 UTC, money whole won, json parsed, null where nothing is known.
 */
export interface FigureRows {
  /** In the order in which they are shown. */
  readonly programs: readonly ProgramRow[];
  readonly sites: readonly SiteRow[];
  readonly stores: readonly StoreRow[];
  readonly matches: readonly MatchRow[];
  readonly sessions: readonly SessionRow[];
  readonly people: readonly PersonRow[];
  readonly attendance: readonly AttendanceRow[];
  readonly visits: readonly VisitRow[];
  readonly surveyTemplates: readonly SurveyTemplateRow[];
  readonly surveyResponses: readonly SurveyResponseRow[];
  readonly friendReadings: readonly FriendReadingRow[];
  readonly grants: readonly GrantRow[];
  readonly awards: readonly AwardRow[];
  /** Ids of deleted records. */
  readonly deleted: {
    readonly sites: ReadonlySet<string>;
    readonly stores: ReadonlySet<string>;
    readonly sessions: ReadonlySet<string>;
    readonly people: ReadonlySet<string>;
  };
}

export interface ProgramRow {
  readonly id: string;
  readonly name: string | null;
  readonly kind: string | null;
  /** Survey groups of fewer are withheld. */
  readonly minimumRespondents: number | null;
}

export interface SiteRow {
  readonly id: string;
  readonly program: string | null;
  readonly kind: string | null;
}

export interface StoreRow {
  readonly id: string;
  readonly site: string | null;
  readonly channelOpenedOn: string | null;
  readonly mapRegisteredOn: string | null;
  /** 1, 0 or null, as SQLite keeps a flag. */
  readonly firstOnline: number | null;
  readonly status: string | null;
}

/** A live decision that two stores are the same one. */
export interface MatchRow {
  readonly left: string;
  readonly right: string;
}

export interface SessionRow {
  readonly id: string;
  readonly program: string | null;
  readonly site: string | null;
  readonly kind: string | null;
  readonly date: string | null;
}

export interface PersonRow {
  readonly id: string;
  readonly kind: string | null;
}

export interface AttendanceRow {
  readonly session: string | null;
  readonly person: string | null;
  readonly status: string | null;
}

export interface VisitRow {
  readonly session: string | null;
  readonly store: string | null;
  readonly date: string | null;
}

export interface SurveyTemplateRow {
  readonly id: string;
  readonly questions: unknown;
}

export interface SurveyResponseRow {
  readonly session: string | null;
  readonly store: string | null;
  readonly template: string | null;
  readonly submittedAt: string | null;
  readonly answers: unknown;
}

export interface FriendReadingRow {
  readonly owner: string | null;
  readonly ownerKind: string | null;
  readonly date: string | null;
  readonly friends: number | null;
}

export interface GrantRow {
  readonly program: string | null;
  readonly store: string | null;
  readonly amount: number | null;
  readonly grantedOn: string | null;
}

export interface AwardRow {
  readonly program: string | null;
  readonly store: string | null;
  readonly awardedOn: string | null;
}

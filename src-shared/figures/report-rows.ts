import type {
  AttendanceRow,
  AwardRow,
  FigureRows,
  FriendReadingRow,
  GrantRow,
  PersonRow,
  ProgramRow,
  SessionRow,
  SiteRow,
  StoreRow,
  SurveyResponseRow,
  SurveyTemplateRow,
  VisitRow,
} from './rows.ts';

/** The rows of the figures with what a report shows beside them. Texts are as recorded: personal data is not masked yet. */
export interface ReportRows extends FigureRows {
  readonly programs: readonly ReportProgram[];
  readonly sites: readonly ReportSite[];
  readonly stores: readonly ReportStore[];
  readonly sessions: readonly ReportSession[];
  readonly people: readonly ReportPerson[];
  readonly attendance: readonly ReportAttendance[];
  readonly visits: readonly ReportVisit[];
  readonly surveyTemplates: readonly ReportSurveyTemplate[];
  readonly surveyResponses: readonly ReportSurveyResponse[];
  readonly friendReadings: readonly FriendReadingRow[];
  readonly grants: readonly ReportGrant[];
  readonly awards: readonly ReportAward[];
  readonly checks: readonly ReportCheck[];
  readonly checklistTemplates: readonly ReportChecklistTemplate[];
}

type Text = string | null;

export interface ReportProgram extends ProgramRow {
  readonly startsOn: Text;
  readonly endsOn: Text;
  readonly goalStores: number | null;
  readonly goalFriends: number | null;
  /** What a visit went by that names no checklist of its own. */
  readonly checklistTemplate: Text;
}

export interface ReportSite extends SiteRow {
  readonly name: Text;
  readonly province: Text;
  readonly district: Text;
  readonly roadAddress: Text;
  readonly lotAddress: Text;
  readonly storeCount: number | null;
  readonly phone: Text;
  readonly channelUrl: Text;
  readonly indoorMapLinkedOn: Text;
  readonly salesEventOn: Text;
}

export interface ReportStore extends StoreRow {
  readonly name: Text;
  readonly category: Text;
  readonly ownerName: Text;
  readonly phone: Text;
  readonly businessNumber: Text;
  readonly roadAddress: Text;
  readonly lotAddress: Text;
  readonly unit: Text;
  readonly channelUrl: Text;
  readonly mapPlaceUrl: Text;
}

export interface ReportSession extends SessionRow {
  readonly title: Text;
  readonly place: Text;
  readonly status: Text;
}

export interface ReportPerson extends PersonRow {
  readonly name: Text;
  readonly store: Text;
}

export interface ReportAttendance extends AttendanceRow {
  readonly signedAt: Text;
}

export interface ReportVisit extends VisitRow {
  readonly id: string;
  readonly trainer: Text;
  readonly startedAt: Text;
  readonly endedAt: Text;
  readonly outcome: Text;
  readonly checklistTemplate: Text;
}

export interface ReportCheck {
  readonly visit: Text;
  readonly item: Text;
  readonly state: Text;
  /** What was shown for it: an address, or words that a report does not show. */
  readonly value: Text;
}

export interface ReportChecklistTemplate {
  readonly id: string;
  readonly name: Text;
  readonly version: number | null;
  readonly items: unknown;
}

export interface ReportSurveyTemplate extends SurveyTemplateRow {
  readonly name: Text;
}

export interface ReportSurveyResponse extends SurveyResponseRow {
  readonly mode: Text;
}

export interface ReportGrant extends GrantRow {
  readonly usedAmount: number | null;
}

export interface ReportAward extends AwardRow {
  readonly site: Text;
  readonly person: Text;
  readonly title: Text;
}

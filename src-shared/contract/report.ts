import { z } from 'zod';
import type { CodeOf } from '../model/model.ts';
import { call } from './call.ts';
import { bytes, id, limit, line, period, type MadeFile } from './shapes.ts';

/** The figures of the report, in the order in which they are shown. */
export const figureNames = [
  'sites',
  'stores',
  'channelsOpened',
  'mapRegistered',
  'firstOnlineStores',
  'sessions',
  'visits',
  'merchantsTrained',
  'surveyResponses',
  'surveyMean',
  'surveyHelpfulShare',
  'friends',
  'grantHolders',
  'grantsPaid',
  'awards',
] as const;

export type FigureName = (typeof figureNames)[number];

/** Counts are whole numbers, grantsPaid whole won; surveyMean (1 to 5) and surveyHelpfulShare (0 to 1) are null without answers. */
export type Figures = Record<Exclude<FigureName, 'surveyMean' | 'surveyHelpfulShare'>, number> & {
  surveyMean: number | null;
  surveyHelpfulShare: number | null;
};

/**
 * Survey figures that are null because they would tell what fewer than `minimum` people answered: `few`, or because one
 * of those could be computed with it: `subtraction`.
 */
export interface Withheld {
  minimum: number;
  surveyMean?: 'few' | 'subtraction';
  surveyHelpfulShare?: 'few' | 'subtraction';
}

/** `withheld` is there when something is. */
export interface Kpis {
  total: Figures & { withheld?: Withheld };
  programs: ({ id: string; name: string; kind: string | null; withheld?: Withheld } & Figures)[];
}

/** The series of the charts: by site, month, trainer and question, the same numbers as in the workbook's sheets. */
export interface Dashboard {
  /** In the order of the workbook; `program` is a name, '' for none. */
  sites: {
    id: string;
    name: string;
    district: string;
    program: string;
    stores: number;
    channelsOpened: number;
    mapRegistered: number;
    sessions: number;
    visits: number;
    friends: number;
  }[];
  /** From the first to the last month in which something was recorded, at most 120; `month` is YYYY-MM, grantsPaid won. */
  months: {
    month: string;
    sessions: number;
    merchantsTrained: number;
    visits: number;
    channelsOpened: number;
    mapRegistered: number;
    friendsGained: number;
    friends: number;
    grantsPaid: number;
  }[];
  /** Those who visited; `name` is masked, `number` tells two of one name apart; outcomes by code. */
  trainers: { id: string; number: number; name: string; visits: number; outcomes: Record<string, number> }[];
  /** As the sheet of questions has them; `withheld` says why answers that were given are not counted. */
  questions: {
    question: string;
    kind: string;
    choice: string | null;
    answered: number;
    scores: number[] | null;
    yes: number | null;
    no: number | null;
    chosen: number | null;
    mean: number | null;
    share: number | null;
    withheld: { reason: 'few' | 'subtraction'; minimum: number } | null;
  }[];
}

/** The rows behind a figure, latest first; `next` is the `after` of the rest. Names of people are masked. */
export interface CountedRows {
  total: number;
  rows: {
    entity:
      | 'site'
      | 'store'
      | 'session'
      | 'person'
      | 'visit'
      | 'surveyResponse'
      | 'friendReading'
      | 'grant'
      | 'award';
    id: string;
    title: string;
    /** Where it belongs: its market, its shop, who visited. */
    context: string;
    /** YYYY-MM-DD in Asia/Seoul; null where there is none, or the figure does not go by it. */
    day: string | null;
    /** Won, or friends: what the figure adds; null where rows are counted. */
    amount: number | null;
    outcome: CodeOf<'visit', 'outcome'> | null;
    /** The record with a page of its own where it is to be seen. */
    lead: { to: 'site' | 'store' | 'session' | 'attendance' | 'survey' | 'visit'; id: string } | null;
  }[];
  next: string | null;
}

const countedRows = z.strictObject({
  figure: z.enum(figureNames),
  ...period,
  site: id.optional(),
  /** Whose visits; no other figure has a trainer. */
  trainer: id.optional(),
  /** YYYY-MM: only the days of the period that lie in it. */
  month: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .optional(),
  after: z
    .string()
    .regex(/^\d{1,9}$/)
    .nullable()
    .default(null),
  limit,
});

/** What became of a template; both lists are empty without one. */
export interface FilledTemplate {
  /** The names of the sheets that were filled. */
  filled: string[];
  /**
   * What of the template's own pages reads only a part of the filled rows: the part of the package, the sheet's name where
   * it is one, the range in it, and the row up to which it should go. It is as it was: only its author knows what it
   * should read.
   */
  bounded: { part: string; sheet: string | null; range: string; lastRow: number }[];
}

/** The sheets that name people or their numbers, and what they are called in the workbook. */
export const personalSheets = {
  stores: '점포',
  attendance: '교육·출석',
  visits: '방문',
  trainers: '트레이너별',
  awards: '포상',
} as const;

export type PersonalSheet = keyof typeof personalSheets;

const personalSheet = z.enum(Object.keys(personalSheets) as [PersonalSheet, ...PersonalSheet[]]);

export const report = {
  'report.kpis': call<Kpis>()(z.strictObject(period).default({})),
  /** The charts on screen; refuses like `report.kpis`. */
  'report.dashboard': call<Dashboard>()(z.strictObject(period).default({})),
  /** The rows that a figure counts, all of them or those of a site, a trainer or a month; refuses like `report.kpis`. */
  'report.rows': call<CountedRows>()(countedRows),
  /**
   * The Excel workbook, with people masked on every sheet; with `personal`, in full on the sheets that are named, all of
   * them when none is. It needs a reason (REASON_MISSING), which stands on the first sheet and in the audit. Or, with `template`, that workbook with the sheets filled that are named as the report's, and
   * everything else as it was. Refuses a template with TEMPLATE_…, leaving everything as it was. Tells how far it is as
   * the job `report`, in percent. Whoever asks for another before it is done stops it: it is then refused with CANCELLED.
   */
  'report.workbook': call<MadeFile & FilledTemplate>()(
    z
      .strictObject({
        ...period,
        personal: z
          .strictObject({ sheets: z.array(personalSheet).max(10).optional(), reason: line.default('') })
          .optional(),
        template: z.strictObject({ file: z.string().max(1000), bytes }).optional(),
      })
      .default({}),
  ),
  /** Stops the workbook that is being made, of which nothing is left; without one it does nothing. */
  'report.stop': call<null>()(z.strictObject({}).default({})),
};

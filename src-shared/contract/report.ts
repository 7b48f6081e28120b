import { z } from 'zod';
import { call } from './call.ts';
import { bytes, period, type MadeFile } from './shapes.ts';

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

export interface Kpis {
  total: Figures;
  programs: ({ id: string; name: string; kind: string | null } & Figures)[];
}

/** What became of a template; both lists are empty without one. */
export interface FilledTemplate {
  /** The names of the sheets that were filled. */
  filled: string[];
  /**
   * What of the template's own pages reads only a part of the filled rows: the part of the package, the range in it, and
   * the row up to which it should go. It is as it was: only its author knows what it should read.
   */
  bounded: { part: string; range: string; lastRow: number }[];
}

export const report = {
  'report.kpis': call<Kpis>()(z.strictObject(period).default({})),
  /**
   * The Excel workbook; or, with `template`, that workbook with the sheets filled that are named as the report's, and
   * everything else as it was. Refuses a template with TEMPLATE_…, leaving everything as it was. Tells how far it is as
   * the job `report`, in percent. Whoever asks for another before it is done stops it: it is then refused with CANCELLED.
   */
  'report.workbook': call<MadeFile & FilledTemplate>()(
    z
      .strictObject({
        ...period,
        template: z.strictObject({ file: z.string().max(1000), bytes }).optional(),
      })
      .default({}),
  ),
  /** Stops the workbook that is being made, of which nothing is left; without one it does nothing. */
  'report.stop': call<null>()(z.strictObject({}).default({})),
};

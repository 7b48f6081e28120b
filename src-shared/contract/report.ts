import { z } from 'zod';
import { call } from './call.ts';
import { period, type MadeFile } from './shapes.ts';

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

export const report = {
  'report.kpis': call<Kpis>()(z.strictObject(period).default({})),
  /** The Excel workbook. */
  'report.workbook': call<MadeFile>()(z.strictObject(period).default({})),
};

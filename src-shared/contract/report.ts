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

export interface Kpis {
  total: Figures;
  programs: ({ id: string; name: string; kind: string | null } & Figures)[];
}

export const report = {
  'report.kpis': call<Kpis>()(z.strictObject(period).default({})),
  /** The Excel workbook. */
  'report.workbook': call<MadeFile>()(z.strictObject(period).default({})),
};

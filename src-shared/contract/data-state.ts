import { z } from 'zod';
import { dataLineIds, type DataLineId, type ElsewhereId, type Finding } from '../desk/data-lines.ts';
import { call } from './call.ts';
import { id, limit } from './shapes.ts';

export interface DataStateSummary {
  /** The day in Asia/Seoul against which all was judged. */
  today: string;
  /** In the order in which the lines are declared; those with nothing are in it too. */
  lines: { id: DataLineId; count: number }[];
  /** What has a screen of its own; null where it is only counted there. They know no programme. */
  elsewhere: { id: ElsewhereId; count: number | null }[];
}

/** One thing to look at. */
export interface DataStateRow {
  entity: string;
  id: string;
  title: string;
  context: string;
  /** The day of what has no name of its own, YYYY-MM-DD. */
  day: string | null;
  findings: Finding[];
  /** The screen where it is mended; null where only its history can be read. */
  screen: DataScreen | null;
}

export type DataScreen =
  | { at: 'visit' | 'store' | 'program'; id: string }
  | { at: 'session'; id: string; part: 'attendance' | 'visits' | 'survey' };

export const dataState = {
  /** How much of the data is missing or cannot be right, line by line; `program` leaves out what belongs to another. */
  'dataState.summary': call<DataStateSummary>()(z.strictObject({ program: id.optional() }).default({})),
  /** The rows of a line, the newest or the gravest first; `after` is the `next` of the page before. */
  'dataState.rows': call<{ total: number; rows: DataStateRow[]; next: string | null }>()(
    z.strictObject({
      line: z.enum(dataLineIds),
      program: id.optional(),
      limit,
      after: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
    }),
  ),
};

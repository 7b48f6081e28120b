import type { DataLineId } from '#shared/desk/data-lines.ts';
import type { Line } from './line.ts';
import { attendanceDates, noAttendance, unmarked } from './sessions.ts';
import {
  channelDates,
  closedButVisited,
  dayWithoutUrl,
  mapDates,
  noSite,
  readingDates,
  urlWithoutDay,
} from './shops.ts';
import { answersMissing, responseDates, underMinimum } from './surveys.ts';
import { noOutcome, notEnded, unanswered, visitDates } from './visits.ts';

/** How the rows of each line are found. A line without a way to find its rows does not compile. */
export const lines: Readonly<Record<DataLineId, Line>> = {
  unanswered,
  noOutcome,
  notEnded,
  visitDates,
  noAttendance,
  unmarked,
  attendanceDates,
  answersMissing,
  responseDates,
  underMinimum,
  noSite,
  closedButVisited,
  dayWithoutUrl,
  urlWithoutDay,
  channelDates,
  mapDates,
  readingDates,
};

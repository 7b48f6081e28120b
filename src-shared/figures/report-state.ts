import type { DataLineId, ElsewhereId } from '../desk/data-lines.ts';

/** What a report says of the data that it is made of. */
export interface ReportState {
  /** Of the programme that is asked for, or of all. */
  readonly lines: readonly { readonly id: DataLineId; readonly count: number }[];
  /** Of the whole store; null where nobody has counted. */
  readonly elsewhere: readonly { readonly id: ElsewhereId; readonly count: number | null }[];
  readonly merged: MergedFiles;
}

/** The files of others that are in now. */
export interface MergedFiles {
  readonly files: number;
  /** ISO 8601 UTC; null when nothing was merged. */
  readonly lastAt: string | null;
}

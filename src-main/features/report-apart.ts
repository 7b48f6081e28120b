import type { CheckedOf, OutputOf } from '#shared/contract/contract.ts';

/** A workbook to make, with what it takes to read the store from elsewhere. The key stays in this process's memory. */
export interface ReportOrder extends ReportWish {
  readonly dataDir: string;
  readonly key: Uint8Array;
}

export interface ReportWish {
  readonly input: CheckedOf<'report.workbook'>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Hears how many rows are written. */
  readonly told: (done: number, total: number) => void;
}

/** A workbook in the making. */
export interface ReportRun {
  /** Refuses as `report.workbook`, but for CANCELLED: whoever stops it need not be told. */
  readonly made: Promise<OutputOf<'report.workbook'>>;
  /** Leaves nothing of it; `made` may then never be settled. */
  stop(): void;
}

/** Makes workbooks apart from the core. */
export type ReportApart = (order: ReportOrder) => ReportRun;

import type { CheckedOf } from '#shared/contract/contract.ts';
import { personalSheets, type PersonalSheet } from '#shared/contract/report.ts';
import { some, type Act } from './rule.ts';

/** Of a report, also of one that the command line writes to a file by itself. */
export function reported({ program, personal }: CheckedOf<'report.workbook'>): Act {
  if (!personal) return { what: 'reported', subject: some({ program }) };
  const all = Object.keys(personalSheets) as PersonalSheet[];
  const parts = all.filter((sheet) => personal.sheets?.includes(sheet) ?? true);
  const subject = { parts, full: true, ...some({ program }) };
  return { what: 'reportedInFull', subject, why: personal.reason };
}

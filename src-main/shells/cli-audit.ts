import type { AuditCode, AuditRow } from '#shared/contract/audit.ts';
import type { OutputOf } from '#shared/contract/contract.ts';
import { writeFileAtomic } from '../core.ts';
import { valueOf, withCore, type Outcome, type Place } from './cli-commands.ts';

export interface AuditQuestion {
  readonly what?: AuditCode;
  /** Days in Asia/Seoul, both included. */
  readonly from?: string;
  readonly to?: string;
}

/** The record of access, however long it is, the newest first; with `out` as a workbook instead. */
export function auditOf(
  place: Place,
  { out, ...question }: AuditQuestion & { readonly out?: string },
): Promise<Outcome> {
  return withCore(place, async (core) => {
    if (out !== undefined) {
      const made = valueOf(await core.call('audit.export', question)) as OutputOf<'audit.export'>;
      writeFileAtomic(out, made.bytes);
      return { value: { file: out, entries: made.entries } };
    }
    const entries: AuditRow[] = [];
    for (let after: string | undefined; ;) {
      const input = { ...question, limit: 1000, ...(after === undefined ? {} : { after }) };
      const page = valueOf(await core.call('audit.list', input)) as OutputOf<'audit.list'>;
      entries.push(...page.rows);
      if (page.next === null) return { value: { head: page.head, entries } };
      after = page.next;
    }
  });
}

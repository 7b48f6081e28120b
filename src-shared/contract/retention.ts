import { z } from 'zod';
import type { CodeOf } from '../model/model.ts';
import { call } from './call.ts';
import { date, id, limit, line, type MadeFile } from './shapes.ts';

/** How many records still hold a value in one field. */
export interface HeldKind {
  entity: string;
  field: string;
  records: number;
}

export interface RetentionProgram {
  id: string;
  name: string;
  endsOn: string | null;
  /** Whole months after the end; null where nobody decided. */
  months: number | null;
  /** The last day of the period; null where the end or the period is missing. */
  keptUntil: string | null;
  /** Records of which it is a part that are due, or will be within 30 days. */
  due: number;
  soon: number;
}

export interface RetentionState {
  /** The day in Asia/Seoul against which all was judged. */
  today: string;
  programs: RetentionProgram[];
  due: number;
  soon: number;
  /** Records with personal data that are part of no programme: they never fall due by themselves. */
  unruled: number;
}

/** One record that is due or will be soon; names are masked. */
export interface DueRow {
  entity: string;
  id: string;
  title: string;
  context: string;
  /** What would be destroyed. */
  fields: string[];
  /** The first day on which it is due. */
  dueFrom: string;
  programs: string[];
}

/** What a decision would destroy. It is decided by `token`: with other data it is another decision. */
export interface RetentionPreview {
  token: string;
  records: number;
  values: number;
  kinds: HeldKind[];
  /** Exchange files that wait in the outbox with their content: they are made anew. */
  outbox: number;
  /** Exchange files that the outbox has sent before. */
  sent: number;
  /** Copies that the program made by itself, all from before; and folders that a restore set aside. */
  copies: number;
  aside: number;
}

/** One line of the record of destruction (파기 대장). It holds no value and no name of a merchant. */
export interface Certificate {
  id: string;
  /** ISO 8601 UTC, from the change's clock. */
  at: string;
  destroyedOn: string | null;
  basis: CodeOf<'destruction', 'basis'> | null;
  reason: string;
  by: { id: string; name: string | null } | null;
  laptop: { id: string; name: string | null };
  rules: CertificateRule[];
  kinds: HeldKind[];
  records: number;
  /** Exchange files that had left by the outbox of that laptop, in which the values may stand. */
  sent: CertificateSent[];
  /** Somebody wrote to it afterwards: what stands here is what was written first. */
  altered: boolean;
}

export interface CertificateRule {
  id: string;
  name: string;
  endsOn: string | null;
  months: number | null;
  keptUntil: string | null;
}

export interface CertificateSent {
  /** The name of the destination. */
  to: string;
  kind: 'session' | 'kit';
  files: number;
  /** The days, in Asia/Seoul, of the first and the last. */
  from: string;
  until: string;
}

/** What became of the copies that the program makes by itself; null where none are made. */
export interface RenewedCopies {
  removed: number;
  /** Could not be opened, or are of another store: they stay. */
  left: number;
  /** Folders that a restore set aside; they stay. */
  aside: number;
}

/** What is decided about: what is due, of all programmes or of one; or all of one person. */
const scope = {
  program: id.optional(),
  person: id.optional(),
};

export const retention = {
  'retention.state': call<RetentionState>()(z.strictObject({}).default({})),
  /** The records that are due (`now`), or will be within 30 days (`soon`), those due the longest first. */
  'retention.rows': call<{ total: number; rows: DueRow[]; next: string | null }>()(
    z.strictObject({
      when: z.enum(['now', 'soon']).default('now'),
      program: id.optional(),
      limit,
      after: z
        .string()
        .regex(/^\d{1,9}$/)
        .optional(),
    }),
  ),
  'retention.preview': call<RetentionPreview>()(z.strictObject(scope).default({})),
  /**
   * Destroys what the preview of that token showed, everywhere it went or will come from, and writes the certificate: all
   * of it or nothing. Then the copies from before are made anew. Refuses with RETENTION_REASON, RETENTION_CHANGED when
   * the data is another by now, RETENTION_NOTHING, DELIVERY_SENDING while an exchange file is on its way.
   */
  'retention.erase': call<{
    certificate: string;
    records: number;
    values: number;
    copies: RenewedCopies | null;
  }>()(
    z.strictObject({
      ...scope,
      token: z.string().length(64),
      reason: line,
      /** Of a person: why at all. */
      basis: z.enum(['withdrawal', 'request']).default('withdrawal'),
    }),
  ),
  /** The record of destruction, the newest first; `from` and `to` are days in Asia/Seoul, both included. */
  'retention.certificates': call<Certificate[]>()(
    z.strictObject({ from: date.optional(), to: date.optional() }).default({}),
  ),
  /** The same as an Excel workbook. */
  'retention.book': call<MadeFile & { certificates: number }>()(
    z.strictObject({ from: date.optional(), to: date.optional() }).default({}),
  ),
};

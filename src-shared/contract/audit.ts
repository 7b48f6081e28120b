import { z } from 'zod';
import { call } from './call.ts';
import { date, limit, type MadeFile } from './shapes.ts';

/** What is taken down; a closed list, and each has words in the window's texts. */
export const auditCodes = [
  /** A session file, a kit or a dump left the program. */
  'exported',
  /** A sheet was laid out for printing. */
  'printed',
  /** Personal data was shown in full, of one record or one screen; once a day. */
  'unmasked',
  'erased',
  /** A file came in: merged, or a list of shops or markets. */
  'imported',
  'importUndone',
  'restored',
  'backedUp',
  /** A person said something of a laptop's key, or accepted another one. */
  'keyJudged',
  'keyAccepted',
  /** The PIN was taken away without asking for it. */
  'pinReset',
  /** A workbook with everybody masked, and one with people in full on some sheets. */
  'reported',
  'reportedInFull',
  /** The workbook to settle conflicts in, which holds the values that disagree. */
  'conflictBook',
  'auditExported',
  /** Entries older than are kept were taken out. */
  'sealed',
] as const;

export type AuditCode = (typeof auditCodes)[number];

/** What an entry is about: ids, counts and the names of files, never a value of a record. */
export interface AuditSubject {
  entity?: string;
  record?: string;
  /** The name of a file that came in, or was taken out of the outbox. */
  file?: string;
  /** What is sent: to which destination, by its name. */
  to?: string;
  /** Which kind of file, sheet or answer. */
  form?: string;
  /** Changes, rows, records or entries, as the code and the form have it. */
  count?: number;
  /** Fields, or sheets of a workbook. */
  parts?: readonly string[];
  /** Whether people stand in it in full. */
  full?: boolean;
  /** Whether only the laptops that it was made for can open it; of several files, each of them. */
  sealed?: boolean;
  program?: string;
  sessions?: readonly string[];
  sites?: readonly string[];
  trainers?: readonly string[];
  /** Of a restore: whether all of the former store's entries were carried over; null when nobody knows. */
  whole?: boolean | null;
  /** Of a seal: from which entry up to which, and the hash of the last. */
  from?: number;
  upTo?: number;
  hash?: string;
  /** Where it stood before a copy was restored that knew nothing of it. */
  formerly?: { n: number; hash: string; altered?: boolean };
}

export interface AuditRow {
  n: number;
  /** ISO 8601 UTC. */
  at: string;
  what: AuditCode;
  /** Whoever the laptop said it was used by, as they were called then. */
  person: { id: string; name: string | null } | null;
  /** The laptop's id. */
  laptop: string;
  via: 'window' | 'commandLine';
  subject: AuditSubject;
  /** What the subject's record is called now; empty where it has none, or none any more. */
  title: string;
  why: string | null;
  hash: string;
}

/** `head` is what one writes down elsewhere to see later that nothing was cut off or made anew. */
export interface AuditPage {
  total: number;
  rows: AuditRow[];
  next: string | null;
  head: { n: number; hash: string };
}

const filter = {
  what: z.enum(auditCodes).optional(),
  /** Days in Asia/Seoul, both included. */
  from: date.optional(),
  to: date.optional(),
};

export const audit = {
  /** What was done with personal data on this laptop, the newest first; `after` is the `next` of the page before. */
  'audit.list': call<AuditPage>()(
    z
      .strictObject({
        ...filter,
        limit,
        after: z
          .string()
          .regex(/^\d{1,15}$/)
          .optional(),
      })
      .prefault({}),
  ),
  /** The same as an Excel workbook, with every hash; that it was made is an entry itself. */
  'audit.export': call<MadeFile & { entries: number }>()(z.strictObject(filter).default({})),
};

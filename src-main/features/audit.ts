import type { AuditPage, AuditRow, AuditSubject } from '#shared/contract/audit.ts';
import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { isEntityName } from '#shared/model/model.ts';
import type { AuditEntry } from '../store/audit-chain.ts';
import type { AuditFilter } from '../store/audit.ts';
import { titleOf } from '../store/titles.ts';
import { auditBook } from '../workbook/audit-book.ts';
import { workbookBytes } from '../workbook/compose/compose.ts';
import { dayOf, type Deps } from './deps.ts';

export function auditHandlers(deps: Deps): Pick<Handlers, 'audit.list' | 'audit.export'> {
  return {
    'audit.list': (input) => list(deps, input),
    'audit.export': (input) => exportBook(deps, input),
  };
}

function list(deps: Deps, { limit, after, ...input }: CheckedOf<'audit.list'>): AuditPage {
  const { audit } = deps.store;
  const filter = filterOf(input);
  const entries = audit.list(filter, limit + 1, after === undefined ? undefined : Number(after));
  const rows = entries.slice(0, limit).map((entry) => rowOf(deps, entry));
  return {
    total: audit.count(filter),
    rows,
    next: entries.length > limit ? String(rows.at(-1)!.n) : null,
    head: audit.head(),
  };
}

/** The oldest first, as one reads a book; its own entry comes after it. */
async function exportBook(deps: Deps, input: CheckedOf<'audit.export'>): Promise<OutputOf<'audit.export'>> {
  const { audit, laptop } = deps.store;
  const now = deps.now();
  const filter = filterOf(input);
  const entries = audit.list(filter, audit.count(filter)).reverse();
  const rows = entries.map((entry) => rowOf(deps, entry));
  const book = auditBook(rows, { head: audit.head(), laptop: laptop(), now, ...input });
  return {
    name: `단골수첩 접속기록 ${dayOf(now)}.xlsx`,
    bytes: await workbookBytes(book),
    entries: rows.length,
  };
}

/** Days in Asia/Seoul, which has no summer time. */
function filterOf({ what, from, to }: CheckedOf<'audit.export'>): AuditFilter {
  if (from !== undefined && to !== undefined && from > to) {
    throw new Refusal('INVALID_INPUT', { at: 'to', reason: `${to} < ${from}` });
  }
  const begin = (day: string, plus: number): string =>
    new Date(Date.parse(`${day}T00:00:00+09:00`) + plus * 86_400_000).toISOString();
  return { what, from: from && begin(from, 0), until: to && begin(to, 1) };
}

function rowOf({ store }: Deps, entry: AuditEntry): AuditRow {
  const { n, at, what, person, name, laptop, via, why, hash } = entry;
  const subject = subjectOf(entry);
  return {
    ...{ n, at, laptop, subject, why, hash },
    what: what as AuditRow['what'],
    person: person === null ? null : { id: person, name },
    via: via as AuditRow['via'],
    title: titleFor(store, subject),
  };
}

/** One that was tampered with may hold anything; the rest of the list must be readable all the same. */
function subjectOf({ subject }: AuditEntry): AuditSubject {
  try {
    const parsed: unknown = JSON.parse(subject);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

function titleFor(store: Deps['store'], { entity, record }: AuditSubject): string {
  if (entity === undefined || record === undefined) return '';
  if (entity === 'laptop') return store.laptops.get(record)?.name ?? '';
  return isEntityName(entity) ? titleOf(store, entity, record).title : '';
}

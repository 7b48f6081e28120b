import type { SessionRow } from '#shared/contract/sessions.ts';

/** Where a session opens: a day of visits at its visits, everything else at its roster. */
export function pathOf(session: Pick<SessionRow, 'id' | 'kind'>): string {
  return `/sessions/${session.id}/${session.kind === 'visitDay' ? 'visits' : 'attendance'}`;
}

import type { SessionRow } from '#shared/contract/sessions.ts';
import type { Missing } from '#shared/visiting/missing.ts';

/** Where a session opens: a day of visits at its visits, everything else at its roster. */
export function pathOf(session: Pick<SessionRow, 'id' | 'kind'>): string {
  return `/sessions/${session.id}/${session.kind === 'visitDay' ? 'visits' : 'attendance'}`;
}

/** Where something that is missing can be mended; in a visit, the very field. */
export function missingPath(session: Pick<SessionRow, 'id'>, { what, visit, item }: Missing): string {
  if (what === 'trainers') return `/sessions/${session.id}/plan`;
  if (what === 'attendance') return `/sessions/${session.id}/attendance`;
  const at = what === 'friends' ? 'friends' : item;
  return at === null ? `/visits/${visit}` : `/visits/${visit}?at=${encodeURIComponent(at)}`;
}

import type { RosterRow } from '#shared/contract/sessions.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { headsOf } from '#shared/merge/register.ts';
import { toPerson } from './session-queries.ts';
import type { Store } from './store.ts';

type Reading = Pick<Store, 'db' | 'projector'>;
type Row = Record<string, string | number | null>;

/** Who is on the roster of a session; `markedAt` is when the mark that is shown was written, in milliseconds since 1970. */
export function rosterOf(
  store: Reading,
  session: string,
): (Omit<RosterRow, 'markedOn'> & { markedAt: number | null })[] {
  const rows = store.db
    .prepare(
      `SELECT a.id AS attendance, a.status, a.signedAt, a.signature, a.person AS id, p.name, p.kind, p.phone,
         s.id AS storeId, s.name AS storeName
       FROM live_attendance a LEFT JOIN live_person p ON p.id = a.person LEFT JOIN live_store s ON s.id = p.store
       WHERE a.session = ? ORDER BY p.name, a.id`,
    )
    .all(session) as Row[];
  return rows.map((row) => {
    const attendance = String(row['attendance']);
    return {
      attendance,
      person: toPerson(row),
      status: row['status'] as RosterRow['status'],
      markedAt: row['status'] === null ? null : markedAt(store, attendance),
      signedAt: row['signedAt'] as string | null,
      signature: row['signature'] as string | null,
    };
  });
}

/** From the clock of the change that set the mark: the record itself does not say when it was made. */
function markedAt({ projector }: Reading, attendance: string): number | null {
  const changes = projector.changesAt(projector.table('attendance').places(attendance));
  const ids =
    headsOf(changes)
      .get('status')
      ?.map(({ change }) => change.id) ?? [];
  const shown = ids.sort().at(-1);
  return shown === undefined ? null : parseChangeId(shown).ms;
}

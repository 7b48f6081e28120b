import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { dayOf, freshId, mustBeLive, writeRecord, type Deps } from './deps.ts';

type Methods = 'attendance.add' | 'attendance.walkIn' | 'attendance.mark';

export function attendanceHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'attendance.add': (input) => add(deps, input),
    'attendance.walkIn': (input) => walkIn(deps, input),
    'attendance.mark': (input) => mark(deps, input),
  };
}

function add(deps: Deps, { session, person }: CheckedOf<'attendance.add'>): { attendance: string } {
  mustBeLive(deps, 'session', session);
  mustBeLive(deps, 'person', person);
  const attendance = idFromParts('attendance', [session, person]);
  writeRecord(deps, 'attendance', attendance, { session, person });
  return { attendance };
}

/** The person and the mark in one transaction: a walk-in is never half there. */
function walkIn(
  deps: Deps,
  { session, name, phone, store }: CheckedOf<'attendance.walkIn'>,
): { attendance: string; person: string } {
  mustBeLive(deps, 'session', session);
  const person = freshId(deps);
  const attendance = idFromParts('attendance', [session, person]);
  deps.store.log.write([
    {
      entity: 'person',
      id: person,
      set: { name, phone: phone || null, kind: 'merchant', store: store ?? null, consentOn: null },
    },
    { entity: 'attendance', id: attendance, set: { session, person, status: 'present' } },
  ]);
  openSession(deps, session);
  deps.tell({ kind: 'changed', entities: ['person', 'attendance'] });
  return { attendance, person };
}

function mark(deps: Deps, { session, person, status }: CheckedOf<'attendance.mark'>): null {
  mustBeLive(deps, 'session', session);
  writeRecord(deps, 'attendance', idFromParts('attendance', [session, person]), { session, person, status });
  if (status !== null) openSession(deps, session);
  return null;
}

/** The first mark on the session's day or later opens a planned session. */
export function openSession(deps: Deps, session: string): void {
  const row = deps.store.projector.table('session').get(session)?.fields;
  if (row?.['status'] !== 'planned' || String(row['date'] ?? '') > dayOf(deps.now())) return;
  writeRecord(deps, 'session', session, { status: 'open' });
}

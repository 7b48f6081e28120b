import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { PictureFile } from '#shared/contract/photos.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { PHOTO_LIMITS } from '#shared/pictures/size.ts';
import type { Write } from '../store/log.ts';
import { transaction } from '../store/sqlite.ts';
import { dayOf, freshId, mustBeLive, writeRecord, type Deps } from './deps.ts';
import { mustBePicture, pictureFile } from './pictures.ts';

type Methods =
  | 'attendance.add'
  | 'attendance.walkIn'
  | 'attendance.mark'
  | 'attendance.markMany'
  | 'attendance.sign'
  | 'attendance.clearSignature'
  | 'attendance.signature';

/** One person at one session. */
interface Who {
  readonly session: string;
  readonly person: string;
}

export function attendanceHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'attendance.add': (input) => add(deps, input),
    'attendance.walkIn': (input) => walkIn(deps, input),
    'attendance.mark': (input) => mark(deps, input),
    'attendance.markMany': (input) => markMany(deps, input),
    'attendance.sign': (input) => sign(deps, input),
    'attendance.clearSignature': (input) => clearSignature(deps, input),
    'attendance.signature': (input) => signature(deps, input),
  };
}

function add(deps: Deps, { session, person }: CheckedOf<'attendance.add'>): { attendance: string } {
  mustBeLive(deps, 'session', session);
  mustBeLive(deps, 'person', person);
  const attendance = idOf({ session, person });
  writeRecord(deps, 'attendance', attendance, { session, person });
  return { attendance };
}

/** The person and the mark in one transaction: a walk-in is never half there. */
function walkIn(
  deps: Deps,
  { session, name, phone, store, status }: CheckedOf<'attendance.walkIn'>,
): { attendance: string; person: string } {
  mustBeLive(deps, 'session', session);
  const person = freshId(deps);
  const attendance = idOf({ session, person });
  deps.store.log.write([
    {
      entity: 'person',
      id: person,
      set: { name, phone: phone || null, kind: 'merchant', store: store ?? null, consentOn: null },
    },
    { entity: 'attendance', id: attendance, set: { session, person, status } },
  ]);
  openSession(deps, session);
  deps.tell({ kind: 'changed', entities: ['person', 'attendance'] });
  return { attendance, person };
}

function mark(deps: Deps, { session, person, status }: CheckedOf<'attendance.mark'>): null {
  mustBeLive(deps, 'session', session);
  writeRecord(deps, 'attendance', idOf({ session, person }), { session, person, status });
  if (status !== null) openSession(deps, session);
  return null;
}

function markMany(
  deps: Deps,
  { session, people, from, to }: CheckedOf<'attendance.markMany'>,
): { people: string[] } {
  mustBeLive(deps, 'session', session);
  const meant = people.filter((person) => {
    const fields = fieldsOf(deps, { session, person });
    return fields && fields['deleted'] !== true && (fields['status'] ?? null) === from;
  });
  deps.store.log.write(
    meant.map((person): Write => ({
      entity: 'attendance',
      id: idOf({ session, person }),
      set: { status: to },
    })),
  );
  if (to !== null && meant.length > 0) openSession(deps, session);
  deps.tell({ kind: 'changed', entities: ['attendance'] });
  return { people: meant };
}

/** The picture and the record that names it in one transaction. */
function sign(deps: Deps, { signature: bytes, ...who }: CheckedOf<'attendance.sign'>): null {
  mustBeLive(deps, 'session', who.session);
  if (bytes && mustBePicture(bytes, PHOTO_LIMITS.signature).format !== 'png') {
    throw new Refusal('INVALID_INPUT', { at: 'signature', reason: 'not a PNG' });
  }
  const marked = fieldsOf(deps, who)?.['status'] ?? null;
  transaction(deps.store.db, () => {
    const set = {
      ...who,
      signedAt: new Date(deps.now()).toISOString(),
      ...(bytes ? { signature: deps.store.blobs.put(bytes, 'here') } : {}),
      ...(marked === null ? { status: 'present' } : {}),
    };
    deps.store.log.write([{ entity: 'attendance', id: idOf(who), set }]);
  });
  openSession(deps, who.session);
  deps.tell({ kind: 'changed', entities: ['attendance'] });
  return null;
}

/** Erased, not set to nothing: a signature that was taken back must not lie in the log (docs/decisions/0010). */
function clearSignature(deps: Deps, who: CheckedOf<'attendance.clearSignature'>): null {
  const fields = fieldsOf(deps, who);
  if (!fields) throw new Refusal('NOT_FOUND', { entity: 'attendance', id: idOf(who) });
  const id = idOf(who);
  const writes: Write[] = [{ entity: 'attendance', id, set: { signedAt: null } }];
  if (fields['signature'] !== undefined) writes.push({ entity: 'attendance', id, erase: ['signature'] });
  deps.store.log.write(writes);
  deps.tell({ kind: 'changed', entities: ['attendance'] });
  return null;
}

function signature(deps: Deps, who: CheckedOf<'attendance.signature'>): PictureFile | null {
  const found = fieldsOf(deps, who)?.['signature'];
  return pictureFile(deps.store, typeof found === 'string' ? found : null);
}

function idOf({ session, person }: Who): string {
  return idFromParts('attendance', [session, person]);
}

function fieldsOf(deps: Deps, who: Who): Readonly<Record<string, unknown>> | undefined {
  return deps.store.projector.table('attendance').get(idOf(who))?.fields;
}

/** The first mark on the session's day or later opens a planned session. */
export function openSession(deps: Deps, session: string): void {
  const row = deps.store.projector.table('session').get(session)?.fields;
  if (row?.['status'] !== 'planned' || String(row['date'] ?? '') > dayOf(deps.now())) return;
  writeRecord(deps, 'session', session, { status: 'open' });
}

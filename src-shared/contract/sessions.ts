import { z } from 'zod';
import { model, type CodeOf } from '../model/model.ts';
import { call } from './call.ts';
import type { PictureFile } from './photos.ts';
import { bytes, date, id, limit, line, paragraph, requiredLine } from './shapes.ts';

export const codesOf = <C extends string>(field: { codes?: Readonly<Record<C, unknown>> }): [C, ...C[]] =>
  Object.keys(field.codes ?? {}) as [C, ...C[]];

export interface ProgramRow {
  id: string;
  name: string;
  kind: string | null;
  startsOn: string | null;
  endsOn: string | null;
}

export interface SiteRow {
  id: string;
  name: string;
  kind: string | null;
  program: string | null;
  province: string | null;
  district: string | null;
  stores: number;
}

export interface PersonRow {
  id: string;
  name: string;
  kind: string | null;
  phone: string | null;
  store: { id: string; name: string } | null;
}

export interface SessionRow {
  id: string;
  title: string;
  kind: CodeOf<'session', 'kind'> | null;
  date: string | null;
  place: string | null;
  status: CodeOf<'session', 'status'> | null;
  program: { id: string; name: string } | null;
  site: { id: string; name: string } | null;
  /** People on the roster. */
  roster: number;
  present: number;
  late: number;
  absent: number;
  visits: number;
  visitsOpen: number;
  responses: number;
}

export interface RosterRow {
  attendance: string;
  person: PersonRow;
  status: CodeOf<'attendance', 'status'> | null;
  /** The day of Asia/Seoul on which the mark was written down, which is later than the session's for a paper sheet. */
  markedOn: string | null;
  signedAt: string | null;
  /** What the picture of the signature is known by; null where there is none. */
  signature: string | null;
}

export interface SessionVisitRow {
  id: string;
  store: { id: string; name: string } | null;
  trainer: { id: string; name: string } | null;
  outcome: CodeOf<'visit', 'outcome'> | null;
  startedAt: string | null;
  endedAt: string | null;
  checksDone: number;
  checks: number;
}

export interface SessionView extends SessionRow {
  note: string | null;
  trainers: PersonRow[];
  people: RosterRow[];
  visitRows: SessionVisitRow[];
  checklistItems: number;
}

const kind = z.enum(codesOf(model.session.fields.kind));
const mark = z.enum(codesOf(model.attendance.fields.status));

export const sessions = {
  'programs.list': call<ProgramRow[]>()(z.strictObject({}).default({})),
  'sites.search': call<SiteRow[]>()(
    z.strictObject({ text: line.default(''), program: id.optional(), limit }),
  ),
  'people.search': call<PersonRow[]>()(
    z.strictObject({
      text: line.default(''),
      kind: z.enum(codesOf(model.person.fields.kind)).optional(),
      site: id.optional(),
      limit,
    }),
  ),
  /** Sessions, newest first; `from` and `to` are days of Asia/Seoul, both included. */
  'sessions.list': call<SessionRow[]>()(
    z.strictObject({ from: date.optional(), to: date.optional(), text: line.default(''), limit }),
  ),
  'sessions.get': call<SessionView>()(z.strictObject({ id })),
  /** Plans a session at a site, with the people expected there. */
  'sessions.plan': call<{ id: string }>()(
    z.strictObject({
      site: id,
      program: id.optional(),
      kind,
      title: requiredLine,
      date,
      place: line.optional(),
      trainers: z.array(id).max(50).default([]),
      roster: z.array(id).max(2000).default([]),
    }),
  ),
  'sessions.update': call<null>()(
    z.strictObject({
      id,
      title: requiredLine.optional(),
      date: date.optional(),
      place: line.nullish(),
      note: paragraph.nullish(),
      status: z.enum(codesOf(model.session.fields.status)).optional(),
    }),
  ),
  /** Puts a person on the roster of a session. */
  'attendance.add': call<{ attendance: string }>()(z.strictObject({ session: id, person: id })),
  /** Puts someone on the roster who was not known yet, and marks them. */
  'attendance.walkIn': call<{ attendance: string; person: string }>()(
    z.strictObject({
      session: id,
      name: requiredLine,
      phone: line.optional(),
      store: id.optional(),
      status: mark.default('present'),
    }),
  ),
  /** Marks a person; null takes the mark back. */
  'attendance.mark': call<null>()(z.strictObject({ session: id, person: id, status: mark.nullable() })),
  /** Marks many at once: those of the people whose mark is `from`, and says who they were. The way back swaps the two. */
  'attendance.markMany': call<{ people: string[] }>()(
    z.strictObject({
      session: id,
      people: z.array(id).max(2000),
      from: mark.nullable(),
      to: mark.nullable(),
    }),
  ),
  /**
   * A person signs now, and is present unless marked otherwise. Without a picture it is only noted that they confirmed it,
   * for whoever cannot write on the pad.
   */
  'attendance.sign': call<null>()(z.strictObject({ session: id, person: id, signature: bytes.nullable() })),
  /** Takes a signature away and destroys its picture here and wherever it went; there is no way back. */
  'attendance.clearSignature': call<null>()(z.strictObject({ session: id, person: id })),
  /** The picture of a signature; null where it is not here. */
  'attendance.signature': call<PictureFile | null>()(z.strictObject({ session: id, person: id })),
};

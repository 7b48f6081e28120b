import { z } from 'zod';
import { model, type CodeOf, type RecordOf } from '../model/model.ts';
import type { ChecklistItem } from '../model/templates.ts';
import { call } from './call.ts';
import { codesOf } from './sessions.ts';
import { date, id, instant, limit, line, paragraph, requiredLine } from './shapes.ts';

export interface StoreRow {
  id: string;
  name: string;
  category: string | null;
  ownerName: string | null;
  phone: string | null;
  status: CodeOf<'store', 'status'> | null;
  channelOpenedOn: string | null;
  mapRegisteredOn: string | null;
  site: { id: string; name: string } | null;
}

export interface StoresFound {
  /** Of all that answer. */
  total: number;
  /** From `offset` on, best answers first, those that answer alike by name. */
  rows: StoreRow[];
}

export interface FriendReadingRow {
  date: string;
  friends: number;
}

export interface CheckRow {
  item: ChecklistItem;
  state: CodeOf<'check', 'state'> | null;
  value: string | null;
  note: string | null;
  /** The photo that shows it; null where there is none, or where it was removed. */
  photo: string | null;
}

export interface ChecklistRef {
  id: string;
  name: string;
  version: number;
}

export interface VisitView {
  id: string;
  session: { id: string; title: string };
  store: RecordOf<'store'>;
  site: { id: string; name: string } | null;
  trainer: { id: string; name: string } | null;
  date: string;
  startedAt: string | null;
  endedAt: string | null;
  outcome: CodeOf<'visit', 'outcome'> | null;
  note: string | null;
  checks: CheckRow[];
  /** The checklist that the visit goes by; `now` is the one that its programme has gone on to since. */
  checklist: (ChecklistRef & { now: ChecklistRef | null }) | null;
  /** The reading of the visit's day, if one was made. */
  friendsToday: FriendReadingRow | null;
  /** The latest reading before the visit's day. */
  friendsBefore: FriendReadingRow | null;
  /** Other visits to the shop on the same day. */
  sameDay: number;
}

const storeFields = {
  name: requiredLine,
  category: line.nullish(),
  ownerName: line.nullish(),
  phone: line.nullish(),
  businessNumber: line.nullish(),
  roadAddress: line.nullish(),
  lotAddress: line.nullish(),
  unit: line.nullish(),
  channelUrl: line.nullish(),
  channelOpenedOn: date.nullish(),
  mapPlaceUrl: line.nullish(),
  mapRegisteredOn: date.nullish(),
  firstOnline: z.boolean().nullish(),
  status: z.enum(codesOf(model.store.fields.status)).nullish(),
  note: paragraph.nullish(),
};

export const visits = {
  /**
   * A stretch of the shops whose name, owner or phone holds the text, by initial consonants too (ㅁㅇ finds 망원), with
   * how many there are. `near` lists the shops of a site before others that answer as well.
   */
  'stores.find': call<StoresFound>()(
    z.strictObject({
      text: line.default(''),
      site: id.optional(),
      status: z.enum(codesOf(model.store.fields.status)).optional(),
      near: id.optional(),
      offset: z.int().min(0).default(0),
      limit,
    }),
  ),
  /** The first of them alone. */
  'stores.search': call<StoreRow[]>()(z.strictObject({ text: line.default(''), site: id.optional(), limit })),
  'stores.create': call<{ id: string }>()(z.strictObject({ site: id, ...storeFields })),
  'stores.update': call<null>()(z.strictObject({ id, ...storeFields, name: storeFields.name.optional() })),
  /** Begins a visit to a shop within a session; the visit's day is the session's, or today. */
  'visits.start': call<{ id: string }>()(z.strictObject({ session: id, store: id, trainer: id.optional() })),
  'visits.get': call<VisitView>()(z.strictObject({ id })),
  /** An outcome ends the visit; null opens it again. */
  'visits.update': call<null>()(
    z.strictObject({
      id,
      outcome: z.enum(codesOf(model.visit.fields.outcome)).nullable().optional(),
      note: paragraph.nullish(),
      endedAt: instant.nullish(),
    }),
  ),
  /** Goes on with the checklist that the programme uses now; the answers stay. */
  'visits.renewChecklist': call<null>()(z.strictObject({ id })),
  /** Answers one checklist item of a visit; null takes the answer back. */
  'checks.mark': call<null>()(
    z.strictObject({
      visit: id,
      item: requiredLine,
      state: z.enum(codesOf(model.check.fields.state)).nullable().optional(),
      value: line.nullish(),
      note: paragraph.nullish(),
      photo: id.nullish(),
    }),
  ),
  /** The channel friends of a shop or a site on a day; null takes the reading back. */
  'friends.record': call<null>()(
    z.strictObject({
      owner: id,
      ownerKind: z.enum(codesOf(model.friendReading.fields.ownerKind)),
      date,
      friends: z.int().min(0).max(999_999_999).nullable(),
    }),
  ),
};

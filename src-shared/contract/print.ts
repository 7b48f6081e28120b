import { z } from 'zod';
import type { CodeOf } from '../model/model.ts';
import { call } from './call.ts';
import type { PictureFile } from './photos.ts';
import { id } from './shapes.ts';
import type { FriendReadingRow } from './visits.ts';

/**
 * What a sheet of paper shows, each in one call. Paper lies about: phone numbers are never whole on a sheet, and owners
 * and honoured people are masked (김**) unless `unmasked` asks for them.
 */

/** A person as a sign-in sheet lists them: by their name, for they are to find themselves. */
export interface SignInPerson {
  /** The attendance. */
  id: string;
  name: string;
  shop: string | null;
  /** Masked: 010-****-1234. */
  phone: string | null;
  status: CodeOf<'attendance', 'status'> | null;
  /** ISO 8601 UTC; set without a picture where it was only noted that the person confirmed it. */
  signedAt: string | null;
  /** The picture; null where there is none, or when signatures were not asked for. */
  signature: PictureFile | null;
}

export interface SignInSheet {
  id: string;
  title: string;
  kind: CodeOf<'session', 'kind'> | null;
  /** A day of Asia/Seoul. */
  date: string | null;
  /** ISO 8601 UTC. */
  startsAt: string | null;
  endsAt: string | null;
  place: string | null;
  program: string | null;
  site: string | null;
  trainers: string[];
  people: SignInPerson[];
}

export interface SheetVisit {
  id: string;
  date: string | null;
  session: string | null;
  trainer: string | null;
  outcome: CodeOf<'visit', 'outcome'> | null;
  checks: number;
  checksDone: number;
}

/** An item, with the latest answer that any visit gave it: a second visit asks only what was left. */
export interface SheetCheck {
  key: string;
  label: string;
  state: CodeOf<'check', 'state'> | null;
  /** The day of the visit that answered. */
  date: string | null;
}

/** A shop's results; what was recorded of its doubles counts as its own. Nothing of any survey. */
export interface StoreSheet {
  id: string;
  name: string;
  category: string | null;
  status: CodeOf<'store', 'status'> | null;
  site: string | null;
  program: string | null;
  address: string | null;
  unit: string | null;
  ownerName: string | null;
  phone: string | null;
  /** As a phone opens it; null where what was written is no channel's address. */
  channelLink: string | null;
  channelOpenedOn: string | null;
  mapPlaceUrl: string | null;
  mapRegisteredOn: string | null;
  /** The checklist of the latest visit that has answers. */
  checklist: { date: string | null; items: SheetCheck[] } | null;
  /** The latest first. */
  visits: SheetVisit[];
  /** One a day, the oldest first. */
  friends: FriendReadingRow[];
  /** Whole won. */
  grants: { id: string; amount: number | null; grantedOn: string | null; usedAmount: number | null }[];
  awards: { id: string; title: string | null; awardedOn: string | null; person: string | null }[];
}

export interface AwardSheet {
  id: string;
  title: string | null;
  awardedOn: string | null;
  /** Null where the award names nobody: the shop is honoured then. */
  person: string | null;
  store: string | null;
  site: string | null;
  program: string | null;
}

export interface AwardSheets {
  /** The programme that was asked for. */
  program: { id: string; name: string } | null;
  /** How many there are; `awards` has the first 500. */
  total: number;
  awards: AwardSheet[];
}

export interface CardSheets {
  /** The session's title or the market's name. */
  title: string;
  /** More than 5,000 shops, as the national list of grant holders has: no market, and nothing is listed. */
  tooMany: boolean;
  /** How many shops have a channel; `cards` has the first of them, by name. */
  total: number;
  cards: { id: string; name: string; link: string }[];
  /** Shops that have no channel or an address that is none: how many, and the names of the first. */
  without: { total: number; names: string[] };
}

const unmasked = z.boolean().default(false);

export const print = {
  /** The sign-in sheet of a session. NOT_FOUND when it is not here. */
  'print.signIn': call<SignInSheet>()(
    z.strictObject({ session: id, signatures: z.boolean().default(false) }),
  ),
  /** The result sheet of a shop. NOT_FOUND when it is not here. */
  'print.store': call<StoreSheet>()(z.strictObject({ id, unmasked })),
  /** The awards of a programme, or one of them, or all. NOT_FOUND for a programme or an award that is not here. */
  'print.awards': call<AwardSheets>()(
    z.strictObject({ program: id.optional(), award: id.optional(), unmasked }),
  ),
  /**
   * The channels of the shops of a market, or of those that a session visited or whose people are on its roster. Shops
   * that closed or declined are left out, shops that are the same have one card. NOT_FOUND when it is not here.
   */
  'print.cards': call<CardSheets>()(z.union([z.strictObject({ session: id }), z.strictObject({ site: id })])),
};

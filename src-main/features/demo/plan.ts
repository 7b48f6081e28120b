import type { CodeOf } from '#shared/model/model.ts';
import type { SurveyAnswers } from '#shared/model/templates.ts';
import type { Author, Book } from './book.ts';
import type { Day, Diary } from './calendar.ts';

/**
 * What shall have happened, decided before anything is written: first the figures are dealt out to shops and people, then
 * the days in the field are written so that they come to just that.
 */

export type Presence = CodeOf<'attendance', 'status'>;

export interface PersonPlan {
  readonly id: string;
  readonly name: string;
  /** Comes without having been on the list: written down by the trainer at the door. */
  walkIn: boolean;
  /** What is marked at the first and the second class; null where the person is not on the roster. */
  classes: readonly [Presence | null, Presence | null];
}

interface Grant {
  readonly program: string;
  readonly amount: number;
}

export interface ShopPlan {
  readonly id: string;
  readonly site: SitePlan;
  /** Below 10,000; makes phone numbers and addresses on the web that no other shop has. */
  readonly serial: number;
  readonly listedAt: number;
  name: string;
  category: string;
  readonly unit: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly ownerName: string;
  /** What the list of the office already had. */
  readonly listed: { readonly ownerName: boolean; readonly phone: boolean };
  status: CodeOf<'store', 'status'>;
  channel: boolean;
  map: boolean;
  firstOnline: boolean | null;
  /** The merchant, where a record of the person is made. */
  merchant: PersonPlan | null;
  /** Someone else of the shop who came to a class. */
  helper: PersonPlan | null;
  /** The last count of channel friends; null where nobody counted. */
  friends: number | null;
  answers: SurveyAnswers | null;
  readonly grants: Grant[];
  /** The record that holds the channel and the map: another one of the same shop, in one case. */
  recordOfChannel: string;
  /** Set while the visits are written. */
  openedOn: Day | null;
}

export interface SitePlan {
  readonly id: string;
  readonly program: string;
  readonly serial: number;
  readonly name: string;
  readonly kind: CodeOf<'site', 'kind'>;
  readonly province: string;
  readonly district: string | null;
  readonly roadAddress: string | null;
  readonly lotAddress: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly openingCycle: string | null;
  readonly storeCount: number;
  readonly listedOn: Day;
  readonly team: readonly Author[];
  readonly shops: ShopPlan[];
  /** The last count of the site's own channel. */
  friends: number;
  /** From when a results-sharing event is held; null where there is none. */
  readonly sharingFrom: Day | null;
  readonly indoorMapLinkedOn: Day | null;
  readonly salesEventOn: Day | null;
}

/** A session that took place, as far as later entries need it. */
export interface Held {
  readonly id: string;
  readonly day: Day;
  readonly plannedAt: number;
  readonly team: readonly Author[];
}

/** The days at a site after they were written. */
export interface Worked {
  readonly site: SitePlan;
  readonly classes: readonly [Held, Held];
  readonly rounds: readonly Held[];
  readonly followUps: readonly Held[];
  readonly sharing: Held | null;
}

/** What all who work on a programme share. */
export interface Campaign {
  readonly book: Book;
  readonly diary: Diary;
  readonly office: Author;
  readonly surveyTemplate: string;
  readonly notices: readonly { readonly id: string; readonly from: Day; readonly to: Day }[];
  /** The office counts all friends once more on that day. */
  readonly countedOn: Day;
  /** Nothing is written after it. */
  readonly lastDay: Day;
}

export function peopleOf(shop: ShopPlan): PersonPlan[] {
  return [shop.merchant, shop.helper].filter((person) => person !== null);
}

export function isTrained(person: PersonPlan): boolean {
  return person.classes.some((presence) => presence === 'present' || presence === 'late');
}

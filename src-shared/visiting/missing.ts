import type { ChecklistItem } from '../model/templates.ts';

/** What a session still lacks, so that nobody finds out in the office. */

export type Lack = 'trainers' | 'attendance' | 'outcomes' | 'evidence' | 'friends';

export interface Missing {
  readonly what: Lack;
  /** People, visits or checks. */
  readonly count: number;
  /** The first visit where it lacks, and the item there. */
  readonly visit: string | null;
  readonly item: string | null;
}

export interface SessionState {
  readonly trainers: number;
  /** People on the roster without a mark. */
  readonly unmarked: number;
  /** The day is still to come: nothing can have been marked yet. */
  readonly ahead: boolean;
  /** Visits without an outcome. */
  readonly open: readonly string[];
  /** Checks that are done, without what the item asks to be shown. */
  readonly unproven: readonly { readonly visit: string; readonly item: string }[];
  /** Finished visits to shops with a channel whose friends nobody counted that day. */
  readonly uncounted: readonly string[];
}

/** In the order in which a person would mend it: what needs people around first. */
export function missingIn(state: SessionState): Missing[] {
  const { open, unproven, uncounted } = state;
  const lacks: Missing[] = [
    { what: 'trainers', count: state.trainers === 0 ? 1 : 0, visit: null, item: null },
    { what: 'attendance', count: state.ahead ? 0 : state.unmarked, visit: null, item: null },
    { what: 'outcomes', count: open.length, visit: open[0] ?? null, item: null },
    {
      what: 'evidence',
      count: unproven.length,
      visit: unproven[0]?.visit ?? null,
      item: unproven[0]?.item ?? null,
    },
    { what: 'friends', count: uncounted.length, visit: uncounted[0] ?? null, item: null },
  ];
  return lacks.filter(({ count }) => count > 0);
}

/** A done check as the store has it. */
export interface DoneCheck {
  readonly value: string | null;
  /** A photo of its own. */
  readonly photo: string | null;
  /** Photos of the whole visit: which item one shows is for people to see. */
  readonly visitPhotos: number;
  /** The addresses that stand in the shop's own record prove as much as those typed beside the item. */
  readonly channelUrl: string | null;
  readonly mapPlaceUrl: string | null;
}

/** Whether the item asks for something that is not there. */
export function lacksEvidence({ evidence }: ChecklistItem, check: DoneCheck): boolean {
  if (!evidence || check.value) return false;
  if (evidence === 'photo') return check.photo === null && check.visitPhotos === 0;
  return evidence === 'text' || !check[evidence];
}

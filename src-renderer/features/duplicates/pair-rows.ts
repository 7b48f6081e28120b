import type { DuplicatePair, DuplicateReason, DuplicateShop } from '#shared/contract/duplicates.ts';
import { LIKELY } from '#shared/matching/weights.ts';
import { differenceOf, type Piece } from '../../use/text-difference.ts';

export type Band = 'certain' | 'likely' | 'perhaps' | 'unsure';
export type Strength = 'strong' | 'fair' | 'slight';

/** One line of the comparison; null where a shop says nothing. */
export interface Fact {
  readonly field: FactField;
  readonly left: string | null;
  readonly right: string | null;
  /** Letter for letter, or for the matcher: 010-0000-0001 and 01000000001 are one number. */
  readonly isEqual: boolean;
  /** The two values, what the other does not have marked. */
  readonly pieces: readonly [readonly Piece[], readonly Piece[]];
}

const OF_SHOP = [
  'name',
  'ownerName',
  'phone',
  'businessNumber',
  'category',
  'site',
  'address',
  'unit',
  'status',
] as const;
/** What the view of a shop does not hold, and the reasons do. */
const OF_REASONS = ['channelUrl', 'mapPlaceUrl'] as const;
export type FactField = (typeof OF_SHOP)[number] | (typeof OF_REASONS)[number];

export function keyOf({ left, right }: Pick<DuplicatePair, 'left' | 'right'>): string {
  return `${left.id} ${right.id}`;
}

/** The score in words, so that nobody takes it for a measured chance. */
export function bandOf(score: number): Band {
  if (score >= 0.99) return 'certain';
  if (score >= LIKELY) return 'likely';
  return score >= 0.7 ? 'perhaps' : 'unsure';
}

/** The score of 100; never 100, for nothing is certain before a person says so. */
export function pointsOf(score: number): number {
  return Math.min(99, Math.floor(score * 100));
}

/** How much one reason moves the score, in words. */
export function strengthOf({ weight }: Pick<DuplicateReason, 'weight'>): Strength {
  const bits = Math.abs(weight);
  if (bits >= 5) return 'strong';
  return bits >= 2 ? 'fair' : 'slight';
}

/** What speaks for one shop and what against it, the strongest first; what weighs nothing is in the comparison. */
export function reasonsOf({ reasons }: Pick<DuplicatePair, 'reasons'>): {
  readonly speaksFor: readonly DuplicateReason[];
  readonly speaksAgainst: readonly DuplicateReason[];
} {
  return {
    speaksFor: reasons.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight),
    speaksAgainst: reasons.filter(({ weight }) => weight < 0).sort((a, b) => a.weight - b.weight),
  };
}

/** The two shops side by side, field by field; what neither says is left out. `word` writes a status out. */
export function factsOf(pair: DuplicatePair, word: (status: string) => string): Fact[] {
  const valueOf = (shop: DuplicateShop, field: (typeof OF_SHOP)[number]): string | null => {
    if (field === 'site') return shop.site?.name || null;
    if (field === 'status') return shop.status === null ? null : word(shop.status);
    return shop[field] || null;
  };
  const ofShop = OF_SHOP.map(
    (field) => [field, valueOf(pair.left, field), valueOf(pair.right, field)] as const,
  );
  const ofReasons = OF_REASONS.map((field) => {
    const reason = pair.reasons.find((one) => one.field === field);
    return [field, reason?.left ?? null, reason?.right ?? null] as const;
  });
  const agreed = new Set<string>(
    pair.reasons.filter(({ kind }) => kind === 'same').map(({ field }) => field),
  );
  return [...ofShop, ...ofReasons].flatMap(([field, left, right]) => {
    if (left === null && right === null) return [];
    const isEqual = left === right || agreed.has(field);
    return [{ field, left, right, isEqual, pieces: piecesOf(left, right, isEqual) }];
  });
}

function piecesOf(left: string | null, right: string | null, isEqual: boolean): [Piece[], Piece[]] {
  if (left !== null && right !== null && !isEqual) return differenceOf(left, right);
  const plain = (text: string | null): Piece[] => (text === null ? [] : [{ text, differs: false }]);
  return [plain(left), plain(right)];
}

/** Whether joining the two makes one shop less in the figures: groups count once, declined shops not at all. */
export function countsOneLess({ left, right }: Pick<DuplicatePair, 'left' | 'right'>): boolean {
  return left.status !== 'declined' && right.status !== 'declined';
}

/**
 * The pair to look at when the one at `key` is decided or put aside: the next that was not put aside, else the first
 * such, else simply the next; null when there is no other.
 */
export function nextAfter(
  pairs: readonly Pick<DuplicatePair, 'left' | 'right'>[],
  key: string | null,
  aside: ReadonlySet<string>,
): string | null {
  const keys = pairs.map(keyOf);
  const at = keys.indexOf(key ?? '');
  const others = [...keys.slice(at + 1), ...keys.slice(0, Math.max(0, at))];
  return others.find((other) => !aside.has(other)) ?? others[0] ?? null;
}

/** The pair some steps away, kept within the list. */
export function stepFrom(
  pairs: readonly Pick<DuplicatePair, 'left' | 'right'>[],
  key: string | null,
  steps: number,
): string | null {
  const at = pairs.findIndex((pair) => keyOf(pair) === key);
  const to = pairs[Math.min(pairs.length - 1, Math.max(0, at + steps))];
  return to ? keyOf(to) : null;
}

import { BLOCK_RULES, type BlockName, type BlockRule } from './blocks.ts';
import { compareShops, type Surroundings } from './compare.ts';
import type { Shop } from './shop.ts';

/** Two shops, by their places in the list, that may be one. */
export interface Candidate {
  readonly left: number;
  readonly right: number;
  readonly score: number;
}

/** Shops that had a key in common with too many others to be compared with each. */
export interface Skipped {
  readonly rule: BlockName;
  /** How many keys stood at more than MAX_BLOCK shops, and at how many the commonest of them. */
  readonly blocks: number;
  readonly largest: number;
  /** Pairs that this rule left out; another rule may have met them. */
  readonly pairs: number;
}

export interface Found {
  /** From the greatest score to the least. */
  readonly candidates: readonly Candidate[];
  /** How many pairs were compared. */
  readonly compared: number;
  readonly skipped: readonly Skipped[];
}

/** So many shops under one key are compared each with each: 4,950 pairs. */
export const MAX_BLOCK = 100;
/**
 * Beyond that they are sorted by name and each is compared with as many that follow (sorted neighbourhood:
 * M. A. Hernández, S. J. Stolfo, "The Merge/Purge Problem for Large Databases", SIGMOD 1995).
 */
export const WINDOW = 10;
/** A phone number of so many shops is an office's. */
const SHARED_BY = 4;
/** Pairs below are forgotten at once: nobody will ask for them. */
const KEPT_FROM = 0.1;
/** Pairs compared between two yields, and shops whose keys are taken: some 20 ms of work each. */
const SLICE = 3_000;
/** The part of the work that goes into finding the pairs, about. */
const PAIRING = 0.3;

/**
 * Compares the shops that share a key, and keeps the pairs that may be one shop. Yields now and then the share of the
 * work that is done, so that whoever runs it can do something else in between. The order of the shops makes no
 * difference but to the places in the result.
 */
export function* findCandidates(shops: readonly Shop[]): Generator<number, Found, void> {
  const pairs = new Set<number>();
  const skipped: Skipped[] = [];
  for (const [at, rule] of BLOCK_RULES.entries()) {
    const left = yield* addPairs(rule, shops, pairs, (at / BLOCK_RULES.length) * PAIRING);
    if (left.blocks > 0) skipped.push(left);
  }
  const surroundings = surroundingsOf(shops);
  const candidates: Candidate[] = [];
  let done = 0;
  for (const pair of pairs) {
    const [left, right] = [Math.floor(pair / shops.length), pair % shops.length];
    const { score } = compareShops(shops[left]!, shops[right]!, surroundings);
    if (score >= KEPT_FROM) candidates.push({ left, right, score });
    done += 1;
    if (done % SLICE === 0) yield PAIRING + (done / pairs.size) * (1 - PAIRING);
  }
  candidates.sort((a, b) => b.score - a.score || a.left - b.left || a.right - b.right);
  return { candidates, compared: pairs.size, skipped };
}

/** Adds a rule's pairs as left × count + right, the smaller place on the left; tells what it left out. */
function* addPairs(
  rule: BlockRule,
  shops: readonly Shop[],
  pairs: Set<number>,
  share: number,
): Generator<number, Skipped, void> {
  const blocks = yield* blocksOf(rule, shops, share);
  const large = { rule: rule.name, blocks: 0, largest: 0, pairs: 0 };
  let done = 0;
  for (const block of blocks) {
    const reach = block.length <= MAX_BLOCK ? block.length : WINDOW;
    if (reach < block.length) {
      block.sort((a, b) => compareText(sortKey(shops[a]!), sortKey(shops[b]!)));
      large.blocks += 1;
      large.largest = Math.max(large.largest, block.length);
      large.pairs += ((block.length - WINDOW) * (block.length - WINDOW - 1)) / 2;
    }
    for (const [at, one] of block.entries()) {
      for (const other of block.slice(at + 1, at + 1 + reach)) {
        pairs.add(Math.min(one, other) * shops.length + Math.max(one, other));
        done += 1;
        if (done % (SLICE * 10) === 0) yield share;
      }
    }
  }
  return large;
}

/** The places of the shops that share a key, two at least. */
function* blocksOf(
  { keys }: BlockRule,
  shops: readonly Shop[],
  share: number,
): Generator<number, number[][], void> {
  // Most keys stand at one shop: its place alone takes a tenth of the memory of a list.
  const first = new Map<string, number | number[]>();
  const blocks: number[][] = [];
  for (const [place, shop] of shops.entries()) {
    for (const key of new Set(keys(shop))) {
      const found = first.get(key);
      if (found === undefined) first.set(key, place);
      else if (typeof found === 'number') {
        const block = [found, place];
        first.set(key, block);
        blocks.push(block);
      } else found.push(place);
    }
    if (place % SLICE === 0) yield share;
  }
  return blocks;
}

function sortKey({ name, id }: Shop): string {
  return `${name.own}\n${name.key}\n${id}`;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What the whole list says about a pair: which phone numbers are an office's. */
export function surroundingsOf(shops: readonly Shop[]): Surroundings {
  const counts = new Map<string, number>();
  for (const { phones } of shops) for (const phone of phones) counts.set(phone, (counts.get(phone) ?? 0) + 1);
  const shared = new Set([...counts].filter(([, count]) => count >= SHARED_BY).map(([phone]) => phone));
  return { isShared: (phone) => shared.has(phone) };
}

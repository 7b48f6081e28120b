import { z } from 'zod';
import type { Skipped } from '../matching/candidates.ts';
import type { ReasonField, ReasonHow, ReasonKind } from '../matching/reasons.ts';
import { WORTH_ASKING } from '../matching/weights.ts';
import { call } from './call.ts';
import { id, limit, line } from './shapes.ts';

export interface DuplicateShop {
  id: string;
  name: string;
  site: { id: string; name: string } | null;
  category: string | null;
  ownerName: string | null;
  phone: string | null;
  businessNumber: string | null;
  /** The road address, else the lot address. */
  address: string | null;
  unit: string | null;
  status: string | null;
}

/** One comparison. What neither of the two says is not listed; `how` tells more than the kind, where there is more. */
export interface DuplicateReason {
  field: ReasonField;
  kind: ReasonKind;
  how?: ReasonHow;
  /** Bits: +1 doubles the odds that they are one shop, -1 halves them. */
  weight: number;
  left: string | null;
  right: string | null;
}

export interface DuplicatePair {
  left: DuplicateShop;
  right: DuplicateShop;
  /** The chance that they are one shop, 0 to 1, from the weights of the reasons (docs/matching.md). */
  score: number;
  reasons: DuplicateReason[];
  distanceMetres: number | null;
}

/** A decision that stands; a shop that is not here or deleted is null. */
export interface DuplicateDecision {
  match: string;
  left: DuplicateShop | null;
  right: DuplicateShop | null;
  leftId: string;
  rightId: string;
  decision: 'same' | 'different';
  reason: string | null;
  /** They were told apart, but other decisions join them by way of other shops: one of these is wrong. */
  contradicted: boolean;
  /** Where contradicted: the decisions "same" that lead from one to the other, the shortest way. */
  joinedBy: { match: string; left: DuplicateLink; right: DuplicateLink }[];
}

/** A shop on the way between two others; without a name when it is not here or deleted. */
export interface DuplicateLink {
  id: string;
  name: string | null;
}

const decision = z.enum(['same', 'different']);
const two = { left: id, right: id };
/** Personal data is shown in full for a person to decide by, or masked for whoever only looks. */
const masked = z.boolean().default(false);

export const duplicates = {
  /**
   * Pairs that may be one shop and that nobody has decided on, the likeliest first. Of several pairs between the same
   * two groups of joined shops only the likeliest is asked. The first call after a change to a store or site compares
   * anew, which takes seconds for tens of thousands of shops; progress is told as the job `duplicates`.
   * `after` is the `next` of the page before; `skipped` says which keys stood at too many shops to compare them all.
   */
  'duplicates.list': call<{
    total: number;
    pairs: DuplicatePair[];
    next: string | null;
    compared: number;
    skipped: readonly Skipped[];
  }>()(
    z.strictObject({
      site: id.optional(),
      min: z.number().min(0).max(1).default(WORTH_ASKING),
      limit,
      after: z.string().max(200).optional(),
      masked,
    }),
  ),
  /** Undecided pairs with equal valid business numbers at one site: the only ones that may be joined in bulk. */
  'duplicates.bulkOffer': call<{ total: number; pairs: DuplicatePair[] }>()(
    z.strictObject({ limit: limit.default(1000), masked }).prefault({}),
  ),
  /** Writes or changes the decision on two shops that are here. */
  'duplicates.decide': call<{ match: string }>()(
    z.strictObject({ ...two, decision, reason: line.optional() }),
  ),
  /**
   * Joins pairs of the bulk offer in one transaction. Refuses all of them with INVALID_INPUT when one has not equal valid
   * business numbers at one site: anything else is decided one by one.
   */
  'duplicates.decideAll': call<{ decided: number }>()(
    z.strictObject({ pairs: z.array(z.strictObject(two)).min(1).max(10_000), reason: line.optional() }),
  ),
  /** Deletes the decision, so that the pair may be asked again; NOT_FOUND when there is none. */
  'duplicates.takeBack': call<{ match: string }>()(z.strictObject(two)),
  /** The decisions that stand, of one store or all; with `contradicted`, only those that others contradict. */
  'duplicates.decided': call<{ total: number; rows: DuplicateDecision[]; next: string | null }>()(
    z.strictObject({
      store: id.optional(),
      contradicted: z.boolean().default(false),
      limit,
      after: id.optional(),
      masked,
    }),
  ),
};

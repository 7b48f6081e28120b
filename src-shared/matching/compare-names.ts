import { likeness } from './hangul.ts';
import type { ShopName } from './shop-name.ts';
import { isCommonName } from './trades.ts';
import { WEIGHTS } from './weights.ts';

/** How two names compare, and what that is worth. */
export interface NameVerdict {
  readonly how:
    | 'sameName'
    | 'commonName'
    | 'onlyTrade'
    | 'formerName'
    | 'otherName'
    | 'tradeWord'
    | 'otherTrade'
    | 'typo'
    | 'contains'
    | 'differentName';
  readonly weight: number;
}

const W = WEIGHTS.name;

/** Two names that are both there. */
export function compareNames(a: ShopName, b: ShopName): NameVerdict {
  if (a.key === b.key) return sameName(a);
  const aka = otherwiseKnown(a, b);
  const straight = compareOwn(a, b);
  return aka && aka.weight > straight.weight ? aka : straight;
}

function sameName({ own, trade }: ShopName): NameVerdict {
  if (own === '') return { how: 'onlyTrade', weight: W.onlyTrade };
  if (isCommonName(own)) return { how: 'commonName', weight: W.common };
  return { how: 'sameName', weight: own.length === 1 && trade !== null ? W.oneSyllable : W.same };
}

/** A former name or another one of either side is a name of the other. */
function otherwiseKnown(a: ShopName, b: ShopName): NameVerdict | null {
  if (meet(a.former, b) || meet(b.former, a)) return { how: 'formerName', weight: W.former };
  if (meet(a.aliases, b) || meet(b.aliases, a)) return { how: 'otherName', weight: W.alias };
  return null;
}

function meet(names: readonly string[], other: ShopName): boolean {
  return names.some((name) => name === other.key || other.former.includes(name) || other.aliases.includes(name));
}

/** By what tells the shops apart, leaving the words of their trade aside. */
function compareOwn(a: ShopName, b: ShopName): NameVerdict {
  if (a.own === '' || b.own === '') {
    const contrary = a.trade !== null && b.trade !== null && !isOneTrade(a, b);
    return contrary ? { how: 'differentName', weight: W.different } : { how: 'onlyTrade', weight: 0 };
  }
  if (a.own === b.own) return sameOwn(a, b);
  const typed = byKeystrokes(a, b);
  const held = contained(a, b);
  return held && held.weight > typed.weight ? held : typed;
}

function sameOwn(a: ShopName, b: ShopName): NameVerdict {
  if (!isOneTrade(a, b)) return { how: 'otherTrade', weight: W.otherTrade };
  if (a.own.length === 1) return { how: 'tradeWord', weight: W.oneSyllableTradeWord };
  return { how: 'tradeWord', weight: isCommonName(a.own) ? W.commonTradeWord : W.tradeWord };
}

/** Whether nothing says that they sell different things. */
function isOneTrade(a: ShopName, b: ShopName): boolean {
  const known = [a.trade, b.trade].every((trade) => trade !== null && trade !== 'general');
  return !known || a.trade === b.trade;
}

function byKeystrokes(a: ShopName, b: ShopName): NameVerdict {
  const share = a.words === b.words ? likeness(a.ownKeys, b.ownKeys) : likenessInFull(a, b);
  const step = W.typo.find(({ atLeast }) => share >= atLeast);
  if (!step) return { how: 'differentName', weight: W.different };
  const weight = isOneTrade(a, b) ? step.weight : Math.min(step.weight, W.otherTrade);
  return { how: weight > 0 ? 'typo' : 'differentName', weight };
}

/**
 * A slip in the word of the trade (하늘떡짐) hides it, so then the whole names are compared; but a long word of the
 * trade must not lend its likeness to different names, so what is equal at the end counts for a few keys only.
 */
function likenessInFull(a: ShopName, b: ShopName): number {
  const whole = likeness(a.keys, b.keys);
  const own = likeness(a.ownKeys, b.ownKeys);
  return a.trade !== null && b.trade !== null ? Math.min(whole, Math.max(own, 0)) : Math.min(whole, headLikeness(a, b));
}

/** The beginnings of two names, as long as the shorter own part. */
function headLikeness(a: ShopName, b: ShopName): number {
  const length = Math.min(a.ownKeys.length, b.ownKeys.length);
  return likeness(a.keys.slice(0, length), b.keys.slice(0, length));
}

/** 할매국밥 in 통영할매국밥: two syllables at least, and nothing that says another trade. */
function contained(a: ShopName, b: ShopName): NameVerdict | null {
  const [short, long] = a.own.length < b.own.length ? [a, b] : [b, a];
  if (short.own.length < 2 || !long.own.includes(short.own) || !isOneTrade(a, b)) return null;
  return { how: 'contains', weight: isCommonName(short.own) ? W.commonContains : W.contains };
}

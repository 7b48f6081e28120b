import { slips } from './hangul.ts';
import type { ShopName } from './shop-name.ts';
import { compareTrades, isCommonName, partsOf } from './trades.ts';
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
/** Names with a greater share of wrong keystrokes are simply different. */
const MOST_WRONG = 0.45;

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

/** A former name or another one of either side is a name of the other; the one that says most counts. */
function otherwiseKnown(a: ShopName, b: ShopName): NameVerdict | null {
  const former = [...meeting(a.former, b), ...meeting(b.former, a)];
  if (former.length > 0) {
    return { how: 'formerName', weight: former.every(isCommon) ? W.commonFormer : W.former };
  }
  const aliases = [...meeting(a.aliases, b), ...meeting(b.aliases, a)];
  if (aliases.length === 0) return null;
  return { how: 'otherName', weight: aliases.every(isCommon) ? W.commonFormer : W.alias };
}

/** Those of the names that the other shop has too. */
function meeting(names: readonly string[], other: ShopName): string[] {
  return names.filter(
    (name) => name === other.key || other.former.includes(name) || other.aliases.includes(name),
  );
}

function isCommon(key: string): boolean {
  const { own } = partsOf(key);
  return own === '' || isCommonName(own);
}

/** By what tells the shops apart, leaving the words of their trade aside. */
function compareOwn(a: ShopName, b: ShopName): NameVerdict {
  const trades = compareTrades(a.trade, b.trade);
  if (a.own === '' || b.own === '') {
    if (trades === 'different') return { how: 'differentName', weight: W.different };
    return { how: 'onlyTrade', weight: 0 };
  }
  if (a.own === b.own) return sameOwn(a, b, trades);
  const typed = byKeystrokes(a, b, trades);
  const held = trades === 'different' ? null : contained(a, b);
  return held && held.weight > typed.weight ? held : typed;
}

type Trades = ReturnType<typeof compareTrades>;

function sameOwn(a: ShopName, b: ShopName, trades: Trades): NameVerdict {
  if (trades === 'different') return { how: 'otherTrade', weight: W.otherTrade };
  if (a.own.length === 1) return { how: 'tradeWord', weight: W.oneSyllableTradeWord };
  if (isCommonName(a.own)) return { how: 'tradeWord', weight: W.commonTradeWord };
  // 하늘 and 하늘떡집 leave nothing open; 하늘식당 may be another shop than 하늘국밥.
  const open = trades === 'possible' && a.trade !== null && b.trade !== null;
  return { how: 'tradeWord', weight: open ? W.possibleTradeWord : W.tradeWord };
}

function byKeystrokes(a: ShopName, b: ShopName, trades: Trades): NameVerdict {
  const { wrong, keys } = slipsBetween(a, b);
  const step = W.typo.find((one) => wrong <= one.slips && keys >= one.keys);
  if (step && trades !== 'different') return { how: 'typo', weight: step.weight };
  const similar = wrong / keys <= MOST_WRONG;
  return { how: 'differentName', weight: similar && trades !== 'different' ? W.similar : W.different };
}

/**
 * The slips in what tells the shops apart. A slip in the word of the trade (하늘떡짐) hides that word, so then the whole
 * names are compared; but a long word of the trade must not lend its likeness to names that begin differently.
 */
function slipsBetween(a: ShopName, b: ShopName): { wrong: number; keys: number } {
  const own = Math.max(a.ownKeys.length, b.ownKeys.length);
  if (a.words === b.words || (a.trade !== null && b.trade !== null)) {
    return { wrong: slips(a.ownKeys, b.ownKeys, own * MOST_WRONG), keys: own };
  }
  const head = Math.min(a.ownKeys.length, b.ownKeys.length);
  const whole = Math.max(a.keys.length, b.keys.length);
  if (slips(a.keys.slice(0, head), b.keys.slice(0, head), 1) > 1) return { wrong: Infinity, keys: whole };
  return { wrong: slips(a.keys, b.keys, whole * MOST_WRONG), keys: whole };
}

/** 할매국밥 in 통영할매국밥: two syllables at least. */
function contained(a: ShopName, b: ShopName): NameVerdict | null {
  const [short, long] = a.own.length < b.own.length ? [a, b] : [b, a];
  if (short.own.length < 2 || !long.own.includes(short.own)) return null;
  return { how: 'contains', weight: isCommonName(short.own) ? W.commonContains : W.contains };
}

import { canonical, type Json } from '../merge/canonical.ts';

/** How one conflict is settled, so that many like it can be settled in the same way. */
export type Rule =
  /** The value that was written last, or first. */
  | { readonly by: 'newest' }
  | { readonly by: 'oldest' }
  /** What this person, this laptop or this file says. */
  | { readonly by: 'author'; readonly author: string }
  | { readonly by: 'laptop'; readonly laptop: string }
  | { readonly by: 'file'; readonly file: string }
  /** The value that more sides have than any other. */
  | { readonly by: 'most' }
  /** The one that is not empty. */
  | { readonly by: 'filled' };

/** One of the values that stand against each other, as a rule sees it. */
export interface RuleSide {
  readonly value: Json;
  /** Clock and counter of the change that wrote it first, as text in the order of time. */
  readonly at: string;
  /** Its clock ran far ahead of this laptop's: its time says nothing. */
  readonly clockSuspect: boolean;
  readonly laptop: string;
  /** Null where nobody is known. */
  readonly author: string | null;
  /** The imports that brought it; none for what was written here. */
  readonly files: readonly string[];
}

/**
 * Why a rule leaves a conflict open: it finds none of its values, or more than one; nobody is known to have written it;
 * a clock cannot be trusted; it is edited and deleted, and these were not asked for.
 */
export type Undecided = 'notThere' | 'tie' | 'authorUnknown' | 'clock' | 'deleted';

export type Decision = { readonly value: Json } | { readonly why: Undecided };

export function decide(rule: Rule, sides: readonly RuleSide[]): Decision {
  switch (rule.by) {
    case 'newest':
      return byTime(sides, 1);
    case 'oldest':
      return byTime(sides, -1);
    case 'author':
      return byAuthor(rule.author, sides);
    case 'laptop':
      return onlyOf(sides.filter(({ laptop }) => laptop === rule.laptop));
    case 'file':
      return onlyOf(sides.filter(({ files }) => files.includes(rule.file)));
    case 'most':
      return byNumber(sides);
    case 'filled':
      return onlyOf(sides.filter(({ value }) => value !== null && value !== ''));
  }
}

/** The one value of some sides; none, or several different ones, decide nothing. */
function onlyOf(sides: readonly RuleSide[]): Decision {
  const [first] = sides;
  if (!first) return { why: 'notThere' };
  const isOne = sides.every(({ value }) => canonical(value) === canonical(first.value));
  return isOne ? { value: first.value } : { why: 'tie' };
}

function byTime(sides: readonly RuleSide[], way: 1 | -1): Decision {
  if (sides.some(({ clockSuspect }) => clockSuspect)) return { why: 'clock' };
  const times = sides.map(({ at }) => at).sort();
  const best = way === 1 ? times.at(-1) : times[0];
  return onlyOf(sides.filter(({ at }) => at === best));
}

/** Somebody unknown may be this very person, so their value is not overruled. */
function byAuthor(author: string, sides: readonly RuleSide[]): Decision {
  const own = onlyOf(sides.filter((side) => side.author === author));
  const isUnknown = 'why' in own && own.why === 'notThere' && sides.some((side) => side.author === null);
  return isUnknown ? { why: 'authorUnknown' } : own;
}

function byNumber(sides: readonly RuleSide[]): Decision {
  const groups = [...Map.groupBy(sides, ({ value }) => canonical(value)).values()];
  const most = Math.max(...groups.map((group) => group.length));
  return onlyOf(groups.filter((group) => group.length === most).flat());
}

import { keystrokes } from './hangul.ts';
import { nameKey } from './likeness.ts';
import { isTradeWord, lastWord, partsOf, type NameParts } from './trades.ts';

/** A shop's name taken apart, once for all comparisons. */
export interface ShopName extends NameParts {
  /** Without spaces, case, punctuation, company form, branch and what stands in parentheses; empty for no name. */
  readonly key: string;
  /** The keystrokes of `key` and of `own`. */
  readonly keys: string;
  readonly ownKeys: string;
  /** Which branch it says it is: 본점, a number, or a name without 점; empty when it says nothing. */
  readonly branch: string;
  /** Former names, (구 …), as keys. */
  readonly former: readonly string[];
  /** Other names that stand in parentheses or after a slash, as keys. */
  readonly aliases: readonly string[];
}

const COMPANY =
  /\((주|유|합|농|사)\)|주식회사|유한회사|유한책임회사|합자회사|합명회사|농업회사법인|어업회사법인|영농조합법인|영어조합법인|\((株|有)\)/g;
const FORMER = /^(구|전|舊|前)[\s.:)]\s*|^(옛|예전)\s*(이름|상호)?[\s.:]*/;
/** Remarks that are no name. */
const REMARK = /^(휴업|폐업|이전|공실|임시|신규|예정|확인|중복|본인|대표|사장|\d층|지하)/;

/** Any spelling of a name, composed or not (NFC, NFD); the same text always gives the same parts. */
export function shopNameOf(text: string): ShopName {
  const whole = text
    .normalize('NFKC')
    .replace(COMPANY, ' ')
    .replace(/\((구|전|舊|前)\)/g, ' $1) ')
    .replace(/^\s*(구|전|舊|前)\)/, '');
  const inner = [...whole.matchAll(/\(([^)]*)\)?/g)].map(([, inside = '']) => inside.trim());
  const { outer, former: trailing } = withoutFormerTail(whole.replace(/\([^)]*\)?/g, ' '));
  const [first = '', ...slashed] = outer.split('/');
  let { base, branch } = splitBranch(first);

  const former: string[] = [...trailing];
  const aliases: string[] = slashed.map(nameKey);
  for (const part of inner.flatMap((inside) => inside.split(','))) {
    const inside = part.trim();
    if (FORMER.test(inside)) former.push(splitBranch(inside.replace(FORMER, '')).base);
    else if (branchIn(inside) !== '') branch ||= branchIn(inside);
    else if (!REMARK.test(inside)) aliases.push(nameKey(inside));
  }
  base ||= aliases[0] ?? former[0] ?? '';
  const parts = partsOf(base);
  const others = (keys: readonly string[]): string[] =>
    [...new Set(keys)].filter((key) => key.length > 1 && key !== base && !/^\d+$/.test(key));
  return {
    key: base,
    ...parts,
    keys: keystrokes(base),
    ownKeys: keystrokes(parts.own),
    branch,
    former: others(former),
    aliases: others(aliases),
  };
}

/** "새이름 구 옛이름" and "새이름 구)옛이름", without parentheses around. */
function withoutFormerTail(text: string): { outer: string; former: string[] } {
  const found = /^(.*\S)\s+(?:구\s|[구전舊前]\))\s*(\S.*)$/.exec(text);
  if (!found) return { outer: text, former: [] };
  return { outer: found[1]!, former: [splitBranch(found[2]!).base] };
}

/** The name as a key, and the branch that its end names. */
function splitBranch(text: string): { base: string; branch: string } {
  const words = text.trim().split(/\s+/).filter(Boolean);
  const last = words.at(-1) ?? '';
  if (words.length > 1 && branchIn(last) !== '') {
    return { base: nameKey(words.slice(0, -1).join('')), branch: branchIn(last) };
  }
  const key = nameKey(text);
  const numbered = /^(.{2,}?)(?:제?(\d{1,2})호점?|(?<=[가-힣])(\d)|(본점|직영점|분점|지점))$/.exec(key);
  if (numbered) {
    const [, base = '', number = '', digit = '', kind = ''] = numbered;
    return { base, branch: number || digit || (kind === '본점' ? kind : '') };
  }
  return splitNamedBranch(key);
}

/** 하늘떡집망원점: only after a word of trade, for 하늘정육점 is no branch of 하늘. */
function splitNamedBranch(key: string): { base: string; branch: string } {
  const named = /^(.+?)([가-힣]{2,5})점$/.exec(key);
  if (!named || lastWord(key) !== '') return { base: key, branch: '' };
  const text = named[1]! + named[2]!;
  for (let length = 2; length <= 5 && text.length - length >= 3; length += 1) {
    const base = text.slice(0, -length);
    if (lastWord(base) !== '') return { base, branch: bareBranch(text.slice(-length)) };
  }
  return { base: key, branch: '' };
}

/** The branch that one word names, or nothing: 망원점, 망원시장점, 2호점, 2호, 2, 본점; but not 정육점. */
function branchIn(word: string): string {
  const key = nameKey(word);
  const number = /^제?(\d{1,2})(호점?)?$/.exec(key);
  if (number) return number[1]!;
  if (key === '본점') return key;
  const named = /^([가-힣a-z0-9]{1,8})점$/.exec(key);
  if (!named || lastWord(key) !== '' || isTradeWord(key)) return '';
  return bareBranch(named[1]!);
}

function bareBranch(name: string): string {
  return name.replace(/(직영|지|분)$/, '');
}

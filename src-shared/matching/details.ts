/** The smaller facts of a shop, each in a form that can be compared. */

/** What lists say for "none": two shops of which nobody knows something have nothing in common. */
export function isNone(text: string): boolean {
  return /^(상호|간판|이름|점포명)?(없음|미상|미정|모름|미기재|불명|해당없음)$|^(무명|무상호|노점|노점상|기타|none)$|^[-.xX]*$/i.test(
    text.normalize('NFKC').replace(/\s/g, ''),
  );
}

/**
 * The parts of a stall's place in their order, without the words that only say what they count: 가동 12호, 가-12 and 가 12
 * are 가, 12. A floor is marked, for it is left out as often: 1층 12호 is ^1, 12 and 지하 1층 is _1.
 */
export function unitParts(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/(?:지하|b)\s*(\d+)\s*(?:층|f(?![a-z]))/g, ' _$1 ')
    .replace(/(\d+)\s*(?:층|f(?![a-z]))/g, ' ^$1 ');
  const parts = plain.match(/[_^]?\d+|[가-힣a-z]+/g) ?? [];
  return parts
    .map((part) => part.replace(/(동|호|열|번|칸|관|구역|라인|블[럭록])$/, ''))
    .filter((part) => part !== '' && !/^(호수|점포|상가|매장|번지)$/.test(part));
}

/** same, alike when one says the same and more, different; null when one says nothing. */
export function compareUnits(
  a: readonly string[],
  b: readonly string[],
): 'same' | 'alike' | 'different' | null {
  if (a.length === 0 || b.length === 0) return null;
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  let at = 0;
  for (const part of many) if (part === few[at]) at += 1;
  if (at < few.length) return 'different';
  return few.length === many.length ? 'same' : 'alike';
}

/** The phone numbers in a field, which may hold two: 033-648-4477 / 010-0000-0001. */
export function phoneTexts(text: string): string[] {
  return text
    .split(/[/,;\n]|\s{2,}|\s(?:및|또는)\s/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** 010-0000-0000 and 010-1234-5678: typed where a number must stand. */
export function isNoPhone(digits: string): boolean {
  return /(\d)\1{7}$|12345678$/.test(digits);
}

export function isMobile(digits: string): boolean {
  return /^01[016-9]/.test(digits);
}

/** One digit wrong, too many or too few, or two neighbours swapped: equal lengths first, being the most. */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** A person's name without spaces, title and "and another". */
export function personKey(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/\s|외\s*\d+\s*(명|인)|[.·]/g, '')
    .replace(/(사장님?|대표님?|점주|님|씨)$/, '');
}

/** 김** against 김단골: the visible letters agree. */
export function agreesMasked(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  return [...a].every((letter, at) => letter === b[at] || isMask(letter) || isMask(b[at] ?? ''));
}

export function isMasked(name: string): boolean {
  return [...name].some(isMask);
}

function isMask(letter: string): boolean {
  return '*○◯Ｏ●OX'.includes(letter) && letter !== '';
}

/** The channel's name: https://pf.kakao.com/_abcDE/chat and @… of the old plus friends; empty for no address. */
export function channelKey(url: string): string {
  const text = url.trim();
  if (/^_[A-Za-z0-9]+$/.test(text)) return text;
  return pathAfter(text, /(?:pf\.kakao\.com|plus\.kakao\.com\/home|goto\.kakao\.com)\/(@?[^/?#\s]+)/i);
}

/** The number of a place on the map: place.map.kakao.com/123, map.kakao.com/?itemId=123, kko.to short links as they are. */
export function mapKey(url: string): string {
  return pathAfter(url, /(?:place\.map\.kakao\.com\/(?:m\/)?|[?&]itemId=|kko\.to\/)([^/?#&\s]+)/i);
}

function pathAfter(url: string, pattern: RegExp): string {
  return pattern.exec(url.normalize('NFKC').trim())?.[1] ?? '';
}

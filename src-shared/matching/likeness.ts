import { provinceOf, withPresentPlace } from './regions.ts';

/** Forms in which two spellings of the same thing become equal text; empty when there is nothing to compare. */

const COMPANY = /\((주|유|합)\)|㈜|주식회사|유한회사/g;

/** A name without spaces, case, punctuation and company form; parentheses stay, they may tell two markets apart. */
export function nameKey(name: string): string {
  return name
    .replace(COMPANY, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,·・'’"-]/g, '');
}

/**
 * All names that a market goes by: "점촌전통시장 (구 신흥시장)" is 점촌전통시장 and 신흥시장 too, and "포항 큰동해시장"
 * is 큰동해시장 when a place's name stands in front.
 */
export function namesOf(name: string, places: readonly string[] = []): string[] {
  const bare = name.replace(COMPANY, ' ').normalize('NFKC');
  const inner = [...bare.matchAll(/\(([^)]*)\)/g)].flatMap(([, text = '']) => text.split(','));
  const outer = bare.replace(/\([^)]*\)/g, ' ').trim();
  const [first = '', ...rest] = outer.split(/\s+/);
  const called = rest.length > 0 && isPlaceName(first, places) ? [rest.join('')] : [];
  const former = inner.map((text) => text.trim().replace(/^구\s+/, ''));
  return [...new Set([name, outer, ...called, ...former].map(nameKey))].filter((key) => key.length > 1);
}

function isPlaceName(word: string, places: readonly string[]): boolean {
  return provinceOf(word) !== null || places.some((place) => place === word || place.slice(0, -1) === word);
}

export function addressKey(address: string): string {
  return withPresentPlace(address.normalize('NFKC').trim())
    .replace(/\([^)]*\)/g, '')
    .replace(/번지|일대|일원/g, '')
    .replace(/[\s.,]/g, '')
    .toLowerCase();
}

/** The digits of a phone number; empty for what is too short to be one. */
export function phoneKey(phone: string): string {
  const digits = phone
    .normalize('NFKC')
    .replace(/\D/g, '')
    .replace(/^82(?=[1-9])/, '0');
  return digits.length >= 8 ? digits : '';
}

/**
 * 02-123-4567, 033-648-4477, 031-8012-3456, 010-0000-1234, 1588-1234, with or without hyphens. An area outside Seoul
 * has three digits in the middle, or four that begin with 5 or 8: 033-6629-2920 has one typed twice.
 */
export function isUsualPhone(phone: string): boolean {
  const usual =
    /^(02[- ]?\d{3,4}|0[3-6]\d[- ]?(\d{3}|[58]\d{3})|01[016-9][- ]?\d{3,4}|0(70|50\d|80)[- ]?\d{3,4}|1\d{3})[- ]?\d{4}$/;
  return usual.test(phone);
}

/** What people type where a number must stand; 0000000000 and 1234567891 even have a right check digit. */
export function isNoBusinessNumber(digits: string): boolean {
  return /^(\d)\1*$|^123456789[01]$/.test(digits);
}

/**
 * The ten digits of a business number; empty when the check digit does not agree, or for what is typed when there is
 * none. The rule of the National Tax Service: nine digits weighted by 1 3 7 1 3 7 1 3 5, the tens of the last product
 * added, and what is missing to the next ten is the check digit (the same as python-stdnum's stdnum.kr.brn).
 */
export function businessNumberKey(text: string): string {
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  if (!/^\d{10}$/.test(digits) || isNoBusinessNumber(digits)) return '';
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  const carried = Math.floor((Number(digits[8]) * 5) / 10);
  return (10 - ((sum + carried) % 10)) % 10 === Number(digits[9]) ? digits : '';
}

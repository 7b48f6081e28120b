import type { Language } from '#shared/contract/messages.ts';

const FIRST = '가'.charCodeAt(0);
const LAST = '힣'.charCodeAt(0);
/** Syllables that share their first sound and vowel: the first of each has no last consonant. */
const FINALS = 28;

/** The text as the object of a Korean sentence: 을 after a last consonant, 를 after a vowel; English needs nothing. */
export function asObject(text: string, language: Language): string {
  if (language !== 'ko') return text;
  // Quotes and brackets at the end are not spoken.
  const spoken = text.replace(/[^\p{L}\p{N}]+$/u, '');
  const code = spoken.normalize('NFC').charCodeAt(spoken.normalize('NFC').length - 1);
  if (code >= FIRST && code <= LAST) return `${text}${(code - FIRST) % FINALS === 0 ? '를' : '을'}`;
  // A digit is read in Korean; of a Latin letter nobody knows.
  if (/\d$/.test(spoken)) return `${text}${/[2459]$/.test(spoken) ? '를' : '을'}`;
  return `${text}을(를)`;
}

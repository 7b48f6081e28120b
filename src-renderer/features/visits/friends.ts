/**
 * What was typed as a friend count: a number, nothing, or something that is no count. Thousands marks and a counter word
 * behind it are welcome.
 */
export function parseFriends(text: string): number | null | 'wrong' {
  const digits = text.replace(/[\s,]/g, '').replace(/\p{Script=Hangul}$/u, '');
  if (digits === '') return null;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : 'wrong';
}

/** More than ten times more or less than before is more often a slip than a feast. */
export function isOddJump(now: number, before: number | undefined): boolean {
  if (before === undefined || before < 20) return false;
  return now > before * 10 || now * 10 < before;
}

/** What was typed as a whole number between two bounds: the number, nothing, or something else. */
export function countIn(text: string, least: number, most: number): number | null | 'wrong' {
  const digits = text.replace(/[\s,]/g, '');
  if (digits === '') return null;
  const count = /^\d{1,12}$/.test(digits) ? Number(digits) : Number.NaN;
  return count >= least && count <= most ? count : 'wrong';
}

/** Personal data as a report, a list of doubles or a sheet of paper shows it when nobody asked for more. */

/** 김단골 becomes 김**: the length of a name says something, too. */
export function maskName(name: string | null): string | null {
  const first = name?.trim().match(/^./u)?.[0];
  return first === undefined ? null : `${first}**`;
}

/** 010-1234-5678 becomes 010-****-5678; what has no middle that can be hidden is hidden whole. */
export function maskPhone(phone: string | null): string | null {
  if (phone === null || phone.trim() === '') return null;
  const digits = phone.replace(/\D/g, '');
  const parts = /^(02|0505|0\d{2}|1\d{3})(\d{3,4})(\d{4})$/.exec(digits);
  return parts ? `${parts[1]}-****-${parts[3]}` : '****';
}

/** 123-45-67890 becomes 123-**-*****. */
export function maskBusinessNumber(number: string | null): string | null {
  if (number === null || number.trim() === '') return null;
  const digits = number.replace(/\D/g, '');
  return digits.length === 10 ? `${digits.slice(0, 3)}-**-*****` : '***';
}

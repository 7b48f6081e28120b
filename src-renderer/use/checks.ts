import { useI18n } from 'vue-i18n';

/** A Korean number with its area or mobile prefix, however it is hyphenated, or a short service number. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/[\s().-]/g, '').replace(/^\+82/, '0');
  return /^0\d{8,11}$/.test(digits) || /^1\d{7}$/.test(digits);
}

export function isBusinessNumber(text: string): boolean {
  return /^\d{3}-?\d{2}-?\d{5}$/.test(text.trim());
}

type Warn = (text: string) => string | undefined;

function useWarning(right: (text: string) => boolean, key: string): Warn {
  const { t } = useI18n();
  return (text) => (text.trim() === '' || right(text) ? undefined : t(key));
}

/** What is odd about a value that is kept all the same: the trainer may know better than the rule. */
export const usePhoneWarning = () => useWarning(isPhone, 'check.phone');
export const useBusinessNumberWarning = () => useWarning(isBusinessNumber, 'check.businessNumber');

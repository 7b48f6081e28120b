import type { PersonalSheet } from '#shared/contract/report.ts';
import { maskBusinessNumber, maskName, maskPhone } from '#shared/model/mask.ts';

/** The sheets on which people are shown in full, who asked for it and why; everywhere else they are masked. */
export interface InFull {
  readonly sheets: ReadonlySet<PersonalSheet>;
  readonly by: string;
  readonly reason: string;
}

/** How a sheet shows personal data, and what its column says of it. */
export interface Shown {
  readonly name: (value: string | null) => string | null;
  readonly phone: (value: string | null) => string | null;
  readonly businessNumber: (value: string | null) => string | null;
  /** `masked` where it is; else that it is in full. */
  readonly meaning: (what: string, masked: string) => string;
}

const same = (value: string | null): string | null => value;

export function shownOn(sheet: PersonalSheet, inFull: InFull | null): Shown {
  if (inFull?.sheets.has(sheet)) {
    const meaning = (what: string): string => `${what}개인정보예요. 까닭을 적고 그대로 실었어요.`;
    return { name: same, phone: same, businessNumber: same, meaning };
  }
  return {
    name: maskName,
    phone: maskPhone,
    businessNumber: maskBusinessNumber,
    meaning: (what, masked) => `${what}개인정보라서 ${masked}`,
  };
}

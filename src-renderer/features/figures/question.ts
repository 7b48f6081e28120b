import type { LocationQuery } from 'vue-router';

/** What is asked for, as it stands in the address: so that the way back from the rows leads to the same figures. */
export interface AskedFor {
  readonly program?: string;
  readonly from?: string;
  readonly to?: string;
}

export function questionIn(query: LocationQuery): Record<string, string> & AskedFor {
  const asked: Record<string, string> = {};
  for (const key of ['program', 'from', 'to']) {
    const value = query[key];
    if (typeof value === 'string' && value !== '') asked[key] = value;
  }
  return asked;
}

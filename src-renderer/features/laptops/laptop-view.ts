import type { KeyVerdict, LaptopRow, LateSession, LateTrainer } from '#shared/contract/laptops.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAYS_FROM = 48;

/** How far ahead a clock ran, in the unit in which a person would say it; whole ones, and never more than it was. */
export function spanOf(ms: number): { readonly unit: 'hours' | 'days'; readonly n: number } {
  const hours = Math.floor(ms / HOUR_MS);
  return hours < DAYS_FROM ? { unit: 'hours', n: hours } : { unit: 'days', n: Math.floor(hours / 24) };
}

/** What a person is asked: nothing of a laptop of which nothing is in. */
export function askedOf({ key, files }: LaptopRow): Exclude<KeyVerdict, 'confirmed'> | null {
  return key.verdict === 'confirmed' || files === 0 ? null : key.verdict;
}

/** A trainer's line with those of the sessions below it, so that a long list is one list. */
export type LateLine =
  | { readonly kind: 'trainer'; readonly key: string; readonly of: LateTrainer }
  | { readonly kind: 'session'; readonly key: string; readonly session: LateSession };

export function lateLines(trainers: readonly LateTrainer[]): LateLine[] {
  return trainers.flatMap((of): LateLine[] => {
    const id = of.trainer?.id ?? '';
    return [
      { kind: 'trainer', key: `trainer ${id}`, of },
      ...of.sessions.map((session): LateLine => ({ kind: 'session', key: `${id} ${session.id}`, session })),
    ];
  });
}

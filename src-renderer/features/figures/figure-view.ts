import type { FigureName, Figures } from '#shared/contract/report.ts';
import { definitions } from '#shared/figures/definitions.ts';

/** All figures in their order. Not from the contract: its schemas would come into the window with it. */
export const figureNames = Object.keys(definitions) as FigureName[];

/** The figures that are read first; all of them stand in the table below. */
export const headlines = [
  'stores',
  'channelsOpened',
  'mapRegistered',
  'merchantsTrained',
  'surveyMean',
  'surveyHelpfulShare',
  'friends',
  'grantsPaid',
] as const satisfies readonly FigureName[];

/** What a figure rests on, so that no share and no mean stands alone: a message key's end, and its numbers. */
export type Base =
  | { readonly kind: 'share'; readonly of: FigureName; readonly n: number; readonly share: number }
  | { readonly kind: 'responses' | 'sites' | 'sessions' | 'holders'; readonly n: number }
  | { readonly kind: 'none' };

/** The figures whose records carry no day: a period does not limit them. */
export function isWithoutDays(name: FigureName): boolean {
  const { measure } = definitions[name];
  return (measure.table === 'sites' || measure.table === 'stores') && measure.where?.is !== 'dayInPeriod';
}

export function baseOf(name: FigureName, figures: Figures): Base {
  const value = figures[name];
  const { partOf } = definitions[name];
  const whole = partOf ? figures[partOf] : null;
  if (partOf && whole && value !== null) {
    return { kind: 'share', of: partOf, n: whole, share: value / whole };
  }
  switch (name) {
    case 'surveyMean':
    case 'surveyHelpfulShare':
      return { kind: 'responses', n: figures.surveyResponses };
    case 'stores':
      return { kind: 'sites', n: figures.sites };
    case 'merchantsTrained':
      return { kind: 'sessions', n: figures.sessions };
    case 'grantsPaid':
      return { kind: 'holders', n: figures.grantHolders };
    default:
      return { kind: 'none' };
  }
}

/** Won in Korean steps, such as [2억, 3,050만]; null where the amount does not come out even in 만. */
export function inManAndEok(won: number): { eok: number; man: number } | null {
  if (!Number.isSafeInteger(won) || won < 10_000 || won % 10_000 !== 0) return null;
  return { eok: Math.floor(won / 100_000_000), man: (won % 100_000_000) / 10_000 };
}

/** A share as per cent with one decimal; what is not nothing never reads as nothing, nor what is not all as all. */
export function percentOf(share: number): string {
  if (share > 0 && share < 0.001) return '< 0.1%';
  if (share < 1 && share > 0.999) return '> 99.9%';
  return `${(share * 100).toFixed(1)}%`;
}

/** Whether the days of a period are in order; an open end is. */
export function isInOrder(from: string | null, to: string | null): boolean {
  return from === null || to === null || from <= to;
}

import type { FieldKind } from '#shared/model/field.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { parseDay } from '../../use/day-text.ts';

/** What a typed text means for a field: a value, nothing yet, or why it cannot be one (the end of a message key). */
export type Typed =
  { readonly value: Json } | { readonly problem: 'date' | 'whole' | 'number' | 'choice' } | null;

/** The kinds that a person can type; a reference, a photo or a template is only chosen. */
const TYPED: readonly FieldKind[] = ['text', 'date', 'integer', 'money', 'decimal', 'code', 'flag'];

export function canBeTyped(kind: FieldKind | undefined): kind is FieldKind {
  return kind !== undefined && TYPED.includes(kind);
}

/** Reads what was typed as a value of a kind; `today` (YYYY-MM-DD) gives a day without a year its year. */
export function valueTyped(kind: FieldKind, text: string, today: string): Typed {
  const typed = text.trim();
  if (typed === '') return null;
  switch (kind) {
    case 'date': {
      const day = parseDay(typed, today);
      return day === 'wrong' ? { problem: 'date' } : { value: day };
    }
    case 'integer':
    case 'money': {
      const number = numberIn(typed);
      return Number.isSafeInteger(number) ? { value: number } : { problem: 'whole' };
    }
    case 'decimal': {
      const number = numberIn(typed);
      return Number.isFinite(number) ? { value: number } : { problem: 'number' };
    }
    case 'flag':
      return typed === 'true' || typed === 'false' ? { value: typed === 'true' } : { problem: 'choice' };
    default:
      return { value: typed };
  }
}

function numberIn(typed: string): number {
  const plain = typed.replace(/[,\s]/g, '');
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : Number.NaN;
}

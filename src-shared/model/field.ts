/**
 * The vocabulary in which entities are declared: a field's kind, its labels and its marks.
 * Everything else (types, import checks, table columns, forms, workbook headers) is derived from these.
 */

export interface Label {
  readonly ko: string;
  readonly en: string;
}

/**
 * Kinds and the JSON that stands for them in a change:
 * text, code: string · date: 'YYYY-MM-DD' in Asia/Seoul · instant: ISO 8601 UTC · integer, money (whole won): whole
 * number · decimal: number · flag: boolean · ref: id of a record · refs: list of ids · json: any JSON · blob: sha256 of a blob.
 */
export type FieldKind =
  | 'text'
  | 'code'
  | 'date'
  | 'instant'
  | 'integer'
  | 'money'
  | 'decimal'
  | 'flag'
  | 'ref'
  | 'refs'
  | 'json'
  | 'blob';

export interface Field<K extends FieldKind = FieldKind, C extends string = string> {
  readonly kind: K;
  readonly label: Label;
  /** The codes that this version knows, with labels. An unknown code from elsewhere is kept and shown as it is. */
  readonly codes?: Readonly<Record<C, Label>>;
  /** The entity that a ref or refs points to; '*' where another field says which. */
  readonly to?: string;
  /** Personal data (개인정보): masked on request, erasable, never in a log line. */
  readonly personal?: true;
  /** What one person confided to a survey: it is counted, and no screen shows it to those who collect it. */
  readonly confidential?: true;
  /**
   * Free words, in which somebody may be named: the whole value, or some of the answers within it. They are destroyed
   * when personal data is (src-shared/retention); nothing masks them.
   */
  readonly words?: 'all' | 'within';
}

export interface Entity<F extends Record<string, Field> = Record<string, Field>> {
  readonly label: Label;
  readonly fields: F;
  /** Fields whose values make the id (UUIDv5), so that two laptops recording the same fact agree. */
  readonly idFrom?: readonly string[] | undefined;
}

interface Marks {
  readonly personal?: true;
  readonly words?: 'all';
}

function field<K extends FieldKind>(kind: K) {
  return (ko: string, en: string, marks: Marks = {}): Field<K> => ({ kind, label: { ko, en }, ...marks });
}

export const text = field('text');
export const date = field('date');
export const instant = field('instant');
export const integer = field('integer');
export const money = field('money');
export const decimal = field('decimal');
export const flag = field('flag');
export const json = field('json');
export const blob = field('blob');

export function code<const C extends Record<string, readonly [ko: string, en: string]>>(
  ko: string,
  en: string,
  codes: C,
): Field<'code', keyof C & string> {
  const labels = Object.fromEntries(Object.entries(codes).map(([key, [k, e]]) => [key, { ko: k, en: e }]));
  return { kind: 'code', label: { ko, en }, codes: labels as Record<keyof C & string, Label> };
}

export function ref(to: string, ko: string, en: string): Field<'ref'> {
  return { kind: 'ref', label: { ko, en }, to };
}

export function refs(to: string, ko: string, en: string): Field<'refs'> {
  return { kind: 'refs', label: { ko, en }, to };
}

/** Declares an entity; exists to let TypeScript infer the narrow type of its fields. */
export function entity<const F extends Record<string, Field>>(
  ko: string,
  en: string,
  fields: F,
  idFrom?: readonly (keyof F & string)[],
): Entity<F> {
  return { label: { ko, en }, fields, idFrom };
}

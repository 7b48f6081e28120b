import type { PersonalSheet } from '#shared/contract/report.ts';
import type { Facts } from '#shared/figures/facts.ts';
import type {
  ReportPerson,
  ReportProgram,
  ReportRows,
  ReportSite,
  ReportStore,
} from '#shared/figures/report-rows.ts';
import type { Field, Label } from '#shared/model/field.ts';
import { shownOn, type InFull, type Shown } from './in-full.ts';
import type { Column } from './sheet.ts';

/**
 * Finds the names that rows refer to, and numbers programmes, sites, shops and people in the order of the workbook.
 * Names repeat (twelve markets are called 중앙시장) and are masked: the numbers tell them apart and link the sheets.
 */
export interface Lookups {
  readonly program: (id: string | null) => { number: number; row: ReportProgram } | null;
  readonly site: (id: string | null) => { number: number; row: ReportSite } | null;
  readonly store: (id: string | null) => ReportStore | null;
  readonly person: (id: string | null) => ReportPerson | null;
  /** The number of a shop: the same for all that were joined as one. */
  readonly shopNumber: (group: string | null) => number | null;
  readonly groupOf: (store: string) => string;
  readonly personNumber: (id: string | null) => number | null;
  /** How a sheet shows personal data. */
  readonly shown: (sheet: PersonalSheet) => Shown;
}

export function lookupsOf(
  rows: ReportRows,
  facts: Facts<ReportRows>,
  programs: readonly ReportProgram[],
  groupOf: (store: string) => string,
  inFull: InFull | null,
): Lookups {
  const programById = numbered(programs, (row) => row.id);
  const siteById = numbered(
    facts.sites.map(({ row }) => row),
    (row) => row.id,
  );
  const storeById = new Map(rows.stores.map((row) => [row.id, row]));
  const personById = new Map(rows.people.map((row) => [row.id, row]));
  const shops = counter();
  for (const { group } of facts.stores) shops(group);
  const people = counter();
  return {
    program: (id) => (id === null ? null : (programById.get(id) ?? null)),
    site: (id) => (id === null ? null : (siteById.get(id) ?? null)),
    store: (id) => (id === null ? null : (storeById.get(id) ?? null)),
    person: (id) => (id === null ? null : (personById.get(id) ?? null)),
    shopNumber: (group) => (group === null ? null : shops(group)),
    groupOf,
    personNumber: (id) => (id === null ? null : people(id)),
    shown: (sheet) => shownOn(sheet, inFull),
  };
}

/** Numbers keys from 1 in the order in which they are first asked for. */
function counter(): (key: string) => number {
  const numbers = new Map<string, number>();
  return (key) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, numbers.size + 1);
    return numbers.size;
  };
}

function numbered<T>(list: readonly T[], idOf: (item: T) => string): Map<string, { number: number; row: T }> {
  return new Map(list.map((row, index) => [idOf(row), { number: index + 1, row }]));
}

/** The Korean word for a code; an unknown code, from a newer laptop, stands as it is. */
export function wordFor(field: Field, code: string | null): string | null {
  if (code === null) return null;
  const codes: Readonly<Record<string, Label>> = field.codes ?? {};
  return Object.hasOwn(codes, code) ? (codes[code]?.ko ?? code) : code;
}

/** The codes of a field for the dictionary. */
export function codesFor(field: Field): { code: string; label: string }[] {
  return Object.entries(field.codes ?? {}).map(([code, label]) => ({ code, label: (label as Label).ko }));
}

/** The two columns by which every data sheet says which programme a row belongs to: its name, and its number at the end. */
export function programColumns<R extends { readonly program: string | null }>(
  lookups: Lookups,
): { name: Column<R>; number: Column<R> } {
  return {
    name: {
      key: 'programName',
      header: '사업',
      width: 20,
      kind: 'text',
      meaning: '이 줄이 속한 사업이에요. 비어 있으면 어느 사업인지 알 수 없어 전체에만 세요.',
      value: ({ program }) => lookups.program(program)?.row.name ?? null,
    },
    number: {
      key: 'programNumber',
      header: '사업 번호',
      width: 9,
      kind: 'whole',
      meaning: '사업별 시트의 번호예요. 수식이 이 번호로 사업을 찾아요.',
      screenOnly: true,
      value: ({ program }) => lookups.program(program)?.number ?? null,
    },
  };
}

/** The two columns that say where: a site's name, and its number at the end. */
export function siteColumns<R>(
  lookups: Lookups,
  siteOf: (row: R) => string | null,
): { name: Column<R>; number: Column<R> } {
  return {
    name: {
      key: 'siteName',
      header: '시장·상권',
      width: 22,
      kind: 'text',
      meaning: '시장이나 거리의 이름이에요. 이름이 같은 곳은 번호로 구별해요.',
      value: (row) => lookups.site(siteOf(row))?.row.name ?? null,
    },
    number: {
      key: 'siteNumber',
      header: '시장 번호',
      width: 9,
      kind: 'whole',
      meaning: '시장·상권 시트의 번호예요.',
      screenOnly: true,
      value: (row) => lookups.site(siteOf(row))?.number ?? null,
    },
  };
}

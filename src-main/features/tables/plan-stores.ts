import { addressKey, businessNumberKey, nameKey, phoneKey } from '#shared/matching/likeness.ts';
import type { PairRule } from '#shared/matching/pairing.ts';
import { planTable, type Draft, type Plan, type Recognition } from './plan.ts';
import type { Fields, TableRecord } from './table-port.ts';

/** What a shop is recognised by, within one site. */
interface StoreSide {
  readonly name: string;
  /** Empty unless the check digit agrees. */
  readonly business: string;
  readonly unit: string;
  readonly phone: string;
  readonly address: string;
}

const rules: readonly PairRule<StoreSide>[] = [
  { why: 'business number, name and unit', keys: (s) => keyOf(s.business, s.name, s.unit) },
  { why: 'business number and name', keys: (s) => keyOf(s.business, s.name) },
  { why: 'business number', keys: (s) => keyOf(s.business) },
  { why: 'name and unit', keys: (s) => keyOf(s.name, s.unit) },
  { why: 'name and phone', keys: (s) => keyOf(s.name, s.phone) },
  { why: 'name and address', keys: (s) => keyOf(s.name, s.address), unless: isElsewhere },
  { why: 'name', keys: (s) => keyOf(s.name), unless: isAnother },
];

/**
 * Decides what a list of shops does to the shops of one site. Shops that were joined are one, so that a list which is
 * read again does not bring a joined shop back as a third record.
 */
export function planStores(
  drafts: readonly Draft[],
  here: readonly TableRecord[],
  groupOf?: (store: string) => string,
): Plan {
  return planTable(drafts, [here], recognition, groupOf);
}

const recognition: Recognition<StoreSide> = {
  sideOf,
  rules,
  sameness: (s) => [s.name, s.business, s.unit, s.phone, s.address].join('\n'),
  repeated: (first) => `${first}행과 상호·호수·전화번호·주소가 같아서 구별할 수 없어요.`,
};

function sideOf(fields: Fields): StoreSide {
  const text = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return {
    name: nameKey(text('name')),
    business: businessNumberKey(text('businessNumber')),
    unit: nameKey(text('unit')),
    phone: phoneKey(text('phone')),
    address: addressKey(text('roadAddress')) || addressKey(text('lotAddress')),
  };
}

/** A rule needs all its parts. */
function keyOf(...parts: readonly string[]): string[] {
  return parts.every((part) => part !== '') ? [parts.join('\n')] : [];
}

/** Two facts that both sides have and that differ. */
function differ(a: string, b: string): boolean {
  return a !== '' && b !== '' && a !== b;
}

/** In one building many shops share the address: another unit or another business there is another shop. */
function isElsewhere(row: StoreSide, here: StoreSide): boolean {
  return (
    differ(row.business, here.business) || (differ(row.unit, here.unit) && differ(row.phone, here.phone))
  );
}

/** The same name alone: a branch, or a new owner, when the business or two of the other facts are others. */
function isAnother(row: StoreSide, here: StoreSide): boolean {
  const differences = [
    differ(row.unit, here.unit),
    differ(row.phone, here.phone),
    differ(row.address, here.address),
  ].filter(Boolean).length;
  return differ(row.business, here.business) || differences > 1;
}

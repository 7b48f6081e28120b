import type { NameVerdict } from './compare-names.ts';

/** What was compared: fields of a store, and three things that follow from several of them. */
export type ReasonField =
  | 'name'
  | 'branch'
  | 'businessNumber'
  | 'phone'
  | 'ownerName'
  | 'channelUrl'
  | 'mapPlaceUrl'
  | 'site'
  | 'address'
  | 'unit'
  | 'category'
  | 'distance';

/** Whether the two agree, nearly agree, disagree, or one of them says nothing. */
export type ReasonKind = 'same' | 'alike' | 'different' | 'missing';

/** Why it was judged so, where the kind alone does not say it. */
export type ReasonHow =
  | NameVerdict['how']
  | 'oneSided'
  | 'wrongCheckDigit'
  | 'oneDigit'
  | 'lastDigits'
  | 'shared'
  | 'mobileAndLandline'
  | 'masked'
  | 'ofSite'
  | 'sameMarket'
  | 'nationwide'
  | 'near'
  | 'sameDistrict'
  | 'elsewhere'
  | 'sameBuilding'
  | 'nextDoor'
  | 'otherNumber'
  | 'otherRoad'
  | 'otherDistrict'
  | 'otherProvince'
  | 'sameTrade'
  | 'withAddress';

/** One comparison and what it is worth. */
export interface Reason {
  readonly field: ReasonField;
  readonly kind: ReasonKind;
  /** Bits: +1 doubles the odds, -1 halves them. */
  readonly weight: number;
  readonly how?: ReasonHow;
}

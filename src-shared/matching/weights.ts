/**
 * What each agreement or difference is worth, in bits: +1 doubles the odds that two records are one shop, -1 halves
 * them (I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", JASA 64, 1969). A weight is log2 of how much more
 * often the observation is made on one shop written twice than on two shops that happen to be compared. They were set
 * by hand from that question and then held against the corpus of tests/unit/matching-corpus.test.ts; docs/matching.md
 * says for each why. Nothing known is worth nothing: a missing field never speaks for or against.
 */
export const WEIGHTS = {
  /**
   * The odds before anything is compared: of the pairs that share enough to be looked at, about one in 256 is one shop.
   */
  prior: -8,
  name: {
    same: 7,
    /** 강분식: a family name and a trade, of which a market may have two. */
    oneSyllable: 5,
    /** 할매국밥, 서울식당: names that shops have without knowing of each other. */
    common: 4.5,
    /** 분식집: no name at all. */
    onlyTrade: 1,
    former: 6,
    alias: 5.5,
    commonFormer: 3.5,
    /** 하늘떡집 and 하늘떡방앗간, or 하늘 alone. */
    tradeWord: 5,
    /** 하늘식당 and 하늘국밥. */
    possibleTradeWord: 3,
    commonTradeWord: 3,
    oneSyllableTradeWord: 2,
    /** 하늘떡집 and 하늘분식: neighbours take over a name, and one merchant may have both. */
    otherTrade: -4,
    contains: 3,
    commonContains: 1,
    /**
     * So many slips at most in names of so many keystrokes at least: 하늘 has five, and one slip there may be another
     * name, one in ten keystrokes hardly is. Two slips fell in one syllable more often than not: another word.
     */
    typo: [
      { slips: 1, keys: 8, weight: 5.5 },
      { slips: 0.5, keys: 4, weight: 4 },
      { slips: 1, keys: 5, weight: 3.5 },
      { slips: 2, keys: 14, weight: 3 },
      { slips: 1, keys: 4, weight: 1.5 },
      { slips: 2, keys: 9, weight: 1 },
    ],
    /** More than half of the keystrokes agree. */
    similar: -3,
    different: -8,
  },
  branch: {
    same: 1,
    /** One says 2호점, the other nothing. */
    oneSided: -2,
    /** 1호점 and 2호점, 망원점 and 합정점: owner, phone and name may well be one, the shops are not. */
    different: -18,
  },
  businessNumber: {
    same: 14,
    /** One wrong digit, and at most one of the two has a right check digit. */
    typo: 5,
    /** Two numbers with right check digits: another business; a new owner's at best. */
    different: -7,
  },
  phone: {
    same: 7,
    /** The last eight digits: an area code left out, 011 become 010. */
    lastDigits: 6,
    typo: 3.5,
    /** The number of the market's office, or one that four shops or more give. */
    shared: 1.5,
    /** Two mobile phones: two people, or a new number. */
    differentMobile: -2,
    differentLandline: -1.5,
    /** A shop has one of each. */
    mobileAndLandline: 0,
  },
  ownerName: {
    same: 5,
    masked: 1,
    typo: 1.5,
    /** Father and son, or the one before. */
    different: -4,
  },
  channelUrl: { same: 13, ofSite: 0.5, different: -2 },
  mapPlaceUrl: { same: 14, different: -2 },
  site: {
    same: 3,
    /** Two records of one market, such as those of two programmes. */
    sameMarket: 3,
    /** The street beside the market, or the one that grew out of it. */
    near: -1,
    sameDistrict: -3,
    elsewhere: -7,
  },
  address: {
    same: 3,
    /** The market's own address, which half of its shops give. */
    ofSite: 0.5,
    /** 27 and 27-3. */
    sameBuilding: 1.5,
    /** 27-1 and 27-3: next door, which in a market is the same roof. */
    nextDoor: -1,
    /** Shops of no site: a district is one of about 250. */
    sameDistrict: 1.5,
    otherNumber: -2,
    otherRoad: -3,
    otherDistrict: -7,
    otherProvince: -8,
  },
  unit: { same: 3, alike: 1.5, different: -4 },
  category: { same: 1, possible: 0, different: -1 },
  /** By distance in metres; inside a covered market a device is off by 50. */
  distance: [
    { upTo: 30, weight: 2 },
    { upTo: 100, weight: 1 },
    { upTo: 300, weight: -1 },
    { upTo: 1000, weight: -3 },
    { upTo: Infinity, weight: -6 },
  ],
} as const;

/** The chance that two records are one shop, from 0 to 1, given the sum of the weights of what was compared. */
export function scoreOf(bits: number): number {
  const score = 1 / (1 + 2 ** -(WEIGHTS.prior + bits));
  return Math.round(score * 10_000) / 10_000;
}

/** From here on a pair is worth a person's look. */
export const WORTH_ASKING = 0.5;
/** From here on the evidence is strong. */
export const LIKELY = 0.9;

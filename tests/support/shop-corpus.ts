import { businessNumberKey } from '#shared/matching/likeness.ts';
import type { ShopFacts, SiteFacts } from '#shared/matching/shop.ts';
import { writtenAgain } from './shop-variants.ts';
import { seeded, type Random } from './random.ts';
import { COMMON, DISTRICTS, FAMILY, GIVEN, OWN, TRADES } from './shop-words.ts';

/** Shops as lists hold them, with the truth: records of one `shop` are one shop. */
export interface Corpus {
  readonly sites: readonly SiteFacts[];
  readonly records: readonly ShopFacts[];
  /** For each record, which shop it really is. */
  readonly shopOf: ReadonlyMap<string, string>;
  /** Why two shops of the corpus look alike though they are two; by their shops. */
  readonly trapOf: ReadonlyMap<string, string>;
}

export interface Facts extends Omit<ShopFacts, 'id'> {
  /** The road and the lot of the building, of which a list has one, both or none. */
  readonly building: { readonly road: string; readonly lot: string };
}

export function shopCorpus(seed: number, { markets = 20, shops = 60 } = {}): Corpus {
  return new Builder(seeded(seed), markets, shops).build();
}

class Builder {
  readonly #random: Random;
  readonly #sites: SiteFacts[] = [];
  readonly #records: ShopFacts[] = [];
  readonly #shopOf = new Map<string, string>();
  readonly #trapOf = new Map<string, string>();
  readonly #markets: number;
  readonly #shops: number;
  #serial = 0;

  constructor(random: Random, markets: number, shops: number) {
    this.#random = random;
    this.#markets = markets;
    this.#shops = shops;
  }

  build(): Corpus {
    const nationwide: SiteFacts = { ...noPlace, id: 'nationwide', name: '전국', kind: 'nationwide' };
    this.#sites.push(nationwide);
    const markets = Array.from({ length: this.#markets }, (_, at) => this.#market(at));
    for (const { site, twin } of markets) {
      for (let at = 0; at < this.#shops; at += 1) {
        const facts = this.#shop(site);
        const shop = this.#put(facts);
        if (this.#random.chance(0.35)) this.#again(shop, facts, twin, nationwide.id);
        if (this.#random.chance(0.08)) this.#again(shop, facts, twin, nationwide.id);
      }
    }
    this.#traps(markets.map(({ site }) => site));
    return { sites: this.#sites, records: this.#records, shopOf: this.#shopOf, trapOf: this.#trapOf };
  }

  /** A market and its second record, as another programme made it. */
  #market(at: number): { site: SiteFacts; twin: string } {
    const random = this.#random;
    const { province, district } = random.pick(DISTRICTS);
    const road = `${province} ${district} ${random.pick(OWN)}로 ${1 + random.below(200)}`;
    const lot = `${province} ${district} ${random.pick(OWN)}동 ${1 + random.below(900)}-${1 + random.below(30)}`;
    const site: SiteFacts = {
      id: `market${at}`,
      name: `${random.pick(OWN)}${random.pick(['시장', '중앙시장', '골목시장'])}${at}`,
      kind: 'traditionalMarket',
      province,
      district,
      roadAddress: road,
      lotAddress: lot,
      latitude: 34 + random.next() * 3.5,
      longitude: 126.5 + random.next() * 2.5,
      phone: random.chance(0.5) ? this.#landline() : null,
      channelUrl: null,
    };
    const twin = { ...site, id: `twin${at}`, phone: null, latitude: null, longitude: null };
    this.#sites.push(site, twin);
    return { site, twin: twin.id };
  }

  #shop(site: SiteFacts): Facts {
    const random = this.#random;
    const [name = '', category = ''] = this.#name().split(':');
    const known = random.chance(0.15);
    return {
      site: site.id,
      name,
      category: random.chance(0.9) ? category : null,
      ownerName: random.chance(0.7) ? this.#person() : null,
      phone: random.chance(0.65) ? (random.chance(0.75) ? this.#mobile() : this.#landline()) : null,
      businessNumber: random.chance(0.35) ? this.#businessNumber() : null,
      building: {
        road: known
          ? site.roadAddress!
          : site.roadAddress!.replace(/\d+$/, () => String(1 + random.below(60))),
        lot: known ? site.lotAddress! : site.lotAddress!.replace(/\d+$/, () => String(1 + random.below(60))),
      },
      roadAddress: null,
      lotAddress: null,
      unit: random.chance(0.7) ? `${random.pick([...'가나다라'])}동 ${1 + random.below(80)}호` : null,
      latitude: random.chance(0.6) ? site.latitude! + (random.next() - 0.5) * 0.002 : null,
      longitude: site.longitude! + (random.next() - 0.5) * 0.002,
      channelUrl: random.chance(0.4) ? `https://pf.kakao.com/_corpus${(this.#serial += 1)}` : null,
      mapPlaceUrl: random.chance(0.3)
        ? `https://place.map.kakao.com/${(this.#serial += 1) + 10_000_000}`
        : null,
    };
  }

  #name(): string {
    const random = this.#random;
    if (random.chance(0.08)) return random.pick(COMMON);
    const [trade = '', category = ''] = random.pick(TRADES).split(':');
    const own = random.pick(OWN);
    if (random.chance(0.05))
      return `${random.pick(FAMILY)}${random.pick(['가네', '씨네', ''])} ${trade}:${category}`;
    return `${random.chance(0.3) ? `${random.pick(OWN)} ` : ''}${own}${trade}:${category}`;
  }

  /** Shops that look alike and are not: each with a reason, so that a miss says what it fell into. */
  #traps(sites: readonly SiteFacts[]): void {
    const random = this.#random;
    for (const [at, site] of sites.entries()) {
      const other = sites[(at + 7) % sites.length]!;
      const { building } = this.#shop(site);
      const [name, category] = this.#brand();
      this.#trap('branches in two markets', [
        { ...this.#shop(site), name, category },
        { ...this.#shop(other), name, category },
      ]);
      const [brand, trade] = this.#brand();
      const chain = { ownerName: this.#person(), phone: this.#mobile(), category: trade };
      this.#trap('two branches in one market', [
        { ...this.#shop(site), ...chain, name: `${brand} 1호점` },
        { ...this.#shop(site), ...chain, name: `${brand} 2호점` },
      ]);
      const office = this.#landline();
      this.#trap('neighbours with one phone', [
        { ...this.#shop(site), building, phone: office, unit: '가동 7호' },
        { ...this.#shop(site), building, phone: office, unit: '가동 8호' },
      ]);
      this.#fatherAndSon(site);
      const own = random.pick(OWN);
      const merchant = { ownerName: this.#person(), phone: this.#mobile() };
      this.#trap('one merchant, two shops', [
        { ...this.#shop(site), ...merchant, name: `${own}떡집`, category: '떡', unit: '다동 1호' },
        { ...this.#shop(site), ...merchant, name: `${own}옷가게`, category: '의류', unit: '라동 40호' },
      ]);
      this.#trap('successor in the unit', [
        { ...this.#shop(site), building, unit: '다동 20호', ownerName: this.#person() },
        { ...this.#shop(site), building, unit: '다동 20호', ownerName: this.#person() },
      ]);
      const [common = '', sold = ''] = random.pick(COMMON).split(':');
      this.#trap('one common name in a market', [
        { ...this.#shop(site), name: common, category: sold, unit: '가동 3호', ownerName: this.#person() },
        { ...this.#shop(site), name: common, category: sold, unit: '라동 9호', ownerName: this.#person() },
      ]);
    }
  }

  /** Side by side, in one trade, under one family name and sometimes one phone. */
  #fatherAndSon(site: SiteFacts): void {
    const random = this.#random;
    const [family, father, son] = [random.pick(FAMILY), ...random.shuffled(GIVEN)] as [
      string,
      string,
      string,
    ];
    const { building } = this.#shop(site);
    const phone = this.#mobile();
    const shared = { building, category: '축산' };
    this.#trap('father and son', [
      {
        ...this.#shop(site),
        ...shared,
        phone,
        name: `${family}씨정육점`,
        ownerName: family + father,
        unit: '나동 11호',
      },
      {
        ...this.#shop(site),
        ...shared,
        phone: random.chance(0.5) ? phone : this.#mobile(),
        name: `${family}가축산`,
        ownerName: family + son,
        unit: '나동 12호',
      },
    ]);
  }

  #brand(): [name: string, category: string] {
    const [word = '', category = ''] = this.#random.pick(['치킨:치킨', '김밥:분식', '커피:카페']).split(':');
    return [`${this.#random.pick(OWN)}${this.#random.pick(OWN)}${word}`, category];
  }

  #trap(why: string, shops: readonly Facts[]): void {
    for (const facts of shops) this.#trapOf.set(this.#put(facts), why);
  }

  #put(facts: Facts): string {
    const shop = `shop${String((this.#serial += 1)).padStart(6, '0')}`;
    const random = this.#random;
    const { building, ...rest } = facts;
    const listed = random.below(4);
    this.#record(shop, {
      ...rest,
      roadAddress: listed > 0 ? building.road : null,
      lotAddress: listed > 1 ? building.lot : null,
      longitude: facts.latitude === null ? null : facts.longitude,
    });
    return shop;
  }

  #again(shop: string, facts: Facts, twin: string, nationwide: string): void {
    const random = this.#random;
    const where = random.next();
    const site = where < 0.9 ? facts.site : where < 0.95 ? twin : nationwide;
    const again = writtenAgain(random, facts, {
      mobile: () => this.#mobile(),
      person: () => this.#person(),
      name: () => this.#name().split(':')[0]!,
    });
    this.#record(shop, { ...again, site });
  }

  #record(shop: string, facts: Omit<ShopFacts, 'id'>): void {
    const id = `record${String((this.#serial += 1)).padStart(6, '0')}`;
    this.#records.push({ ...facts, id });
    this.#shopOf.set(id, shop);
  }

  #person(): string {
    return this.#random.pick(FAMILY) + this.#random.pick(GIVEN);
  }

  /** Plainly invented, yet no two alike. */
  #mobile(): string {
    const digits = String((this.#serial += 1) + this.#random.below(9) * 1_000_000).padStart(8, '0');
    return `010-${digits.slice(0, 4)}-${digits.slice(4)}`;
  }

  #landline(): string {
    return `033-${String(200 + this.#random.below(700))}-${String(this.#random.below(10_000)).padStart(4, '0')}`;
  }

  #businessNumber(): string {
    const body = `000${String(this.#random.below(1_000_000)).padStart(6, '0')}`;
    const digits = [...'0123456789']
      .map((check) => body + check)
      .find((number) => businessNumberKey(number) !== '')!;
    return `${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`;
  }
}

const noPlace = {
  province: null,
  district: null,
  roadAddress: null,
  lotAddress: null,
  latitude: null,
  longitude: null,
  phone: null,
  channelUrl: null,
} as const;

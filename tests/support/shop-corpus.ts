import { businessNumberKey } from '#shared/matching/likeness.ts';
import type { ShopFacts, SiteFacts } from '#shared/matching/shop.ts';
import { writtenAgain } from './shop-variants.ts';
import { seeded, type Random } from './random.ts';

/** Shops as lists hold them, with the truth: records of one `shop` are one shop. */
export interface Corpus {
  readonly sites: readonly SiteFacts[];
  readonly records: readonly ShopFacts[];
  /** For each record, which shop it really is. */
  readonly shopOf: ReadonlyMap<string, string>;
  /** Why two shops of the corpus look alike though they are two; by their records. */
  readonly trapOf: ReadonlyMap<string, string>;
}

export interface Facts extends Omit<ShopFacts, 'id'> {
  /** The road and the lot of the building, of which a list has one, both or none. */
  readonly building: { readonly road: string; readonly lot: string };
}

/**
 * The words are chosen apart from those that the matcher knows: some trades are not in its list, some of its common
 * names do not occur.
 */
const OWN =
  '하늘 바다 은하 새벽 소망 미소 행복 풍년 대박 진미 명성 유림 삼성 현진 경민 수진 다래 보람 한솔 가람 누리 미르 아람 도담 ' +
  '샛별 달빛 햇살 노을 구름 청산 백두 한라 금강 설악 동산 남산 북악 태양 무지개 민들레 나그네 고향 시골 강변 호반 솔밭 ' +
  '대명 신성 영진 동진 삼보 우성 성진 동신 부영 은성 화성 광명 보성 장수 만복 천년 백년 오복 복덩이 꼬마 순이 철이 영심이 ' +
  '둘리 뽀로로 앵두 복숭아 참나무 느티나무 대나무 소나무 초원 목련 백합 장미 국화 들꽃';
const TRADES =
  '떡집:떡 분식:분식 식당:음식점 정육점:축산 수산:수산물 반찬:반찬 청과:과일 야채:채소 국밥:음식점 칼국수:음식점 치킨:치킨 ' +
  '건어물:건어물 방앗간:방앗간 상회:잡화 슈퍼:잡화 미용실:미용 옷가게:의류 신발:신발 이불:침구 그릇:주방 세탁소:세탁 만두:분식 ' +
  '족발:음식점 커피:카페 빵집:제과 꽃집:꽃 철물:철물 문구:문구 안경:안경 죽집:음식점 두부:두부 순두부:음식점 피자:피자 홍어:수산물 ' +
  '어묵:분식 김치:반찬 젓갈:젓갈 약초:약초 한복:의류 수선:수선 네일:미용 과자점:과자 통닭집:치킨 호떡:분식 참기름:방앗간';
const COMMON =
  '할매국밥:음식점 전주식당:음식점 서울상회:잡화 엄마손반찬:반찬 형제정육점:축산 부산어묵:분식 시장분식:분식 이모네:음식점';
const FAMILY = '김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허남심';
const GIVEN =
  '민수 영희 철수 순자 영자 정숙 미경 현우 지훈 성호 영호 동철 말숙 경자 은주 수정 태식 병철 기태 춘자 옥순 상철 재호 미란 보영';
const DISTRICTS =
  '서울특별시|종로구 중구 용산구 성동구 광진구 동대문구 중랑구 성북구 강북구 도봉구 노원구 은평구 서대문구 마포구 양천구 강서구 구로구 관악구;' +
  '부산광역시|중구 서구 동구 영도구 부산진구 동래구 해운대구 사하구;대구광역시|중구 동구 서구 남구 북구 수성구 군위군;' +
  '경기도|수원시 성남시 의정부시 안양시 부천시 광명시 평택시 안산시 고양시 구리시 남양주시 오산시 시흥시 용인시;' +
  '강원특별자치도|춘천시 원주시 강릉시 동해시 태백시 속초시 삼척시 홍천군 횡성군 영월군;' +
  '전북특별자치도|전주시 군산시 익산시 정읍시 남원시 김제시 완주군;전라남도|목포시 여수시 순천시 나주시 광양시 담양군 해남군;' +
  '경상북도|포항시 경주시 김천시 안동시 구미시 영주시 상주시;경상남도|창원시 진주시 통영시 사천시 김해시 밀양시 거제시;' +
  '충청남도|천안시 공주시 보령시 아산시 서산시 논산시;충청북도|청주시 충주시 제천시 보은군;제주특별자치도|제주시 서귀포시';
const districts = DISTRICTS.split(';').flatMap((text) => {
  const [province = '', names = ''] = text.split('|');
  return names.split(' ').map((district) => ({ province, district }));
});

const list = (text: string): string[] => text.split(' ');

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
    const { province, district } = random.pick(districts);
    const road = `${province} ${district} ${random.pick(list(OWN))}로 ${1 + random.below(200)}`;
    const lot = `${province} ${district} ${random.pick(list(OWN))}동 ${1 + random.below(900)}-${1 + random.below(30)}`;
    const site: SiteFacts = {
      id: `market${at}`,
      name: `${random.pick(list(OWN))}${random.pick(['시장', '중앙시장', '골목시장'])}${at}`,
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
    if (random.chance(0.08)) return random.pick(list(COMMON));
    const [trade = '', category = ''] = random.pick(list(TRADES)).split(':');
    const own = random.pick(list(OWN));
    if (random.chance(0.05))
      return `${random.pick([...FAMILY])}${random.pick(['가네', '씨네', ''])} ${trade}:${category}`;
    return `${random.chance(0.3) ? `${random.pick(list(OWN))} ` : ''}${own}${trade}:${category}`;
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
      const own = random.pick(list(OWN));
      const merchant = { ownerName: this.#person(), phone: this.#mobile() };
      this.#trap('one merchant, two shops', [
        { ...this.#shop(site), ...merchant, name: `${own}떡집`, category: '떡', unit: '다동 1호' },
        { ...this.#shop(site), ...merchant, name: `${own}옷가게`, category: '의류', unit: '라동 40호' },
      ]);
      this.#trap('successor in the unit', [
        { ...this.#shop(site), building, unit: '다동 20호', ownerName: this.#person() },
        { ...this.#shop(site), building, unit: '다동 20호', ownerName: this.#person() },
      ]);
      const [common = '', sold = ''] = random.pick(list(COMMON)).split(':');
      this.#trap('one common name in a market', [
        { ...this.#shop(site), name: common, category: sold, unit: '가동 3호', ownerName: this.#person() },
        { ...this.#shop(site), name: common, category: sold, unit: '라동 9호', ownerName: this.#person() },
      ]);
    }
  }

  /** Side by side, in one trade, under one family name and sometimes one phone. */
  #fatherAndSon(site: SiteFacts): void {
    const random = this.#random;
    const [family, father, son] = [random.pick([...FAMILY]), ...random.shuffled(list(GIVEN))] as [
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
    const [word = '', category = ''] = this.#random.pick(list('치킨:치킨 김밥:분식 커피:카페')).split(':');
    return [`${this.#random.pick(list(OWN))}${this.#random.pick(list(OWN))}${word}`, category];
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
    return this.#random.pick([...FAMILY]) + this.#random.pick(list(GIVEN));
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

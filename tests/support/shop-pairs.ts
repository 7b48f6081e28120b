import { compareShops } from '#shared/matching/compare.ts';
import { shopOf, siteOf, type ShopFacts, type SiteFacts } from '#shared/matching/shop.ts';

const nowhere: SiteFacts = {
  id: 'nationwide',
  name: '전국',
  kind: 'nationwide',
  province: null,
  district: null,
  roadAddress: null,
  lotAddress: null,
  latitude: null,
  longitude: null,
  phone: null,
  channelUrl: null,
};
export const mangwon: SiteFacts = {
  ...nowhere,
  id: 'mangwon',
  name: '망원시장',
  kind: 'traditionalMarket',
  province: '서울특별시',
  district: '마포구',
  roadAddress: '서울특별시 마포구 포은로8길 14',
  latitude: 37.556,
  longitude: 126.906,
  phone: '02-335-3591',
  channelUrl: 'http://pf.kakao.com/_mangwon',
};
const sites: Readonly<Record<string, SiteFacts>> = {
  nationwide: nowhere,
  mangwon,
  // The same market in another programme's list, made before a renaming would show.
  mangwonAgain: {
    ...mangwon,
    id: 'mangwonAgain',
    name: '망원 시장',
    province: '서울',
    phone: null,
    channelUrl: null,
  },
  besideMangwon: {
    ...mangwon,
    id: 'besideMangwon',
    name: '망원월드컵시장',
    latitude: 37.5565,
    longitude: 126.9055,
  },
  inheon: {
    ...mangwon,
    id: 'inheon',
    name: '인헌시장',
    district: '관악구',
    roadAddress: null,
    latitude: 37.47,
    longitude: 126.96,
  },
  gunsan: {
    ...nowhere,
    id: 'gunsan',
    name: '군산시장',
    kind: 'traditionalMarket',
    province: '전북특별자치도',
    district: '군산시',
  },
};

export const empty: ShopFacts = {
  id: '',
  site: 'mangwon',
  name: null,
  category: null,
  ownerName: null,
  phone: null,
  businessNumber: null,
  roadAddress: null,
  lotAddress: null,
  unit: null,
  latitude: null,
  longitude: null,
  channelUrl: null,
  mapPlaceUrl: null,
};

export type Given = Partial<ShopFacts>;

export const compare = (a: Given, b: Given) => {
  const shop = (id: string, given: Given) => {
    const facts = { ...empty, id, ...given };
    return shopOf(facts, facts.site === null ? null : siteOf(sites[facts.site]!));
  };
  return compareShops(shop('a', a), shop('b', b));
};

export const one = '101-00-00002';
export const another = '101-00-00017';
export const road = '서울특별시 마포구 포은로8길 30';
export const lot = '서울 마포구 망원동 411-7';
export const here = { latitude: 37.5561, longitude: 126.9061 };
export const tenMetresOn = { latitude: 37.55619, longitude: 126.9061 };

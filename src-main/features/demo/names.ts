import type { Random } from './random.ts';

/**
 * Plainly invented names: a family name with a plant, a bird or the weather in place of a given name. Nobody is called
 * that, and the screen looks as it will with real data.
 */
const FAMILY_NAMES = [...'김이박최정강조윤장임한오서신권황안송류홍'];

const WORDS = (
  '느티 단풍 모란 버들 봄비 솔잎 여울 자두 찔레 참새 호수 홍시 너울 무지개 미리내 보름 보리 열매 잔디 제비 진달래 청솔 ' +
  '두루미 도토리 민들레 수수 메아리 모래 물결 반딧불 방울 소나기 억새 조약돌 종달새 초승달 풀잎 함박눈 가랑비 개나리 ' +
  '그루터기 나팔꽃 달무리 돌담 딱따구리 해바라기 호랑나비 회오리 은하수 자갈 작약 잠자리 조각달 채송화 청포도 토란 ' +
  '패랭이 향나무 산수유 살구 박하 머루 들국화 대추 다람쥐 갈대 감자 고구마 구절초 까치 꾀꼬리 냉이 달래 더덕 도라지 ' +
  '매실 모과 물푸레 미나리 배롱 부들 뻐꾸기 사과 산딸기 상수리 석류 소쩍새 쑥부쟁이 앵두 오디 옥수수 유자 으름 자작 ' +
  '참나리 초롱꽃 탱자 파랑새 편백 호두 후박'
).split(' ');

/** What a shop sells, and the word that ends its name; the most common first. */
const TRADES: readonly (readonly [category: string, ending: string])[] = [
  ['식당', '식당'],
  ['반찬', '반찬'],
  ['정육', '정육점'],
  ['채소', '채소'],
  ['분식', '분식'],
  ['과일', '과일'],
  ['수산물', '수산'],
  ['떡', '떡집'],
  ['의류', '옷가게'],
  ['건어물', '건어물'],
  ['카페', '커피'],
  ['국밥', '국밥'],
  ['잡화', '잡화'],
  ['치킨', '치킨'],
  ['미용', '미용실'],
  ['빵', '빵집'],
  ['칼국수', '칼국수'],
  ['신발', '신발'],
  ['방앗간', '방앗간'],
  ['두부', '두부'],
  ['족발', '족발'],
  ['만두', '만두'],
  ['꽃', '꽃집'],
  ['이불', '이불'],
  ['그릇', '그릇'],
  ['수선', '수선집'],
  ['슈퍼', '슈퍼'],
  ['닭강정', '닭강정'],
  ['어묵', '어묵'],
  ['참기름', '기름집'],
  ['세탁', '세탁소'],
  ['젓갈', '젓갈'],
  ['한복', '한복'],
  ['철물', '철물'],
  ['약초', '약초'],
  ['안경', '안경'],
  ['호떡', '호떡'],
  ['전', '전집'],
  ['김', '김가게'],
  ['문구', '문구'],
];

interface ShopName {
  readonly name: string;
  readonly category: string;
}

export function personName(random: Random): string {
  return random.pick(FAMILY_NAMES) + random.pick(WORDS);
}

export function shopName(random: Random): ShopName {
  const [category, ending] = TRADES[Math.floor(random.share() ** 1.6 * TRADES.length)]!;
  return { name: random.pick(WORDS) + ending, category };
}

/** The name of one shop among tens of thousands: two words, so that few of them meet. */
export function longShopName(random: Random): ShopName {
  const { name, category } = shopName(random);
  return { name: `${random.pick(WORDS)} ${name}`, category };
}

const STREET_ENDINGS = ['거리', '골목', '길 상점가'] as const;
const MARKET_ENDINGS = ['시장', '골목시장', '전통시장', '종합시장'] as const;

/** `count` different names of streets or markets. */
export function placeNames(random: Random, kind: 'street' | 'market', count: number): string[] {
  const endings = kind === 'street' ? STREET_ENDINGS : MARKET_ENDINGS;
  const words = kind === 'street' ? WORDS.slice(0, 50) : WORDS;
  const all = words.flatMap((word) => endings.map((ending) => word + ending));
  return random.sample(all, count);
}

/** A phone number that is plainly none: 010-0000-xxxx, from a number below 10,000. */
export function phoneNumber(serial: number): string {
  return `010-0000-${digits(serial)}`;
}

/**
 * A business number of the office 000, which does not exist, with a right check digit: the digits weighted by
 * 1 3 7 1 3 7 1 3 5, the tens of the last product added, must end in 0 together with the check digit.
 */
export function businessNumber(serial: number): string {
  const body = `00000${digits(serial)}`;
  const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];
  const sum = weights.reduce((total, weight, place) => total + weight * Number(body[place]), 0);
  const check = (10 - ((sum + Math.floor((Number(body[8]) * 5) / 10)) % 10)) % 10;
  return `000-00-${digits(serial)}${check}`;
}

export function channelUrl(serial: number): string {
  return `http://pf.kakao.com/_demo${digits(serial)}`;
}

export function siteChannelUrl(serial: number): string {
  return `http://pf.kakao.com/_demosite${String(serial).padStart(3, '0')}`;
}

export function mapPlaceUrl(serial: number): string {
  return `https://place.map.kakao.com/000000${digits(serial)}`;
}

function digits(serial: number): string {
  return String(serial).padStart(4, '0');
}

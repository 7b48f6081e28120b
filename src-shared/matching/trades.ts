/**
 * Words that say what a shop sells or that it is a shop. They stand in thousands of names and tell little: 하늘떡집 and
 * 바다떡집 have half their letters in common and are two shops. Words of one line are one trade, for lists differ in how
 * they call it; meal.soup is a kind of meal, so 하늘국밥 may be 하늘식당, but never 하늘족발. Words of one syllable are left
 * out: too many names end in one by chance (나팔꽃, 새마을회).
 */
const TRADES: Readonly<Record<string, string>> = {
  general:
    '가게 상회 상점 상사 매장 스토어 하우스 코너 유통 명가 본가 전문점 직매장 할인점 마을 나라 왕국 천국 백화점 프라자',
  riceCake: '떡집 떡방앗간 떡카페 떡전문점 떡방 떡마을 떡공방',
  mill: '방앗간 기름집 참기름 참기름집 제분소 고추방앗간',
  meal: '식당 음식점 밥집 백반 백반집 한식 뷔페 맛집 가든 회관 먹거리',
  'meal.soup': '국밥 국밥집 해장국 감자탕 순대국 순댓국 순대국밥 설렁탕 곰탕 삼계탕 추어탕',
  'meal.noodles': '칼국수 손칼국수 국수 국수집 냉면 막국수 수제비',
  'meal.grill': '갈비 숯불갈비 고기집 고깃집 삼겹살 구이',
  'meal.pork': '족발 족발보쌈 보쌈',
  'meal.pancake': '전집 빈대떡 부침개',
  'meal.chinese': '중화요리 반점 짜장 짬뽕',
  'meal.cutlet': '돈까스 돈가스',
  'meal.pub': '포차 호프 주점 술집',
  snack: '분식 분식집 분식점',
  'snack.gimbap': '김밥',
  'snack.tteokbokki': '떡볶이',
  'snack.dumpling': '만두 만두집 손만두',
  'snack.fried': '튀김 꽈배기 핫도그 도너츠 도넛',
  'snack.fishCake': '어묵 오뎅',
  'snack.hotteok': '호떡',
  'snack.sundae': '순대',
  'snack.toast': '토스트',
  chicken: '치킨 통닭 닭집 옛날통닭',
  'chicken.glazed': '닭강정',
  butcher: '정육점 정육 식육점 식육 축산 축산물 한우 정육식당 고기마트 푸줏간',
  fish: '수산 수산물 생선 생선가게 어물 어물전 활어 해산물',
  'fish.dried': '건어물',
  'fish.salted': '젓갈',
  'fish.raw': '횟집 회센터 회타운 활어회',
  greens: '농산 농산물',
  'greens.vegetables': '채소 야채 채소가게 야채가게 나물',
  'greens.fruit': '과일 과일가게 청과 청과물',
  sideDish: '반찬 반찬가게 반찬집 손반찬',
  'sideDish.kimchi': '김치',
  bakery: '빵집 베이커리 제과 제과점 케이크',
  sweets: '과자 과자점 한과 강정',
  cafe: '카페 커피 커피숍 다방 찻집 카페테리아 커피전문점',
  grocery: '슈퍼 슈퍼마켓 수퍼 마트 식품 식자재 편의점 잡화 잡화점',
  'grocery.rice': '쌀집 쌀상회 쌀가게 미곡 양곡 곡물',
  clothes: '옷가게 의류 패션 의상실 양품 양품점',
  'clothes.underwear': '속옷 란제리',
  'clothes.children': '아동복',
  'clothes.women': '여성복 숙녀복',
  'clothes.men': '남성복 양복점',
  'clothes.hanbok': '한복 한복집 주단',
  fabric: '직물 포목',
  bedding: '이불 이불집 침구 커텐 커튼 수예 홈패션',
  shoes: '신발 신발가게 제화 구두 제화점 양화점',
  bags: '가방',
  repair: '수선 수선집 옷수선',
  'repair.shoes': '구두수선',
  laundry: '세탁 세탁소 크리닝',
  beauty: '뷰티',
  'beauty.hair': '미용실 미용 헤어 헤어샵 헤어숍',
  'beauty.barber': '이발소 이용원',
  'beauty.nails': '네일',
  'beauty.cosmetics': '화장품',
  household: '생활용품 만물 만물상',
  'household.hardware': '철물 철물점 공구 건재',
  'household.electric': '전기 조명 설비',
  'household.kitchen': '그릇 그릇가게 주방',
  'goods.stationery': '문구 문구점 문방구 완구',
  'goods.books': '서점 책방',
  'goods.photo': '사진관',
  'goods.optician': '안경 안경점 안경원',
  'goods.watches': '시계 시계점',
  'goods.jewellery': '금은방 보석 쥬얼리 귀금속',
  flowers: '꽃집 화원 플라워 꽃가게 꽃방',
  herbs: '약초 인삼 홍삼 건강원 약재 한약 약업사 한약방',
  pharmacy: '약국',
};

const tradeOfWord = new Map(
  Object.entries(TRADES).flatMap(([trade, words]) =>
    words.split(' ').map((word): [string, string] => [word, trade]),
  ),
);
const LONGEST = Math.max(...[...tradeOfWord.keys()].map((word) => word.length));

/** Words in front of a name that praise it; they come and go from list to list. */
const PRAISE = /^(원조|진짜|소문난|유명한|맛있는|친절한|싱싱한|신선한)(?=..)/;

/**
 * Names that a hundred shops have without knowing of each other: kinship, and places. (Provinces and large cities whose
 * cooking or goods people call a shop by.)
 */
const COMMON = new Set(
  (
    '할매 할머니 할매네 할머니네 엄마 엄마손 어머니 이모 이모네 고모네 삼촌네 형제 형제네 자매 자매네 부부 남매 우리 우리집 ' +
    '시장 중앙 현대 제일 대성 동양 서울 부산 대구 인천 광주 대전 울산 전주 목포 여수 순천 군산 강릉 속초 춘천 원주 포항 ' +
    '경주 안동 진주 통영 마산 제주 강원 강원도 충청도 경상도 전라도 호남 영남 평양 함흥 개성'
  ).split(' '),
);

export interface NameParts {
  /** What tells the shop from others of its trade; empty for a name such as 분식집. */
  readonly own: string;
  /** The words of the trade, as they stand. */
  readonly words: string;
  /** The trade that they name, or null. */
  readonly trade: string | null;
}

/** Splits a name without spaces: 하늘떡방앗간 is 하늘, 떡방앗간 and the trade of rice cakes. */
export function partsOf(key: string): NameParts {
  const bare = key.replace(PRAISE, '');
  let own = bare;
  let trade: string | null = null;
  for (let word = lastWord(own); word !== ''; word = lastWord(own)) {
    own = own.slice(0, -word.length);
    // The word nearest the end says what the shop is, unless it only says that it is one.
    if (trade === null || trade === 'general') trade = tradeOfWord.get(word)!;
  }
  if (trade === null) {
    const first = firstWord(own);
    if (first !== '' && own.length - first.length >= 2) {
      return { own: own.slice(first.length), words: first, trade: tradeOfWord.get(first)! };
    }
  }
  return { own, words: bare.slice(own.length), trade };
}

/** What a category of a list stands for: 떡, 떡집 and 떡방앗간 are one trade; null for a word that is not known. */
export function tradeOf(category: string): string | null {
  const key = category.normalize('NFKC').replace(/[\s·,./()-]/g, '');
  return tradeOfWord.get(key) ?? tradeOfWord.get(`${key}집`) ?? tradeOfWord.get(lastWord(key)) ?? null;
}

/** Whether two trades are one, may be one (국밥 and 식당, or a word that says nothing), or are two. */
export function compareTrades(a: string | null, b: string | null): 'same' | 'possible' | 'different' {
  if (a === b) return 'same';
  if (a === null || b === null) return 'possible';
  const holds = (wide: string, narrow: string): boolean =>
    wide === 'general' || narrow.startsWith(`${wide}.`);
  return holds(a, b) || holds(b, a) ? 'possible' : 'different';
}

export function isCommonName(own: string): boolean {
  return COMMON.has(own);
}

export function isTradeWord(word: string): boolean {
  return tradeOfWord.has(word);
}

/** Whether a text ends in a word of a trade. */
export function lastWord(text: string): string {
  for (let length = Math.min(LONGEST, text.length); length >= 2; length -= 1) {
    const word = text.slice(-length);
    if (tradeOfWord.has(word)) return word;
  }
  return '';
}

function firstWord(text: string): string {
  for (let length = Math.min(LONGEST, text.length); length >= 2; length -= 1) {
    const word = text.slice(0, length);
    if (tradeOfWord.has(word)) return word;
  }
  return '';
}

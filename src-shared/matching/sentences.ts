import type { Language } from '../contract/messages.ts';
import type { Reason, ReasonField, ReasonHow, ReasonKind } from './reasons.ts';

type Sentence = readonly [ko: string, en: string];

const FIELDS: Readonly<Record<ReasonField, Sentence>> = {
  name: ['상호', 'The names'],
  branch: ['지점', 'The branches'],
  businessNumber: ['사업자등록번호', 'The business numbers'],
  phone: ['전화번호', 'The phone numbers'],
  ownerName: ['대표자', 'The owners'],
  channelUrl: ['톡채널', 'The channels'],
  mapPlaceUrl: ['카카오맵 장소', 'The places on KakaoMap'],
  site: ['시장·상권', 'The sites'],
  address: ['주소', 'The addresses'],
  unit: ['호수·위치', 'The units'],
  category: ['업종', 'The categories'],
  distance: ['위치', 'The positions'],
};

/** After the field's name. */
const KINDS: Readonly<Record<ReasonKind, Sentence>> = {
  same: ['같아요', 'are the same'],
  alike: ['비슷해요', 'are alike'],
  different: ['달라요', 'differ'],
  missing: ['한쪽에만 있어요', 'are known on one side only'],
};

/** Where there is more to say than the kind; whole sentences. */
const HOWS: Partial<Record<ReasonHow | `${ReasonField}.${ReasonHow}`, Sentence>> = {
  commonName: ['상호가 같지만 흔한 이름이에요', 'The names are the same, but common ones'],
  onlyTrade: ['상호가 업종뿐이에요', 'A name says no more than the trade'],
  formerName: ['한쪽의 옛 상호예요', 'One is the former name of the other'],
  otherName: ['한쪽의 다른 이름이에요', 'One is another name of the other'],
  tradeWord: ['업종을 적은 말만 달라요', 'The names differ only in the word for the trade'],
  otherTrade: ['이름은 같은데 업종이 달라요', 'The same name for another trade'],
  'name.typo': ['상호가 오타만큼 달라요', 'The names differ by a slip of the finger'],
  'ownerName.typo': ['대표자가 한 글쇠만 달라요', 'The owners differ by one keystroke'],
  contains: ['한쪽 상호가 다른 쪽에 들어 있어요', 'One name is part of the other'],
  oneSided: ['지점을 한쪽에만 적었어요', 'Only one says which branch it is'],
  wrongCheckDigit: ['사업자등록번호의 끝자리가 맞지 않아요', 'A business number has a wrong check digit'],
  'businessNumber.oneDigit': [
    '사업자등록번호가 한 자리만 달라요',
    'The business numbers differ in one digit',
  ],
  'phone.oneDigit': ['전화번호가 한 자리만 달라요', 'The phone numbers differ in one digit'],
  lastDigits: ['전화번호 끝 여덟 자리가 같아요', 'The last eight digits of the phone numbers are the same'],
  shared: ['여러 점포가 함께 쓰는 전화번호예요', 'The phone number is one that several shops give'],
  'phone.ofSite': ['시장의 전화번호예요', 'The phone number is that of the market'],
  'channelUrl.ofSite': ['시장의 톡채널이에요', 'The channel is that of the market'],
  'address.ofSite': ['시장의 주소예요', 'The address is that of the market'],
  mobileAndLandline: ['휴대전화와 일반전화예요', 'One is a mobile phone, one a landline'],
  masked: ['대표자의 보이는 글자가 같아요', 'The visible letters of the owners agree'],
  sameMarket: ['두 번 등록된 같은 시장이에요', 'Two records of one market'],
  nationwide: ['시장 없이 전국 명단에 있어요', 'On a nationwide list, at no market'],
  near: ['가까운 다른 시장이에요', 'Another site close by'],
  'site.sameDistrict': ['같은 시·군·구의 다른 시장이에요', 'Another site of the district'],
  'address.sameDistrict': ['시·군·구까지 같아요', 'The addresses agree as far as the district'],
  elsewhere: ['다른 지역의 시장이에요', 'A site in another district'],
  sameBuilding: [
    '한쪽 주소에 부번이 없고 나머지는 같아요',
    'The addresses agree, but one leaves out the last part of the number',
  ],
  nextDoor: ['주소의 본번만 같아요', 'Next door: only the main number is the same'],
  otherNumber: ['같은 길의 다른 번호예요', 'Another number of the street'],
  otherRoad: ['다른 길이에요', 'Another street'],
  otherDistrict: ['시·군·구가 달라요', 'Another district'],
  otherProvince: ['시·도가 달라요', 'Another province'],
  sameTrade: ['같은 업종이에요', 'The same trade'],
  withAddress: ['주소와 함께 위치도 맞아요', 'The positions agree with the addresses'],
};

/** One sentence that says what was compared and how it came out, without the values. */
export function sentenceOf(reason: Pick<Reason, 'field' | 'kind' | 'how'>, language: Language): string {
  const { field, kind, how } = reason;
  const special = how && (HOWS[`${field}.${how}`] ?? HOWS[how]);
  if (special) return pick(special, language);
  const [name, verdict] = [pick(FIELDS[field], language), pick(KINDS[kind], language)];
  return language === 'ko' ? `${name}: ${verdict}` : `${name} ${verdict}`;
}

function pick([ko, en]: Sentence, language: Language): string {
  return language === 'ko' ? ko : en;
}

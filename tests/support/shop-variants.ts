import type { ShopFacts } from '#shared/matching/shop.ts';
import type { Random } from './random.ts';
import type { Facts } from './shop-corpus.ts';

/** New facts for what changed between two lists. */
interface Fresh {
  readonly mobile: () => string;
  readonly person: () => string;
  readonly name: () => string;
}

/** The same shop as another person, in another year, writes it down: with slips, gaps and other habits. */
export function writtenAgain(random: Random, facts: Facts, fresh: Fresh): Omit<ShopFacts, 'id'> {
  const { building, ...rest } = facts;
  const keep = <T>(value: T, share: number): T | null => (random.chance(share) ? value : null);
  const address = random.below(5);
  return {
    ...rest,
    name: nameAgain(random, facts.name ?? '', fresh),
    category: keep(facts.category, 0.8),
    ownerName: ownerAgain(random, keep(facts.ownerName, 0.75), fresh),
    phone: phoneAgain(random, keep(facts.phone, 0.8), fresh),
    businessNumber: numberAgain(random, keep(facts.businessNumber, 0.7)),
    roadAddress: address === 1 || address === 3 || address === 4 ? addressAgain(random, building.road) : null,
    lotAddress: address === 2 || address === 3 ? addressAgain(random, building.lot) : null,
    unit: unitAgain(random, keep(facts.unit, 0.6)),
    ...pointAgain(random, facts),
    channelUrl: keep(facts.channelUrl, 0.6),
    mapPlaceUrl: keep(facts.mapPlaceUrl, 0.5),
  };
}

function nameAgain(random: Random, name: string, fresh: Fresh): string {
  let again = name;
  const draw = random.next();
  if (draw < 0.25) again = random.chance(0.5) ? again.replaceAll(' ', '') : spaced(random, again);
  else if (draw < 0.33) again = `${random.pick(['(주)', '㈜', '주식회사 '])}${again}`;
  else if (draw < 0.4) again = `${again} 본점`;
  else if (draw < 0.46) again = `${again}(구 ${fresh.name()})`;
  else if (draw < 0.5) again = `${fresh.name()}(구 ${again})`;
  else if (draw < 0.56) again = otherTradeWord(again);
  else if (draw < 0.6) again = `${random.pick(['원조 ', '진짜 '])}${again}`;
  else if (draw < 0.64) again = again.replace(/(.)(.)/, '$1·$2');
  if (random.chance(0.14)) again = withSlip(random, again);
  return random.chance(0.1) ? again.normalize('NFD') : again;
}

function spaced(random: Random, name: string): string {
  const at = 1 + random.below(Math.max(1, name.length - 1));
  return `${name.slice(0, at)} ${name.slice(at)}`;
}

const TRADE_WORDS: readonly (readonly [string, string])[] = [
  ['떡집', '떡방앗간'],
  ['정육점', '축산'],
  ['야채', '채소'],
  ['청과', '과일'],
  ['반찬', '반찬가게'],
  ['미용실', '헤어샵'],
  ['커피', '카페'],
  ['분식', '분식집'],
  ['식당', ''],
  ['수산', '수산물'],
  ['만두', '손만두'],
];

function otherTradeWord(name: string): string {
  const found = TRADE_WORDS.find(([word]) => name.endsWith(word));
  return found && name.length > found[0].length + 1 ? name.slice(0, -found[0].length) + found[1] : name;
}

/** One key of a syllable wrong, made by arithmetic on the syllable's place. */
function withSlip(random: Random, name: string): string {
  const syllables = [...name].flatMap((letter, at) => (/[가-힣]/.test(letter) ? [at] : []));
  if (syllables.length === 0) return name;
  const at = random.pick(syllables);
  const place = name.charCodeAt(at) - 0xac00;
  const [initial, vowel, final] = [Math.floor(place / 588), Math.floor((place % 588) / 28), place % 28];
  const part = random.below(3);
  const slipped =
    part === 0
      ? random.below(19) * 588 + vowel * 28 + final
      : part === 1
        ? initial * 588 + random.pick([0, 1, 4, 5, 8, 13, 18, 20]) * 28 + final
        : initial * 588 + vowel * 28 + random.pick([0, 1, 4, 8, 16, 17, 21]);
  return name.slice(0, at) + String.fromCharCode(0xac00 + slipped) + name.slice(at + 1);
}

function ownerAgain(random: Random, owner: string | null, fresh: Fresh): string | null {
  if (owner === null) return null;
  const draw = random.next();
  if (draw < 0.04) return fresh.person();
  if (draw < 0.06) return withSlip(random, owner);
  if (draw < 0.12) return `${owner} 대표`;
  return draw < 0.16 ? `${owner[0]}**` : owner;
}

function phoneAgain(random: Random, phone: string | null, fresh: Fresh): string | null {
  if (phone === null) return null;
  const draw = random.next();
  if (draw < 0.05) return fresh.mobile();
  if (draw < 0.15) return `02-${200 + random.below(700)}-${1000 + random.below(9000)}`;
  if (draw < 0.18) return phone.slice(0, -1);
  if (draw < 0.35) return phone.replaceAll('-', '');
  if (draw < 0.42) return phone.replace(/^0/, '+82 ');
  return draw < 0.46 ? phone.replace(/^\d+-/, '') : phone;
}

function numberAgain(random: Random, number: string | null): string | null {
  if (number === null) return null;
  const draw = random.next();
  if (draw < 0.3) return number.replaceAll('-', '');
  return draw < 0.34 ? number.replace(/\d$/, (digit) => String((Number(digit) + 3) % 10)) : number;
}

const OLD_NAMES: readonly (readonly [string, string])[] = [
  ['강원특별자치도', '강원도'],
  ['전북특별자치도', '전라북도'],
  ['서울특별시', '서울'],
  ['경상북도', '경북'],
  ['제주특별자치도', '제주'],
  ['부산광역시', '부산시'],
];

function addressAgain(random: Random, address: string): string {
  let again = address;
  if (random.chance(0.5)) for (const [name, old] of OLD_NAMES) again = again.replace(name, old);
  if (random.chance(0.2)) again = again.replace(/ (\d+)/, '$1');
  if (random.chance(0.2)) again = again.replace(/-\d+$/, '');
  if (random.chance(0.2) && !/[로길]\s?\d/.test(again)) again += '번지';
  if (random.chance(0.2)) again += ' (시장 안)';
  return random.chance(0.05) ? again.replace(/\d+/, (digits) => String(Number(digits) + 1)) : again;
}

function unitAgain(random: Random, unit: string | null): string | null {
  const [, row = '', number = ''] = /^(.)동 (\d+)호$/.exec(unit ?? '') ?? [];
  if (row === '') return unit;
  return random.pick([
    `${row}동 ${number}호`,
    `${row}-${number}`,
    `${row}동${number}호`,
    `${number}호`,
    `1층 ${row}동 ${number}호`,
  ]);
}

/** Up to some 40 metres off. */
function pointAgain(random: Random, facts: Facts): { latitude: number | null; longitude: number | null } {
  if (facts.latitude === null || facts.longitude === null || random.chance(0.4))
    return { latitude: null, longitude: null };
  const off = (): number => (random.next() - 0.5) * 0.0007;
  return { latitude: facts.latitude + off(), longitude: facts.longitude + off() };
}

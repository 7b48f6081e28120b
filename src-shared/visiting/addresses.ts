import { channelKey, mapKey } from '../matching/details.ts';

/** Addresses of a shop on KakaoTalk and KakaoMap as people type, paste and scan them. */

export type AddressKind = 'channelUrl' | 'mapPlaceUrl';

/** partial: not right yet, but it may become so by typing on. odd: it cannot; it is kept all the same. */
export type AddressState = 'empty' | 'partial' | 'right' | 'odd';

/** What an address must begin with before anything of its own comes. */
const BEGINNINGS: Readonly<Record<AddressKind, readonly string[]>> = {
  channelUrl: ['pf.kakao.com/_', '_'],
  mapPlaceUrl: ['place.map.kakao.com/m/', 'map.kakao.com/', 'kko.to/', 'kko.kakao.com/'],
};

/** `_abc` alone is what stands under a channel's QR code. */
const CHANNEL = /^(?:(?:https?:\/\/)?pf\.kakao\.com\/)?(_[a-z0-9]+)(\/[^?#\s]*)?(?:[?#]\S*)?$/i;
const PLACE =
  /^(?:https?:\/\/)?(?:place\.map\.kakao\.com\/(?:m\/)?\d+|map\.kakao\.com\/\S+|kko\.to\/\S+|kko\.kakao\.com\/\S+)/i;

export function addressState(kind: AddressKind, text: string): AddressState {
  const typed = plain(text);
  if (typed === '') return 'empty';
  if ((kind === 'channelUrl' ? CHANNEL : PLACE).test(typed)) return 'right';
  const lower = typed.toLowerCase();
  const mayBecome = BEGINNINGS[kind].flatMap((start) => [start, `https://${start}`, `http://${start}`]);
  return mayBecome.some((start) => start.startsWith(lower)) ? 'partial' : 'odd';
}

/** The address as it is written down: with https, without what only says where someone came from. Odd ones stay. */
export function tidyAddress(kind: AddressKind, text: string): string {
  const typed = plain(text);
  if (addressState(kind, typed) !== 'right') return text.trim();
  return kind === 'channelUrl' ? tidyChannel(typed) : tidyPlace(typed);
}

/** What two spellings of one address have in common; empty for what is no address. */
export function addressKeyOf(kind: AddressKind, text: string): string {
  return kind === 'channelUrl' ? channelKey(text) : mapKey(text);
}

function tidyChannel(typed: string): string {
  const [, name = '', path = ''] = CHANNEL.exec(typed) ?? [];
  return `https://pf.kakao.com/${name}${path.replace(/\/+$/, '')}`;
}

/** On KakaoMap the number of the place may stand in the query: that one stays, whatever its form. */
function tidyPlace(typed: string): string {
  const number = mapKey(typed);
  if (/^\d+$/.test(number)) return `https://place.map.kakao.com/${number}`;
  const bare = typed.replace(/^https?:\/\//i, '');
  const short = /^(kko\.to|kko\.kakao\.com)(\/[^?#\s]+)/i.exec(bare);
  return `https://${short ? `${short[1]!.toLowerCase()}${short[2]}` : bare}`;
}

/** Full-width letters, as a Korean keyboard may give them, are the same letters. */
function plain(text: string): string {
  return text.normalize('NFKC').trim();
}

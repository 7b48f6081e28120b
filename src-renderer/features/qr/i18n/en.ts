import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  show: 'Show the channel’s QR',
  picture: 'QR of the KakaoTalk channel of {name}',
  invite: 'Get our news on KakaoTalk',
  how: 'Point a phone’s camera at it and the channel opens.',
  card: 'Print it as a card',
  leave: 'Close (Esc)',
  needed: '{name} has no KakaoTalk channel yet',
  noChannel: 'The address written is not that of a KakaoTalk channel',
  neededText: 'The QR is made from the channel’s address. Write it and the QR is here.',
  step1: 'Open the shop’s channel in KakaoTalk.',
  step2: 'Press share at the top right, then copy the address.',
  step3: 'Paste it here; it begins with pf.kakao.com/_.',
  seeQr: 'Show the QR',
  typeIt: 'Write the address',
  cardOf: 'QR card of {name}',
  back: 'Back to the QR',
  print: 'Print',
  sizes: 'Size of the card',
  size: {
    poster: 'A4 sheet',
    tent: 'Table tent A6',
    card: 'Card 90×55',
  },
  sizeText: {
    poster: 'For a door or a wall. It fills a sheet of A4.',
    tent: 'Printed on A4: cut along the dashes and fold it in the middle, and it stands on the counter.',
    card: 'Printed on A4: cut along the dashes. Leave the scale at 100%.',
  },
};

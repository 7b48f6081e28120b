import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'Stores',
  search: 'Store, owner or phone',
  none: 'No stores yet',
  noneText: 'Stores recorded in visits and in imported files come together here.',
  notFound: 'No store matches “{text}”',
  more: 'Only the first {n} are shown. Type more to narrow it down.',
  choose: 'Choose a store',
  chooseText: 'Its details appear here, to be corrected in place.',
  missing: 'This store cannot be found',
  missingText: 'It may have been deleted, or stand in a file that was not imported yet.',
  nameNeeded: 'The name cannot be empty. The one before was kept.',
  basics: 'Basics',
  online: 'Online',
  others: 'More',
  yes: 'Yes',
  no: 'No',
  conflict: 'There are differing values. Say which one is right.',
  settle: 'Settle it',
  channelOpened: 'Channel',
  mapRegistered: 'KakaoMap',
  address: {
    taken: 'Another store has this address already. It is kept as you typed it.',
    channelUrl: {
      example: 'pf.kakao.com/_',
      hint: 'The channel’s name follows pf.kakao.com/_',
      right: 'This is a channel address.',
      odd: 'A channel address begins with pf.kakao.com/_ . It is kept as you typed it.',
    },
    mapPlaceUrl: {
      example: 'place.map.kakao.com/',
      hint: 'The number of the place follows place.map.kakao.com/',
      right: 'This is a KakaoMap address.',
      odd: 'A KakaoMap address begins with place.map.kakao.com/ . It is kept as you typed it.',
    },
  },
};

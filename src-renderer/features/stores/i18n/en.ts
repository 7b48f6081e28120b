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
};

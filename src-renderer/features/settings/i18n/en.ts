import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'Settings',
  laptop: 'This laptop',
  laptopText: 'When files are merged, this name says who recorded what.',
  name: 'Name',
  nameNeeded: 'The name cannot be empty. The one before is still in use.',
  role: 'What it is for',
  usedBy: 'Used by',
  usedByText:
    'What is written here carries this name. A kit sets it by itself, and you can change it at any time.',
  usedByNobody: 'Nobody in particular',
  fingerprint: 'Fingerprint',
  fingerprintText: 'Whoever gets a file can compare this fingerprint to know that it came from this laptop.',
  look: 'Screen',
  language: 'Language',
  korean: '한국어',
  english: 'English',
  theme: 'Brightness',
  themeSystem: 'As the computer',
  themeLight: 'Light',
  themeDark: 'Dark',
  about: 'Notebook',
  version: 'Version {version}',
  verify: 'Check the notebook',
  verifyText: 'Compares everything that was recorded, from the first to the last.',
  verifying: 'Comparing',
  verifyGood: 'All is sound. {n} records were compared.',
  verifyMended:
    '{n} rows on show differed from what was recorded and were made anew from it. What was recorded is as it was.',
  verifyBad: '{n} places do not fit. Copy the folder of the notebook and ask for help before you go on.',
  counts: '{programs} programmes · {sites} sites · {stores} stores · {sessions} sessions',
};

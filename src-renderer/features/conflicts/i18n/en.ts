import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'Conflicts',
  left: '{n} to settle',
  text: 'Laptops recorded these differently. Both values are kept until you settle them.',
  list: 'Values that differ',
  none: 'Nothing to settle',
  noneText: 'When merged files disagree, you choose here which value is right.',
  toImport: 'Merge files',
  allDone: 'All settled',
  perRecord: '{n}',
  between: '{left} · {right}',

  question: 'Which value is right?',
  questionDeleted: 'Keep it deleted, or bring it back?',
  options: 'Values to choose from',
  shown: 'Shown now',
  edited: 'Edited',
  editOf: '{field}: {value}',
  by: '{person} · {laptop}',
  laptop: '{laptop}',
  unknownLaptop: 'Unknown laptop',
  here: 'Recorded on this laptop',
  clock: 'The clock of this laptop ran ahead',
  others: '{n} more wrote the same value',

  own: 'Type another value',
  ownLabel: 'New value of {field}',
  ownChoose: 'Choose',
  problem: {
    date: 'There is no such day. Type it like 2024-11-24.',
    whole: 'A whole number, please.',
    number: 'A number, please.',
    choice: 'Choose one.',
  },

  settle: 'Use this value',
  keepDeleted: 'Keep it deleted',
  restore: 'Bring it back',
  later: 'Later',
  chooseFirst: 'Choose the right value first.',
  settled: 'Settled. {field}: {value}',
  settledDeleted: 'Settled. {title} stays deleted.',
  settledRestored: 'Settled. {title} is back.',
  elsewhere: 'It was settled elsewhere meanwhile and left the list.',
  keys: '↑↓ move · digits choose · Enter settles',
};

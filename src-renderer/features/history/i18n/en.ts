import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  open: 'History',
  openField: 'History of {field}',
  title: 'History',
  of: '{name} · who wrote what, when and where is all kept.',
  filter: 'Field',
  all: 'All fields',
  none: 'Nothing was written yet',
  noneField: 'This field was never written',
  more: 'Show older ones',
  list: 'Changes, newest first',

  person: 'A person without a name',
  unknownLaptop: 'Unknown laptop',
  thisLaptop: '{laptop} (this laptop)',
  ownLaptop: 'This laptop',
  here: 'Written on this laptop',
  file: 'Came in {file}',
  hereToo: 'Also in {file}',
  noFile: 'Did not come in a file',
  clock: 'The clock of that laptop ran more than a day ahead. The time is not to be trusted.',
  until: '{from} – {to}',

  record: 'Record',
  became: 'became',
  settled: 'Settled between {n} values',
  shown: 'Now',
  disputed: 'Not settled',
  waiting: 'Other value',
  lost: 'Not chosen',
  erased: 'Erased',
  erase: 'The value was erased. It cannot be brought back.',
  passed: 'Changed {n} times while it was typed',
};

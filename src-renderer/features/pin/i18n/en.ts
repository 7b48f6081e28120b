import type { SameKeys } from '../../../feature.ts';
import type { ko } from './ko.ts';

export const en: SameKeys<typeof ko> = {
  title: 'PIN that ends a hand-over',
  text: 'Asked for at the way out of a survey, so that nobody sees other records while they have the laptop. It opens the locked window too.',
  set: 'A PIN is in use.',
  without: 'Surveys are handed over without a PIN. Anybody can leave them.',
  notSet: 'Not chosen yet. You will be asked at the first hand-over.',
  forgot: 'Forgotten? dangol call pin.reset in a terminal on this computer takes it away.',
  new: 'New PIN',
  again: 'Once more',
  old: 'Present PIN',
  form: 'Type 4 to 8 digits.',
  unlike: 'The two differ. Type them again.',
  wait: 'Try again in {n} seconds.',
  choose: 'Set PIN',
  change: 'Change PIN',
  remove: 'Remove PIN',
  cancel: 'Cancel',
  chosen: 'The PIN is set.',
  removed: 'The PIN is gone.',
  firstTitle: 'Set a PIN for the way out',
  firstText: 'While a merchant answers, nothing else can be seen. The trainer leaves with this PIN.',
  firstDo: 'Set PIN and hand over',
  goWithout: 'Hand over without a PIN',
  goWithoutText: 'Without one anybody can leave the survey. You can set it in Settings at any time.',
};

import { reported } from './reported.ts';
import { daily, onScreen, type Rules } from './rule.ts';

/** What a coordinator decides and counts. */
export const desk = {
  'laptops.list': 'staff',
  'laptops.late': 'staff',
  'laptops.judge': {
    when: 'with',
    act: ({ id, verdict }) => ({
      what: 'keyJudged',
      subject: { entity: 'laptop', record: id, form: verdict },
    }),
  },
  'laptops.accept': {
    when: 'with',
    act: ({ id }) => ({ what: 'keyAccepted', subject: { entity: 'laptop', record: id } }),
  },

  'conflicts.list': daily(() => onScreen('conflicts')),
  'conflicts.view': daily(() => onScreen('conflicts')),
  'conflicts.preview': daily(() => onScreen('conflicts')),
  'conflicts.later': 'laptop',
  'conflicts.settle': 'written',
  'conflicts.settleAll': 'written',
  'conflicts.workbook': {
    when: 'given',
    act: (_input, { conflicts }) => ({ what: 'conflictBook', subject: { count: conflicts } }),
  },
  'conflicts.resolve': 'written',

  'duplicates.list': daily(({ masked }) => (masked ? null : onScreen('duplicates'))),
  'duplicates.bulkOffer': daily(({ masked }) => (masked ? null : onScreen('duplicates'))),
  'duplicates.decided': daily(({ masked }) => (masked ? null : onScreen('duplicates'))),
  'duplicates.decide': 'written',
  'duplicates.decideAll': 'written',
  'duplicates.takeBack': 'written',

  'report.kpis': 'nothing',
  'report.dashboard': 'nothing',
  'report.rows': 'nothing',
  'report.workbook': { when: 'given', act: (input) => reported(input) },
  'report.stop': 'nothing',
  'dataState.summary': 'nothing',
  'dataState.rows': 'work',
} satisfies Partial<Rules>;

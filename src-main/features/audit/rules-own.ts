import { some, type Rules } from './rule.ts';

/** The laptop itself, what is being typed on it, how long it keeps what, and what is taken down. */
export const own = {
  'app.status': 'staff',
  'app.setUp': 'laptop',
  'app.usedBy': 'laptop',
  'app.fillDemo': 'nothing',
  'app.verify': 'nothing',
  'rescue.last': 'laptop',
  'rescue.seen': 'laptop',

  'pin.status': 'laptop',
  'pin.set': 'laptop',
  'pin.remove': 'laptop',
  'pin.goWithout': 'laptop',
  'pin.reset': { when: 'with', act: () => ({ what: 'pinReset', subject: {} }) },

  'vault.state': 'laptop',
  'vault.unlock': 'laptop',
  'vault.status': 'laptop',
  'vault.setPassphrase': 'laptop',
  'vault.makeRecovery': 'laptop',
  'vault.useKeyring': 'laptop',
  'vault.remove': 'laptop',
  'lock.status': 'laptop',
  'lock.now': 'laptop',
  'lock.open': 'laptop',
  'lock.setMinutes': 'laptop',

  'drafts.put': 'work',
  'drafts.get': 'work',
  'drafts.drop': 'work',
  'place.get': 'work',
  'place.put': 'work',
  'undo.state': 'work',
  'undo.undo': 'written',
  'undo.redo': 'written',

  'retention.state': 'nothing',
  // Names are masked.
  'retention.rows': 'nothing',
  'retention.preview': 'nothing',
  'retention.erase': {
    when: 'within',
    act: ({ program, person, reason }, { certificate, records }) => ({
      what: 'erased',
      subject: {
        ...{ form: person === undefined ? 'retention' : 'person', count: records },
        ...{ entity: 'destruction', record: certificate, ...some({ program }) },
      },
      why: reason,
    }),
  },
  'retention.certificates': 'staff',
  'retention.book': 'staff',

  'audit.list': 'staff',
  'audit.export': {
    when: 'given',
    act: (_input, { entries }) => ({ what: 'auditExported', subject: { count: entries } }),
  },
} satisfies Partial<Rules>;

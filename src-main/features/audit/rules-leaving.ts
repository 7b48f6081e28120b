import { daily, fileIn, onScreen, printed, some, tableIn, type Rules } from './rule.ts';

/** What leaves this laptop or comes to it: paper, files, the outbox, the hub. */
export const leaving = {
  'print.signIn': printed(({ session }) => ({
    form: 'signIn',
    entity: 'session',
    record: session,
    full: true,
  })),
  'print.store': printed(({ id, unmasked }) => ({
    form: 'store',
    entity: 'store',
    record: id,
    full: unmasked,
  })),
  'print.awards': printed(({ program, award, unmasked }, { awards }) => ({
    ...{ form: 'awards', count: awards.length, full: unmasked },
    ...(award !== undefined && { entity: 'award', record: award }),
    ...(program !== undefined && { program }),
  })),
  'print.cards': 'nothing',

  'sites.importTable': {
    when: 'within',
    act: ({ file }, { made, updated }) => tableIn('sites', file, made + updated),
  },
  'stores.importTable': {
    when: 'within',
    act: ({ file, site }, { made, updated }) => {
      const { what, subject } = tableIn('stores', file, made + updated);
      return { what, subject: { ...subject, entity: 'site', record: site } };
    },
  },

  'exchange.export': {
    when: 'given',
    act: ({ purpose, program, sessions, sites, trainers }, { changes, sealedFor }) => ({
      what: 'exported',
      subject: {
        ...{ form: purpose, count: changes, sealed: sealedFor !== null },
        ...some({ program, sessions, sites, trainers }),
      },
    }),
  },
  'kits.finish': {
    when: 'given',
    act: (_input, { kits, sealed, changes }) => ({
      what: 'exported',
      subject: { form: kits === 1 ? 'kit' : 'kits', count: changes, sealed: sealed === kits },
    }),
  },
  'kits.programs': 'nothing',
  'kits.plan': 'staff',
  'kits.lines': 'staff',
  'kits.begin': 'nothing',
  'kits.next': 'nothing',
  'kits.stop': 'nothing',
  // It leaves by itself from then on; a try that fails and one that comes through have given out nothing more.
  'outbox.send': {
    when: 'given',
    act: (_input, { kind, destination }) => ({
      what: 'exported',
      subject: { form: kind, to: destination.name },
    }),
  },
  'outbox.redirect': {
    when: 'given',
    act: (_input, { kind, destination }) => ({
      what: 'exported',
      subject: { form: kind, to: destination.name },
    }),
  },
  'outbox.file': {
    when: 'given',
    act: (_input, { name }) => ({ what: 'exported', subject: { form: 'outbox', file: name } }),
  },
  'outbox.state': 'nothing',
  'outbox.list': 'staff',
  'outbox.wake': 'nothing',
  'outbox.retry': 'staff',
  'outbox.pause': 'staff',
  'outbox.pauseAll': 'nothing',
  'outbox.remove': 'nothing',
  'outbox.handedOver': 'staff',
  'destinations.list': 'laptop',
  'destinations.save': 'laptop',
  'destinations.remove': 'laptop',
  'destinations.test': 'laptop',
  'desktop.speak': 'nothing',
  'desktop.chooseFiles': 'nothing',
  // The file went out, and was taken down, when it was made.
  'desktop.dragOut': 'nothing',
  'desktop.showSaved': 'nothing',
  'hub.init': 'nothing',
  'hub.coordinate': {
    when: 'given',
    act: ({ laptop, coordinates }) => ({
      what: 'keyJudged',
      subject: { entity: 'laptop', record: laptop, form: coordinates ? 'confirmed' : 'unknown' },
    }),
  },
  'hub.push': {
    when: 'given',
    act: (_input, { hub, pushed }) =>
      pushed > 0
        ? {
            what: 'exported',
            subject: { form: 'hub', count: pushed, to: hub.name || hub.id, sealed: hub.seal === 'personal' },
          }
        : null,
  },
  // Each parcel is noted within, as a file that is imported.
  'hub.pull': 'nothing',
  'hub.stop': 'nothing',
  'hub.status': 'staff',
  'hub.forget': 'nothing',
  'exchange.opened': 'nothing',
  'exchange.coordinators': 'staff',
  'exchange.inspect': 'staff',
  'exchange.import': { when: 'within', act: (_input, one) => fileIn(one) },
  'imports.begin': 'nothing',
  'imports.add': { when: 'within', act: (_input, one) => fileIn(one) },
  'imports.finish': 'nothing',
  'imports.list': 'nothing',
  'imports.contents': 'work',
  'imports.summary': 'staff',
  'imports.changes': daily(() => onScreen('changes')),
  'imports.preview': 'work',
  'imports.undo': {
    when: 'with',
    act: ({ id }, { removed }) => ({
      what: 'importUndone',
      subject: { entity: 'import', record: id, count: removed },
    }),
  },
} satisfies Partial<Rules>;

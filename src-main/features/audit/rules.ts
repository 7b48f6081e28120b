import path from 'node:path';
import type { AuditCode, AuditSubject } from '#shared/contract/audit.ts';
import type { CheckedOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { personalSheets, type PersonalSheet } from '#shared/contract/report.ts';
import { fieldOf, fieldsOf, isEntityName } from '#shared/model/model.ts';

/** What is taken down of one act. */
export interface Act {
  readonly what: AuditCode;
  readonly subject: AuditSubject;
  readonly why?: string;
}

/**
 * When the entry is written. `given`: durable before the answer leaves the core. `with`: in one transaction with what
 * the call writes, which it does in one go. `within`: the feature notes it inside its own transaction.
 */
export interface Rule<M extends Method> {
  readonly when: 'given' | 'with' | 'within';
  /** Once a day for the same person and subject: what a screen asks for again and again. */
  readonly daily?: true;
  /** Null where there is nothing to take down after all. */
  readonly act: (input: CheckedOf<M>, output: OutputOf<M>) => Act | null;
}

/**
 * Why a call is not taken down. `nothing`: it gives out no personal data, or masked. `staff`: at most names of those who
 * work with the program. `written`: it writes changes, and the log says who and when. `work`: it gives back what is
 * being typed or what a list calls things by. `laptop`: it is about this laptop itself.
 */
export type Untold = 'nothing' | 'staff' | 'written' | 'work' | 'laptop';

type Rules = { readonly [M in Method]: Rule<M> | Untold };

/** One line for every call of the contract: a new call does not compile before somebody has thought about it. */
export const rules: Rules = {
  'app.status': 'staff',
  'app.setUp': 'laptop',
  'app.usedBy': 'laptop',
  'app.fillDemo': 'nothing',
  'app.verify': 'nothing',
  'rescue.last': 'laptop',
  'rescue.seen': 'laptop',

  'records.get': daily(({ entity, id }) => ofRecord(entity, id)),
  'records.history': daily(({ entity, id, field }) =>
    field === undefined || fieldOf(entity, field)?.personal ? ofRecord(entity, id) : null,
  ),
  'records.write': 'written',
  'records.delete': 'written',
  'records.restore': 'written',
  'records.erase': {
    when: 'with',
    act: ({ entity, id, fields, reason }) => ({
      ...{ what: 'erased', subject: { entity, record: id, parts: fields } },
      ...(reason && { why: reason }),
    }),
  },

  'programs.list': 'nothing',
  'programs.create': 'written',
  'programs.update': 'written',
  'sites.search': 'nothing',
  'people.search': daily(({ kind }) => (isStaff(kind) ? null : onScreen('people'))),
  'sessions.list': 'nothing',
  'sessions.get': daily(({ id }) => ({ what: 'unmasked', subject: { entity: 'session', record: id } })),
  'sessions.plan': 'written',
  'sessions.update': 'written',
  'attendance.add': 'written',
  'attendance.walkIn': 'written',
  'attendance.mark': 'written',
  'attendance.markMany': 'written',
  'attendance.sign': 'written',
  'attendance.clearSignature': {
    when: 'with',
    act: ({ session }) => ({
      what: 'erased',
      subject: { entity: 'session', record: session, parts: ['signature'] },
    }),
  },
  'attendance.signature': daily(
    ({ session }, picture) =>
      picture && { what: 'unmasked', subject: { entity: 'session', record: session, parts: ['signature'] } },
  ),

  'stores.find': daily(() => onScreen('stores')),
  'stores.search': daily(() => onScreen('stores')),
  'stores.sameAddress': 'nothing',
  'stores.create': 'written',
  'stores.update': 'written',
  'visits.start': 'written',
  'visits.get': 'staff',
  'visits.sameDay': 'staff',
  'visits.update': 'written',
  'visits.renewChecklist': 'written',
  'checks.mark': 'written',
  'friends.record': 'written',
  'today.get': 'staff',
  'today.next': 'nothing',

  'surveys.form': 'nothing',
  'surveys.list': 'nothing',
  'surveys.draft': 'work',
  'surveys.discard': 'written',
  'surveys.answer': 'written',
  'handover.get': 'work',
  'handover.start': 'work',
  'handover.begin': 'work',
  'handover.answer': 'written',
  'handover.submit': 'written',
  'handover.stop': 'written',
  'handover.end': 'laptop',
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

  'templates.list': 'nothing',
  'templates.get': 'nothing',
  'templates.create': 'written',
  'templates.copy': 'written',
  'templates.discard': 'written',
  'templates.publish': 'written',
  'templates.revise': 'written',
  'templates.writeChecklist': 'written',
  'templates.writeSurvey': 'written',

  'photos.add': 'written',
  'photos.list': 'nothing',
  'photos.bytes': daily(() => onScreen('photos')),
  'photos.caption': 'written',
  'photos.remove': 'written',
  'photos.settings': 'laptop',
  'photos.keepPosition': 'laptop',

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
};

/** Also of a report that the command line writes to a file by itself. */
export function reported({ program, personal }: CheckedOf<'report.workbook'>): Act {
  if (!personal) return { what: 'reported', subject: some({ program }) };
  const all = Object.keys(personalSheets) as PersonalSheet[];
  const parts = all.filter((sheet) => personal.sheets?.includes(sheet) ?? true);
  const subject = { parts, full: true, ...some({ program }) };
  return { what: 'reportedInFull', subject, why: personal.reason };
}

function daily<M extends Method>(act: Rule<M>['act']): Rule<M> {
  return { when: 'given', daily: true, act };
}

function printed<M extends Method>(
  subject: (input: CheckedOf<M>, output: OutputOf<M>) => AuditSubject,
): Rule<M> {
  return daily((input, output) => ({ what: 'printed', subject: subject(input, output) }));
}

/** A record that is looked at, where its kind has personal fields; unknown kinds of newer laptops may have some. */
function ofRecord(entity: string, record: string): Act | null {
  const personal = !isEntityName(entity) || fieldsOf(entity).some(([, field]) => field.personal);
  return personal ? { what: 'unmasked', subject: { entity, record } } : null;
}

/** Those who work with the program are asked for by their kind. */
function isStaff(kind: string | undefined): boolean {
  return kind === 'trainer' || kind === 'coordinator';
}

function onScreen(form: string): Act {
  return { what: 'unmasked', subject: { form } };
}

function tableIn(form: string, file: string, count: number): Act {
  return { what: 'imported', subject: { form, file: path.basename(file), count } };
}

function fileIn({ file, status, import: id, new: added }: OutputOf<'imports.add'>): Act | null {
  if (status !== 'imported' || id === null) return null;
  const subject = { form: 'file', file: path.basename(file), entity: 'import', record: id, count: added };
  return { what: 'imported', subject };
}

/** Without what is undefined. */
function some(subject: { [K in keyof AuditSubject]: AuditSubject[K] | undefined }): AuditSubject {
  return Object.fromEntries(Object.entries(subject).filter(([, value]) => value !== undefined));
}

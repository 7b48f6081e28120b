import { fieldOf } from '#shared/model/model.ts';
import { daily, isStaff, ofRecord, onScreen, type Rules } from './rule.ts';

/** What is recorded in the field, and what it is recorded with. */
export const recording = {
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
} satisfies Partial<Rules>;

import { describe, expect, test } from 'vitest';
import { startDigest, type Digest } from '#shared/incoming/digest.ts';
import { effectsOf } from '#shared/incoming/effects.ts';
import { startPrograms, unknownPrograms } from '#shared/incoming/programs.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import type { RecordState } from '#shared/merge/register.ts';
import { changeIdAt, dawn, dusk, recordId } from '#tests/support/exchange-builder.ts';

let minute = 0;
function change(
  entity: string,
  record: string,
  set: Record<string, Json>,
  more: Partial<Change> = {},
): Change {
  minute += 1;
  return { id: changeIdAt(minute), author: null, entity, record, set, ...more };
}

const digestOf = (changes: readonly Change[], most?: number): Digest => {
  const sum = startDigest(dawn.id, most);
  changes.forEach(sum.see);
  return sum.done();
};

const [session, shop, me, you] = [recordId(1), recordId(2), recordId(3), recordId(4)];

describe('a file summed up', () => {
  test('counts who came, visits that stand and responses handed in', () => {
    const { visits, attendance, responses } = digestOf([
      change('attendance', recordId(10), { session, status: 'present' }),
      change('attendance', recordId(11), { session, status: 'late' }),
      change('attendance', recordId(12), { session, status: 'absent' }),
      change('attendance', recordId(13), { session }),
      change('attendance', recordId(14), { session, status: 'present' }),
      change('attendance', recordId(14), { status: 'absent' }),
      change('visit', recordId(20), { session, store: shop }),
      change('visit', recordId(21), { session, store: shop }),
      change('visit', recordId(21), { deleted: true }),
      change('surveyResponse', recordId(30), { session }),
      change('surveyResponse', recordId(31), { session, submittedAt: '2024-09-03T02:00:00.000Z' }),
      change('person', recordId(10), { name: '같은 번호의 사람' }),
    ]);
    expect([visits, attendance, responses]).toEqual([1, 2, 1]);
  });

  test.each<[string, Change[], Digest['days']]>([
    [
      'the days of visits',
      [
        change('visit', recordId(20), { date: '2024-09-05' }),
        change('visit', recordId(21), { date: '2024-09-03' }),
      ],
      { from: '2024-09-03', to: '2024-09-05' },
    ],
    [
      'the day of the session, for attendance',
      [
        change('attendance', recordId(10), { session, status: 'present' }),
        change('session', session, { date: '2024-10-02' }),
      ],
      { from: '2024-10-02', to: '2024-10-02' },
    ],
    [
      'in Seoul, for a response',
      [change('surveyResponse', recordId(30), { submittedAt: '2024-09-03T15:30:00.000Z' })],
      { from: '2024-09-04', to: '2024-09-04' },
    ],
    [
      'not of what was planned',
      [change('session', session, { date: '2025-01-01' })],
      { from: '2024-09-01', to: '2024-09-01' },
    ],
    [
      'of nothing, when another laptop wrote it',
      [{ ...change('store', shop, { name: '꽃집' }), id: changeIdAt(1, dusk) }],
      null,
    ],
    [
      'not of a day that is none',
      [
        change('visit', recordId(20), { date: '2024-99-99' }),
        change('visit', recordId(21), { date: '2024-09-03' }),
      ],
      { from: '2024-09-03', to: '2024-09-03' },
    ],
  ])('%s', (_what, changes, days) => {
    expect(digestOf(changes).days).toEqual(days);
  });

  test('names who visited, who marked and whose session it was, and nobody who only planned', () => {
    const { trainers, names } = digestOf([
      change('session', session, { trainers: [me] }),
      change('session', recordId(99), { trainers: [recordId(98)] }),
      change('attendance', recordId(10), { session, status: 'present' }, { author: you }),
      change('attendance', recordId(11), { session }, { author: recordId(97) }),
      change('visit', recordId(20), { trainer: recordId(5) }),
      change('person', me, { name: '김하나' }),
      change('person', me, { name: '김한아' }),
    ]);
    expect(trainers).toEqual([you, recordId(5), me]);
    expect(names.get(me)).toBe('김한아');
  });

  test('what is beyond its room takes none, and it says so', () => {
    const many = Array.from({ length: 5 }, (_none, i) => change('visit', recordId(50 + i), { session }));
    const { visits, whole } = digestOf(many, 3);
    expect([visits, whole, digestOf(many).whole]).toEqual([3, false, true]);
  });
});

describe('a programme of somebody else', () => {
  const [ours, theirs] = [recordId(100), recordId(200)];
  const files: Record<string, Change[]> = {
    theirs: [change('program', theirs, { name: '남의 사업' })],
    'a session of theirs': [change('session', session, { program: theirs })],
    ours: [change('program', ours, { name: '우리 사업' })],
    both: [change('site', shop, { program: ours }), change('program', theirs, { name: '남의 사업' })],
    'ours, restored from a copy': [
      { ...change('program', theirs, { name: '잃은 사업' }), id: changeIdAt(1, dusk) },
    ],
    none: [change('store', shop, { name: '꽃집' })],
  };
  const here = { known: new Set([ours]), metBefore: false };

  test.each<
    [string, keyof typeof files, 'session' | 'kit', { known: Set<string>; metBefore: boolean }, number]
  >([
    ['is not known here', 'theirs', 'session', here, 1],
    ['has sessions', 'a session of theirs', 'session', here, 1],
    ['is not ours', 'ours', 'session', here, 0],
    ['may stand beside ours', 'both', 'session', here, 1],
    ['is not one that this laptop made', 'ours, restored from a copy', 'session', here, 0],
    ['needs a programme', 'none', 'session', here, 0],
    ['needs that one is known here', 'theirs', 'session', { known: new Set(), metBefore: false }, 0],
    ['does not come with a kit of a known laptop', 'theirs', 'kit', { ...here, metBefore: true }, 0],
    ['comes with a kit of a strange laptop', 'theirs', 'kit', here, 1],
    ['comes with a session file of a known laptop', 'theirs', 'session', { ...here, metBefore: true }, 1],
  ])('%s', (_what, file, purpose, receiver, count) => {
    const seen = startPrograms(dusk.id);
    files[file]!.forEach(seen.see);
    expect(unknownPrograms(seen, purpose, receiver)).toHaveLength(count);
  });

  test('is called by its name where the file tells it', () => {
    const seen = startPrograms(dusk.id);
    [...files['a session of theirs']!, ...files['theirs']!].forEach(seen.see);
    expect(seen.all()).toEqual([{ id: theirs, name: '남의 사업' }]);
  });
});

describe('what became different', () => {
  const state = (fields: Record<string, Json>, conflicts: Record<string, Json[]> = {}): RecordState => ({
    fields,
    conflicts,
  });

  test.each<[string, string, RecordState | null, RecordState, string[]]>([
    ['a visit', 'visit', null, state({ date: '2024-09-03' }), ['visit']],
    ['who came', 'attendance', null, state({ status: 'late' }), ['attendance']],
    ['who did not come', 'attendance', null, state({ status: 'absent' }), ['other']],
    [
      'who came after all',
      'attendance',
      state({ status: 'absent' }),
      state({ status: 'present' }),
      ['attendance status'],
    ],
    [
      'late is no second time',
      'attendance',
      state({ status: 'present' }),
      state({ status: 'late' }),
      ['other status'],
    ],
    ['a response', 'surveyResponse', null, state({ submittedAt: 'x', answers: {} }), ['response']],
    ['one that was begun', 'surveyResponse', null, state({ answers: {} }), ['other']],
    [
      'one that is handed in now',
      'surveyResponse',
      state({ answers: {} }),
      state({ answers: {}, submittedAt: 'x' }),
      ['response submittedAt'],
    ],
    ['a shop', 'store', null, state({ name: '꽃집', phone: '1' }), ['newStore']],
    [
      'a shop with its channel',
      'store',
      null,
      state({ channelOpenedOn: '2024-09-03' }),
      ['newStore', 'channel channelOpenedOn'],
    ],
    [
      'a channel',
      'store',
      state({ name: '꽃집' }),
      state({ name: '꽃집', channelOpenedOn: '2024-09-03' }),
      ['channel channelOpenedOn'],
    ],
    [
      'another day of a channel',
      'store',
      state({ channelOpenedOn: '1' }),
      state({ channelOpenedOn: '2' }),
      ['other channelOpenedOn'],
    ],
    ['a phone', 'store', state({ phone: '1' }), state({ phone: '2' }), ['contact phone']],
    ['a phone that was empty', 'person', state({}), state({ phone: '2' }), ['contact phone']],
    ['nothing', 'store', state({ phone: '1', unit: null }), state({ phone: '1' }), []],
    ['a field of an unknown kind', 'stall', state({ a: 1 }), state({ a: { b: 2 } }), ['other a']],
    [
      'a deletion',
      'store',
      state({ name: '꽃집' }),
      state({ name: '꽃집', deleted: true }),
      ['deleted deleted'],
    ],
    ['deleted before', 'store', state({ deleted: true }), state({ deleted: true }), []],
    ['brought back', 'store', state({ deleted: true }), state({ deleted: false }), ['other deleted']],
    ['made and deleted elsewhere', 'visit', null, state({ deleted: true }), ['other']],
    [
      'a conflict, and not a contact too',
      'store',
      state({ phone: '1' }),
      state({ phone: '2' }, { phone: ['1', '2'] }),
      ['conflict phone'],
    ],
    [
      'a conflict that was there',
      'store',
      state({ phone: '1' }, { phone: ['1', '3'] }),
      state({ phone: '2' }, { phone: ['1', '2', '3'] }),
      ['contact phone'],
    ],
    [
      'deleted against an edit',
      'store',
      state({ name: 'a' }),
      state({ name: 'a', deleted: true }, { deleted: [false, true] }),
      ['conflict deleted'],
    ],
    [
      'a conflict of a new record',
      'store',
      null,
      state({ name: 'b' }, { name: ['a', 'b'] }),
      ['conflict name', 'newStore'],
    ],
  ])('%s', (_what, entity, before, after, told) => {
    expect(
      effectsOf(entity, before, after).map(({ part, field }) => (field ? `${part} ${field}` : part)),
    ).toEqual(told);
  });
});

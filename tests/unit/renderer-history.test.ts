import { createPinia } from 'pinia';
import { describe, expect, test } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { HistoryEntry } from '#shared/contract/records.ts';
import type { Json } from '#shared/merge/canonical.ts';
import {
  momentsOf,
  oneHistory,
  type Moment,
  type Subject,
  type Told,
} from '../../src-renderer/features/history/moments.ts';
import { createTexts } from '../../src-renderer/i18n/index.ts';
import { useValueText } from '../../src-renderer/use/value-text.ts';

const SHOP: Subject = { entity: 'store', id: 'shop' };
const START = Date.UTC(2026, 10, 24, 1);

/** An entry some seconds after ten o'clock, as the core gives it. */
function entry(seconds: number, field: string, value: Json, more: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    change: changeAt(seconds),
    field,
    value,
    kind: 'set',
    erased: false,
    head: false,
    fate: 'replaced',
    disputed: false,
    replaced: [],
    titles: {},
    at: new Date(START + seconds * 1000).toISOString(),
    clockSuspect: false,
    laptop: { id: 'a', name: '망원 1호' },
    author: { id: 'kim', name: '김단골' },
    files: [],
    ...more,
  };
}

const changeAt = (seconds: number): string => String(seconds).padStart(8, '0');
const saw = (seconds: number, value: Json) => ({
  replaced: [{ change: changeAt(seconds), value, erased: false }],
});
const told = (entries: readonly HistoryEntry[], subject = SHOP): Told[] =>
  entries.map((one) => ({ ...one, subject }));
/** Each line as `field: before > value`. */
const linesOf = ({ lines }: Moment): string[] =>
  lines.map(
    ({ entry: { field, value }, before }) => `${field}: ${before.map((one) => one.value)} > ${String(value)}`,
  );

describe('a history', () => {
  test('is told by who wrote where, in one go, and how it came', () => {
    const other = { author: { id: 'lee', name: '이단골' } };
    const file = { files: [{ import: 'i', file: 'day.dangol', importedAt: '' }] };
    const moments = momentsOf(
      told([
        entry(9400, 'unit', '3'),
        entry(9350, 'unit', '2', other),
        entry(9340, 'unit', '1', { ...other, ...file }),
        entry(9330, 'unit', '0', { ...other, ...file, clockSuspect: true }),
        entry(1200, 'name', 'b'),
        entry(600, 'phone', '1'),
        entry(-1, 'name', 'a'),
      ]),
    );
    expect(moments.map(({ lines }) => lines.length)).toEqual([1, 1, 1, 1, 2, 1]);
    expect(moments[4]).toMatchObject({
      from: new Date(START + 600_000).toISOString(),
      to: new Date(START + 1_200_000).toISOString(),
    });
  });

  test('goes on for an hour at most, however busy', () => {
    const minutes = Array.from({ length: 70 }, (_, n) => entry((70 - n) * 60, 'unit', String(n)));
    expect(momentsOf(told(minutes)).map(({ lines }) => lines.length)).toEqual([61, 9]);
  });

  test('a correction after the typing stands for itself', () => {
    const [moment] = momentsOf(
      told([entry(100, 'name', '바다횟집', saw(1, '바다')), entry(1, 'name', '바다')]),
    );
    expect(linesOf(moment!)).toEqual(['name: 바다 > 바다횟집', 'name:  > 바다']);
  });

  test('what was typed through is one line, from the value before to the last', () => {
    const [moment] = momentsOf(
      told([
        entry(3, 'name', '바다횟집', { ...saw(2, '바다횟'), fate: 'shown' }),
        entry(2, 'name', '바다횟', saw(1, '바다')),
        entry(1, 'name', '바다', saw(-900, '새벽분식')),
      ]),
    );
    expect(linesOf(moment!)).toEqual(['name: 새벽분식 > 바다횟집']);
    expect(moment!.lines[0]!.passed.map(({ value }) => value)).toEqual(['바다횟', '바다']);
  });

  test('a value that lost or stands in a conflict is never folded away', () => {
    const settled = [
      entry(3, 'phone', '3', { replaced: [...saw(2, '2').replaced, ...saw(1, '1').replaced] }),
      entry(2, 'phone', '2', { fate: 'lost' }),
      entry(1, 'phone', '1', { fate: 'lost' }),
    ];
    expect(momentsOf(told(settled))[0]!.lines).toHaveLength(3);
    const open = [entry(2, 'phone', '2', saw(1, '1')), entry(1, 'phone', '1', { fate: 'waiting' })];
    expect(momentsOf(told(open))[0]!.lines).toHaveLength(2);
  });

  test('an erasure is a line of its own; the fields of one change stand in their declared order', () => {
    const [moment] = momentsOf(
      told([
        entry(2, 'phone', null, { kind: 'erase', erased: true }),
        entry(1, 'deleted', true),
        entry(1, 'somethingNew', 'x'),
        entry(1, 'phone', null, { erased: true }),
        entry(1, 'name', 'a'),
      ]),
    );
    expect(moment!.lines.map(({ entry: one }) => `${one.field} ${one.kind}`)).toEqual([
      'phone erase',
      'name set',
      'phone set',
      'somethingNew set',
      'deleted set',
    ]);
  });

  test('of several records ends where the first of them was cut off', () => {
    const check: Subject = { entity: 'check', id: 'check', name: '톡채널 개설' };
    const visit = [9, 7, 5, 3].map((seconds) => entry(seconds, 'note', String(seconds)));
    const answers = [8, 6, 1].flatMap((seconds) => [
      entry(seconds, 'state', 'done'),
      entry(seconds, 'item', 'x'),
    ]);
    const loaded = [
      { subject: SHOP, entries: visit },
      { subject: check, entries: answers },
    ];
    const all = oneHistory(loaded, 10);
    expect(all.complete).toBe(true);
    // What makes the check's id goes without saying under its name.
    expect(all.entries.map(({ change, field }) => `${Number(change)} ${field}`)).toEqual([
      '9 note',
      '8 state',
      '7 note',
      '6 state',
      '5 note',
      '3 note',
      '1 state',
    ]);
    const cut = oneHistory(loaded, 2);
    expect(cut.complete).toBe(false);
    expect(cut.entries.map(({ change }) => Number(change))).toEqual([9, 8, 7]);
  });
});

describe('a value in words', () => {
  const shop = '0190aaaa-0000-7000-8000-000000000001';
  test.each<[string, string, string, Json, string]>([
    ['a code by its label', 'store', 'status', 'moved', '이전'],
    ['a code of a newer version as it is', 'store', 'status', 'resting', 'resting'],
    ['a day', 'store', 'channelOpenedOn', '2024-09-03', '2024년 9월 3일'],
    ['a day that is none, as it is', 'store', 'channelOpenedOn', '2024-13-40', '2024-13-40'],
    ['a time in Seoul', 'visit', 'startedAt', '2024-09-03T15:30:00.000Z', '2024년 9월 4일 00:30'],
    ['money', 'grant', 'amount', 300000, '300,000원'],
    ['a flag', 'store', 'firstOnline', false, '아니요'],
    ['nothing', 'store', 'note', null, '비어 있음'],
    ['a record by its title', 'visit', 'store', shop, '바다횟집'],
    ['several records', 'session', 'trainers', [shop, 'gone'], '바다횟집, 아직 여기에 없는 기록'],
    ['a deletion', 'store', 'deleted', true, '지웠어요'],
    ['a restoration', 'store', 'deleted', false, '되살렸어요'],
    [
      'the items of a checklist',
      'checklistTemplate',
      'items',
      [{ key: 'a', label: '톡채널 개설' }],
      '톡채널 개설',
    ],
    [
      'answers of a merchant, kept to themselves',
      'surveyResponse',
      'answers',
      { q1: 5, q2: '비밀' },
      '2문항에 답함 (내용은 보이지 않아요)',
    ],
  ])('%s', async (_what, entity, field, value, expected) => {
    let words = '';
    const app = createSSRApp({
      setup() {
        words = useValueText()(entity, field, value, new Map([[shop, '바다횟집']]));
        return () => null;
      },
    });
    await renderToString(app.use(createPinia()).use(createTexts('ko')));
    expect(words).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { typedValue } from '#main/features/conflict-book/typed-value.ts';
import { writtenValue } from '#main/workbook/cell-values.ts';
import { checkOf } from '#main/workbook/conflict-rows.ts';
import { chosenPlace, keyOf, optionsShown, shownValue } from '#main/workbook/conflict-values.ts';
import type { Cell } from '#main/workbook/read-table.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { fieldOf } from '#shared/model/model.ts';

const ids = ['0191aaaa-0000-7000-8000-00000000005a', '0191aaaa-0000-7000-8000-00000000005b'] as const;
const names = new Map([
  [ids[0], '망원시장'],
  [ids[1], '망원시장'],
]);
const blob = 'ab12cd34'.repeat(8);

/** Two values of a field, and how each stands in a cell and in the list. */
const pairs: [entity: string, field: string, values: Json[], full: unknown[], listed?: unknown[]][] = [
  ['store', 'phone', ['02-1', '=1+1'], ['02-1', '=1+1']],
  ['store', 'phone', ['00012', '12'], ['00012', '12']],
  ['store', 'note', [null, '꽃'], ['비어 있음', '꽃']],
  ['store', 'note', [null, ''], ['비어 있음', '비어 있음'], ['비어 있음 (값 1)', '비어 있음 (값 2)']],
  ['store', 'note', ['꽃', '꽃 '], ['꽃', '꽃 '], ['꽃 (값 1)', '꽃  (값 2)']],
  ['store', 'note', ['가\n나', '값 1'], ['가\n나', '값 1'], ['값 1: 가 나', '값 1']],
  ['store', 'firstOnline', [true, false], ['예', '아니요']],
  ['store', 'status', ['closed', 'burnt'], ['폐업', 'burnt']],
  ['store', 'latitude', [37.5563, 37.55631], [37.5563, 37.55631]],
  ['store', 'channelOpenedOn', ['2024-11-24', '2024-02-30'], ['2024-11-24', '2024-02-30']],
  ['grant', 'amount', [300_000, 0], [300_000, 0]],
  ['store', 'site', [...ids], ['망원시장 [0000005a]', '망원시장 [0000005b]']],
  ['session', 'trainers', [[...ids], []], ['망원시장 [0000005a], 망원시장 [0000005b]', '비어 있음']],
  ['photo', 'blob', [blob, blob.replace('ab', 'cd')], ['사진 파일 ab12cd34', '사진 파일 cd12cd34']],
  ['checklistTemplate', 'items', [[{ key: 'a', label: '가' }], { b: 1 }], ['가', '{"b":1}']],
  ['site', 'deleted', [true, false], ['지운 채로 두기', '고친 값 살리기']],
  ['unheardOf', 'thing', ['a', 1], ['a', 1]],
  [
    'surveyResponse',
    'answers',
    [{ a: 1 }, { a: 2 }],
    ['내용은 보이지 않아요', '내용은 보이지 않아요'],
    ['내용은 보이지 않아요 (값 1)', '내용은 보이지 않아요 (값 2)'],
  ],
];

describe('values in a workbook', () => {
  it.each(pairs)('%s.%s %j', (entity, field, values, full, listed = full) => {
    const options = optionsShown(entity, field, values, names);
    expect(options.map((option) => option.full.value)).toEqual(full);
    expect(options.map((option) => option.listed.value)).toEqual(listed);
    // What is picked from the list is that value again.
    for (const [place, option] of options.entries()) {
      const cell = writtenValue(option.listed.value, option.listed.kind) as Cell;
      expect(chosenPlace(cell, options, false)).toBe(place);
    }
  });

  it('moments are shown by the clock of Seoul, those of one minute apart by their numbers', () => {
    const values = ['2026-11-24T01:00:00.000Z', '2026-11-24T01:00:30.000Z'];
    const options = optionsShown('visit', 'startedAt', values, names);
    expect(options.map(({ listed }) => listed.kind)).toEqual(['moment', 'moment']);
    const later = ['2026-11-24T01:00:10.000Z', '2026-11-24T01:00:20.000Z'];
    expect(optionsShown('visit', 'startedAt', later, names)[1]!.listed.value).toBe('2026-11-24 10:00 (값 2)');
  });

  it.each([
    ['값 2', 1],
    ['값2', 1],
    ['값 3', 'wrong'],
    ['값 0', 'wrong'],
    ['둘 다 아님', null],
    ['다른 이름 [0000005b]', 1],
    ['다른 이름 [0000005c]', null],
  ] as const)('%s means %s', (cell, place) => {
    const options = optionsShown('store', 'site', [...ids], names);
    expect(chosenPlace(cell, options, true)).toBe(place);
  });

  it('a phone number that became a number is found', () => {
    const options = optionsShown('store', 'phone', ['0212345678', '0312345678'], names);
    expect(chosenPlace(312_345_678, options, false)).toBe(1);
  });

  it('the end of an id counts for references only', () => {
    const options = optionsShown('store', 'name', ['가 [12345678]', '나'], names);
    expect(chosenPlace('다 [12345678]', options, false)).toBeNull();
  });
});

describe('typed values', () => {
  const seoul = new Date(Date.UTC(2026, 10, 24, 10, 5));
  it.each<[string, string, Exclude<Cell, null>, unknown]>([
    ['store', 'phone', 233_531_111, '0233531111'],
    ['store', 'phone', 1_033_531_111, '01033531111'],
    ['store', 'note', ' 가\r\n나 ', '가\n나'],
    ['store', 'unit', new Date('2026-11-24T00:00:00Z'), '2026-11-24'],
    ['store', 'channelOpenedOn', new Date('2026-11-24T00:00:00Z'), '2026-11-24'],
    ['store', 'channelOpenedOn', '2026년 11월 24일', '2026-11-24'],
    ['store', 'firstOnline', '예', true],
    ['store', 'firstOnline', false, false],
    ['store', 'status', '이전', 'moved'],
    ['store', 'latitude', '37.5', 37.5],
    ['program', 'goalStores', '1,200', 1200],
    ['grant', 'amount', '300,000원', 300_000],
    ['visit', 'startedAt', '2026-11-24 10:05', '2026-11-24T01:05:00.000Z'],
    ['visit', 'startedAt', seoul, '2026-11-24T01:05:00.000Z'],
    ['visit', 'startedAt', '아침', 'CONFLICT_ROW_TIME'],
    ['visit', 'startedAt', '2026-11-24 25:05', 'CONFLICT_ROW_TIME'],
    ['store', 'channelOpenedOn', '11월', 'CONFLICT_ROW_DAY'],
    ['store', 'latitude', 91, 'CONFLICT_ROW_NUMBER'],
    ['program', 'goalStores', 1.5, 'CONFLICT_ROW_WHOLE'],
    ['program', 'goalStores', '#REF!', 'CONFLICT_ROW_WHOLE'],
    ['store', 'status', 'burnt', 'CONFLICT_ROW_CHOICE'],
    ['store', 'site', ids[0], 'CONFLICT_ROW_CHOICE'],
    ['photo', 'blob', blob, 'CONFLICT_ROW_CHOICE'],
    ['unheardOf', 'thing', 'b', 'CONFLICT_ROW_CHOICE'],
  ])('%s.%s %j', (entity, field, cell, expected) => {
    const typed = typedValue(cell, field, fieldOf(entity, field), '가, 나');
    expect('value' in typed ? typed.value : typed.reason.code).toBe(expected);
  });
});

describe('the check sum', () => {
  it('is the same for cells that mean the same, whoever saved them', () => {
    const ours = ['가 나\r\n다', 37.5563, new Date('2026-11-24T00:00:00Z'), '_x005F_x0041_', null];
    const theirs = ['가  나\n다 ', 37.556300000000001, new Date('2026-11-24T00:00:00.003Z'), '_x0041_', ' '];
    expect(theirs.map(keyOf)).toEqual(ours.map(keyOf));
    expect(checkOf(['store'], theirs)).toBe(checkOf(['store'], ours));
  });

  it.each([
    [['a'], ['b']],
    [
      ['a', 'b'],
      ['ab', ''],
    ],
    [['1'], [1]],
    [[0], [null]],
    [[37.5563], [37.5564]],
  ])('tells %j from %j', (left, right) => {
    expect(checkOf([], left)).not.toBe(checkOf([], right));
  });

  it('an empty text is shown as what it is', () => {
    expect(shownValue('store', 'note', '', names)).toEqual({ value: '비어 있음', kind: 'text' });
  });
});

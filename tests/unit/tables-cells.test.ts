import { describe, expect, it } from 'vitest';
import { readCell } from '#main/features/tables/cells.ts';
import type { Cell } from '#main/workbook/read-table.ts';
import { fieldOf } from '#shared/model/model.ts';

const read = (entity: 'site' | 'store', name: string, cell: Cell) =>
  readCell(cell, name, fieldOf(entity, name)!, '열');

describe('values', () => {
  it.each<['site' | 'store', string, Cell, unknown]>([
    ['site', 'name', '  중앙시장 ', '중앙시장'],
    ['site', 'name', '중앙\n시장', '중앙 시장'],
    ['site', 'note', '한 줄\n두 줄', '한 줄\n두 줄'],
    ['site', 'name', '', null],
    ['site', 'name', ' ', null],
    ['site', 'name', null, null],
    ['site', 'name', 1913, '1913'],
    ['site', 'name', '=1+1', '=1+1'],
    ['site', 'phone', '033-6629-2920', '033-6629-2920'],
    ['site', 'phone', 336484477, '0336484477'],
    ['store', 'phone', 1000000001, '01000000001'],
    ['site', 'phone', 15881234, '15881234'],
    ['site', 'storeCount', '276', 276],
    ['site', 'storeCount', '1,804', 1804],
    ['site', 'storeCount', '１２', 12],
    ['site', 'storeCount', 0, 0],
    ['site', 'latitude', '37.75401611', 37.75401611],
    ['site', 'longitude', '-12.5', -12.5],
    ['store', 'channelOpenedOn', '2024-09-03', '2024-09-03'],
    ['store', 'channelOpenedOn', '2024.9.3', '2024-09-03'],
    ['store', 'channelOpenedOn', '2024. 9. 3.', '2024-09-03'],
    ['store', 'channelOpenedOn', '2024/9/3', '2024-09-03'],
    ['store', 'channelOpenedOn', '2024년 9월 3일', '2024-09-03'],
    ['store', 'channelOpenedOn', '20240903', '2024-09-03'],
    ['store', 'channelOpenedOn', '2024-02-29', '2024-02-29'],
    ['store', 'channelOpenedOn', new Date(Date.UTC(2024, 8, 3)), '2024-09-03'],
    ['store', 'channelOpenedOn', 45538, '2024-09-03'],
    ['store', 'firstOnline', 'Y', true],
    ['store', 'firstOnline', '아니오', false],
    ['store', 'firstOnline', true, true],
    ['store', 'status', '영업중', 'active'],
    ['store', 'status', '참여 안 함', 'declined'],
    ['store', 'status', 'Closed', 'closed'],
  ])('%s.%s %j is %j', (entity, name, cell, value) => {
    expect(read(entity, name, cell)).toEqual({ value });
  });
});

describe('what cannot be a value', () => {
  it.each<['site' | 'store', string, Cell, string, string]>([
    ['site', 'storeCount', 'abc', 'NUMBER_INVALID', "열 'abc': 숫자가 아니에요."],
    ['site', 'storeCount', '1,80', 'NUMBER_INVALID', "열 '1,80': 숫자가 아니에요."],
    ['site', 'storeCount', '약 50개', 'NUMBER_INVALID', "열 '약 50개': 숫자가 아니에요."],
    ['site', 'storeCount', new Date(0), 'NUMBER_INVALID', "열 '1970-01-01': 숫자가 아니에요."],
    ['site', 'storeCount', '2.5', 'NUMBER_NOT_WHOLE', "열 '2.5': 0 이상의 정수여야 해요."],
    ['site', 'storeCount', -3, 'NUMBER_NOT_WHOLE', "열 '-3': 0 이상의 정수여야 해요."],
    ['site', 'latitude', '200', 'NUMBER_OUT_OF_RANGE', "열 '200': -90에서 90 사이여야 해요."],
    ['site', 'longitude', 181, 'NUMBER_OUT_OF_RANGE', "열 '181': -180에서 180 사이여야 해요."],
    ['site', 'latitude', '1e2', 'NUMBER_INVALID', "열 '1e2': 숫자가 아니에요."],
    [
      'store',
      'channelOpenedOn',
      '2024-02-30',
      'DATE_INVALID',
      "열 '2024-02-30': 달력에 있는 날짜가 아니에요.",
    ],
    [
      'store',
      'channelOpenedOn',
      '2023-02-29',
      'DATE_INVALID',
      "열 '2023-02-29': 달력에 있는 날짜가 아니에요.",
    ],
    ['store', 'channelOpenedOn', '9/3/2024', 'DATE_INVALID', "열 '9/3/2024': 달력에 있는 날짜가 아니에요."],
    ['store', 'channelOpenedOn', 2024, 'DATE_INVALID', "열 '2024': 달력에 있는 날짜가 아니에요."],
    ['store', 'firstOnline', '아마', 'FLAG_INVALID', "열 '아마': Y나 N으로 적어 주세요."],
    [
      'store',
      'status',
      '휴업',
      'CODE_UNKNOWN',
      "열 '휴업': 영업 중, 폐업, 이전, 참여 안 함 가운데 하나여야 해요.",
    ],
    ['site', 'name', '#REF!', 'CELL_ERROR', "열 '#REF!': 엑셀 오류 값이에요."],
    ['site', 'name', 'x'.repeat(1001), 'TEXT_TOO_LONG', '열: 1000자가 넘어요.'],
  ])('%s.%s %j: %s', (entity, name, cell, code, reason) => {
    expect(read(entity, name, cell)).toEqual({ code, reason });
  });

  it('is quoted short', () => {
    expect(read('site', 'storeCount', 'x'.repeat(500))).toMatchObject({
      reason: `열 '${'x'.repeat(40)}…': 숫자가 아니에요.`,
    });
  });
});

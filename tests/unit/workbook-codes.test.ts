import { expect, it } from 'vitest';
import { withCodes } from '#main/workbook/code-columns.ts';
import { letterOf, tableOf } from '#main/workbook/sheet.ts';
import type { Label } from '#shared/model/field.ts';
import { entityNames, fieldsOf } from '#shared/model/model.ts';

const table = tableOf<string | null>({
  name: '점포',
  about: '',
  rows: ['영업', null, 'later'],
  columns: [
    {
      key: 'status',
      header: '상태',
      width: 9,
      kind: 'text',
      meaning: '',
      codes: [{ code: 'active', label: '영업' }],
      value: (word) => word,
    },
    { key: 'other', header: '이름', width: 9, kind: 'text', meaning: '', value: (word) => word },
  ],
});

it('puts the codes at the right end, so that no column of the table moves', () => {
  const coded = withCodes(table);
  expect(coded.columns.map(({ header, screenOnly }) => [header, screenOnly ?? false])).toEqual([
    ['상태', false],
    ['이름', false],
    ['상태 코드', true],
  ]);
  expect([0, 1, 2].map((index) => coded.row(index))).toEqual([
    ['영업', '영업', 'active'],
    [null, null, null],
    ['later', 'later', 'later'],
  ]);
  expect(coded.values('statusCode')).toEqual(['active', null, 'later']);
  expect(letterOf(coded, 'other')).toBe(letterOf(table, 'other'));
});

it('leaves a table alone that has no words for codes', () => {
  const plain = { ...table, columns: table.columns.slice(1) };
  expect(withCodes(plain)).toBe(plain);
});

it('finds one code for a word: no field has two codes with the same word', () => {
  for (const entity of entityNames) {
    for (const [name, field] of fieldsOf(entity)) {
      const words = Object.values((field.codes ?? {}) as Record<string, Label>).map(({ ko }) => ko);
      expect(new Set(words).size, `${entity}.${name}`).toBe(words.length);
    }
  }
});

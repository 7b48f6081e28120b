import { describe, expect, it } from 'vitest';
import { writtenValue } from '#main/workbook/cell-values.ts';
import { inertText } from '#main/workbook/inert.ts';
import { maskBusinessNumber, maskName, maskPhone } from '#shared/model/mask.ts';
import { letters, live } from '#main/workbook/sheet.ts';

describe('a value on its way into a cell', () => {
  it.each([
    ['a day', '2024-05-01', 'day', new Date('2024-05-01T00:00:00Z')],
    ['no day', '2024-02-30', 'day', '2024-02-30'],
    [
      'a moment, on the clock of Seoul',
      '2024-04-30T15:00:00.700Z',
      'moment',
      new Date('2024-05-01T00:00:00Z'),
    ],
    ['a number', 0, 'whole', 0],
    ['no number', Number.NaN, 'whole', null],
    ['a number for a text column', 7, 'text', 7],
    ['nothing', null, 'text', null],
    ['an empty text', '', 'text', null],
    ['what looks like a formula', '=1+1', 'text', '=1+1'],
    ['a business number', '0123456789', 'text', '0123456789'],
  ] as const)('%s', (_says, value, kind, written) => expect(writtenValue(value, kind)).toEqual(written));

  it('is a text when something else slipped in from a file', () => {
    const slipped = { hyperlink: 'http://example.invalid', text: 'x' } as unknown as string;
    expect(writtenValue(slipped, 'text')).toBe('{"hyperlink":"http://example.invalid","text":"x"}');
    const posing = { formula: 'A1', cached: 1, result: 1 } as unknown as string;
    expect(writtenValue(posing, 'whole')).toBe('{"formula":"A1","cached":1,"result":1}');
    expect(writtenValue(['=1'] as unknown as string, 'text')).toBe('["=1"]');
  });

  it('carries a formula of ours with its value', () => {
    expect(writtenValue(live('SUM(A1:A2)', null), 'whole')).toEqual({
      formula: 'SUM(A1:A2)',
      result: '',
    });
  });
});

describe('inertText', () => {
  it.each([
    ['control characters go', 'a\u0000b\u001Fc\u007F', 'abc'],
    ['tabs and lines stay', 'a\tb\r\nc\rd', 'a\tb\nc\nd'],
    ['a lone surrogate is shown as lost', 'a\uD83Cb', 'a\uFFFDb'],
    ['a pair stays', '🌷', '🌷'],
    ['what Excel would decode is kept', '_x0041_ _X0041_ _x41_', '_x005F_x0041_ _X0041_ _x41_'],
    ['a text at the limit is whole', 'x'.repeat(32_767), 'x'.repeat(32_767)],
  ])('%s', (_says, text, inert) => expect(inertText(text)).toBe(inert));

  it('cuts a longer text with a mark, and no letter in two', () => {
    for (const letter of ['가', '🌷', 'a🌷']) {
      const cut = inertText(letter.repeat(40_000));
      expect(cut.length).toBeLessThanOrEqual(32_767);
      expect(cut.length).toBeGreaterThan(32_760);
      expect(cut.isWellFormed() && cut.endsWith('…(잘림)')).toBe(true);
    }
  });
});

describe('masks', () => {
  it.each([
    [maskName, '김단골', '김**'],
    [maskName, '  Sejin', 'S**'],
    [maskName, '𠮷野', '𠮷**'],
    [maskName, ' ', null],
    [maskName, null, null],
    [maskPhone, '010-1234-5678', '010-****-5678'],
    [maskPhone, '01012345678', '010-****-5678'],
    [maskPhone, '02-335-3591', '02-****-3591'],
    [maskPhone, '1588-1234', '****'],
    [maskPhone, '+82 10 1234 5678', '****'],
    [maskPhone, '', null],
    [maskBusinessNumber, '123-45-67890', '123-**-*****'],
    [maskBusinessNumber, '12345', '***'],
    [maskBusinessNumber, null, null],
  ])('%o of %s is %s', (mask, value, masked) => expect(mask(value)).toBe(masked));
});

it.each([
  [1, 'A'],
  [26, 'Z'],
  [27, 'AA'],
  [702, 'ZZ'],
  [703, 'AAA'],
])('column %i is %s', (column, name) => expect(letters(column)).toBe(name));

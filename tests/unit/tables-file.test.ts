import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readTableFile, TABLE_LIMITS } from '#main/features/tables/table-file.ts';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/tables/${name}`, import.meta.url));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string) => readTableFile('list.csv', utf8(text));

describe('encodings', () => {
  it.each(['markets.cp949.csv', 'markets.utf8-bom.csv'])('%s reads as the UTF-8 file does', async (name) => {
    const expected = await readTableFile('a', fixture('markets.utf8.csv'));
    expect(expected.rows).toHaveLength(10);
    expect(expected.header[0]).toBe('시장명');
    expect(await readTableFile('a', fixture(name))).toEqual(expected);
  });

  it('puts jamo together that macOS keeps apart', async () => {
    const table = await read('시장명,주소\n중앙시장,서울\n'.normalize('NFD'));
    expect(table.header).toEqual(['시장명', '주소']);
    expect(table.rows[0]?.cells[0]).toBe('중앙시장');
  });

  const text = '시장명,소재지도로명주소\n중앙시장,강원특별자치도 강릉시 가람로 21\n';
  const utf16 = Buffer.from(text, 'utf16le');
  it.each([
    ['UTF-16 without a mark', utf16],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    [
      'a marked UTF-8 file with a byte that is none',
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from([0xbd])]),
    ],
    ['CP949 cut within a letter', fixture('markets.cp949.csv').subarray(0, 1)],
    ['bytes of a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00])],
  ])('refuses %s', async (_what, bytes) => {
    await expect(readTableFile('list.csv', bytes)).rejects.toMatchObject({
      code: 'TABLE_ENCODING',
      params: { file: 'list.csv' },
    });
  });
});

describe('rows of a CSV file', () => {
  it('are numbered as a spreadsheet numbers them, blank ones included', async () => {
    const table = await read('a,b\r\n1,2\r\n\r\n,\r\n"3\r\n3",4\r\n5,6');
    expect(table.rows.map(({ row }) => row)).toEqual([2, 5, 6]);
    expect(table.rows[1]?.cells).toEqual(['3\n3', '4']);
    expect(table.refused).toEqual([]);
  });

  it('are refused alone when cells are missing or too many', async () => {
    const table = await read('a,b,c\n1,2,3\n1,2\n1,2,3,4\n4,5,6\n');
    expect(table.rows.map(({ row }) => row)).toEqual([2, 5]);
    expect(table.refused).toMatchObject([
      { row: 3, code: 'ROW_CELLS', reason: '칸이 3개여야 하는데 2개예요.' },
      { row: 4, code: 'ROW_CELLS', reason: '칸이 3개여야 하는데 4개예요.' },
    ]);
  });

  it.each([
    ['never closed', 'a,b\n1,2\n"3,4\n5,6\n7,8\n', [2, 4, 5], [3]],
    ['never closed before a sound quoted cell', 'a,b\n"3,4\n5,"6 6"\n7,8\n', [3, 4], [2]],
    ['never closed, twice', 'a,b\n"3,4\n"5,6\n7,8\n', [4], [2, 3]],
    ['never closed before a cell of two lines', 'a,b\n"3,4\n5,"6\n6"\n7,8\n', [3, 4], [2]],
    ['in the middle of a cell', 'a,b\n3"x,4\n5,6\n', [3], [2]],
    ['followed by text', 'a,b\n"3"x,4\n5,6\n', [3], [2]],
    ['closed in a later row', 'a,b\n"3,4\n5,6"\n7,8\n', [4], [2, 3]],
  ])('keep the others when a quote is %s', async (_what, csv, rows, refused) => {
    const table = await read(csv);
    expect(table.rows.map(({ row }) => row)).toEqual(rows);
    expect(table.refused.map(({ row }) => row)).toEqual(refused);
    expect(table.refused.every(({ code }) => code === 'ROW_QUOTES')).toBe(true);
  });
});

describe('what is no table', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'TABLE_UNREADABLE'],
    ['blank lines', utf8('\n\n , \n'), 'TABLE_UNREADABLE'],
    ['an old Excel file', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'TABLE_UNREADABLE'],
    ['a zip that is cut short', fixture('markets.xlsx').subarray(0, 3000), 'TABLE_UNREADABLE'],
    ['too many bytes', Buffer.alloc(TABLE_LIMITS.bytes + 1, 'a'), 'TABLE_TOO_LARGE'],
    ['too many rows', utf8('a\n'.repeat(TABLE_LIMITS.rows + 1)), 'TABLE_TOO_LARGE'],
    ['far too many lines', utf8('a\n'.repeat(TABLE_LIMITS.rows * 5)), 'TABLE_TOO_LARGE'],
  ])('%s is refused', async (_what, bytes, code) => {
    await expect(readTableFile('list', bytes)).rejects.toMatchObject({ code });
  });
});

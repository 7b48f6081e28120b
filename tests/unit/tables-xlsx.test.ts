import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { readFirstSheet } from '#main/workbook/read-table.ts';
import { readTableFile } from '#main/features/tables/table-file.ts';

const limits = { unpackedBytes: 1_000_000, parts: 100, rows: 1000, columns: 50 };
const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../fixtures/tables/${name}`, import.meta.url));

async function workbook(fill: (sheet: ExcelJS.Worksheet) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet('목록'));
  book.addWorksheet('다른 시트').addRow(['여기는', '읽지', '않아요']);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function zip(parts: Record<string, Buffer>): Promise<Buffer> {
  const file = new yazl.ZipFile();
  for (const [name, bytes] of Object.entries(parts)) file.addBuffer(bytes, name);
  file.end();
  return buffer(file.outputStream);
}

/** The parts of the smallest workbook with this content in its sheet. */
function bookOf(content: string): Record<string, Buffer> {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const relation = (type: string, target: string): Buffer =>
    Buffer.from(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
        `<Relationship Id="r1" Type="${office}/${type}" Target="${target}"/></Relationships>`,
    );
  return {
    '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
    'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
    'xl/workbook.xml': Buffer.from(
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="목록" sheetId="1" r:id="r1"/></sheets></workbook>`,
    ),
    'xl/worksheets/sheet1.xml': Buffer.from(`<worksheet xmlns="${main}">${content}</worksheet>`),
  };
}

describe('the first sheet', () => {
  it('gives each kind of cell as text, number, flag or date', async () => {
    const bytes = await workbook((sheet) => {
      sheet.addRow(['a', 'b']);
      sheet.addRow([]);
      sheet.addRow([
        12.5,
        new Date(Date.UTC(2024, 8, 3)),
        true,
        { formula: 'A3*2', result: 25 },
        { formula: 'A99', result: { error: '#REF!' } },
        { richText: [{ text: '중앙' }, { text: '시장' }] },
        { text: '홈페이지', hyperlink: 'https://example.invalid/' },
        { error: '#N/A' },
        { formula: 'now()' },
      ]);
    });
    expect(await readFirstSheet('a.xlsx', bytes, limits)).toEqual([
      { row: 1, cells: ['a', 'b'] },
      {
        row: 3,
        cells: [
          12.5,
          new Date(Date.UTC(2024, 8, 3)),
          true,
          25,
          '#REF!',
          '중앙시장',
          '홈페이지',
          '#N/A',
          null,
        ],
      },
    ]);
  });

  it('reads a workbook that another program wrote', async () => {
    const table = await readTableFile('markets.xlsx', fixture('markets.xlsx'));
    expect(table.rows).toHaveLength(10);
    expect(table.header[0]).toBe('시장명');
    expect(table.rows[2]).toMatchObject({ row: 4, cells: { 7: 1150 } });
  });
});

describe('a hostile workbook', () => {
  it('is refused by what it unpacks to, before it is parsed', async () => {
    const bomb = await zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(2_000_000, '0') });
    expect(bomb.byteLength).toBeLessThan(10_000);
    await expect(readFirstSheet('a.xlsx', bomb, limits)).rejects.toMatchObject({ code: 'TABLE_TOO_LARGE' });
  });

  it('is refused when it lies about what it unpacks to', async () => {
    const size = 2_000_000;
    const bomb = await zip({ 'xl/worksheets/sheet1.xml': Buffer.alloc(size, '0') });
    let lies = 0;
    for (let at = 0; at < bomb.byteLength - 4; at += 1) {
      if (bomb.readUInt32LE(at) === size) {
        bomb.writeUInt32LE(1000, at);
        lies += 1;
      }
    }
    expect(lies).toBeGreaterThan(0);
    await expect(readFirstSheet('a.xlsx', bomb, limits)).rejects.toMatchObject({
      code: 'TABLE_UNREADABLE',
      cause: { message: expect.stringMatching(/too many bytes/) as string },
    });
  });

  it('is refused when it has many parts, rows or columns', async () => {
    const parts = await zip(
      Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`p${n}`, Buffer.alloc(1)])),
    );
    const corner = await workbook((sheet) => void (sheet.getCell('A2000').value = 1));
    const wide = await workbook((sheet) => void (sheet.getCell('XFD1').value = 1));
    for (const bytes of [parts, corner, wide]) {
      await expect(readFirstSheet('a.xlsx', bytes, limits)).rejects.toMatchObject({
        code: 'TABLE_TOO_LARGE',
      });
    }
  });

  it('may merge and validate all cells of a sheet without being read a billion times', async () => {
    const all = 'A1:XFD1048576';
    const bytes = await zip(
      bookOf(
        '<sheetData><row r="1"><c r="A1" t="str"><v>시장명</v></c></row></sheetData>' +
          `<mergeCells count="1"><mergeCell ref="${all}"/></mergeCells>` +
          `<dataValidations count="1"><dataValidation type="list" sqref="${all}"><formula1>1</formula1></dataValidation></dataValidations>`,
      ),
    );
    expect(await readFirstSheet('a.xlsx', bytes, limits)).toEqual([{ row: 1, cells: ['시장명'] }]);
  });

  it('is refused when it is a zip of something else', async () => {
    const other = await zip({ 'manifest.json': Buffer.from('{}') });
    await expect(readFirstSheet('a.xlsx', other, limits)).rejects.toMatchObject({ code: 'TABLE_UNREADABLE' });
  });
});

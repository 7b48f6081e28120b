import ExcelJS from 'exceljs';
import { packZip, unpackZip } from './zip-builder.ts';

/** What a manager's workbook has that no library of ours knows. */
export interface Additions {
  readonly parts?: Readonly<Record<string, string | Buffer>>;
  /** Edits of parts that are there. */
  readonly edit?: Readonly<Record<string, (xml: string) => string>>;
}

/** A manager's workbook: a cover that counts, and a sheet of shops with columns and looks of their own. */
export async function managersWorkbook({ parts = {}, edit = {} }: Additions = {}): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const cover = book.addWorksheet('표지');
  cover.getCell('B2').value = '단골 사업 분기 보고 & 계획';
  cover.getCell('B2').font = { name: '궁서', size: 24, bold: true };
  cover.getCell('B4').value = { formula: `COUNTIFS('점포'!$F:$F,"서울*")`, result: 0 };
  const shops = book.addWorksheet('점포', { views: [{ state: 'frozen', ySplit: 1 }] });
  shops.addRow(['상호', '톡채널 개설일', '사업']);
  shops.addRow(['옛 점포', new Date('2020-01-01'), '옛 사업']);
  shops.addRow(['옛 점포 2', new Date('2020-01-02'), '옛 사업']);
  shops.getCell('B2').numFmt = 'yyyy"년" m"월" d"일"';
  shops.getCell('A2').font = { italic: true };
  shops.getCell('A1').fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFEE500' } };
  shops.autoFilter = 'A1:C3';
  const made = unpackZip(Buffer.from(await book.xlsx.writeBuffer()));
  for (const [name, change] of Object.entries(edit)) {
    made.set(name, Buffer.from(change(made.get(name)!.toString('utf8'))));
  }
  for (const [name, content] of Object.entries(parts)) made.set(name, Buffer.from(content));
  return packZip([...made].map(([name, content]) => ({ name, content })));
}

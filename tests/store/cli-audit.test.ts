import ExcelJS from 'exceljs';
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { AuditRow } from '#shared/contract/audit.ts';
import { dangol, json } from '#tests/support/cli.ts';
import { scratchDir } from '#tests/support/laptop.ts';
import { raw } from '#tests/support/open-store.ts';

interface Told {
  head: { n: number; hash: string };
  entries: AuditRow[];
}

async function book(file: string): Promise<ExcelJS.Workbook> {
  const read = new ExcelJS.Workbook();
  await read.xlsx.load(fs.readFileSync(file) as unknown as ArrayBuffer);
  return read;
}

const column = (sheet: ExcelJS.Worksheet, header: string): unknown[] => {
  const at = (sheet.getRow(1).values as unknown[]).indexOf(header);
  expect(at, header).toBeGreaterThan(0);
  return Array.from({ length: sheet.rowCount - 1 }, (_, row) => sheet.getRow(row + 2).getCell(at).value);
};

it('takes down what the command line does, exports it, and shows in verify what was tampered with', async () => {
  const dir = scratchDir();
  const out = (name: string): string => path.join(dir, name);
  await json(dir, 'init', '--name', '사무실');
  const site = await json(dir, 'call', 'records.write', '{"entity":"site","set":{"name":"망원시장"}}');
  const fields = {
    name: '=1+1',
    ownerName: '김단골',
    phone: '010-0000-7531',
    site: (site.value as { id: string }).id,
  };
  await json(dir, 'call', 'records.write', JSON.stringify({ entity: 'store', set: fields }));

  await json(dir, 'export', '--out', out('a.dangol'));
  await json(dir, 'report', '--out', out('masked.xlsx'));
  const refused = await json(dir, 'report', '--out', out('none.xlsx'), '--personal');
  expect(refused).toMatchObject({ code: 1, value: { error: { code: 'REASON_MISSING' } } });
  expect(fs.existsSync(out('none.xlsx'))).toBe(false);
  const why = '=HYPERLINK("x") 지급 대상 확인';
  await json(dir, 'report', '--out', out('full.xlsx'), '--personal', 'stores', '--reason', why);
  expect(
    await json(dir, 'report', '--out', out('none.xlsx'), '--personal', 'nothing', '--reason', why),
  ).toMatchObject({
    code: 1,
    value: { error: { code: 'INVALID_INPUT' } },
  });
  await json(dir, 'backup', '--out', out('copy.db'));
  await dangol(['--data', dir, 'dump']);

  const { code, value } = await json(dir, 'audit');
  expect(code).toBe(0);
  const { head, entries } = value as Told;
  expect(entries.map(({ n, what, via }) => `${n} ${what} ${via}`)).toEqual([
    '5 exported commandLine',
    '4 backedUp commandLine',
    '3 reportedInFull commandLine',
    '2 reported commandLine',
    '1 exported commandLine',
  ]);
  expect(head).toEqual({ n: 5, hash: entries[0]!.hash });
  expect(entries[2]).toMatchObject({ subject: { parts: ['stores'], full: true }, why });

  // The workbook says who is in it, and only there.
  const masked = await book(out('masked.xlsx'));
  expect(column(masked.getWorksheet('점포')!, '대표자')).toEqual(['김**']);
  expect(column(masked.getWorksheet('점포')!, '전화번호')).toEqual(['010-****-7531']);
  const full = await book(out('full.xlsx'));
  expect(column(full.getWorksheet('점포')!, '대표자')).toEqual(['김단골']);
  const cover = (row: number): unknown => full.getWorksheet('요약')!.getRow(row).getCell(1).value;
  expect(cover(5)).toMatch(/^개인정보가 그대로 있어요: 점포 {2}· {2}요청 사무실, \d{4}-/);
  expect(cover(6)).toBe(`까닭: ${why}`);

  const filtered = await json(dir, 'audit', '--what', 'backedUp');
  expect((filtered.value as Told).entries.map(({ n }) => n)).toEqual([4]);
  expect((await json(dir, 'audit', '--to', '2001-01-01')).value).toMatchObject({ entries: [] });
  expect((await dangol(['--data', dir, 'audit', '--what', 'nothing'])).code).toBe(2);

  const exported = await json(dir, 'audit', '--out', out('audit.xlsx'));
  expect(exported).toMatchObject({ code: 0, value: { entries: 5 } });
  const sheet = (await book(out('audit.xlsx'))).getWorksheet('접속기록')!;
  expect(column(sheet, '번호')).toEqual([1, 2, 3, 4, 5]);
  // A reason is a text, whatever it begins with.
  expect(column(sheet, '까닭')).toEqual([null, null, why, null, null]);
  expect(column(sheet, '해시')).toEqual(entries.toReversed().map(({ hash }) => hash));
  const last = (await json(dir, 'audit', '--what', 'auditExported')).value as Told;
  expect(last.entries).toMatchObject([{ n: 6, subject: { count: 5 } }]);

  expect(await json(dir, 'verify')).toMatchObject({ code: 0, value: { ok: true } });
  const db = raw(dir);
  db.exec('DROP TRIGGER audit_kept; DELETE FROM audit WHERE n = 3');
  db.close();
  expect(await json(dir, 'verify')).toMatchObject({
    code: 1,
    value: { ok: false, faults: [{ part: 'audit', at: '3 missing' }] },
  });
}, 120_000);

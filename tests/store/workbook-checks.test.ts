import { afterAll, beforeAll, expect, it } from 'vitest';
import { workbook, type ReportDeps } from '#main/features/report.ts';
import { lines } from '#main/store/data-state/lines.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { recalculate } from '#tests/support/recalculate.ts';
import { reportScene } from '#tests/support/report-scene.ts';
import { closeTo } from '#tests/support/workbook-checks.ts';

const scene = reportScene();
const deps = {
  store: scene.store,
  now: () => Date.UTC(2026, 10, 23, 15, 30),
} as unknown as ReportDeps;
let book: ReadWorkbook;

beforeAll(async () => {
  book = await readWorkbook((await workbook(deps, {})).bytes);
});
afterAll(() => scene.db.close());

const rowsOf = (name: string): unknown[][] => {
  const sheet = book.sheets.get(name)!;
  return Array.from({ length: sheet.rowCount - 1 }, (_, index) => [...sheet.row(index + 2)]);
};

it('each item of each version has its counts, its share and what the share is of, counted by hand', () => {
  // 12 visits, of which 11 count; done are those whose place does not divide by three.
  expect(rowsOf('점검').map((row) => row.slice(1, 11).map((value) => value ?? ''))).toEqual([
    ['점포 방문', 1, '톡채널을 열었나요?', 1, 0, 1, 0, 0, 1, 0],
    ['점포 방문', 2, '톡채널을 열었나요?', 10, 4, 3, 3, 0, 7, closeTo(4 / 7)],
    ['점포 방문', 2, '=카카오맵에 등록했나요?', 8, 3, 2, 0, 3, 5, closeTo(0.6)],
    ['점포 방문', 2, '무슨 이야기를 했나요?', 7, 1, 0, 0, 6, 1, 1],
    ['', '', 'later', 1, 0, 0, 0, 0, 0, ''],
    ['', '', 'map', 1, 0, 1, 0, 0, 1, 0],
    ['', '', 'talk', 1, 1, 0, 0, 0, 1, 1],
  ]);
});

it('every number is a formula over the records, which another calculation agrees with', () => {
  const cells = [...book.sheets.get('점검')!.cells].filter(([address]) => /^[E-K]\d+$/.test(address));
  const formulas = cells.filter(([address]) => !address.endsWith('1') || address.length > 2);
  expect(formulas.length).toBe(7 * 7);
  const numbers = rowsOf('점검').map(([number]) => number);
  for (const [address, { formula, value }] of formulas) {
    expect(formula, address).not.toBeNull();
    if (!formula!.startsWith('COUNTIFS')) continue;
    const row = Number(address.slice(1));
    const again = recalculate(book, formula!.replace(`A${row}`, String(numbers[row - 2])));
    expect(again, address).toBe(value);
  }
});

it('the records have no note, and of what was shown an address alone', () => {
  const xml = book.sheets.get('점검 기록')!.xml;
  expect(xml).toContain('https://pf.kakao.com/_dangol');
  for (const secret of ['김단골', '010-0000', '비밀', '메모']) expect(xml).not.toContain(secret);
});

it('what is left open is what the state of the data says is left open', () => {
  const question = { today: '2026-11-24', program: null };
  const open = lines.unanswered.rows(scene.store, question, 0, 1000);
  const items = open
    .flatMap(({ findings }) => findings)
    .reduce((sum, one) => sum + ('n' in one ? one.n : 0), 0);
  const states = rowsOf('점검 기록').map((row) => row[4]);
  expect(states.filter((state) => state === '답 없음')).toHaveLength(items);
  expect(items).toBeGreaterThan(0);
});

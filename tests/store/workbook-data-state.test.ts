import { afterAll, expect, it } from 'vitest';
import { dataStateHandlers } from '#main/features/data-state.ts';
import type { Deps } from '#main/features/deps.ts';
import { workbook } from '#main/features/report.ts';
import type { DataStateSummary } from '#shared/contract/data-state.ts';
import { dataLines, elsewhereLines } from '#shared/desk/data-lines.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { reportScene } from '#tests/support/report-scene.ts';

const scene = reportScene();
const store = { ...scene.store, projector: { ...scene.store.projector, catchUp: () => undefined } };
const deps = { store, now: () => Date.UTC(2026, 10, 23, 15, 30) } as unknown as Deps;

afterAll(() => scene.db.close());

const rowsOf = (book: ReadWorkbook): unknown[][] => {
  const sheet = book.sheets.get('데이터 상태')!;
  return Array.from({ length: sheet.rowCount - 1 }, (_, index) =>
    Array.from({ length: 6 }, (_cell, at) => sheet.row(index + 2)[at] ?? null),
  );
};
const bookOf = async (program?: string): Promise<ReadWorkbook> =>
  readWorkbook((await workbook(deps, program === undefined ? {} : { program })).bytes);
const summaryOf = (program?: string): Promise<DataStateSummary> =>
  Promise.resolve(
    dataStateHandlers(deps)['dataState.summary'](program === undefined ? {} : { program }),
  ) as Promise<DataStateSummary>;

function bring(id: string, importedAt: string, undoneAt: string | null): void {
  scene.db
    .prepare(
      `INSERT INTO import (id, file, sha256, manifest, laptop, importedAt, firstN, lastN, added, known, clockSuspect, undoneAt)
       VALUES (?, 'f', ?, '{}', 'l', ?, 1, 0, 0, 0, 0, ?)`,
    )
    .run(id, id, importedAt, undoneAt);
}

it('nothing was merged yet, and the front page says so', async () => {
  const book = await bookOf();
  expect(String(book.sheets.get('요약')!.row(3)[0])).toContain('합친 파일은 없어요');
  const [files, last] = rowsOf(book);
  expect(files!.slice(1, 3)).toEqual(['합친 파일', 0]);
  expect(last!.slice(1, 3)).toEqual(['마지막으로 합친 때', null]);
});

it('says how many files are in and when the last one came, without the undone', async () => {
  bring('a', '2026-11-20T01:00:00.000Z', null);
  bring('b', '2026-11-22T15:30:00.000Z', null);
  bring('c', '2026-11-23T01:00:00.000Z', '2026-11-23T02:00:00.000Z');
  const book = await bookOf();
  expect(String(book.sheets.get('요약')!.row(3)[0])).toContain(
    '마지막으로 합친 때 2026-11-23 00:30 (파일 2개)',
  );
  const [files, last] = rowsOf(book);
  expect(files![2]).toBe(2);
  // Half past midnight in Seoul.
  expect(last![2]).toBeCloseTo(Date.UTC(2026, 10, 23) / 86_400_000 + 25_569 + 0.5 / 24, 6);
});

it.each([
  ['of everything', undefined],
  ['of one programme', scene.program],
])('has the lines of the screen with its counts, %s', async (_name, program) => {
  scene.db
    .prepare(
      `UPDATE r_store SET _conflicts = '{"name":["가","나"],"phone":["1","2"]}' WHERE name = '같은 가게'`,
    )
    .run();
  const rows = rowsOf(await bookOf(program)).slice(2);
  const { lines, elsewhere } = await summaryOf(program);
  const counts = new Map<string, number | null>([...elsewhere, ...lines].map(({ id, count }) => [id, count]));
  expect(counts.get('conflicts')).toBe(2);
  expect(lines.filter(({ count }) => count > 0).length).toBeGreaterThan(3);
  expect(rows.map(([, label, count, of, why]) => [label, count, of, why])).toEqual([
    ...elsewhereLines.map(({ id, label, why }) => [label.ko, counts.get(id), '모든 사업', why.ko]),
    ...dataLines.map(({ id, label, why }) => [
      label.ko,
      counts.get(id),
      program === undefined ? '모든 사업' : '이 사업',
      why.ko,
    ]),
  ]);
});

it('says in the dictionary that these are values', async () => {
  const sheet = (await bookOf()).sheets.get('자료 사전')!;
  const texts = Array.from({ length: sheet.rowCount }, (_, index) => sheet.row(index + 1).join(' '));
  expect(texts.find((text) => text.startsWith('데이터 상태 (시트)'))).toContain('수식이 아니에요');
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCore, type Core } from '#main/core.ts';
import { findLibreOffice } from '#tests/support/libre-office.ts';
import { pixelsOf, printedPages } from '#tests/support/look-at-workbook.ts';
import { columnNumber, readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';

describe('the charts of the demo of 2024', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dangol-charts-'));
  let core: Core;
  let bytes: Uint8Array;
  let book: ReadWorkbook;

  beforeAll(async () => {
    const opened = openCore({ dataDir: folder, create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    core = opened.value;
    await core.call('app.fillDemo', { scale: '2024', seed: 1 });
    const made = await core.call('report.workbook', {});
    if (!made.ok) throw new Error(made.error.code);
    ({ bytes } = made.value as { bytes: Uint8Array });
    book = await readWorkbook(bytes);
  }, 120_000);
  afterAll(() => {
    core.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const charts = (): { title: string; xml: string }[] =>
    [...book.parts].flatMap(([name, xml]) =>
      /^xl\/charts\/chart\d+\.xml$/.test(name) ? [{ title: /<a:t>([^<]*)</.exec(xml)![1]!, xml }] : [],
    );

  it('are there, each known to the package', () => {
    expect(charts().map(({ title }) => title)).toEqual([
      '달마다의 톡채널 친구 수',
      '달마다 연 톡채널과 카카오맵 등록',
      '5점 문항의 답',
      '트레이너별 방문',
      '시장·상권별 톡채널 개설과 카카오맵 등록',
    ]);
    const types = book.parts.get('[Content_Types].xml')!;
    const drawing = book.parts.get('xl/drawings/_rels/drawing1.xml.rels')!;
    for (let number = 1; number <= 5; number += 1) {
      expect(types).toContain(`PartName="/xl/charts/chart${number}.xml"`);
      expect(drawing).toContain(`Target="../charts/chart${number}.xml"`);
    }
    expect(book.sheets.get('그래프')!.xml).toContain('<drawing r:id="rIdDrawing"/></worksheet>');
  });

  it('are drawn from cells, and have the values of these beside them', () => {
    for (const { title, xml } of charts()) {
      const ranges = [...xml.matchAll(/<c:f>([^<]*)<\/c:f><c:(?:str|num)Cache>(.*?)<\/c:(?:str|num)Cache>/g)];
      expect(ranges.length, title).toBeGreaterThanOrEqual(2);
      let seen = 0;
      for (const [, range, cache] of ranges) {
        const [, sheet, column, from, to] = /^'([^']+)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)$/.exec(range!)!;
        const cells = Array.from({ length: Number(to) - Number(from) + 1 }, (_, at) => {
          const value = book.sheets.get(sheet!)!.row(Number(from) + at)[columnNumber(column!) - 1] ?? null;
          return value === null ? null : String(value);
        });
        const points = new Map(
          [...cache!.matchAll(/<c:pt idx="(\d+)"><c:v>([^<]*)</g)].map(([, at, value]) => [
            Number(at),
            value!,
          ]),
        );
        expect(cache, range).toContain(`<c:ptCount val="${cells.length}"/>`);
        expect(cells, `${title} ${range}`).toEqual(cells.map((_cell, at) => points.get(at) ?? null));
        seen += cells.filter((cell) => Number(cell) > 0).length;
      }
      expect(seen, title).toBeGreaterThan(3);
    }
  });

  it('end where the figures are: the last month has all friends, the months add up', () => {
    const { row, rowCount } = book.sheets.get('월별')!;
    const [header, rows] = [row(1), Array.from({ length: rowCount - 1 }, (_, at) => row(at + 2))];
    const column = (name: string): number[] => rows.map((cells) => Number(cells[header.indexOf(name)]));
    const sum = (name: string): number => column(name).reduce((total, value) => total + value, 0);
    const kpi = (name: string): unknown => book.named(`KPI_${name}`).value;
    expect(column('월말 친구 수').at(-1)).toBe(kpi('friends'));
    expect(sum('늘어난 친구')).toBe(kpi('friends'));
    expect(sum('점포 방문')).toBe(kpi('visits'));
    expect(sum('처음 교육받은 상인')).toBe(kpi('merchantsTrained'));
    expect(sum('연 톡채널')).toBe(kpi('channelsOpened'));
    expect(sum('카카오맵 등록')).toBe(kpi('mapRegistered'));
    expect(sum('지급한 지원금(원)')).toBe(kpi('grantsPaid'));
  });

  it('are seen in LibreOffice', { timeout: 300_000 }, async () => {
    const office = findLibreOffice();
    if (office === null) return expect(charts()).toHaveLength(5);
    const [first, second] = await printedPages(office, bytes, 2, 3);
    // The line, the bars of both colours and a stack of five; and the bars of twenty sites on the next page.
    expect(pixelsOf(first!, '2F6B4F')).toBeGreaterThan(3_000);
    expect(pixelsOf(first!, 'D9A441')).toBeGreaterThan(300);
    expect(pixelsOf(first!, '8FB79F')).toBeGreaterThan(50);
    expect(pixelsOf(second!, '2F6B4F')).toBeGreaterThan(2_000);
    expect(pixelsOf(second!, 'D9A441')).toBeGreaterThan(2_000);
    return undefined;
  });
});

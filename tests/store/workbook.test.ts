import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workbook, type ReportDeps } from '#main/features/report.ts';
import { readWorkbook, type ReadSheet, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { controls, hostile, long, reportScene } from '#tests/support/report-scene.ts';
import { closeTo, formulasOf } from '#tests/support/workbook-checks.ts';

const scene = reportScene();
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const deps = { store: scene.store, now: () => NOW } as unknown as ReportDeps;

afterAll(() => scene.db.close());

describe('the workbook', () => {
  let book: ReadWorkbook;
  const sheet = (name: string): ReadSheet => book.sheets.get(name)!;
  const column = (name: string, header: string): unknown[] => {
    const read = sheet(name);
    const at = read.row(1).indexOf(header);
    expect(at, `${name}: ${header}`).toBeGreaterThanOrEqual(0);
    return Array.from({ length: read.rowCount - 1 }, (_, index) => read.row(index + 2)[at] ?? null);
  };
  beforeAll(async () => {
    const file = await workbook(deps, {});
    expect(file.name).toBe('단골수첩 보고서 2026-11-24.xlsx');
    book = await readWorkbook(file.bytes);
  });

  it('has its sheets in the order in which they are read', () => {
    const names = [
      '요약',
      '그래프',
      '사업별',
      '시장·상권',
      '트레이너별',
      '월별',
      '점포',
      '교육·출석',
      '방문',
      '점검',
      '점검 기록',
      '만족도 문항',
      '만족도',
      '친구 수',
      '지원금',
      '포상',
      '데이터 상태',
      '자료 사전',
    ];
    expect([...book.sheets.keys()]).toEqual(names);
  });

  it('keeps every text a text, exactly as it was recorded', () => {
    const names = column('점포', '상호');
    for (const text of Object.values(hostile)) expect(names).toContain(text);
    expect(names).toContain(controls.replace('\r\n', '\n').replace(/[\u0007\u007F]/g, ''));
    const cut = names.find((name) => typeof name === 'string' && name.startsWith('가가')) as string;
    expect(cut).toHaveLength(32_767);
    expect(cut.endsWith('가…(잘림)')).toBe(true);
    expect(long.startsWith(cut.slice(0, -5))).toBe(true);
    expect(column('사업별', '사업')).toContain('=cmd|사업');
  });

  it('has formulas only where the program put them', () => {
    const prefix =
      /^(COUNT|COUNTIFS|SUMIFS?|SUM|SUMPRODUCT|IFERROR|IF|HYPERLINK|KPI_\w+$|'사업별'!|"|[A-Z]+\d+\/[A-Z]+\d+$)/;
    const odd = formulasOf(book).filter(({ formula }) => !prefix.test(formula));
    expect(odd).toEqual([]);
    for (const name of [
      '점포',
      '교육·출석',
      '방문',
      '점검 기록',
      '만족도',
      '친구 수',
      '지원금',
      '포상',
      '데이터 상태',
      '자료 사전',
    ]) {
      expect(sheet(name).xml, name).not.toContain('<f>');
    }
    expect([...book.parts.keys()].filter((part) => part.includes('externalLink'))).toEqual([]);
  });

  it('writes days as days, in Seoul, and what is no day as it stands', () => {
    expect(column('점포', '톡채널 개설일')).toEqual(
      expect.arrayContaining([serial(2024, 5, 2), serial(2023, 11, 11), '어제쯤']),
    );
    expect(column('시장·상권', '실내지도 연결일')).toContain(serial(2024, 2, 29));
    // 2024-04-30T15:30Z is half past midnight of the next day in Seoul.
    expect(column('교육·출석', '서명한 때')).toContainEqual(closeTo(serial(2024, 5, 1) + 0.5 / 24));
    expect(sheet('교육·출석').cells.get('A2')).toMatchObject({
      value: serial(2024, 5, 1),
      numberFormat: 'yyyy-mm-dd',
    });
    expect(column('교육·출석', '날짜')).not.toContain('2024-05-01');
  });

  it('masks personal data, and keeps what looks like a number a text', () => {
    const everything = [...book.parts.values()].join('\n');
    for (const secret of [
      '김단골',
      '남궁단골',
      '박트레',
      '0000-1234',
      '0000-5678',
      '0123456789',
      '=비밀',
      '글만 적음',
    ]) {
      expect(everything.includes(secret), secret).toBe(false);
    }
    expect(new Set(column('점포', '전화번호'))).toEqual(new Set(['010-****-1234', null]));
    expect(column('점포', '대표자')).toContain('김**');
    expect(column('점포', '사업자등록번호')).toContain('012-**-*****');
    expect(column('교육·출석', '이름')).toContain('남**');
    expect(column('시장·상권', '전화번호')).toContain('02-0000-0000');
  });

  it('has the code beside each word, at the right end and out of the print', () => {
    const statuses = column('점포', '상태').map((word, index) => [word, column('점포', '상태 코드')[index]]);
    expect(statuses).toContainEqual(['참여 안 함', 'declined']);
    expect(column('방문', '결과 코드')).toContain('refused');
    expect(column('시장·상권', '종류 코드')).toContain('nationwide');
    // A code that only a newer laptop knows is its own word, and what was left open has none.
    expect(column('사업별', '종류 코드')).toEqual(
      expect.arrayContaining(['excellentMarket', 'street', 'laterKind']),
    );
    const states = column('점검 기록', '상태').map(
      (word, index) => `${word} ${column('점검 기록', '상태 코드')[index]}`,
    );
    expect(new Set(states)).toEqual(
      new Set([
        '했어요 done',
        '아직이에요 notDone',
        '해당 없음 notApplicable',
        '답 없음 null',
        'laterState laterState',
      ]),
    );
    const header = sheet('점포').row(1);
    expect(header.at(-1)).toBe('상태 코드');
    const area = /<definedName[^>]*Print_Area[^>]*>(?:'|&apos;)점포(?:'|&apos;)!\$A\$1:\$([A-Z]+)\$/.exec(
      book.parts.get('xl/workbook.xml')!.toString(),
    );
    expect(area, 'the print area').not.toBeNull();
    expect(area![1]).toHaveLength(1);
    expect(header.indexOf('상태 코드')).toBeGreaterThan(area![1]!.charCodeAt(0) - 65);
  });

  it('says of a survey response neither whose it is nor when it came', () => {
    expect(sheet('만족도').row(1)).toEqual([
      '번호',
      '사업',
      '제출한 달',
      '방식',
      '=설명이 쉬웠나요?',
      '친절했나요?',
      '도움이 되었나요?',
      '무엇이 좋았나요?',
      '응답 평균',
      '도움 됨',
      '사업 번호',
      '방식 코드',
    ]);
    expect(column('만족도', '무엇이 좋았나요?').filter((value) => value !== null)).toEqual(['톡채널']);
    expect(column('만족도', '친절했나요?').filter((value) => value !== null)).toEqual([5, 5]);
  });

  it('can be filtered, scrolled and printed', () => {
    for (const { name, xml } of book.sheets.values()) {
      expect(xml, name).toMatch(/<pageSetup [^>]*paperSize="9"[^>]*/);
      expect(xml, name).toContain('orientation="landscape"');
      expect(xml, name).toMatch(/fitToPage="(1|true)"/);
      if (name === '요약' || name === '그래프') continue;
      expect(xml, name).toMatch(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
      expect(xml, name).toContain('<autoFilter ref="A1:');
      expect(book.parts.get('xl/workbook.xml'), name).toContain(`&apos;${name}&apos;!$1:$1`);
    }
  });

  it('is set in one Korean font', () => {
    for (const { cells, name } of book.sheets.values()) {
      for (const [address, { font }] of cells) expect(font, `${name}!${address}`).toBe('맑은 고딕');
    }
  });

  it('explains every column and figure in its dictionary', () => {
    const rows = new Set(
      column('자료 사전', '시트').map((name, index) => `${name} ${column('자료 사전', '지표·열')[index]}`),
    );
    for (const { name, row } of book.sheets.values()) {
      if (['요약', '그래프', '자료 사전'].includes(name)) continue;
      for (const header of row(1)) expect(rows, `${name} ${header}`).toContain(`${name} ${header}`);
    }
    expect(column('자료 사전', '뜻').join()).toContain('KPI_grantsPaid');
  });

  it('shows a programme’s goals when it is about that one', async () => {
    const alone = await readWorkbook((await workbook(deps, { program: scene.program })).bytes);
    const front = alone.sheets.get('요약')!;
    const texts = [...front.cells.values()].map(({ value }) => value);
    expect(texts).toEqual(expect.arrayContaining(['목표', 10, '달성률', 0.9, 500]));
    expect(String(front.cells.get('A2')!.value)).toContain('단골거리');
    expect(String(front.cells.get('A3')!.value)).toContain('2026-11-24 00:30');
  });
});

function serial(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000 + 25_569;
}

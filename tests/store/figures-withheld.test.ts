import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookFor, kpis, workbook, type ReportDeps } from '#main/features/report.ts';
import { workbookBytes } from '#main/workbook/compose/compose.ts';
import { findLibreOffice, recalculateWithLibreOffice } from '#tests/support/libre-office.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { withheldScene } from '#tests/support/withheld-scene.ts';
import { closeTo, errorsIn, formulasOf, withWrongValues } from '#tests/support/workbook-checks.ts';

const scene = withheldScene();
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const deps = { store: { db: scene.db }, now: () => NOW } as unknown as ReportDeps;
const [many, few, middling, none] = scene.programs as [string, string, string, string];
const FEW = '5명 미만이라 싣지 않아요';
const WITH_IT = '이 값을 빼면 5명 미만인 곳의 답이 드러나서 함께 싣지 않아요';

afterAll(() => scene.db.close());

describe('the figures', () => {
  it('of a programme under its minimum are withheld, and those of the next smallest with them', () => {
    const { total, programs } = kpis(deps, {});
    expect(total.surveyResponses).toBe(32);
    expect(total.surveyMean).toBeGreaterThan(1);
    expect(total).not.toHaveProperty('withheld');
    const [a, b, c, d] = programs;
    expect(a).not.toHaveProperty('withheld');
    expect(a!.surveyMean).not.toBeNull();
    expect(b).toMatchObject({
      surveyResponses: 3,
      surveyMean: null,
      surveyHelpfulShare: null,
      withheld: { minimum: 5, surveyMean: 'few', surveyHelpfulShare: 'few' },
    });
    expect(c).toMatchObject({
      surveyResponses: 7,
      surveyMean: null,
      withheld: { surveyMean: 'subtraction', surveyHelpfulShare: 'subtraction' },
    });
    expect(d).toMatchObject({ surveyResponses: 0, surveyMean: null });
    expect(d).not.toHaveProperty('withheld');
  });

  it('are not had by asking for the programmes one by one', () => {
    for (const [program, reason] of [
      [few, 'few'],
      [middling, 'subtraction'],
    ] as const) {
      const asked = kpis(deps, { program });
      expect(asked.total).toMatchObject({ surveyMean: null, withheld: { surveyMean: reason } });
      expect(asked.programs[0]).toMatchObject({ surveyMean: null, withheld: { surveyMean: reason } });
    }
    expect(kpis(deps, { program: many }).total.surveyMean).not.toBeNull();
    expect(kpis(deps, { program: none }).total).not.toHaveProperty('withheld');
  });

  it('in total are withheld where all together are too few, and then those of each part', () => {
    const { total, programs } = kpis(deps, { from: '2024-07-01' });
    expect(total).toMatchObject({ surveyResponses: 2, surveyMean: null, withheld: { surveyMean: 'few' } });
    expect(programs[0]).toMatchObject({ surveyMean: null, withheld: { surveyMean: 'few' } });
  });

  it('go by the minimum that the programme says', () => {
    const own = withheldScene();
    own.db.prepare('UPDATE r_program SET minimumRespondents = 3 WHERE id = ?').run(own.programs[1]);
    const { programs } = kpis({ ...deps, store: { db: own.db } } as ReportDeps, {});
    own.db.close();
    expect(programs.map(({ surveyMean }) => surveyMean === null)).toEqual([false, false, false, true]);
  });
});

describe('the workbook', () => {
  let book: ReadWorkbook;
  beforeAll(async () => {
    book = await readWorkbook((await workbook(deps, {})).bytes);
  });
  const rows = (name: string): Record<string, unknown>[] => {
    const { row, rowCount } = book.sheets.get(name)!;
    const header = row(1).map(String);
    return Array.from({ length: rowCount - 1 }, (_, at) => {
      const cells = row(at + 2);
      return Object.fromEntries(header.map((title, index) => [title, cells[index] ?? null]));
    });
  };
  const responses = (program: string): Record<string, unknown>[] =>
    rows('만족도').filter((row) => row['사업'] === program);
  const answers = ['쉬웠나요?', '친절했나요?', '또 오시겠어요?', '도움이 되었나요?'];

  it('says in words why a programme has no mean', () => {
    const [a, b, c] = rows('사업별');
    expect(a!['만족도를 비워 둔 까닭']).toBeNull();
    expect(b).toMatchObject({ '만족도 응답': 3, '만족도 평균': '–', '만족도를 비워 둔 까닭': FEW });
    expect(c).toMatchObject({ '만족도 응답': 7, '만족도 평균': '–', '만족도를 비워 둔 까닭': WITH_IT });
  });

  it('has no answers in the rows of these programmes, and no month', () => {
    for (const [program, n] of [
      ['나', 3],
      ['다', 7],
    ] as const) {
      const list = responses(program);
      expect(list).toHaveLength(n);
      for (const row of list) for (const title of [...answers, '제출한 달']) expect(row[title]).toBeNull();
    }
    expect(responses('나').map((row) => row['비워 둔 까닭'])).toContain(`답: ${FEW} · 달: ${FEW}`);
    // All ten say the same: what they have in common.
    const means = [...responses('나'), ...responses('다')].map((row) => row['응답 평균']);
    expect(new Set(means).size).toBe(1);
  });

  it('keeps the month of the few, and of the next fewest, to itself', () => {
    const months = responses('가').map((row) => row['제출한 달']);
    expect(months.filter((month) => month === '2024-05')).toHaveLength(15);
    expect(months.filter((month) => month === null)).toHaveLength(7);
    const reasons = responses('가').map((row) => row['비워 둔 까닭']);
    expect(reasons.filter((reason) => reason === `달: ${FEW}`)).toHaveLength(2);
    expect(reasons.filter((reason) => reason === `달: ${WITH_IT}`)).toHaveLength(5);
  });

  it('tells no answer to a question that few answered, and no answer that it would follow from', () => {
    const own = responses('가');
    expect(own.every((row) => row['또 오시겠어요?'] === null)).toBe(true);
    // Three answered it; two more keep silent with them, and the five have one mean.
    const silent = own.filter((row) => row['쉬웠나요?'] === null);
    expect(silent).toHaveLength(5);
    expect(new Set(silent.map((row) => row['응답 평균'])).size).toBe(1);
    for (const row of silent) {
      expect(row['친절했나요?']).toBeNull();
      expect(String(row['비워 둔 까닭'])).toMatch(/^답: /);
    }
    const asked = rows('만족도 문항').find((row) => row['문항'] === '또 오시겠어요?');
    expect(asked).toMatchObject({ '응답 수': 0, '비워 둔 까닭': FEW });
    expect(rows('만족도 문항').find((row) => row['문항'] === '쉬웠나요?')).toMatchObject({
      '응답 수': 17,
      '5점': 17,
    });
  });

  it('adds up to the mean of a programme, silent rows and all', () => {
    const means = responses('가').map((row) => Number(row['응답 평균']));
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length;
    expect(kpis(deps, { program: many }).total.surveyMean).toEqual(closeTo(mean));
  });

  it('has the totals of the figures all the same', async () => {
    const expected = kpis(deps, {});
    for (const name of ['surveyResponses', 'surveyMean', 'surveyHelpfulShare'] as const) {
      expect(book.named(`KPI_${name}`).value).toEqual(closeTo(expected.total[name]));
    }
    expect(errorsIn(book)).toEqual([]);
    const office = findLibreOffice();
    if (office === null) return;
    const bytes = await workbookBytes(withWrongValues(bookFor(deps, {}, NOW)));
    const again = await readWorkbook(await recalculateWithLibreOffice(office, bytes));
    for (const { address, sheet, value } of formulasOf(book)) {
      const theirs = again.sheets.get(sheet)!.cells.get(address)?.value ?? null;
      expect(theirs === '' ? null : theirs, `${sheet}!${address}`).toEqual(
        closeTo(value === '' ? null : value),
      );
    }
  }, 300_000);

  it('about one such programme has neither its figure nor its answers', async () => {
    const alone = await readWorkbook((await workbook(deps, { program: middling })).bytes);
    expect(alone.named('KPI_surveyMean').value).toBe('');
    expect(alone.named('KPI_surveyResponses').value).toBe(7);
    const texts = [...alone.sheets.get('요약')!.cells.values()].map(({ value }) => value);
    expect(texts).toContain(WITH_IT);
    const sheet = alone.sheets.get('만족도')!;
    const header = sheet.row(1);
    for (let at = 2; at <= sheet.rowCount; at += 1) {
      for (const title of [...answers, '응답 평균', '도움 됨']) {
        expect(sheet.row(at)[header.indexOf(title)] ?? null).toBeNull();
      }
    }
  });
});

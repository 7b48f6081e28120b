import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dashboard, kpis, workbook, type ReportDeps } from '#main/features/report.ts';
import { rowsBehind } from '#main/features/report-rows.ts';
import { figureNames, type CountedRows, type Dashboard, type FigureName } from '#shared/contract/report.ts';
import { model } from '#shared/model/model.ts';
import { readWorkbook, type ReadWorkbook } from '#tests/support/read-workbook.ts';
import { reportScene } from '#tests/support/report-scene.ts';
import { withheldScene } from '#tests/support/withheld-scene.ts';
import { closeTo } from '#tests/support/workbook-checks.ts';

const scene = reportScene();
const small = withheldScene();
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const depsOf = ({ store }: Pick<ReportDeps, 'store'>): ReportDeps => ({ store, now: () => NOW });
const deps = depsOf(scene);

afterAll(() => (scene.db.close(), small.db.close()));

const cases = {
  'of everything': { deps, question: {} },
  'of one programme': { deps, question: { program: scene.program } },
  'of a period': { deps, question: { from: '2024-05-01', to: '2024-06-30' } },
  'of another programme from a day on': { deps, question: { program: scene.other, from: '2024-07-01' } },
  'with withheld answers': { deps: depsOf(small), question: {} },
  'of a programme that is withheld': { deps: depsOf(small), question: { program: small.programs[2]! } },
};

describe.each(Object.entries(cases))('the dashboard %s', (_name, { deps: at, question }) => {
  let drawn: Dashboard;
  let book: ReadWorkbook;
  beforeAll(async () => {
    drawn = dashboard(at, question);
    book = await readWorkbook((await workbook(at, question)).bytes);
  });
  /** The rows of a sheet by the headers; an empty formula is none. */
  const sheet = (name: string): Record<string, unknown>[] => {
    const { row, rowCount } = book.sheets.get(name)!;
    const header = row(1).map(String);
    return Array.from({ length: rowCount - 1 }, (_, at) =>
      Object.fromEntries(
        header.map((title, index) => {
          const value = row(at + 2)[index] ?? null;
          return [title, value === '' ? null : value];
        }),
      ),
    );
  };
  const approximately = (value: number | null): unknown => closeTo(value);

  it('has the numbers of the sheet of sites', () => {
    const rows = sheet('시장·상권');
    expect(rows).toHaveLength(drawn.sites.length);
    drawn.sites.forEach((site, index) =>
      expect(rows[index]).toMatchObject({
        ...(site.name ? { '시장·상권': site.name } : {}),
        점포: site.stores,
        '톡채널을 연 점포': site.channelsOpened,
        '카카오맵에 등록한 점포': site.mapRegistered,
        '교육 회차': site.sessions,
        '점포 방문': site.visits,
        '톡채널 친구': site.friends,
      }),
    );
  });

  it('has those of the sheet of months', () => {
    const rows = sheet('월별');
    expect(rows).toHaveLength(drawn.months.length);
    drawn.months.forEach((month, index) =>
      expect(rows[index]).toMatchObject({
        달: month.month,
        '교육 회차': month.sessions,
        '처음 교육받은 상인': month.merchantsTrained,
        '점포 방문': month.visits,
        '연 톡채널': month.channelsOpened,
        '카카오맵 등록': month.mapRegistered,
        '늘어난 친구': month.friendsGained,
        '월말 친구 수': month.friends,
        '지급한 지원금(원)': month.grantsPaid,
      }),
    );
  });

  it('has those of the sheet of trainers, with names masked', () => {
    const rows = sheet('트레이너별');
    expect(rows).toHaveLength(drawn.trainers.length);
    drawn.trainers.forEach(({ number, name, visits: all, outcomes }, index) => {
      expect(rows[index]).toMatchObject({ '트레이너 번호': number, 트레이너: name, '점포 방문': all });
      for (const [code, label] of Object.entries(model.visit.fields.outcome.codes ?? {})) {
        expect(rows[index]![label.ko]).toBe(outcomes[code] ?? 0);
      }
      expect(name).toBe('박**');
    });
  });

  it('has those of the sheet of questions', () => {
    const rows = sheet('만족도 문항');
    expect(rows).toHaveLength(drawn.questions.length);
    drawn.questions.forEach((one, index) => {
      expect(rows[index]).toMatchObject({
        문항: one.question,
        보기: one.choice,
        '응답 수': one.answered,
        ...Object.fromEntries([1, 2, 3, 4, 5].map((score, at) => [`${score}점`, one.scores?.[at] ?? null])),
        예: one.yes,
        아니요: one.no,
        '고른 수': one.chosen,
        평균: approximately(one.mean),
        '좋은 답의 비율': approximately(one.share),
      });
      expect(rows[index]!['비워 둔 까닭'] ?? null).toEqual(
        one.withheld === null ? null : expect.stringContaining('5명 미만'),
      );
    });
  });

  it('leads to as many rows as it counts, or to what adds up to it', () => {
    const behind = rowsBehind(at);
    const ask = (figure: FigureName, by: object = {}): CountedRows =>
      behind({ figure, ...question, ...by, after: null, limit: 1000 });
    const sum = ({ rows }: CountedRows): number => rows.reduce((all, { amount }) => all + (amount ?? 0), 0);
    const { total } = kpis(at, question);
    for (const name of figureNames) {
      const found = ask(name);
      expect(found.rows).toHaveLength(found.total);
      if (name === 'friends' || name === 'grantsPaid')
        expect([name, sum(found)]).toEqual([name, total[name]]);
      else if (name !== 'surveyMean' && name !== 'surveyHelpfulShare')
        expect([name, found.total]).toEqual([name, total[name]]);
    }
    for (const { id, visits } of drawn.trainers) expect(ask('visits', { trainer: id }).total).toBe(visits);
    for (const one of drawn.months) {
      for (const name of ['visits', 'channelsOpened', 'mapRegistered'] as const)
        expect([one.month, name, ask(name, { month: one.month }).total]).toEqual([
          one.month,
          name,
          one[name],
        ]);
      expect(sum(ask('friends', { month: one.month }))).toBe(one.friends);
    }
    for (const one of drawn.sites) {
      for (const name of ['stores', 'channelsOpened', 'mapRegistered', 'sessions', 'visits'] as const)
        expect([one.name, name, ask(name, { site: one.id }).total]).toEqual([one.name, name, one[name]]);
      expect(sum(ask('friends', { site: one.id }))).toBe(one.friends);
    }
  });
});

it('the rows come page by page, with names masked', () => {
  const behind = rowsBehind(deps);
  const first = behind({ figure: 'visits', after: null, limit: 4 });
  expect([first.rows.length, first.next]).toEqual([4, '4']);
  const rest = behind({ figure: 'visits', after: '4', limit: 100 });
  expect([first.rows.length + rest.rows.length, rest.next]).toEqual([first.total, null]);
  expect(new Set([...first.rows, ...rest.rows].map(({ id }) => id)).size).toBe(first.total);
  expect(first.rows[0]).toMatchObject({ context: expect.stringContaining('박**') as string });
  const people = behind({ figure: 'merchantsTrained', after: null, limit: 100 }).rows;
  expect(people.length).toBeGreaterThan(0);
  for (const { title, lead } of people) {
    expect(title).toMatch(/^.\*\*$/u);
    expect(lead?.to).toBe('attendance');
  }
});

it('no row behind a survey figure tells an answer', () => {
  const { rows } = rowsBehind(deps)({ figure: 'surveyMean', after: null, limit: 100 });
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.every(({ amount, outcome }) => amount === null && outcome === null)).toBe(true);
});

it('refuses like the figures', () => {
  const gone = { program: '0193557a-1c2f-7000-8000-ffffffffffff' };
  expect(() => dashboard(deps, gone)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
});

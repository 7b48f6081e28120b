import type { Locator, Page } from '@playwright/test';
import type { Dashboard } from '#shared/contract/report.ts';
import { complaintsOf, goTo } from './desk-steps.ts';
import { expect, test } from './fixtures.ts';
import { findings, wear } from './look-steps.ts';
import { managersWorkbook } from '#tests/support/workbook-template.ts';

/** For the coordinator: the figures as charts, each with its table, and a way from a bar to the rows that it counts. */

const chart = (page: Page, name: string): Locator => page.locator(`[data-chart="${name}"]`);
const drawing = (page: Page, name: string): Locator => page.locator(`[data-drawn="${name}"]`);

async function openTable(page: Page, name: string): Promise<Locator> {
  await chart(page, name).getByRole('button', { name: '표로 보기' }).click();
  return chart(page, name).getByRole('table');
}

/** The cells of each row, numbers as numbers; the first one is its name. */
async function cellsOf(table: Locator): Promise<(string | number)[][]> {
  const rows = table.locator('tbody tr');
  const texts = await rows.evaluateAll((list) =>
    list.map((row) =>
      [...row.children].map((cell) => {
        // Under a name stands what it is about, in an element of its own.
        const own = cell.querySelector('a, th > span')?.firstChild ?? cell;
        return own.textContent!.trim();
      }),
    ),
  );
  return texts.map(([name, ...cells]) => [name!, ...cells.map((cell) => Number(cell.replaceAll(',', '')))]);
}

/** Axe finds nothing in either theme, tables open. */
async function expectNoFindings(page: Page): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await wear(page, theme);
    await expect.poll(() => bars(page, 'sites', 'accent')).toBeGreaterThan(0);
    expect(await findings(page), theme).toEqual([]);
  }
}

/** The bars of a chart, left to right and top to bottom, as far as they have a surface. */
const bars = (page: Page, name: string, fill: string): Promise<number> =>
  drawing(page, name).evaluate((element, token) => {
    const color = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
    return element.querySelectorAll(`path[fill="${color}"]`).length;
  }, fill);

const rowsOf = (n: number): string => `${n.toLocaleString('ko-KR')}줄을 셌어요`;

test('charts are drawn of the figures, follow the filters, and say the same in a table @browser', async ({
  openApp,
}) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints = complaintsOf(page);
  const fetched = (): Promise<boolean> =>
    page.evaluate(() =>
      performance.getEntriesByType('resource').some(({ name }) => name.includes('echarts')),
    );
  // The first screen does not carry them.
  expect(await fetched()).toBe(false);
  await goTo(page, '숫자');
  for (const name of ['friends', 'work', 'visits', 'sites', 'trainers', 'scale']) {
    await expect(drawing(page, name).locator('svg')).toBeVisible();
  }
  expect(await fetched()).toBe(true);
  await expect(drawing(page, 'sites')).toHaveAttribute('role', 'img');
  await expect(drawing(page, 'sites')).toHaveAttribute(
    'aria-label',
    /시장·상권별 톡채널과 카카오맵 그래프예요/,
  );

  const all = await app.call('report.dashboard', {});
  const monthly = await openTable(page, 'work');
  expect(await cellsOf(monthly)).toEqual(
    all.months.map(({ month, channelsOpened, mapRegistered }) => [month, channelsOpened, mapRegistered]),
  );
  const sites = await openTable(page, 'sites');
  const named = (data: Dashboard): unknown[][] =>
    data.sites.map((one) => [
      one.name,
      one.channelsOpened,
      one.mapRegistered,
      one.stores,
      one.visits,
      one.friends,
    ]);
  expect((await cellsOf(sites)).toSorted()).toEqual(named(all).toSorted());
  const trainers = await openTable(page, 'trainers');
  expect((await cellsOf(trainers)).toSorted()).toEqual(
    all.trainers
      .map(({ name, number, visits, outcomes }) => [`${name} (${number})`, visits, outcomes['done'] ?? 0])
      .toSorted(),
  );
  const scale = await openTable(page, 'scale');
  expect(await cellsOf(scale)).toEqual(
    all.questions
      .filter(({ scores }) => scores)
      .map((one) => [one.question, ...one.scores!, one.answered, Number(one.mean!.toFixed(2))]),
  );
  expect(await bars(page, 'sites', 'accent')).toBe(Math.min(20, all.sites.length));

  await expectNoFindings(page);

  // The programme, then the period; the tables stay open and the charts are others.
  await page.getByLabel('사업', { exact: true }).selectOption({ label: '단골거리 2024' });
  const { id: program } = (await app.call('programs.list', {})).find(({ name }) => name === '단골거리 2024')!;
  const streets = await app.call('report.dashboard', { program });
  await expect(sites.locator('tbody tr')).toHaveCount(streets.sites.length);
  expect((await cellsOf(sites)).toSorted()).toEqual(named(streets).toSorted());
  await expect.poll(() => bars(page, 'sites', 'accent')).toBe(Math.min(20, streets.sites.length));

  await page.getByLabel('시작하는 날', { exact: true }).fill('2024-06-01');
  await page.getByLabel('끝나는 날', { exact: true }).fill('2024-07-31');
  const period = { program, from: '2024-06-01', to: '2024-07-31' };
  const summer = await app.call('report.dashboard', period);
  expect(summer.months.map(({ month }) => month)).toEqual(['2024-06', '2024-07']);
  await expect(monthly.locator('tbody tr')).toHaveCount(2);
  expect(await cellsOf(monthly)).toEqual(
    summer.months.map(({ month, channelsOpened, mapRegistered }) => [month, channelsOpened, mapRegistered]),
  );
  // No inline style was refused, nothing else went wrong either.
  expect(complaints).toEqual([]);
});

test('a bar leads to the rows that it counts, by mouse and by keyboard, and the way back to the same figures', async ({
  openApp,
}) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints = complaintsOf(page);
  await goTo(page, '숫자');
  await page.getByLabel('사업', { exact: true }).selectOption({ label: '단골거리 2024' });
  const { id: program } = (await app.call('programs.list', {})).find(({ name }) => name === '단골거리 2024')!;
  const data = await app.call('report.dashboard', { program });
  const byVisits = data.trainers.toSorted((a, b) => b.visits - a.visits);
  await expect.poll(() => bars(page, 'trainers', 'accent')).toBe(Math.min(10, byVisits.length));

  // The first bar is that of the trainer with the most visits.
  const color = await page.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--accent').trim(),
  );
  await drawing(page, 'trainers').locator(`path[fill="${color}"]`).first().click();
  await expect(page).toHaveURL(/\/figures\/rows\?.*trainer=/);
  const [top] = byVisits;
  await expect(
    page.getByRole('heading', { level: 1, name: `${top!.name} (${top!.number}) · 점포 방문` }),
  ).toBeVisible();
  await expect(page.getByTestId('rows-total')).toHaveText(rowsOf(top!.visits));
  await page.getByRole('list', { name: '센 줄' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/#\/visits\/[0-9a-f-]+$/);
  await page.goBack();
  await page.getByRole('main').getByRole('link', { name: '숫자', exact: true }).click();
  await expect(page.getByLabel('사업', { exact: true })).toHaveValue(program);

  // By keyboard: a month in the table, Enter.
  const busiest = data.months.toSorted((a, b) => b.visits - a.visits)[0]!;
  const months = await openTable(page, 'visits');
  await months.getByRole('link', { name: busiest.month, exact: true }).press('Enter');
  await expect(page.getByTestId('rows-total')).toHaveText(rowsOf(busiest.visits));
  await page.goBack();

  const site = data.sites.toSorted((a, b) => b.channelsOpened - a.channelsOpened)[0]!;
  const sites = await openTable(page, 'sites');
  await sites
    .getByRole('link', { name: new RegExp(`^${site.name}`) })
    .first()
    .press('Enter');
  await expect(page).toHaveURL(/#\/stores$/);
  await expect(page.getByTestId('site-filter')).toHaveAccessibleName(new RegExp(site.name));
  // The list has those that declined, too.
  const { total } = await app.call('stores.find', { text: '', site: site.id });
  expect(total).toBeGreaterThanOrEqual(site.stores);
  await expect(page.getByTestId('found')).toHaveText(`맞는 점포 ${total.toLocaleString('ko-KR')}곳`);
  expect(complaints).toEqual([]);
});

test('every number leads to the rows that it counts, and a row to its record', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  await goTo(page, '숫자');
  await page.getByLabel('사업', { exact: true }).selectOption({ label: '단골거리 2024' });
  const { id: program } = (await app.call('programs.list', {})).find(({ name }) => name === '단골거리 2024')!;
  const { total } = await app.call('report.kpis', { program });
  const headline = page.getByTestId('headlines').locator('[data-figure="channelsOpened"]').getByRole('link');
  await expect(headline).toHaveText(`${total.channelsOpened}곳`);
  await headline.click();
  await expect(page.getByRole('heading', { level: 1, name: '톡채널을 연 점포' })).toBeVisible();
  await expect(page.getByTestId('rows-total')).toHaveText(rowsOf(total.channelsOpened));
  const { rows } = await app.call('report.rows', { figure: 'channelsOpened', program });
  await page.getByRole('list', { name: '센 줄' }).getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp(`#/stores/${rows[0]!.lead!.id}$`));
  await page.goBack();
  await page.getByRole('main').getByRole('link', { name: '숫자', exact: true }).click();
  await expect(page.getByLabel('사업', { exact: true })).toHaveValue(program);

  // Of a chart: a month of the second column.
  const { months } = await app.call('report.dashboard', { program });
  const busy = months.toSorted((a, b) => b.mapRegistered - a.mapRegistered)[0]!;
  const work = await openTable(page, 'work');
  await work
    .getByRole('link', {
      name: `${busy.month} 카카오맵 등록 ${busy.mapRegistered.toLocaleString('ko-KR')}`,
      exact: true,
    })
    .press('Enter');
  await expect(
    page.getByRole('heading', { level: 1, name: `${busy.month} · 카카오맵에 등록한 점포` }),
  ).toBeVisible();
  await expect(page.getByTestId('rows-total')).toHaveText(rowsOf(busy.mapRegistered));
});

test("a company's own workbook is filled, and what it reads too little of is named", async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  await goTo(page, '숫자');
  const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const give = (name: string, buffer: Buffer): Promise<void> =>
    page.getByTestId('template-input').setInputFiles({ name, mimeType, buffer });
  await give('메모.xlsx', Buffer.from('메모예요'));
  await expect(page.getByRole('alert')).toContainText('메모.xlsx');
  const own = await managersWorkbook({
    edit: { 'xl/worksheets/sheet1.xml': (xml) => xml.replace('$F:$F', '$F$2:$F$3') },
  });
  await give('우리 서식.xlsx', own);
  await expect(page.getByTestId('report-made')).toContainText('채운 시트: 점포');
  await expect(page.getByTestId('template-bounded')).toContainText('"표지" 시트에서 읽는 \'점포\'!$F$2:$F$3');
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('what too few people answered is not on screen, and says so', async ({ app }) => {
  const { page } = app;
  await app.call('app.setUp', { name: '사무실', role: 'coordinator' });
  const { id: survey } = await app.call('records.write', {
    entity: 'surveyTemplate',
    set: {
      name: '만족도 조사',
      version: 1,
      questions: [
        { key: 'easy', label: '쉬웠나요?', kind: 'scale' },
        { key: 'best', label: '무엇이 좋았나요?', kind: 'choice', choices: ['톡채널'] },
      ],
    },
  });
  for (const [name, n] of [
    ['큰 사업', 12],
    ['중간 사업', 6],
    ['작은 사업', 3],
  ] as const) {
    const { id: program } = await app.call('records.write', {
      entity: 'program',
      set: { name, surveyTemplate: survey },
    });
    const { id: session } = await app.call('records.write', {
      entity: 'session',
      set: { program, kind: 'class', title: name, date: '2024-05-01' },
    });
    for (let at = 0; at < n; at += 1) {
      await app.call('records.write', {
        entity: 'surveyResponse',
        set: {
          session,
          template: survey,
          submittedAt: `2024-05-01T0${at % 9}:00:00.000Z`,
          mode: 'paper',
          answers: { easy: 1 + (at % 5), best: '톡채널' },
        },
      });
    }
  }
  await page.reload();
  await goTo(page, '숫자');
  const table = page.getByTestId('figure-table').getByRole('row', { name: /^만족도 평균/ });
  await expect(table).toBeVisible();
  const names = await page.getByTestId('figure-table').locator('thead th').allTextContents();
  const cell = (name: string): Locator =>
    table.getByRole('cell').nth(names.findIndex((text) => text.includes(name)) - 1);
  await expect(cell('작은 사업')).toContainText('5명 미만이라 보여 드리지 않아요');
  await expect(cell('중간 사업')).toContainText('함께 가렸어요');
  await expect(cell('큰 사업')).not.toContainText('–');
  const scale = await openTable(page, 'scale');
  await expect(
    scale
      .getByRole('row', { name: /쉬웠나요/ })
      .getByRole('cell')
      .nth(5),
  ).toHaveText('12');
  await expect(scale.getByRole('row', { name: /쉬웠나요/ })).toContainText('5명 미만');
});

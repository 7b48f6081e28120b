import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { Dashboard } from '#shared/contract/report.ts';
import { complaintsOf, goTo } from './desk-steps.ts';
import { expect, test } from './fixtures.ts';

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
      [...row.children].map((cell) =>
        (cell.querySelector('a, th > span') ?? cell).childNodes[0]!.textContent!.trim(),
      ),
    ),
  );
  return texts.map(([name, ...cells]) => [name!, ...cells.map((cell) => Number(cell.replaceAll(',', '')))]);
}

/** Axe finds nothing in either theme, tables open. */
async function expectNoFindings(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction(
      (theme) => document.documentElement.dataset['theme'] === theme && document.getAnimations().length === 0,
      colorScheme,
    );
    await expect.poll(() => bars(page, 'sites', 'accent')).toBeGreaterThan(0);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target.join(' ')).join()}`,
    );
    expect(found, colorScheme).toEqual([]);
  }
}

/** The bars of a chart, left to right and top to bottom, as far as they have a surface. */
const bars = (page: Page, name: string, fill: string): Promise<number> =>
  drawing(page, name).evaluate((element, token) => {
    const color = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim();
    return element.querySelectorAll(`path[fill="${color}"]`).length;
  }, fill);

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
  await expect(page).toHaveURL(/\/figures\/visits\?.*trainer=/);
  const [top] = byVisits;
  await expect(
    page.getByRole('heading', { level: 1, name: `${top!.name} (${top!.number})의 방문` }),
  ).toBeVisible();
  await expect(page.getByTestId('visits-total')).toHaveText(`방문 ${top!.visits.toLocaleString('ko-KR')}건`);
  await page.getByRole('list', { name: '방문 목록' }).getByRole('link').first().click();
  await expect(page).toHaveURL(/#\/visits\/[0-9a-f-]+$/);
  await page.goBack();
  await page.getByRole('main').getByRole('link', { name: '숫자', exact: true }).click();
  await expect(page.getByLabel('사업', { exact: true })).toHaveValue(program);

  // By keyboard: a month in the table, Enter.
  const busiest = data.months.toSorted((a, b) => b.visits - a.visits)[0]!;
  const months = await openTable(page, 'visits');
  await months.getByRole('link', { name: busiest.month }).press('Enter');
  await expect(page.getByTestId('visits-total')).toHaveText(
    `방문 ${busiest.visits.toLocaleString('ko-KR')}건`,
  );
  await page.goBack();

  const site = data.sites.toSorted((a, b) => b.channelsOpened - a.channelsOpened)[0]!;
  const sites = await openTable(page, 'sites');
  await sites.getByRole('link', { name: site.name }).press('Enter');
  await expect(page).toHaveURL(/#\/stores$/);
  await expect(page.getByTestId('site-filter')).toHaveAccessibleName(new RegExp(site.name));
  // The list has those that declined, too.
  const { total } = await app.call('stores.find', { text: '', site: site.id });
  expect(total).toBeGreaterThanOrEqual(site.stores);
  await expect(page.getByTestId('found')).toHaveText(`맞는 점포 ${total.toLocaleString('ko-KR')}곳`);
  expect(complaints).toEqual([]);
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

import type { Page } from '@playwright/test';
import { figureNames } from '#shared/contract/report.ts';
import { readWorkbook } from '#tests/support/read-workbook.ts';
import {
  chooseFiles,
  complaintsOf,
  fileRow,
  goTo,
  mergeAll,
  setUp,
  typePhone,
  type FileToMerge,
} from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { makeKitOfPast } from './kit-steps.ts';

const PROGRAM = '우수시장 조성 2024';
const MARKET = '서울 망원시장';
const TRAINERS_PHONE = '02-335-3591';
const OFFICES_PHONE = '02-335-3519';

test('the main job: a day in the market reaches the report', async ({ app, second, openApp }) => {
  test.setTimeout(180_000);
  const office = second;
  const complaints = [app, office].map(({ page }) => complaintsOf(page));

  await setUp(office.page, '사무실', 'coordinator', true);
  const before = (await office.call('report.kpis', {})).total;
  const kit = await makeKitOfPast(office, PROGRAM, MARKET);

  await setUp(app.page, '망원 1호', 'trainer');
  await takeKit(app, kit, office);
  const store = await recordTheDay(app);
  await typePhone(app.page, store, TRAINERS_PHONE);
  const day = await exportTheDay(app);

  await typePhone(office.page, store, OFFICES_PHONE);
  await mergeTheDay(office.page, day);
  await settleThePhone(office.page, store);
  const found = await office.call('stores.search', { text: store });
  expect(found.map(({ phone }) => phone)).toContain(TRAINERS_PHONE);

  const { total } = await office.call('report.kpis', {});
  expect(total).toMatchObject({
    sessions: before.sessions + 1,
    visits: before.visits + 1,
    surveyResponses: before.surveyResponses + 1,
  });
  await readTheReport(office);
  expect(complaints).toEqual([[], []]);

  // Merging the same day again changes nothing, also after the program was closed.
  await office.close();
  const again = await openApp({ laptop: 'second-laptop' });
  await chooseFiles(again.page, [day]);
  await expect(again.page.getByTestId('nothing-ready')).toContainText('모두 이미 합친 파일이에요');
  expect((await again.call('report.kpis', {})).total).toEqual(total);
  expect((await again.call('app.status', {})).counts.conflicts).toBe(0);
});

/** The trainer merges the kit; the fingerprint shown is the one that the coordinator's settings show. */
async function takeKit({ page }: App, kit: FileToMerge, office: App): Promise<void> {
  await chooseFiles(page, [kit]);
  const { laptop } = await office.call('app.status', {});
  await expect(page.getByTestId('fingerprint')).toHaveText(laptop.fingerprint);
  await mergeAll(page);
  await expect(page.getByTestId('merge-result')).toContainText('파일 1개를 합쳤어요');
}

const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '회차에서 할 일' }).getByRole('link', { name });

/** Plans a class, marks who came, visits the first shop of the market and hands over a survey. Returns the shop's name. */
async function recordTheDay({ page }: App): Promise<string> {
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '오늘' }).click();
  await page.getByRole('link', { name: '회차 잡기' }).click();
  await page.getByRole('combobox', { name: '시장·상권 이름으로 찾기' }).fill(MARKET);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${MARKET} 교육` })).toBeVisible();

  const merchants = page.getByRole('listbox', { name: '상인 이름으로 찾아 넣기' }).getByRole('option');
  await merchants.nth(0).click();
  await expect(page.getByTestId('roster-count')).toHaveText('1명');
  await merchants.nth(1).click();
  await expect(page.getByTestId('roster-count')).toHaveText('2명');
  await page.getByRole('link', { name: '출석 체크하기' }).click();
  const rows = page.getByRole('listitem');
  for (const [at, mark] of ['출석', '지각'].entries()) {
    const button = rows.nth(at).getByRole('button', { name: mark, exact: true });
    await button.click();
    await expect(button).toHaveAttribute('aria-pressed', 'true');
  }

  await part(page, '방문').click();
  const first = page.getByRole('listbox').getByRole('option').first();
  const store = (await first.locator('.font-bold').innerText()).trim();
  await first.click();
  await expect(page.getByRole('heading', { level: 1, name: store })).toBeVisible();
  const items = page.locator('[data-item]');
  await items.nth(1).getByRole('button', { name: '했어요', exact: true }).click();
  await items.nth(6).getByRole('button', { name: '아직이에요', exact: true }).click();
  await page.getByLabel('톡채널 친구 수').fill('12,345');
  await page.getByLabel('메모').fill('다음 주에 첫 메시지를 같이 보내기로 했어요.');
  await page.getByRole('button', { name: '방문 마치기' }).click();
  // A class has no list of shops to walk by: from its visits one goes back to them.
  await page.getByRole('button', { name: '방문 목록으로' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: store })).toContainText('완료');

  await part(page, '설문').click();
  await page.getByRole('button', { name: '설문 건네기' }).click();
  await page.getByRole('button', { name: 'PIN 없이 건네기' }).click();
  await answerSurvey(page);
  await expect(page.getByTestId('responses')).toHaveText('응답 1건');
  return store;
}

async function answerSurvey(page: Page): Promise<void> {
  await page.getByRole('button', { name: '시작할게요' }).click();
  const progress = page.getByText(/^\d+ \/ \d+$/);
  const total = Number((await progress.innerText()).split('/')[1]);
  for (let at = 1; at <= total; at += 1) {
    await expect(progress).toHaveText(`${at} / ${total}`);
    const choices = page.getByRole('group').getByRole('button');
    if ((await choices.count()) > 0) await choices.last().click();
    else await page.getByRole('button', { name: /건너뛰기|다 했어요/ }).click();
  }
  await page.getByRole('button', { name: '보내기', exact: true }).click();
  await page.getByRole('button', { name: '설문 마치기' }).click();
  await page.getByRole('button', { name: '나가기' }).click();
}

/** Back from the shop's record to today's session, and out as one file. */
async function exportTheDay(app: App): Promise<FileToMerge> {
  const { page } = app;
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '오늘' }).click();
  await page
    .getByRole('link', { name: `${MARKET} 교육` })
    .first()
    .click();
  await part(page, '내보내기').click();
  const day = await app.saved(() => page.getByRole('button', { name: '파일로 내보내기' }).click());
  expect(day.name).toMatch(/^망원 1호 .*\.dangol$/);
  return day;
}

async function mergeTheDay(page: Page, day: FileToMerge): Promise<void> {
  await chooseFiles(page, [day]);
  await expect(fileRow(page, '망원 1호')).toContainText('방문 1');
  await mergeAll(page);
  await expect(fileRow(page, '망원 1호').getByTestId('outcome')).toContainText('서로 다른 값 1');
  await page.getByRole('link', { name: '다른 값 정하기' }).click();
}

/** Both phones are shown with who wrote them; the trainer's is chosen. */
async function settleThePhone(page: Page, store: string): Promise<void> {
  const detail = page.getByTestId('conflict-detail');
  await expect(detail).toContainText(store);
  await expect(detail.getByRole('heading', { name: '전화번호' })).toBeVisible();
  const option = (text: string) => detail.getByRole('radio').filter({ hasText: text });
  await expect(option(OFFICES_PHONE)).toContainText('이 노트북에서 적음');
  await expect(option(TRAINERS_PHONE)).toContainText('망원 1호');
  await option(TRAINERS_PHONE).click();
  await page.getByRole('button', { name: '이 값으로 정하기' }).click();
  await expect(page.getByText('모두 정했어요')).toBeVisible();
}

/** The figures on screen and those in the workbook are the figures of the store. */
async function readTheReport(office: App): Promise<void> {
  const { page } = office;
  const { total } = await office.call('report.kpis', {});
  await goTo(page, '숫자');
  await expect(page.locator('[data-figure="stores"]')).toContainText(total.stores.toLocaleString('ko-KR'));
  await expect(page.locator('[data-figure="friends"]')).toContainText(total.friends.toLocaleString('ko-KR'));

  const report = await office.saved(() => page.getByRole('button', { name: '보고서 만들기' }).click());
  expect(report.name).toMatch(/\.xlsx$/);
  await expect(page.getByTestId('report-made')).toContainText(report.name);
  const book = await readWorkbook(report.bytes);
  const read = figureNames.map((name) => [name, book.named(`KPI_${name}`)] as const);
  expect(Object.fromEntries(read.map(([name, { value }]) => [name, value]))).toEqual(total);
  expect(read.every(([, { formula }]) => formula !== null)).toBe(true);
}

import type { Page } from '@playwright/test';
import { chooseFiles, complaintsOf, goTo, mergeAll, officeAndTrainer } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const sheetOf = (page: Page) => page.getByRole('dialog', { name: '이력' });
const line = (page: Page, value: string | RegExp) =>
  sheetOf(page).getByTestId('history-line').filter({ hasText: value });

async function putAway(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(sheetOf(page)).toHaveCount(0);
}

/** A class day with one visit under a checklist of one question. */
async function visitOf(app: App, store: string): Promise<{ session: string; visit: string }> {
  const make = async (entity: string, set: object) =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const items = [{ key: 'channel', label: '톡채널 개설' }];
  const checklistTemplate = await make('checklistTemplate', { name: '기본 점검표', version: 1, items });
  const program = await make('program', { name: '단골시장 2026', checklistTemplate });
  const { fields } = await app.call('records.get', { entity: 'store', id: store });
  const session = await make('session', {
    program,
    site: fields['site'],
    kind: 'visitDay',
    title: '반송 방문의 날',
    date: '2026-11-24',
  });
  const { id: visit } = await app.call('visits.start', { session, store });
  await app.call('checks.mark', { visit, item: 'channel', state: 'done' });
  await app.call('visits.update', { id: visit, outcome: 'done' });
  return { session, visit };
}

test('every value tells who wrote it, where, when and by which file, and what became of it', async ({
  app,
  second,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const [store] = await officeAndTrainer(app, second);
  const write = (on: App, set: Record<string, string>) =>
    on.call('records.write', { entity: 'store', id: store, set });
  await write(app, { phone: '02-335-3519' });
  await write(second, { phone: '02-335-3591', unit: '가동 3호' });
  const { name, bytes } = await second.call('exchange.export', { purpose: 'session' });
  await chooseFiles(page, [{ name, bytes }]);
  await mergeAll(page);

  // What the file brought, and from there the history of one of its records.
  await page.getByRole('link', { name: '내용 보기' }).click();
  await expect(page.getByTestId('kind')).toHaveText(['모두 3', '시장·상권 1', '점포 2']);
  await page.getByTestId('kind').filter({ hasText: '점포' }).click();
  const brought = page.getByTestId('brought');
  await expect(brought).toHaveCount(2);
  await expect(brought.filter({ hasText: '새벽분식' })).toContainText('모두 이미 있던 것');
  await expect(brought.filter({ hasText: '바다횟집' })).toContainText('새 변경 1 · 이미 있던 것 1');
  await brought.filter({ hasText: '바다횟집' }).click();
  const moments = sheetOf(page).getByTestId('history-moment');
  const theirs = moments.filter({ has: page.getByRole('heading', { name: '망원 1호' }) });
  await expect(theirs).toContainText(`${name.replace(/\.dangol$/, '')} 파일로 왔어요`);
  await expect(theirs).toContainText('가동 3호');
  await expect(line(page, '02-335-3591')).toContainText('아직 정하지 않음');
  await expect(moments.filter({ hasText: '02-335-3519' })).toContainText('이 노트북에서 적었어요');
  // Choosing a field leaves the others out.
  await sheetOf(page).getByLabel('볼 항목').selectOption({ label: '호수·위치' });
  await expect(sheetOf(page).getByTestId('history-line')).toHaveCount(1);
  await sheetOf(page).getByLabel('볼 항목').selectOption({ label: '메모' });
  await expect(sheetOf(page)).toContainText('이 항목은 아직 적은 적이 없어요');
  await putAway(page);

  // From the conflict: both values. Settled, the other one is still told of.
  await goTo(page, '다른 값');
  await page.getByRole('button', { name: '이력 보기', exact: true }).click();
  await expect(sheetOf(page).getByTestId('history-line')).toHaveCount(2);
  await expect(line(page, '다른 값')).toHaveCount(1);
  await putAway(page);
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.getByText('모두 정했어요')).toBeVisible();
  const settled = (await app.call('records.get', { entity: 'store', id: store })).fields['phone'] as string;
  const lost = settled === '02-335-3519' ? '02-335-3591' : '02-335-3519';

  // From the shop: one field, then erased, deleted and brought back.
  await goTo(page, '점포');
  await page.getByRole('option', { name: /바다횟집/ }).click();
  const field = page.getByTestId('store-detail').getByRole('button', { name: '전화번호 이력 보기' });
  await field.click();
  await expect(sheetOf(page)).toContainText('바다횟집');
  const [newest, ...older] = await sheetOf(page).getByTestId('history-line').all();
  await expect(newest!.getByTestId('value-after')).toHaveText(settled);
  await expect(newest!).toContainText('서로 다른 값 2개 가운데 정함');
  await expect(newest!).toContainText('지금 값');
  expect(older).toHaveLength(2);
  await expect(
    sheetOf(page)
      .getByTestId('history-line')
      .filter({ hasText: '고르지 않은 값' })
      .getByTestId('value-after'),
  ).toHaveText(lost);
  // What happens meanwhile appears by itself.
  await app.call('records.erase', { entity: 'store', id: store, fields: ['phone'] });
  await expect(line(page, '값을 파기했어요. 되살릴 수 없어요.')).toHaveCount(1);
  await expect(sheetOf(page)).not.toContainText('02-335');
  await expect(line(page, '파기됨')).toHaveCount(3);
  await sheetOf(page).getByLabel('볼 항목').selectOption({ label: '모든 항목' });
  await app.call('records.delete', { entity: 'store', id: store });
  await app.call('records.restore', { entity: 'store', id: store });
  await expect(line(page, '되살렸어요')).toContainText('지금 값');
  await putAway(page);

  // From a visit, with its checks, and from a session.
  const { session, visit } = await visitOf(app, store);
  await page.evaluate((to) => (location.hash = `#/visits/${to}`), visit);
  await expect(page.getByRole('heading', { level: 1, name: '바다횟집' })).toBeVisible();
  await page.getByRole('button', { name: '이력 보기', exact: true }).click();
  await expect(line(page, '톡채널 개설 · 상태')).toContainText('했어요');
  await expect(line(page, '방문 · 점포')).toContainText('바다횟집');
  await sheetOf(page).getByLabel('볼 항목').selectOption({ label: '톡채널 개설' });
  await expect(sheetOf(page).getByTestId('history-line')).toHaveCount(1);
  await putAway(page);
  await page.evaluate((to) => (location.hash = `#/sessions/${to}/plan`), session);
  await expect(page.getByRole('heading', { level: 1, name: '반송 방문의 날' })).toBeVisible();
  await page.getByRole('button', { name: '이력 보기', exact: true }).click();
  await expect(line(page, '사업')).toContainText('단골시장 2026');
  expect(complaints).toEqual([]);
});

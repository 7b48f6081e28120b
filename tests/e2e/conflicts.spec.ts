import type { Page } from '@playwright/test';
import { manyConflicts } from '#tests/support/many-conflicts.ts';
import { chooseFiles, complaintsOf, goTo, mergeAll, officeAndTrainer } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const write = (app: App, id: string, set: Record<string, string>) =>
  app.call('records.write', { entity: 'store', id, set });

/** The conflict that stands there in full; waits until it is another one than before. */
async function nextKey(page: Page, before: string | null): Promise<string> {
  const found = await page.waitForFunction((old) => {
    const row = document.querySelector<HTMLElement>('[role=option][aria-selected=true]')?.dataset['key'];
    const detail = document.querySelector<HTMLElement>('[data-testid=conflict-detail]')?.dataset['key'];
    return row !== undefined && row === detail && row !== old ? row : null;
  }, before);
  return String(await found.jsonValue());
}

/** Two shops that both laptops edited, merged at the office. */
async function twoShops(app: App, second: App): Promise<[string, string]> {
  const [first, other] = await officeAndTrainer(app, second);
  await write(app, first, { phone: '010-0000-1111', note: '오전에 오세요' });
  await write(app, other, { phone: '010-0000-2222' });
  await write(second, first, { phone: '010-0000-1112', note: '오후에 오세요' });
  await write(second, other, { phone: '010-0000-2223' });
  await chooseFiles(app.page, [await second.call('exchange.export', {})]);
  await mergeAll(app.page);
  await goTo(app.page, '다른 값');
  await expect(app.page.getByRole('option', { selected: true })).toContainText('메모');
  return [first, other];
}

test('a hundred conflicts are settled by keys alone, at most two for each @browser', async ({
  openApp,
}, testInfo) => {
  test.setTimeout(240_000);
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints = complaintsOf(page);
  await manyConflicts(app, { count: 100, dir: testInfo.outputPath('laptops') });
  const { rows, names } = await app.call('conflicts.list', {});
  expect([rows.length, names]).toEqual([100, {}]);
  await goTo(page, '다른 값');
  await expect(page.getByText('정할 것 100개')).toBeVisible();

  let keys = 0;
  const press = async (key: string): Promise<void> => {
    keys += 1;
    await page.keyboard.press(key);
  };
  let key: string | null = null;
  for (let left = 100; left > 0; left -= 1) {
    key = await nextKey(page, key);
    await press('2');
    await press('Enter');
  }
  await expect(page.getByText('모두 정했어요')).toBeVisible();
  expect(keys).toBeLessThanOrEqual(200);
  expect((await app.call('conflicts.list', {})).total).toBe(0);

  for (const { entity, record, field, values } of rows) {
    const { fields } = await app.call('records.get', { entity, id: record });
    expect(fields[field] ?? null).toEqual(values[1]);
    const history = await app.call('records.history', { entity, id: record, field });
    if (field !== 'deleted') expect(history.map(({ value }) => value)).toContainEqual(values[0]);
  }
  expect(complaints).toEqual([]);
});

test('conflicts stand under their shops, with what was before; keys go from shop to shop', async ({
  app,
  second,
}) => {
  const { page } = app;
  await twoShops(app, second);
  await expect(page.getByTestId('conflict-group')).toHaveText([
    /바다횟집.*반송큰시장.*2개/s,
    /새벽분식.*반송큰시장.*1개/s,
  ]);
  const current = page.getByRole('option', { selected: true });
  await expect(current).toContainText('바다횟집');
  await page.keyboard.press('PageDown');
  await expect(current).toContainText('새벽분식');
  await expect(page.getByTestId('value-before')).toContainText('비어 있었어요');
  await page.keyboard.press('PageUp');
  await expect(current).toContainText('메모');
  await page.keyboard.press('ArrowDown');
  await expect(current).toContainText('전화번호');
  await page.keyboard.press('1');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
});

test('one is kept for later, is there after a restart, and is settled then', async ({ openApp, second }) => {
  const app = await openApp({ laptop: 'office' });
  const [shop] = await twoShops(app, second);
  const first = app.page;
  const current = first.getByRole('option', { selected: true });
  await expect(current).toContainText('메모');
  await first.keyboard.press('l');
  await expect(current).toContainText('전화번호');
  await expect(first.getByTestId('toast').last()).toContainText('나중에 볼 것으로 옮겼어요');
  await expect(first.getByText('정할 것 3개')).toBeVisible();
  await app.close();

  const again = await openApp({ laptop: 'office' });
  const { page } = again;
  await goTo(page, '다른 값');
  await expect(page.getByTestId('conflict-row')).toHaveCount(2);
  await page.getByText('나중에 볼 것 1개', { exact: true }).click();
  await expect(page.getByTestId('conflict-row')).toHaveCount(1);
  await expect(page.getByTestId('conflict-detail')).toContainText('오전에 오세요');
  await page.keyboard.press('2');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('conflict-row')).toHaveCount(2);
  await expect(page.getByText('정할 것 2개')).toBeVisible();
  const { conflicts } = await again.call('records.get', { entity: 'store', id: shop });
  expect(Object.keys(conflicts)).toEqual(['phone']);
});

test('all like this: looked at first, settled in one step, undone by one key', async ({ app, second }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const [shop, other] = await twoShops(app, second);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toContainText('전화번호');
  await page.keyboard.press('a');
  const sheet = page.getByRole('dialog', { name: '이런 것 모두 정하기' });
  await expect(sheet.getByRole('button', { name: '2개 정하기' })).toBeEnabled();
  await expect(sheet.getByTestId('rule-row')).toHaveText([
    /바다횟집.*전화번호.*1112/s,
    /새벽분식.*전화번호.*2223/s,
  ]);
  await sheet.getByLabel('어느 값으로').selectOption({ label: '‘사무실’ 노트북의 값' });
  await expect(sheet.getByTestId('rule-row')).toHaveText([/1112.*1111/s, /2223.*2222/s]);
  await sheet.getByLabel('어디까지').selectOption({ label: '정할 것 모두' });
  await sheet.getByLabel('어느 값으로').selectOption({ label: '더 많은 곳에서 적은 값' });
  await sheet.getByText('남는 것 3개', { exact: true }).click();
  await expect(sheet.getByTestId('rule-left')).toContainText(Array(3).fill('하나로 정해지지 않아요'));
  await expect(sheet.getByRole('button', { name: '0개 정하기' })).toBeDisabled();
  await sheet.getByLabel('어느 값으로').selectOption({ label: '가장 먼저 적은 값' });
  expect((await app.call('conflicts.list', {})).total).toBe(3);
  await sheet.getByRole('button', { name: '3개 정하기' }).click();

  await expect(page.getByText('모두 정했어요')).toBeVisible();
  await expect(page.getByTestId('toast').last()).toContainText('3개를 정했어요');
  const phoneOf = async (id: string) =>
    (await app.call('records.get', { entity: 'store', id })).fields['phone'];
  expect([await phoneOf(shop), await phoneOf(other)]).toEqual(['010-0000-1111', '010-0000-2222']);
  const history = await app.call('records.history', { entity: 'store', id: shop, field: 'phone' });
  expect(history.filter(({ fate }) => fate === 'lost').map(({ value }) => value)).toEqual(['010-0000-1112']);

  await page.keyboard.press('Control+z');
  await expect(page.getByText('정할 것 3개')).toBeVisible();
  await expect(page.getByTestId('toast').last()).toContainText('다른 값 3개 정하기');
  // What undo has opened again is that of who wrote it.
  await expect(page.getByTestId('conflict-detail')).toContainText('망원 1호');
  expect(complaints).toEqual([]);
});

test('what changed between looking and settling is refused and named, the rest is settled', async ({
  app,
  second,
}) => {
  const { page } = app;
  const [, other] = await twoShops(app, second);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toContainText('전화번호');
  await page.keyboard.press('a');
  const sheet = page.getByRole('dialog', { name: '이런 것 모두 정하기' });
  await expect(sheet.getByRole('button', { name: '2개 정하기' })).toBeEnabled();
  await write(second, other, { phone: '010-0000-3333' });
  const later = await second.call('exchange.export', {});
  await app.call('exchange.import', { file: later.name, bytes: later.bytes });
  await sheet.getByRole('button', { name: '2개 정하기' }).click();
  await expect(sheet).toContainText('1개를 정했어요');
  await expect(sheet.getByTestId('rule-left')).toContainText('새벽분식');
  await expect(sheet.getByTestId('rule-left')).toContainText('그 사이에 값이 바뀌었어요');
  await sheet.getByRole('button', { name: '닫기' }).last().click();
  await expect(page.getByText('정할 것 2개')).toBeVisible();
});

test('in a small window what differs in the values is in sight', async ({ app, second }) => {
  const { page } = app;
  await page.setViewportSize({ width: 1024, height: 768 });
  await twoShops(app, second);
  await page.keyboard.press('ArrowDown');
  const values = page.getByTestId('conflict-values');
  await expect(values).toHaveText([/후.*전/s, /1112.*1111/s, /2223.*2222/s]);
  const isWhole = (element: Element): boolean => element.scrollWidth <= element.clientWidth;
  for (const row of await values.all()) expect(await row.evaluate(isWhole)).toBe(true);
});

import type { Page } from '@playwright/test';
import { complaintsOf, goTo, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const NUMBERS = ['101-00-00002', '101-00-00017'];

interface Scene {
  readonly here: string;
  readonly there: string;
}

/** Two markets: at one two pairs that look alike and a shop of its own, at the other two pairs with equal numbers. */
async function scene(app: App): Promise<Scene> {
  const market = async (name: string) =>
    (await app.call('records.write', { entity: 'site', set: { name, kind: 'traditionalMarket' } })).id;
  const [here, there] = [await market('반송큰시장'), await market('망원시장')];
  const shop = (site: string, name: string, more: object = {}) =>
    app.call('stores.create', { site, name, ...more });
  await shop(here, '하늘떡집', { phone: '02-335-0001', ownerName: '김단골', unit: '가동 3호' });
  await shop(here, '하늘 떡방앗간', { phone: '023350001', ownerName: '김단골' });
  await shop(here, '구름반찬', { phone: '02-335-0002', ownerName: '이구름' });
  await shop(here, '구름반찬가게', { phone: '02-335-0002', ownerName: '이바람' });
  await shop(here, '소망국수');
  for (const [at, name] of ['바다횟집', '새벽분식'].entries()) {
    await shop(there, name, { businessNumber: NUMBERS[at] });
    await shop(there, `${name} 2층`, { businessNumber: NUMBERS[at]!.replaceAll('-', '') });
  }
  return { here, there };
}

const stores = async (app: App): Promise<number> => (await app.call('report.kpis', {})).total.stores;
const decisions = async (app: App): Promise<number> => (await app.call('duplicates.decided', {})).total;
const pairOf = (page: Page, name: string) => page.getByTestId('pair').filter({ hasText: name });
const toast = (page: Page) => page.getByTestId('toast').last();

test('shops that may be one are decided on by the keyboard, with the way back', async ({ app }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  await scene(app);
  await goTo(page, '중복 확인');
  const detail = page.getByTestId('pair-detail');
  await expect(page.getByText('물어볼 것 4쌍')).toBeVisible();
  await page.getByLabel('시장·상권', { exact: true }).selectOption({ label: '반송큰시장' });
  await expect(page.getByTestId('pair')).toHaveCount(2);

  // Both shops in full, the reasons in words, what differs marked.
  await pairOf(page, '하늘떡집').click();
  await expect(detail.getByTestId('likeness')).toContainText('100점에 99점');
  await expect(detail).toContainText('전화번호: 같아요');
  await expect(detail).toContainText('업종을 적은 말만 달라요');
  const field = (name: string) => detail.locator(`[data-field="${name}"]`);
  await expect(field('name').locator('mark').first()).toHaveText('떡집');
  await expect(field('ownerName')).toContainText('김단골');
  await expect(field('phone').getByRole('img', { name: '같음' })).toBeVisible();
  await expect(field('unit')).toContainText('적혀 있지 않음');
  await expect(detail.getByTestId('effect')).toContainText('점포 수가 1곳 줄어요');

  // Later, then the same; the note takes it back; then two shops, and Ctrl+Z.
  const before = await stores(app);
  await page.keyboard.press('3');
  await expect(page.getByTestId('pair').and(page.getByRole('option', { selected: true }))).toContainText(
    '구름반찬',
  );
  await expect(pairOf(page, '하늘떡집')).toContainText('나중에 볼 것');
  await expect(detail).toContainText('대표자: 달라요');
  await page.keyboard.press('1');
  await expect(toast(page)).toContainText('같은 점포로 정했어요');
  await expect(page.getByTestId('pair')).toHaveCount(1);
  expect(await stores(app)).toBe(before - 1);
  await toast(page).getByRole('button', { name: '되돌리기' }).click();
  await expect(page.getByTestId('pair')).toHaveCount(2);
  await expect(page.getByTestId('pair').and(page.getByRole('option', { selected: true }))).toContainText(
    '구름반찬',
  );
  expect([await stores(app), await decisions(app)]).toEqual([before, 0]);
  await page.keyboard.press('2');
  await expect(toast(page)).toContainText('다른 점포로 정했어요');
  await expect(page.getByTestId('pair')).toHaveCount(1);
  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('pair')).toHaveCount(2);
  await page.keyboard.press('2');
  await expect(page.getByTestId('pair')).toHaveCount(1);
  await page.keyboard.press('1');
  await expect(page.getByText('이 시장에는 물어볼 것이 없어요')).toBeVisible();
  await expect.poll(() => decisions(app)).toBe(2);

  // Taken back later, from the list of decisions, where its history stands too.
  await page.getByRole('link', { name: '정한 것 보기' }).click();
  const decision = page.getByTestId('decision').filter({ hasText: '하늘떡집' });
  await expect(decision).toContainText('같은 점포');
  await decision.getByRole('button', { name: '이력 보기' }).click();
  await expect(page.getByRole('dialog', { name: '이력' })).toContainText('사무실');
  await page.keyboard.press('Escape');
  await decision.getByRole('button', { name: /결정 되돌리기/ }).click();
  await expect(decision).toHaveCount(0);
  await page.getByRole('link', { name: '중복 확인' }).first().click();
  await expect(pairOf(page, '하늘떡집')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('equal business numbers are decided at once after a look, and decisions that contradict each other are told', async ({
  app,
}) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await scene(app);
  const before = await stores(app);
  await goTo(page, '중복 확인');
  await expect(page.getByTestId('bulk')).toContainText('사업자등록번호가 같은 점포가 2쌍 있어요');
  await page.getByRole('button', { name: '훑어보기' }).click();
  const dialog = page.getByRole('dialog', { name: '사업자등록번호가 같은 점포' });
  await expect(dialog.getByRole('checkbox', { checked: true })).toHaveCount(2);
  await page.keyboard.press('Escape');
  expect(await decisions(app)).toBe(0);

  await page.getByRole('button', { name: '훑어보기' }).click();
  await dialog.getByRole('checkbox', { name: /바다횟집/ }).uncheck();
  await dialog.getByRole('button', { name: '1쌍을 같은 점포로 정하기' }).click();
  await expect(toast(page)).toContainText('1쌍을 같은 점포로 정했어요');
  await expect(pairOf(page, '새벽분식')).toHaveCount(0);
  await expect(page.getByTestId('bulk')).toContainText('1쌍');
  expect(await stores(app)).toBe(before - 1);
  await toast(page).getByRole('button', { name: '되돌리기' }).click();
  await expect(pairOf(page, '새벽분식')).toHaveCount(1);
  expect(await decisions(app)).toBe(0);

  // Three shops: the first is the second, the second the third, but the first is not the third.
  const found = await app.call('stores.search', { text: '' });
  const idOf = (name: string): string => found.find((row) => row.name === name)!.id;
  const [a, b, c] = [idOf('하늘떡집'), idOf('하늘 떡방앗간'), idOf('소망국수')];
  await app.call('duplicates.decide', { left: a, right: b, decision: 'different' });
  await app.call('duplicates.decide', { left: a, right: c, decision: 'same' });
  await app.call('duplicates.decide', { left: b, right: c, decision: 'same' });
  await expect(page.getByTestId('contradicted')).toContainText('서로 어긋나는 결정이 1개 있어요');
  await page.getByRole('link', { name: '살펴보기' }).click();
  const card = page.getByTestId('contradiction');
  await expect(card.getByRole('listitem')).toHaveCount(3);
  await card.getByRole('listitem').filter({ hasText: '다른 점포' }).getByRole('button').click();
  await expect(card).toHaveCount(0);
  await expect(page.getByTestId('decision')).toHaveCount(2);
  await toast(page).getByRole('button', { name: '닫기' }).click();
  await expect(page.getByText('2쌍을 정했어요')).toBeVisible();
});

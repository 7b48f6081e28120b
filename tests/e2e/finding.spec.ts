import type { Page } from '@playwright/test';
import { complaintsOf, goTo } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const field = (page: Page) => page.getByRole('combobox', { name: '점포 이름, 대표자, 전화번호' });
const answers = (page: Page) =>
  page.getByRole('listbox', { name: '점포 이름, 대표자, 전화번호' }).getByRole('option');
const active = (page: Page) => answers(page).and(page.getByRole('option', { selected: true }));
const count = (page: Page) => page.getByTestId('found');
const openedName = (page: Page) => page.getByTestId('store-detail').getByLabel('상호', { exact: true });

/** The demo, and two shops in it that are easy to tell: one at 망원시장, one elsewhere. Returns that market's id. */
async function withTwoShops(app: App): Promise<string> {
  const [mangwon] = await app.call('sites.search', { text: '망원' });
  const [elsewhere] = await app.call('sites.search', { text: '반송' });
  await app.call('stores.create', { site: mangwon!.id, name: '하늘뿌리분식', phone: '02-777-1234' });
  await app.call('stores.create', {
    site: elsewhere!.id,
    name: '참 하늘뿌리',
    ownerName: '강너울',
    status: 'closed',
  });
  return mangwon!.id;
}

test('a shop is found by what one remembers of it, and one that is not there is written down', async ({
  openApp,
}) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints = complaintsOf(page);
  const mangwon = await withTwoShops(app);
  await goTo(page, '점포');
  const { total } = await app.call('stores.find', {});
  await expect(count(page)).toHaveText(`모두 ${total.toLocaleString('ko-KR')}곳`);

  // Initials: the name that begins so comes first; what was found is marked.
  await field(page).fill('ㅎㄴㅃㄹ');
  await expect(count(page)).toHaveText('맞는 점포 2곳');
  await expect(answers(page).first()).toContainText('하늘뿌리분식');
  await expect(answers(page).first().locator('mark')).toHaveText('하늘뿌리');
  // Initials alone name no shop.
  await expect(answers(page)).toHaveCount(2);
  await page.keyboard.press('ArrowDown');
  await expect(active(page)).toContainText('참 하늘뿌리');
  await page.keyboard.press('Enter');
  await expect(openedName(page)).toHaveValue('참 하늘뿌리');

  // In the middle of a syllable, while the keyboard is still composing it.
  await field(page).evaluate((input: HTMLInputElement) => {
    input.value = '하늘뿌ㄹ';
    input.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
  });
  await expect(count(page)).toHaveText('맞는 점포 2곳');

  await field(page).fill('7771');
  await expect(answers(page).first()).toContainText('02-777-1234');
  await expect(answers(page).first().locator('mark')).toHaveText('777-1');

  await field(page).fill('하늘뿌리');
  await page.getByRole('combobox', { name: '상태', exact: true }).selectOption('폐업');
  await expect(count(page)).toHaveText('맞는 점포 1곳');
  await expect(answers(page).first()).toContainText('폐업');
  await page.getByTestId('site-filter').click();
  await page.getByRole('combobox', { name: '시장·상권 이름이나 지역' }).fill('망ㅇ');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('site-filter')).toContainText('망원시장');
  await expect(count(page)).toHaveText('맞는 점포 0곳');
  await page.getByRole('combobox', { name: '상태', exact: true }).selectOption('');
  await expect(answers(page).first()).toContainText('하늘뿌리분식');

  await keepsItsPlace(page);

  // Not there: written down, once it is said where.
  await field(page).fill('갓 생긴 점포');
  await expect(answers(page)).toHaveCount(1);
  await expect(answers(page)).toHaveText('‘갓 생긴 점포’ 새 점포로 적기');
  await page.keyboard.press('Enter');
  const asked = page.getByRole('dialog', { name: '어느 시장·상권의 점포인가요?' });
  await asked.getByRole('combobox').fill('망ㅇ');
  await page.keyboard.press('Enter');
  await expect(openedName(page)).toHaveValue('갓 생긴 점포');
  const made = await app.call('stores.find', { text: 'ㄱㅅㄱㅈㅍ', site: mangwon });
  expect(made.rows.map(({ name }) => name)).toEqual(['갓 생긴 점포']);
  await expect(count(page)).toHaveText('맞는 점포 1곳');
  // The line for a new one comes before the first row too.
  await page.keyboard.press('ArrowUp');
  await field(page).press('ArrowUp');
  await expect(active(page)).toHaveText('‘갓 생긴 점포’ 새 점포로 적기');

  await foundElsewhere(app, mangwon);
  expect(complaints).toEqual([]);
});

/** Text, filter and scrolled place are there when one comes back; Esc and the cross empty them. */
async function keepsItsPlace(page: Page): Promise<void> {
  await goTo(page, '숫자');
  await goTo(page, '점포');
  await expect(field(page)).toHaveValue('하늘뿌리');
  await expect(count(page)).toHaveText('맞는 점포 1곳');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveValue('');
  await page.getByRole('button', { name: '시장·상권 가리지 않기' }).click();
  await expect(count(page)).toContainText('모두');

  const list = page.getByRole('listbox', { name: '점포 이름, 대표자, 전화번호' });
  await list.evaluate((element) => (element.scrollTop = 72 * 500));
  // The rows there come when they are in sight.
  const name = list.locator('[aria-posinset="505"]').locator('.font-bold');
  const shown = await name.innerText();
  await goTo(page, '숫자');
  await goTo(page, '점포');
  await expect(name).toHaveText(shown);
}

/** The palette and the visits of a session find in the same way. */
async function foundElsewhere(app: App, site: string): Promise<void> {
  const { page } = app;
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('ㅎㄴㅃㄹ');
  await expect(page.getByRole('dialog').getByRole('option').first()).toContainText('하늘뿌리분식');
  await page.keyboard.press('Enter');
  await expect(openedName(page)).toHaveValue('하늘뿌리분식');

  const { id } = await app.call('sessions.plan', {
    site,
    kind: 'visitDay',
    title: '방문의 날',
    date: (await app.call('app.status', {})).today,
  });
  await goTo(page, '숫자');
  await page.evaluate((session) => (window.location.hash = `#/sessions/${session}/visits`), id);
  await field(page).fill('777 1234');
  await expect(answers(page).first()).toContainText('하늘뿌리분식');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '하늘뿌리분식' })).toBeVisible();
}

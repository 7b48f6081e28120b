import type { Page } from 'playwright';
import type { App } from '#tests/e2e/apps/app.ts';
import type { Camera } from './camera.ts';
import { filesOfTheDay, type ChosenFile } from './evening-files.ts';
import { go, putNotesAway, toTop } from './market.ts';
import { SHOPS, type Scene } from './scene.ts';

/** The evening at the office: what came in, what disagrees, what is missing, the figures, and the kits for tomorrow. */
export async function atTheOffice(
  office: App,
  trainer: App,
  other: App,
  scene: Scene,
  shot: Camera,
): Promise<void> {
  const { page } = office;
  await merging(page, await filesOfTheDay(office, trainer, other, scene), shot);
  await laptops(page, shot);
  await deciding(page, scene, shot);
  await checking(page, shot);
  await kits(office, shot);
  await editing(page, shot);
  await figures(page, shot);
  await onPaper(page, scene, shot);
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });

async function merging(page: Page, files: ChosenFile[], shot: Camera): Promise<void> {
  await go(page, '/exchange');
  await page.getByTestId('file-input').setInputFiles(files);
  await page.getByTestId('chosen-file').getByTestId('refusal').waitFor();
  await page
    .getByRole('button', { name: /개 합치기$/ })
    .and(page.locator(':enabled'))
    .waitFor();
  await shot(page, 'looked-at');
  await page.getByRole('button', { name: /개 합치기$/ }).click();
  await page.getByTestId('merge-result').waitFor();
  await page.getByRole('link', { name: '다른 값 정하기' }).waitFor();
  await page.getByTestId('past-imports').getByRole('listitem').first().waitFor();
  await shot(page, 'merged');

  await page.getByTestId('run-changes').getByRole('link', { name: '바뀐 것 보기' }).click();
  await heading(page, '바뀐 것').waitFor();
  await page.getByTestId('part').first().waitFor();
  await shot(page, 'changes');
}

async function laptops(page: Page, shot: Camera): Promise<void> {
  await go(page, '/laptops');
  await page.getByTestId('key-question').waitFor();
  await page.getByTestId('laptop-facts').waitFor();
  await shot(page, 'laptops');
  await page.getByRole('link', { name: /^아직 오지 않은 것/ }).click();
  await page.getByTestId('late-session').first().waitFor();
  await shot(page, 'late');
}

async function deciding(page: Page, scene: Scene, shot: Camera): Promise<void> {
  await go(page, '/conflicts');
  const detail = page.getByTestId('conflict-detail');
  await page
    .getByTestId('conflict-row')
    .filter({ hasText: SHOPS[0] })
    .filter({ hasText: '전화번호' })
    .click();
  await detail.getByRole('heading', { name: '전화번호' }).waitFor();
  await detail.getByRole('radio').filter({ hasText: '망원 1호' }).click();
  await shot(page, 'conflicts');
  // One on which both trainers' laptops differ: what can be chosen for all is what is there for this one.
  await page.getByTestId('conflict-row').filter({ hasText: '전화번호' }).first().click();
  await detail.getByRole('radio').filter({ hasText: '망원 2호' }).waitFor();
  await page.keyboard.press('a');
  const sheet = page.getByRole('dialog', { name: '이런 것 모두 정하기' });
  await sheet.getByLabel('어느 값으로').selectOption({ label: '‘망원 2호’ 노트북의 값' });
  await sheet.getByText('남는 것 1개', { exact: true }).waitFor();
  await sheet.getByTestId('rule-row').first().waitFor();
  await shot(page, 'all-like-this');
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });

  await go(page, '/duplicates');
  await page.getByTestId('pair').filter({ hasText: SHOPS[2] }).click();
  await page.getByTestId('likeness').waitFor();
  await shot(page, 'duplicates');

  await go(page, `/stores/${scene.shops[0]!}`);
  await page.getByTestId('store-detail').getByRole('button', { name: '이력 보기', exact: true }).click();
  await page.getByTestId('history-moment').first().waitFor();
  await shot(page, 'history');
  await page.keyboard.press('Escape');
}

async function checking(page: Page, shot: Camera): Promise<void> {
  await go(page, '/data-state');
  await heading(page, '데이터 상태').waitFor();
  await page.getByTestId('data-row').first().waitFor();
  await shot(page, 'data-state');
}

async function kits({ page, saved }: App, shot: Camera): Promise<void> {
  await go(page, '/kits');
  await page.getByTestId('kit-line').filter({ hasText: '점포' }).first().waitFor();
  await page.getByTestId('nobodys').waitFor();
  // Below those who have something to get stand those who have nothing.
  const make = page.getByRole('button', { name: /꾸러미만 만들기$/ }).last();
  await saved(() => make.click());
  await page
    .getByTestId('kit-line')
    .filter({ has: page.getByRole('button', { name: /꾸러미만 만들기$/ }) })
    .last()
    .getByText('그 뒤로 바뀐 것이 없어요')
    .waitFor();
  await putNotesAway(page);
  await toTop(page);
  await shot(page, 'kits');
}

async function figures(page: Page, shot: Camera): Promise<void> {
  await go(page, '/figures');
  await page.getByRole('main').getByText('단골거리 2024').filter({ visible: true }).first().waitFor();
  await page.locator('[data-drawn=friends] svg').waitFor();
  await shot(page, 'figures');
  await page.locator('[data-chart=friends]').evaluate((chart) => chart.scrollIntoView({ block: 'start' }));
  await shot(page, 'charts');
}

async function onPaper(page: Page, scene: Scene, shot: Camera): Promise<void> {
  await go(page, `/print/stores/${scene.shops[0]!}`);
  await page.getByRole('button', { name: '인쇄하기' }).and(page.locator(':enabled')).waitFor();
  await shot(page, 'printed');
}

async function editing(page: Page, shot: Camera): Promise<void> {
  await go(page, '/templates');
  await page.getByTestId('template').and(page.locator('[data-state=used]')).first().click();
  await page.getByRole('button', { name: '고쳐서 다음 판 만들기' }).click();
  await page.getByRole('button', { name: '항목 더하기' }).click();
  await page.keyboard.type('예약 받기 켜기');
  await page.getByTestId('write-mark').last().getByText('적었어요').waitFor();
  await page.getByRole('button', { name: '사업에 내보내기' }).scrollIntoViewIfNeeded();
  await shot(page, 'template');
}

import type { Browser, Page } from 'playwright';
import type { App } from '#tests/e2e/apps/app.ts';
import type { Camera } from './camera.ts';
import { MARKET, SHOPS, type Scene } from './scene.ts';
import { drawnPhoto } from './shop-front.ts';

export const go = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => void (location.hash = to), `#${path}`);
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
export const toTop = (page: Page) => page.locator('main h1').first().scrollIntoViewIfNeeded();

/** Notes about what was done a picture ago say nothing about this one. */
export async function putNotesAway(page: Page): Promise<void> {
  const close = page.getByTestId('toast').getByRole('button', { name: '닫기' });
  while ((await close.count()) > 0) await close.last().click();
}

/** The trainer's morning and noon, from 오늘 to the last photo. */
export async function inTheMarket(app: App, scene: Scene, browser: Browser, shot: Camera): Promise<void> {
  const { page } = app;
  await page.getByTestId('next-shop').getByText(SHOPS[0]).waitFor();
  await shot(page, 'today');
  const first = await threeShops(page, shot);
  await photos(app, first, browser, shot);
  await signing(app, scene, shot);
  await handOver(page, scene, shot);
  await finding(page, scene, shot);
}

/** One shop in full, the next with its friends counted, the third with its door closed. Returns the first visit's page. */
async function threeShops(page: Page, shot: Camera): Promise<string> {
  await press(page, '방문 시작하기');
  await heading(page, SHOPS[0]).waitFor();
  const visit = new URL(page.url()).hash.slice(1);
  const item = (key: string) => page.locator(`[data-item=${key}]`);
  const did = (key: string, name = '했어요') => item(key).getByRole('button', { name, exact: true }).click();
  await did('profile');
  await did('firstMessage', '아직이에요');
  await did('channel');
  await item('channel').getByRole('textbox').fill('pf.kakao.com/_saebyeok');
  await item('channel')
    .getByRole('button', { name: /톡채널 개설일도/ })
    .waitFor();
  await item('channel').getByTestId('write-mark').getByText('적었어요').waitFor();
  await shot(page, 'visit');

  await item('channel')
    .getByRole('button', { name: /톡채널 개설일도/ })
    .click();
  await did('map');
  await item('map').getByRole('textbox').fill('place.map.kakao.com/24012401');
  for (const key of ['hoursPhotos', 'qr']) await did(key, '아직이에요');
  await did('friendEvent');
  await did('nextStep');
  await item('nextStep').getByRole('textbox').fill('단골 쿠폰 만들기');
  await page.getByLabel('톡채널 친구 수').fill('12');
  await page.getByLabel('메모').fill('사장님이 직접 첫 메시지를 쓰기로 했어요. 다음 주에 다시 들러요.');
  await page.getByLabel('전화번호', { exact: true }).fill('010-0000-2410');
  await page.keyboard.press('Tab');
  await toTop(page);
  await press(page, '방문 마치기');
  await page.getByRole('button', { name: `다음 점포: ${SHOPS[1]}` }).waitFor();
  await shot(page, 'finished');

  await press(page, `다음 점포: ${SHOPS[1]}`);
  await heading(page, SHOPS[1]).waitFor();
  await page.getByLabel('톡채널 친구 수').fill('214');
  await page.getByText('적었어요').first().waitFor();
  await putNotesAway(page);
  await shot(page, 'friends');
  await press(page, '방문 마치기');

  await press(page, `다음 점포: ${SHOPS[2]}`);
  await heading(page, SHOPS[2]).waitFor();
  await press(page, '문 닫음');
  await page.getByTestId('ended').waitFor();
  await shot(page, 'closed');
  return visit;
}

async function photos({ page }: App, visit: string, browser: Browser, shot: Camera): Promise<void> {
  await go(page, visit);
  await heading(page, SHOPS[0]).waitFor();
  const strip = page.getByTestId('photo-strip').last();
  const given = [
    ['가게 앞', '새벽분식', '#7a4b2a'],
    ['차림표', '오늘의 차림표', '#2f5d50'],
  ] as const;
  for (const [at, [name, sign, colour]] of given.entries()) {
    await strip.getByTestId('photo-input').setInputFiles({
      name: `${name}.jpg`,
      mimeType: 'image/jpeg',
      buffer: await drawnPhoto(browser, sign, colour),
    });
    await strip.getByTestId('photo').locator('img').nth(at).waitFor();
  }
  await putNotesAway(page);
  await strip.scrollIntoViewIfNeeded();
  await shot(page, 'photos');
}

async function signing({ page }: App, { lesson }: Scene, shot: Camera): Promise<void> {
  await go(page, `/sessions/${lesson}/attendance`);
  const row = (at: number) => page.locator('[data-row]').nth(at);
  await row(0).waitFor();
  for (const [at, name] of ['출석', '출석', '지각', '출석', '결석'].entries()) {
    await row(at).getByRole('button', { name, exact: true }).click();
  }
  await row(0).getByTestId('sign').click();
  await drawName(page);
  await page.getByTestId('signature').getByRole('button', { name: '서명 마치기' }).click();
  await row(0).getByTestId('sign').getByText('서명함').waitFor();
  await putNotesAway(page);
  await shot(page, 'attendance');
  await row(1).getByTestId('sign').click();
  await drawName(page);
  await putNotesAway(page);
  await shot(page, 'signature');
  await page.keyboard.press('Escape');
}

/** Three strokes that look like a name in a hurry. */
async function drawName(page: Page): Promise<void> {
  const pad = (await page.getByTestId('signature-pad').boundingBox())!;
  for (const [at, turns] of [3, 5, 2].entries()) {
    const [x, y] = [pad.x + pad.width * (0.22 + at * 0.2), pad.y + pad.height * 0.5];
    await page.mouse.move(x, y - 40);
    await page.mouse.down();
    for (let step = 0; step <= 40; step += 1) {
      const angle = (step / 40) * turns * Math.PI;
      await page.mouse.move(x + step * 2.6 + Math.sin(angle) * 26, y - Math.cos(angle) * 44 + at * 6);
    }
    await page.mouse.up();
  }
}

async function handOver(page: Page, { lesson }: Scene, shot: Camera): Promise<void> {
  await go(page, `/sessions/${lesson}/survey`);
  await press(page, '설문 건네기');
  await press(page, 'PIN 없이 건네기');
  await page.getByRole('button', { name: '시작할게요' }).waitFor();
  await shot(page, 'survey-welcome');
  await press(page, '시작할게요');
  const progress = page.getByText(/^\d+ \/ \d+$/);
  const total = Number((await progress.innerText()).split('/')[1]);
  for (let at = 1; at <= total; at += 1) {
    await page.getByText(`${at} / ${total}`, { exact: true }).waitFor();
    if (at === 3) await shot(page, 'survey-question');
    const choices = page.getByRole('group').getByRole('button');
    if ((await choices.count()) > 0) await choices.first().click();
    else await page.getByRole('button', { name: /건너뛰기|다 했어요/ }).click();
  }
  await press(page, '보내기');
  await page.getByRole('heading', { name: '고맙습니다' }).waitFor();
  await shot(page, 'survey-thanks');
  await press(page, '설문 마치기');
  await press(page, '나가기');
  await page.getByTestId('responses').getByText('응답 1건').waitFor();
  await shot(page, 'survey-after');
}

/** By initial consonants; a shop that is not there yet; the channel of the one that is. */
async function finding(page: Page, scene: Scene, shot: Camera): Promise<void> {
  await go(page, '/stores');
  const field = page.getByRole('combobox', { name: '점포 이름, 대표자, 전화번호' });
  const found = page.getByRole('listbox', { name: '점포 이름, 대표자, 전화번호' }).getByRole('option');
  await field.fill('ㅅㅂㅂㅅ');
  await found.first().getByText(SHOPS[0]).waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId('store-detail').waitFor();
  await shot(page, 'search');

  await field.fill('망원한과');
  await found.filter({ hasText: '새 점포로 적기' }).waitFor();
  await page.keyboard.press('Enter');
  const where = page.getByRole('dialog').getByRole('combobox');
  await where.fill('망ㅇ');
  await page.getByRole('dialog').getByRole('option').filter({ hasText: MARKET }).waitFor();
  await shot(page, 'new-shop');
  await page.keyboard.press('Enter');
  await page.getByTestId('store-detail').getByLabel('상호', { exact: true }).waitFor();

  await field.fill('ㅅㅂㅂㅅ');
  await found.first().getByText(SHOPS[0]).waitFor();
  await page.keyboard.press('Enter');
  // That of this shop: the one that stood there before has a link of the same name.
  await page.locator(`a[href$="/stores/${scene.shops[0]!}/qr"]`).click();
  await page.getByTestId('qr').waitFor();
  await shot(page, 'qr');
  await page.keyboard.press('Escape');
}

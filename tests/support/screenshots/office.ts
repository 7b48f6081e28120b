import type { App } from '#tests/e2e/apps/app.ts';
import type { Camera } from './camera.ts';
import { go } from './market.ts';
import { SHOPS, type Scene } from './scene.ts';

/** The evening at the office: the day's file, what disagrees, what came twice, the next version of the list, the figures. */
export async function atTheOffice(office: App, trainer: App, scene: Scene, shot: Camera): Promise<void> {
  await merging(office, trainer, scene, shot);
  await deciding(office, scene, shot);
  await editing(office, shot);
  await go(office.page, '/figures');
  await office.page.getByRole('main').getByText('단골거리 2024').filter({ visible: true }).first().waitFor();
  await shot(office.page, 'figures');
}

async function merging({ page, call }: App, trainer: App, scene: Scene, shot: Camera): Promise<void> {
  await call('stores.update', { id: scene.shops[0]!, phone: '010-0000-2411' });
  const { name, bytes } = await trainer.call('exchange.export', { sessions: [scene.visits, scene.lesson] });
  const file = { name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) };
  const broken = { ...file, name: '반송 2호 받다 만 것.dangol', buffer: file.buffer.subarray(0, -400) };
  await go(page, '/exchange');
  await page.getByTestId('file-input').setInputFiles([file, broken]);
  await page.getByTestId('chosen-file').getByTestId('refusal').waitFor();
  await page.getByRole('button', { name: /개 합치기$/ }).click();
  await page.getByTestId('merge-result').waitFor();
  await page.getByRole('link', { name: '다른 값 정하기' }).waitFor();
  await page.getByTestId('past-imports').getByRole('listitem').first().waitFor();
  await shot(page, 'merged');
}

async function deciding({ page }: App, scene: Scene, shot: Camera): Promise<void> {
  await page.getByRole('link', { name: '다른 값 정하기' }).click();
  const detail = page.getByTestId('conflict-detail');
  await detail.getByRole('radio').filter({ hasText: '망원 1호' }).click();
  await shot(page, 'conflicts');

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

async function editing({ page }: App, shot: Camera): Promise<void> {
  await go(page, '/templates');
  await page.getByTestId('template').and(page.locator('[data-state=used]')).first().click();
  await page.getByRole('button', { name: '고쳐서 다음 판 만들기' }).click();
  await page.getByRole('button', { name: '항목 더하기' }).click();
  await page.keyboard.type('예약 받기 켜기');
  await page.getByTestId('write-mark').last().getByText('적었어요').waitFor();
  await page.getByRole('button', { name: '사업에 내보내기' }).scrollIntoViewIfNeeded();
  await shot(page, 'template');
}

import path from 'node:path';
import { bands, pixelsOf, printedPixels, readQr } from '#tests/support/read-qr.ts';
import { complaintsOf, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { THEMES, wear } from './look-steps.ts';

const WRITTEN = 'pf.kakao.com/_abcDEF';
const LINK = `https://${WRITTEN}`;

async function shop(app: App, fields: object = {}): Promise<string> {
  const { id: site } = await app.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  const { id } = await app.call('stores.create', {
    site,
    name: '바다횟집',
    ownerName: '김바다',
    phone: '010-0000-1234',
    ...fields,
  });
  return id;
}

test('a shop without a channel gets one, and a scanner reads it off the screen in both themes', async ({
  app,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '망원 1호', 'trainer');
  const id = await shop(app);
  await page.evaluate((to) => void (location.hash = to), `#/stores/${id}`);
  await page.getByRole('link', { name: '채널 QR 보여 주기' }).click();
  await expect(page.getByRole('heading', { name: '바다횟집의 톡채널이 아직 없어요' })).toBeVisible();

  const see = page.getByRole('button', { name: 'QR 보기' });
  await page.getByLabel('톡채널 주소', { exact: true }).fill('instagram.com/bada');
  await page.getByLabel('톡채널 주소', { exact: true }).blur();
  await expect(page.getByText('톡채널 주소는 pf.kakao.com/_ 로 시작해요')).toBeVisible();
  await expect(see).toBeDisabled();
  await page.getByLabel('톡채널 주소', { exact: true }).fill(WRITTEN);
  await expect(see).toBeEnabled();
  await see.click();

  for (const theme of THEMES) {
    await wear(page, theme);
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 1024, height: 768 },
      { width: 640, height: 900 },
    ]) {
      await page.setViewportSize(viewport);
      await expect(page.getByTestId('qr-address')).toHaveText(WRITTEN);
      expect(readQr(await pixelsOf(page, await page.screenshot()))).toBe(LINK);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  // The page is laid out for a new window with its next frame.
  await expect
    .poll(async () => {
      const side = (await page.getByTestId('qr').boundingBox())!;
      return Math.min(side.width, side.height);
    })
    .toBeGreaterThan(700);

  await page.keyboard.press('Escape');
  await expect(page.getByTestId('store-detail').getByLabel('톡채널 주소', { exact: true })).toHaveValue(LINK);
  expect(complaints).toEqual([]);
});

test('the printed card reads back from paper, with nothing of a person on it', async ({
  app,
  place,
}, testInfo) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  const id = await shop(app, { channelUrl: WRITTEN });
  await wear(page, 'dark');
  await page.evaluate((to) => void (location.hash = to), `#/stores/${id}/card`);
  await page.evaluate(() => {
    window.print = () => void (document.title = 'printing');
  });
  await page.getByRole('button', { name: '인쇄하기' }).click();
  await expect(page).toHaveTitle('printing');

  // A tent has a face on either side.
  for (const [size, faces] of [
    ['A4 한 장', 1],
    ['탁자 세움 A6', 2],
    ['명함 90×55', 1],
  ] as const) {
    await page.getByText(size, { exact: true }).click();
    await expect(page.getByTestId('qr')).toHaveCount(faces);
    const words = await page.getByTestId('print-sheet').innerText();
    expect(words).toContain('바다횟집');
    expect(words).not.toMatch(/김바다|010/);
    // Playwright prints from the browser that plays the window; Electron's own prints through its own call.
    if (place === 'electron') continue;
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    const paper = printedPixels(pdf, testInfo.outputPath(path.join('print', size)));
    if (!paper) continue;
    expect([paper.width, paper.height].map((dots) => Math.round((dots / 150) * 25.4))).toEqual([210, 297]);
    expect(bands(paper, faces).map(readQr)).toEqual(Array(faces).fill(LINK));
  }
});

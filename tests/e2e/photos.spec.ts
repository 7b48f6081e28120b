import { writeFile, truncate } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readPicture } from '#shared/pictures/picture.ts';
import { CANVAS_JPEG, photoWith, pngOf, text } from '../support/pictures.ts';
import { expect, test, type App } from './fixtures.ts';

const jpeg = (name: string, bytes: Uint8Array) => ({
  name,
  mimeType: 'image/jpeg',
  buffer: Buffer.from(bytes),
});

async function show(page: Page, route: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), route);
  // A picture out of sight is not fetched.
  await page.getByTestId('photo-strip').first().scrollIntoViewIfNeeded();
}

async function aShop({ app }: { app: App }): Promise<string> {
  const [shop] = await app.call('stores.search', { limit: 1 });
  await show(app.page, `/stores/${shop!.id}`);
  return shop!.id;
}

/** Drops or pastes files as another program would hand them over. */
async function hand(
  page: Page,
  how: 'drop' | 'paste',
  onto: string,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  await page
    .locator(onto)
    .first()
    .evaluate(
      (element, given) => {
        const carried = new DataTransfer();
        carried.items.add(new File([new Uint8Array(given.bytes)], given.name, { type: 'image/jpeg' }));
        const options = { bubbles: true, cancelable: true };
        if (given.how === 'paste')
          element.dispatchEvent(new ClipboardEvent('paste', { ...options, clipboardData: carried }));
        else
          for (const kind of ['dragover', 'drop'])
            element.dispatchEvent(new DragEvent(kind, { ...options, dataTransfer: carried }));
      },
      { how, name, bytes: [...bytes] },
    );
}

/** What the core keeps of a photo, followed to its end. */
async function keptOf(app: App, id: string): Promise<ReturnType<typeof readPicture>> {
  const file = await app.call('photos.bytes', { id });
  // On its way out of a window a typed array may have become an object of its numbers.
  return readPicture(new Uint8Array(Object.values(file!.bytes)));
}

const failures = (page: Page) => page.getByTestId('photo-failed');
const photos = (page: Page) => page.getByTestId('photo');

test('photos of a shop come by file, drop and paste, without their place; what is none is said', async ({
  openApp,
}, testInfo) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  const shop = await aShop({ app });

  const fromPhone = photoWith({ place: [37.5561, 126.9062], taken: '2026:11:20 10:00:00', orientation: 6 });
  const broken = jpeg('깨진 사진.jpg', CANVAS_JPEG.subarray(0, 600));
  const note = jpeg('메모.jpg', text('no picture'));
  await page.getByTestId('photo-input').setInputFiles([note, jpeg('휴대폰.jpg', fromPhone), broken]);
  await expect(photos(page).locator('img')).toHaveCount(1);
  await expect(failures(page)).toHaveCount(2);
  await expect(failures(page).first()).toContainText(/메모\.jpg.*사진이 아니라서 넣지 않았어요/);
  await expect(failures(page).last()).toContainText(/깨진 사진\.jpg.*깨졌거나 중간에 잘려서/);
  const [kept] = await app.call('photos.list', { owner: shop });
  expect(kept).toMatchObject({ takenAt: '2026-11-20T01:00:00.000Z', ownerKind: 'store' });
  // Upright, and nothing in it but pixels.
  expect(await keptOf(app, kept!.id)).toEqual({
    format: 'jpeg',
    width: 12,
    height: 16,
    exif: [],
    hidden: false,
    words: false,
  });

  await failures(page).first().getByRole('button', { name: '알림 닫기' }).click();
  await failures(page).first().getByRole('button', { name: '알림 닫기' }).click();
  const [huge, tooLarge] = [testInfo.outputPath('40MB.png'), testInfo.outputPath('61MB.jpg')];
  await writeFile(huge, pngOf(4000, 3400, { level: 0, pixel: (at) => at >> 8 }));
  await writeFile(tooLarge, CANVAS_JPEG);
  await truncate(tooLarge, 61 * 1024 * 1024);
  await page.getByTestId('photo-input').setInputFiles([huge, tooLarge]);
  await expect(photos(page).locator('img')).toHaveCount(2, { timeout: 30_000 });
  await expect(failures(page)).toContainText(/61 MB, 최대 60 MB/);

  // Dropped beside the frame, and pasted with the focus elsewhere on the page.
  await hand(page, 'drop', 'h1', '끌어 온 사진.png', pngOf(30, 20));
  await expect(photos(page).locator('img')).toHaveCount(3);
  await hand(page, 'paste', 'body', 'image.png', pngOf(40, 20));
  await expect(photos(page).locator('img')).toHaveCount(4);
  await hand(page, 'paste', 'body', 'image.png', pngOf(40, 20));
  await expect(page.getByTestId('toast')).toContainText('이미 넣은 사진이에요');
  await expect(photos(page)).toHaveCount(4);
  const sizes: number[] = [];
  for (const { id } of await app.call('photos.list', { owner: shop })) {
    const picture = await keptOf(app, id);
    sizes.push(typeof picture === 'string' ? 0 : Math.max(picture.width, picture.height));
  }
  expect(sizes.sort((a, b) => a - b)).toEqual([16, 30, 40, 1600]);

  await photos(page).first().click();
  const viewer = page.getByTestId('photo-viewer');
  await expect(viewer.getByRole('heading')).toContainText('사진 1 / 4');
  await page.keyboard.press('ArrowRight');
  await expect(viewer.getByRole('heading')).toContainText('사진 2 / 4');
  await viewer.getByLabel('설명').fill('새 간판');
  await expect(viewer.getByTestId('write-mark')).toHaveText('적었어요');
  await viewer.getByRole('button', { name: '사진 빼기' }).click();
  await expect(viewer.getByRole('heading')).toContainText('사진 2 / 3');
  await page.keyboard.press('Escape');
  await expect(viewer).toBeHidden();
  await page
    .getByTestId('toast')
    .filter({ hasText: '사진을 뺐어요' })
    .getByRole('button', { name: '되돌리기' })
    .click();
  await expect(photos(page)).toHaveCount(4);
  await expect(page.getByRole('button', { name: /새 간판/ })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a photo answers a checklist item, by camera where the person allows it', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const days = await app.call('sessions.list', { limit: 200 });
  const { visitRows } = await app.call('sessions.get', { id: days.find(({ visits }) => visits > 0)!.id });
  const visit = visitRows[0]!.id;
  await app.call('checks.mark', { visit, item: 'qr', state: 'done', value: null });
  await show(page, `/visits/${visit}`);
  const item = page.locator('[data-item="qr"]');
  const shutter = page
    .getByRole('dialog', { name: '카메라로 찍기' })
    .getByRole('button', { name: '찍기', exact: true });

  await item.getByRole('button', { name: '찍기' }).click();
  const place = test.info().project.name;
  if (place === 'loopback') {
    // Nobody has allowed it: said in words, and a second try after that is a tap.
    await expect(page.getByRole('dialog')).toContainText('카메라를 쓸 수 없게 막혀 있어요');
    await page.context().grantPermissions(['camera']);
    await page.getByRole('dialog').getByRole('button', { name: '다시 하기' }).click();
  }
  // The real runtime has the cameras of the machine, which may be none.
  if (place === 'electron') {
    await page.keyboard.press('Escape');
    await item.getByTestId('photo-input').setInputFiles(jpeg('qr.jpg', CANVAS_JPEG));
  } else {
    await expect(shutter).toBeEnabled();
    await shutter.click();
  }
  await expect(item.getByTestId('photo').locator('img')).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();
  const checks = async () => (await app.call('visits.get', { id: visit })).checks;
  const [photo] = await app.call('photos.list', { owner: visit });
  await expect
    .poll(async () => (await checks()).find((check) => check.item.key === 'qr')?.photo)
    .toBe(photo!.id);

  // Another one takes its place; the first is not lost.
  await item.getByTestId('photo-input').setInputFiles(jpeg('다른 qr.jpg', pngOf(50, 50)));
  await expect(photos(page)).toHaveCount(2);
  await expect(item.getByTestId('photo')).toHaveCount(1);
  expect((await checks()).find((check) => check.item.key === 'qr')?.photo).not.toBe(photo!.id);
});

import fs from 'node:fs';
import path from 'node:path';
import { setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { expectReadable } from './look-steps.ts';

/** A store that was damaged while nobody looked: what a person is told first when they open the program again. */

const PAGE = 4096;
const heading = (app: App) => app.page.getByRole('heading', { name: '수첩을 되살렸어요', exact: true });

/** A laptop with a copy, one shop after it, and a store whose first page is gone, with what is kept of it. */
async function damaged(app: App, openApp: () => Promise<App>): Promise<void> {
  await setUp(app.page, '망원 1호', 'trainer');
  await app.ask('programs.create', { name: '단골거리', kind: 'street' });
  await app.close();
  const store = path.join(app.dataDir, 'store.db');
  fs.mkdirSync(path.join(app.dataDir, 'backups'), { recursive: true });
  fs.copyFileSync(store, path.join(app.dataDir, 'backups', '20261126-101500-daily.db'));
  const again = await openApp();
  await again.ask('programs.create', { name: '우수시장 조성', kind: 'excellentMarket' });
  await again.close();
  const handle = fs.openSync(store, 'r+');
  fs.writeSync(handle, Buffer.alloc(PAGE, 0xff), 0, PAGE, 0);
  fs.closeSync(handle);
}

test('a damaged store is restored by itself, and its person is told first, once', async ({
  app,
  openApp,
}) => {
  await damaged(app, openApp);
  const restored = await openApp();
  const { page } = restored;
  await expect(heading(restored)).toBeFocused();
  await expect(page.getByText('2026년 11월 26일 10:15에 만든 사본으로', { exact: false })).toBeVisible();
  await expect(page.getByText('사본을 만든 뒤에 적은 변경 1건', { exact: true })).toBeVisible();
  await expect(page.getByText('빠진 기록은 없어요', { exact: true })).toBeVisible();
  const [aside] = fs.readdirSync(app.dataDir).filter((name) => name.startsWith('set-aside-'));
  await expect(page.getByText(path.join(app.dataDir, aside!), { exact: true })).toBeVisible();
  await page.getByRole('button', { name: '확인했어요', exact: true }).click();
  await expect(page.getByTestId('laptop')).toContainText('망원 1호');
  const { value } = (await restored.ask('programs.list', {})) as { value: { name: string }[] };
  expect(value.map(({ name }) => name).sort()).toEqual(['단골거리', '우수시장 조성']);
  await restored.close();
  const later = await openApp();
  await expect(later.page.getByTestId('laptop')).toContainText('망원 1호');
});

test('what could not be read is said, in both themes readable @browser', async ({ app, openApp }) => {
  await damaged(app, openApp);
  fs.rmSync(path.join(app.dataDir, 'store.first'));
  const { page } = await openApp();
  await expect(page.getByText('되살리지 못했어요', { exact: false })).toBeVisible();
  await expect(
    page.getByText('이 노트북에서 내보낸 세션 파일을 다시 합쳐 주세요', { exact: false }),
  ).toBeVisible();
  await expectReadable(page);
});

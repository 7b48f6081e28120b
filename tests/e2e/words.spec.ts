import type { Page } from '@playwright/test';
import { expect, test, type App } from './fixtures.ts';

/** A visit under way at a shop of the demo, made through the calls that the screens make. */
async function visitOf(app: App): Promise<{ visit: string; store: string }> {
  const { today } = await app.call('app.status', {});
  const [site] = await app.call('sites.search', { text: '서울 망원시장' });
  const { id: session } = await app.call('sessions.plan', {
    site: site!.id,
    kind: 'visitDay',
    title: '되살리기',
    date: today,
  });
  const [store] = await app.call('stores.search', { text: '', site: site!.id, limit: 1 });
  const { id: visit } = await app.call('visits.start', { session, store: store!.id });
  return { visit, store: store!.name };
}

async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), path);
}

const REFUSED = '숫자만 9자리까지';
const toast = (page: Page, text: string) => page.getByTestId('toast').filter({ hasText: text });
const mark = (page: Page, label: string) =>
  page
    .getByLabel(label, { exact: true })
    .locator('xpath=ancestor::div[.//*[@data-testid="write-mark"]][1]')
    .getByTestId('write-mark');

test('killed in the middle of a word, it opens where it stood with every word', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const { visit, store } = await visitOf(app);
  await goTo(page, `/visits/${visit}`);
  await expect(page.getByRole('heading', { level: 1, name: store })).toBeVisible();
  await page.getByLabel('메모', { exact: true }).pressSequentially('다음 주에 첫 메시지를 보내요');
  await expect(mark(page, '메모')).toHaveText('적었어요');
  const count = page.getByLabel('톡채널 친구 수');
  await count.pressSequentially('12345678901');
  await expect(page.getByRole('alert').filter({ hasText: REFUSED })).toBeVisible();
  await expect(mark(page, '톡채널 친구 수')).toHaveText('');
  // The nine digits that it begins with could be a count, and are none.
  await expect.poll(async () => (await app.call('visits.get', { id: visit })).friendsToday).toBeNull();
  await expect
    .poll(() => app.call('drafts.get', { key: `visit:${visit}:friends` }))
    .toMatchObject({ text: '12345678901' });
  await app.kill();

  const again = await openApp();
  await expect(again.page.getByRole('heading', { level: 1, name: store })).toBeVisible();
  await expect(again.page.getByLabel('메모', { exact: true })).toHaveValue('다음 주에 첫 메시지를 보내요');
  const restored = again.page.getByLabel('톡채널 친구 수');
  await expect(restored).toHaveValue('12345678901');
  await expect(restored).toBeFocused();
  await expect(again.page.getByRole('alert').filter({ hasText: REFUSED })).toBeVisible();
  await expect(mark(again.page, '톡채널 친구 수')).toHaveText('');

  await restored.fill('1,234');
  await expect(mark(again.page, '톡채널 친구 수')).toHaveText('적었어요');
  expect((await again.call('visits.get', { id: visit })).friendsToday).toMatchObject({ friends: 1234 });
  await expect.poll(() => again.call('drafts.get', { key: `visit:${visit}:friends` })).toBeNull();
});

test('undo and redo: the browser’s own while typing, then what was done, by key and by the palette', async ({
  openApp,
}) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const { visit, store } = await visitOf(app);
  const view = () => app.call('visits.get', { id: visit });
  await goTo(page, `/visits/${visit}`);
  await expect(page.getByRole('heading', { level: 1, name: store })).toBeVisible();
  const item = page.locator('[data-item]').first();
  await item.getByRole('button', { name: '했어요', exact: true }).click();
  await expect(page.getByTestId('check-progress')).toHaveText(/^1 \/ /);
  const note = page.getByLabel('메모', { exact: true });
  await note.pressSequentially('첫 글');
  await expect(mark(page, '메모')).toHaveText('적었어요');

  // What was just typed is the browser's to take back, and is written like any typing.
  await page.keyboard.press('Control+z');
  await expect(note).not.toHaveValue('첫 글');
  await expect(page.getByTestId('toast')).toHaveCount(0);
  await note.fill('둘째 글');
  await expect(mark(page, '메모')).toHaveText('적었어요');
  await expect.poll(async () => (await view()).note).toBe('둘째 글');

  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Control+z');
  await expect(toast(page, `‘${store}’`)).toContainText('되돌렸어요');
  await expect(note).toHaveValue('');
  await expect.poll(async () => (await view()).note).toBeNull();

  await page.keyboard.press('Control+z');
  await expect(page.getByTestId('check-progress')).toHaveText(/^0 \/ /);
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByTestId('check-progress')).toHaveText(/^1 \/ /);

  await page.keyboard.press('Control+k');
  // Of a long list only what is in sight exists, and the screens come first.
  await page.getByRole('combobox', { name: '찾기', exact: true }).fill('다시 하기');
  const entries = page.getByRole('listbox').getByRole('option');
  await expect(entries.filter({ hasText: '다시 하기:' })).toContainText('메모');
  await entries.filter({ hasText: '다시 하기:' }).click();
  await expect(note).toHaveValue('둘째 글');
  await expect(toast(page, '다시 했어요').last()).toBeVisible();
  const seen = await view();
  expect([seen.note, seen.checks[0]?.state]).toEqual(['둘째 글', 'done']);
});

import fs from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { setUp } from './desk-steps.ts';
import { expect, test } from './fixtures.ts';
import { expectReadable } from './look-steps.ts';

/** The store that asks for its passphrase, and the window that locks. */

const OLD = '망원시장 앞 파란 우산';
const NEW = '포구에 등불 일곱 개';
const PIN = '4826';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const fill = (page: Page, label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);
const state = (page: Page) => page.getByTestId('vault-state');
const go = (page: Page, to: string) => page.evaluate((hash) => void (location.hash = hash), `#${to}`);

test('a passphrase and a recovery code: set, forgotten, set anew', async ({ app, openApp }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await go(page, '/settings');
  await expect(state(page)).toContainText('아직 암호로 지키지 않아요');
  await press(page, '암호 정하기');
  await fill(page, '새 암호', '짧은 것');
  await fill(page, '한 번 더', '짧은 것');
  await press(page, '암호 정하기');
  await expect(page.getByRole('alert')).toContainText('10자 이상');
  await fill(page, '새 암호', OLD);
  await fill(page, '한 번 더', OLD);
  await page.keyboard.press('Enter');
  await expect(state(page)).toContainText('잠가서 지키고 있어요');
  await expect(state(page)).toContainText('복구 코드가 없어요');
  expect(fs.existsSync(path.join(app.dataDir, 'store.key'))).toBe(false);

  await press(page, '복구 코드 만들기');
  await fill(page, '지금 암호나 복구 코드', OLD);
  await page.keyboard.press('Enter');
  const code = (await page.getByTestId('recovery-code').innerText()).trim();
  expect(code).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
  await expect(state(page)).not.toContainText('복구 코드가 없어요');
  await page.getByRole('link', { name: '종이로 뽑기' }).click();
  for (const group of code.split('-')) await expect(page.getByTestId('paper')).toContainText(group);
  await app.close();

  const again = await openApp();
  await expect(again.page.getByRole('heading', { name: '수첩이 잠겨 있어요' })).toBeVisible();
  expect(await again.ask('app.status', {})).toMatchObject({ error: { code: 'STORE_LOCKED' } });
  await fill(again.page, '암호나 복구 코드', '다른 사람의 추측');
  await press(again.page, '열기');
  await expect(again.page.getByRole('alert')).toContainText('맞지 않아요');
  await fill(again.page, '암호나 복구 코드', code.toLowerCase().replaceAll('-', ' '));
  await again.page.keyboard.press('Enter');
  await expect(again.page.getByRole('heading', { name: '새 암호를 정해 주세요' })).toBeVisible();
  await fill(again.page, '새 암호', NEW);
  await fill(again.page, '한 번 더', NEW);
  await again.page.keyboard.press('Enter');
  await expect(again.page.getByTestId('laptop')).toContainText('망원 1호');
  await again.close();

  const third = await openApp();
  await fill(third.page, '암호나 복구 코드', OLD);
  await third.page.keyboard.press('Enter');
  await expect(third.page.getByRole('alert')).toContainText('맞지 않아요');
  await fill(third.page, '암호나 복구 코드', NEW);
  await third.page.keyboard.press('Enter');
  await expect(third.page.getByTestId('laptop')).toContainText('망원 1호');
});

test('a locked window keeps what was typed, in an open dialog too, and opens by the PIN', async ({
  app,
  openApp,
}) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await app.call('pin.set', { pin: PIN });
  await go(page, '/settings');
  await page.keyboard.press('Control+k');
  const find = page.getByRole('dialog').getByRole('combobox');
  await find.fill('쓰다 만 말');
  await app.call('lock.now', {});
  const lock = page.getByTestId('locked');
  await expect(lock.getByRole('heading', { name: '화면이 잠겼어요' })).toBeVisible();
  await expect(lock.getByLabel('PIN', { exact: true })).toBeFocused();
  // Neither keys nor presses reach what lies below.
  await page.keyboard.press('Escape');
  await page.mouse.click(20, 20);
  await fill(page, 'PIN', '0000');
  await page.keyboard.press('Enter');
  await expect(lock.getByRole('alert')).toContainText('PIN이 맞지 않아요');
  expect(await app.ask('records.write', { entity: 'store', set: { name: '몰래' } })).toMatchObject({
    error: { code: 'APP_LOCKED' },
  });
  await fill(page, 'PIN', PIN);
  await page.keyboard.press('Enter');
  await expect(lock).toBeHidden();
  await expect(find).toHaveValue('쓰다 만 말');

  await app.call('lock.now', {});
  await expect(lock).toBeVisible();
  await app.kill();
  const again = await openApp();
  await expect(again.page.getByTestId('locked')).toBeVisible();
  await expect(again.page.getByTestId('laptop')).toHaveCount(0);
  await fill(again.page, 'PIN', PIN);
  await again.page.keyboard.press('Enter');
  await expect(again.page.getByRole('heading', { level: 1, name: '설정' })).toBeVisible();
});

test('a word that the lock cut off is written when it opens', async ({ app }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await app.call('pin.set', { pin: PIN });
  const { id } = await app.call('records.write', { entity: 'store', set: { name: '김밥집' } });
  await go(page, `/stores/${id}`);
  const note = page.getByLabel('메모', { exact: true });
  await expect(note).toBeVisible();
  // Nothing is written of itself while time stands still, as on a laptop that is closed in the middle of a word.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await note.fill('쓰다 만 말');
  await app.call('lock.now', {});
  await page.clock.runFor(5000);
  await expect(page.getByTestId('locked')).toBeVisible();
  await page.clock.resume();
  await fill(page, 'PIN', PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('locked')).toBeHidden();
  await expect
    .poll(async () => (await app.call('records.get', { entity: 'store', id })).fields['note'])
    .toBe('쓰다 만 말');
});

test('it locks after ten minutes without a sign of anybody, and not before', async ({ app }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await app.call('pin.set', { pin: PIN });
  await page.clock.install();
  await page.reload();
  await expect(page.getByTestId('laptop')).toBeVisible();
  await page.clock.fastForward('09:00');
  await page.mouse.move(300, 300);
  await page.clock.fastForward('09:00');
  await expect(page.getByTestId('locked')).toHaveCount(0);
  expect((await app.call('app.status', {})).locked).toBe(false);
  await page.clock.fastForward('01:10');
  await expect(page.getByTestId('locked')).toBeVisible();
});

test('axe finds nothing on the lock, light and dark @browser', async ({ app, openApp }) => {
  const { page } = app;
  await setUp(page, '망원 1호', 'trainer');
  await app.call('pin.set', { pin: PIN });
  await app.call('vault.setPassphrase', { passphrase: OLD });
  await app.call('lock.now', {});
  await expect(page.getByTestId('locked').getByRole('heading')).toBeVisible();
  await expectReadable(page);
  await app.close();
  const again = await openApp();
  await expect(again.page.getByRole('heading', { name: '수첩이 잠겨 있어요' })).toBeVisible();
  await expectReadable(again.page);
});

test(
  'a keyring opens without a word; lost, the recovery code does',
  { tag: '@stand-in' },
  async ({ openApp }) => {
    const app = await openApp({ keyring: true });
    await setUp(app.page, '망원 1호', 'trainer');
    expect(fs.readdirSync(app.dataDir)).not.toContain('store.key');
    expect(await app.call('vault.status', {})).toEqual({
      protected: true,
      ways: ['keyring'],
      keyringHere: 'ready',
    });
    const { code } = await app.call('vault.makeRecovery', {});
    await app.close();

    const again = await openApp({ keyring: true });
    await expect(again.page.getByTestId('laptop')).toContainText('망원 1호');
    await again.close();

    fs.rmSync(path.join(app.dataDir, 'window', 'stand-in-keyring'));
    const lost = await openApp({ keyring: true });
    await expect(lost.page.getByText('이 컴퓨터의 열쇠고리가 수첩을 열지 못했어요.')).toBeVisible();
    await fill(lost.page, '암호나 복구 코드', code);
    await lost.page.keyboard.press('Enter');
    await expect(lost.page.getByTestId('laptop')).toContainText('망원 1호');
    // The keyring of this machine, made anew, can take over.
    await lost.call('vault.useKeyring', {});
    await lost.close();
    const back = await openApp({ keyring: true });
    await expect(back.page.getByTestId('laptop')).toContainText('망원 1호');
  },
);

test('a keyring that is none is refused in words', { tag: '@window' }, async ({ app, place }) => {
  test.skip(place === 'electron' && process.platform !== 'linux', 'only Linux has keyrings that are none');
  await setUp(app.page, '망원 1호', 'trainer');
  expect(await app.ask('vault.useKeyring', {})).toMatchObject({
    error: { code: 'KEYRING_NONE', params: { reason: 'plain' } },
  });
  await go(app.page, '/settings');
  await expect(app.page.getByText('이 컴퓨터의 열쇠고리는 암호 없이 보관해서 쓰지 않아요.')).toBeVisible();
});

test('a laptop that is opened again is locked', { tag: '@window' }, async ({ app }) => {
  await setUp(app.page, '망원 1호', 'trainer');
  await app.call('pin.set', { pin: PIN });
  await app.wake!();
  await expect(app.page.getByTestId('locked')).toBeVisible();
  await fill(app.page, 'PIN', PIN);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByTestId('laptop')).toBeVisible();
});

import { mkdir, readdir, rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, type App } from './fixtures.ts';

/** What a person does to send something, in words of the screen. */

export const mark = (page: Page) => page.getByTestId('outbox-mark');
export const standing = (page: Page) => page.getByTestId('delivery-standing');
export const rows = (page: Page) => page.getByTestId('delivery-row');

export async function open(page: Page, address: string, heading: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), `#${address}`);
  await expect(page.getByRole('heading', { level: 1, name: heading, exact: true })).toBeVisible();
}

/** The screen of the outbox, by its tab. */
export async function openOutbox(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '보낼 것' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '보낼 것', exact: true })).toBeVisible();
}

/** A market with a session of today, on a laptop that was set up. Returns the session. */
export async function sessionAt(app: App, title: string): Promise<string> {
  const { today } = await app.call('app.status', {});
  const put = async (entity: string, set: object): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const program = await put('program', { name: '단골거리', kind: 'street' });
  const site = await put('site', { program, name: '망원시장', kind: 'traditionalMarket' });
  await app.call('stores.create', { site, name: '새벽분식' });
  return (await app.call('sessions.plan', { site, kind: 'visitDay', title, date: today })).id;
}

/** A destination that is set up already. */
export async function folderDestination(app: App, name: string, path: string): Promise<string> {
  return (await app.call('destinations.save', { name, place: { kind: 'folder', path } })).id;
}

/** Presses 보내기 beside the export of a session; with one destination nothing is left to choose. */
export async function sendSession(page: Page, session: string, title: string): Promise<void> {
  await open(page, `/sessions/${session}/export`, title);
  await page.getByRole('button', { name: '보내기', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '세션 파일 보내기' });
  await dialog.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(page.getByTestId('toast').filter({ hasText: '보낼 것에 넣었어요' }).last()).toBeVisible();
}

/** The files that whoever looks into the folder sees; none where there is no folder. */
export async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
}

/** The network is gone, or the stick was pulled out. */
export async function takeAway(folder: string): Promise<void> {
  await rm(folder, { recursive: true });
}

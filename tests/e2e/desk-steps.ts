import type { JSHandle, Page } from '@playwright/test';
import type { Role } from '#shared/contract/app.ts';
import { expect, type App } from './fixtures.ts';

/** What a person does at the desk, in words of the screen. */

const roleNames = { trainer: '트레이너', coordinator: '코디네이터', manager: '매니저' } as const;

/** Names a new laptop, and fills it with the demo if asked to. */
export async function setUp(page: Page, name: string, role: Role, demo = false): Promise<void> {
  await page.getByLabel('노트북 이름').fill(name);
  await page.getByText(roleNames[role], { exact: true }).click();
  await page.getByRole('button', { name: demo ? '예시 자료로 둘러보기' : '시작하기' }).click();
  await expect(page.getByTestId('laptop')).toContainText(name);
}

export async function goTo(
  page: Page,
  screen: '파일 합치기' | '노트북' | '다른 값' | '중복 확인' | '숫자' | '데이터 상태' | '점포',
): Promise<void> {
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: screen }).click();
  await expect(page.getByRole('heading', { level: 1, name: screen })).toBeVisible();
}

export interface FileToMerge {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Chooses files on the screen of merging; each is looked at. */
export async function chooseFiles(page: Page, files: readonly FileToMerge[]): Promise<void> {
  await goTo(page, '파일 합치기');
  await page.getByTestId('file-input').setInputFiles(
    files.map(({ name, bytes }) => ({
      name,
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    })),
  );
  await expect(page.locator('[data-stage=waiting], [data-stage=looking]')).toHaveCount(0);
}

/** Drops files onto the window, as from a folder beside it. */
export async function dropFiles(page: Page, files: readonly FileToMerge[]): Promise<void> {
  await goTo(page, '파일 합치기');
  const dropped = await held(page, files);
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped });
  await expect(page.getByTestId('drop-area')).toContainText('여기에 놓으면');
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await expect(page.locator('[data-stage=waiting], [data-stage=looking]')).toHaveCount(0);
}

/** Files as the browser holds them while they are dragged. */
export function held(page: Page, files: readonly FileToMerge[]): Promise<JSHandle<DataTransfer>> {
  const sent = files.map(({ name, bytes }) => ({ name, bytes: Buffer.from(bytes).toString('base64') }));
  return page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, bytes } of list) {
      const content = Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], name));
    }
    return transfer;
  }, sent);
}

/** Merges what was chosen and can be merged. */
export async function mergeAll(page: Page): Promise<void> {
  await page.getByRole('button', { name: /개 합치기$/ }).click();
  await expect(page.getByTestId('merge-result')).toBeVisible();
}

export const fileRow = (page: Page, name: string) =>
  page.getByTestId('chosen-file').filter({ hasText: name });

/** Writes a shop's phone on the screen of shops, as one types it. */
export async function typePhone(page: Page, store: string, phone: string): Promise<void> {
  await goTo(page, '점포');
  await page.getByRole('combobox', { name: /점포/ }).fill(store);
  await page.keyboard.press('Enter');
  const detail = page.getByTestId('store-detail');
  await expect(detail.getByLabel('상호', { exact: true })).toHaveValue(store);
  const field = detail.getByLabel('전화번호', { exact: true });
  await field.fill(phone);
  await expect(
    field.locator('xpath=ancestor::div[.//*[@data-testid="write-mark"]][1]').getByTestId('write-mark'),
  ).toHaveText('적었어요');
}

/** Everything that the window complains about, the content security policy first of all. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** A coordinator's laptop with two shops at a market, and a trainer's that merged its kit. Returns the shops' ids. */
export async function officeAndTrainer(office: App, trainer: App): Promise<[string, string]> {
  await setUp(office.page, '사무실', 'coordinator');
  const { id: site } = await office.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  const first = await office.call('stores.create', { site, name: '바다횟집' });
  const other = await office.call('stores.create', { site, name: '새벽분식' });
  const kit = await office.call('exchange.export', { purpose: 'kit' });
  await trainer.call('app.setUp', { name: '망원 1호', role: 'trainer' });
  await trainer.call('exchange.import', { file: kit.name, bytes: kit.bytes });
  return [first.id, other.id];
}

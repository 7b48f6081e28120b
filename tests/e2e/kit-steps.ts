import type { Page } from '@playwright/test';
import { expect, type App } from './fixtures.ts';
import { goTo, type FileToMerge } from './desk-steps.ts';

/** What a coordinator does on the screen of kits. */

export interface Plan {
  readonly program: string;
  readonly markets: readonly [string, string];
  /** Two at each market. */
  readonly shops: readonly [string, string, string, string];
  readonly trainers: readonly [string, string];
  /** Today: one at each market with a trainer of its own, then one that nobody was named for, then one a week ago. */
  readonly sessions: readonly [string, string, string, string];
}

/** A programme with two markets, planned for two trainers. */
export async function planned({ call }: App): Promise<Plan> {
  const { today } = await call('app.status', {});
  const weekAgo = new Date(Date.parse(today) - 7 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  const put = async (entity: string, set: Record<string, unknown>): Promise<string> =>
    (await call('records.write', { entity, set: set as never })).id;
  const program = await put('program', { name: '단골거리', kind: 'street' });
  const market = (name: string) => put('site', { program, name, kind: 'traditionalMarket' });
  const markets = [await market('망원시장'), await market('반송큰시장')] as const;
  const shop = async (site: string, name: string) => (await call('stores.create', { site, name })).id;
  const shops = [
    await shop(markets[0], '바다횟집'),
    await shop(markets[0], '새벽분식'),
    await shop(markets[1], '소망국수'),
    await shop(markets[1], '구름반찬'),
  ] as const;
  const trainers = [
    await put('person', { name: '김트레', kind: 'trainer' }),
    await put('person', { name: '이트레', kind: 'trainer' }),
  ] as const;
  const plan = async (site: string, title: string, who: string[], date = today) =>
    (await call('sessions.plan', { site, kind: 'visitDay', title, date, trainers: who })).id;
  const sessions = [
    await plan(markets[0], '망원 방문의 날', [trainers[0]]),
    await plan(markets[1], '반송 방문의 날', [trainers[1]]),
    await plan(markets[1], '반송 교육', []),
    await plan(markets[0], '망원 지난주', [trainers[0]], weekAgo),
  ] as const;
  return { program, markets, shops, trainers, sessions };
}

export async function goToKits(page: Page): Promise<void> {
  await goTo(page, '파일 합치기');
  await page.getByRole('link', { name: '꾸러미 보내기' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '꾸러미 보내기' })).toBeVisible();
}

export const kitLine = (page: Page, trainer: string) =>
  page.getByTestId('kit-line').filter({ hasText: trainer });

/** The kit of one trainer, as a file of its own. */
export async function makeKitFor(app: App, trainer: string): Promise<FileToMerge> {
  const { page } = app;
  await expect(kitLine(page, trainer)).toContainText('점포');
  return app.saved(() => page.getByRole('button', { name: `${trainer} 꾸러미만 만들기` }).click());
}

/** A kit of past sessions at one market of a programme that is over, for the first of its trainers. */
export async function makeKitOfPast(app: App, program: string, market: string): Promise<FileToMerge> {
  const { page } = app;
  await goToKits(page);
  await page.getByRole('checkbox', { name: program }).check();
  await page.getByRole('button', { name: '지난 회차 모두' }).click();
  await page.getByRole('checkbox', { name: `${market} 회차 모두` }).check();
  const first = page.getByTestId('kit-line').first();
  await expect(first).toContainText(market);
  await expect(first).toContainText('점포');
  return app.saved(() => first.getByRole('button', { name: /꾸러미만 만들기$/ }).click());
}

import type { Page } from '@playwright/test';
import { chooseFiles, goTo, mergeAll, setUp, type FileToMerge } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { goToKits, makeKitFor, planned } from './kit-steps.ts';

/** What is asked, as the two screens show it. */
async function expectNothingAsked({ page }: App): Promise<void> {
  await goTo(page, '다른 값');
  await expect(page.getByText('정할 것이 없어요')).toBeVisible();
  await goTo(page, '중복 확인');
  await expect(page.getByText('물어볼 것이 없어요')).toBeVisible();
}

/** The list is emptied afterwards: its summary is over all that is in it. */
async function merge({ page }: App, files: readonly FileToMerge[]): Promise<void> {
  await chooseFiles(page, files);
  await mergeAll(page);
  await expect(page.getByTestId('merge-result')).toContainText('합쳤어요');
  await emptyList(page);
}

/** Files that are here already are told from others by what is in them, whatever they are called, and not merged again. */
async function areHereAlready({ page }: App, files: readonly FileToMerge[]): Promise<void> {
  await chooseFiles(page, files);
  await expect(page.locator('[data-testid="chosen-file"][data-standing="already"]')).toHaveCount(
    files.length,
  );
  await expect(page.getByTestId('nothing-ready')).toBeVisible();
  await emptyList(page);
}

async function emptyList(page: Page): Promise<void> {
  await page.getByRole('button', { name: '목록 비우기' }).click();
  await expect(page.getByTestId('chosen-file')).toHaveCount(0);
}

const pairOf = (page: Page, name: string) => page.getByTestId('pair').filter({ hasText: name });

test('settled on one laptop, decided on one laptop: after a kit nothing is asked on the other, nor after the way back', async ({
  app,
  second,
}) => {
  test.setTimeout(120_000);
  const [office, field] = [app, second];
  await setUp(office.page, '사무실', 'coordinator');
  const { markets, shops, sessions } = await planned(office);
  const shop = (name: string, phone: string) =>
    office.call('stores.create', { site: markets[0], name, phone });
  await shop('하늘떡집', '02-335-0001');
  await shop('하늘 떡집', '023350001');
  await shop('구름반찬', '02-335-0002');
  await shop('구름 반찬', '023350002');
  await goToKits(office.page);
  const first = await makeKitFor(office, '김트레');
  await setUp(field.page, '망원 1호', 'trainer');
  await merge(field, [first]);

  // Both write another phone, and hear of each other: the same questions on both.
  await office.call('stores.update', { id: shops[0], phone: '02-335-3519' });
  await field.call('stores.update', { id: shops[0], phone: '02-335-3591' });
  const fromField = await field.call('exchange.export', {});
  await goToKits(office.page);
  const fromOffice = await makeKitFor(office, '김트레');
  await merge(office, [fromField]);
  await merge(field, [fromOffice]);
  for (const { page } of [office, field]) {
    await goTo(page, '중복 확인');
    await expect(page.getByTestId('pair')).toHaveCount(2);
    await goTo(page, '다른 값');
    await expect(page.getByTestId('conflict-detail')).toContainText('바다횟집');
  }

  // At the office: the trainer's phone, one pair that is one shop and one that is two.
  const { page } = office;
  await goTo(page, '다른 값');
  await page.getByTestId('conflict-detail').getByRole('radio').filter({ hasText: '02-335-3591' }).click();
  await page.getByRole('button', { name: '이 값으로 정하기' }).click();
  await expect(page.getByText('모두 정했어요')).toBeVisible();
  await goTo(page, '중복 확인');
  await pairOf(page, '하늘떡집').click();
  await page.keyboard.press('1');
  await expect(page.getByTestId('pair')).toHaveCount(1);
  await page.keyboard.press('2');
  await expect(page.getByText('모두 정했어요')).toBeVisible();

  // The kit takes them along.
  await goToKits(page);
  const decided = await makeKitFor(office, '김트레');
  await merge(field, [decided]);
  await expectNothingAsked(field);
  await goTo(field.page, '중복 확인');
  await field.page.getByRole('link', { name: '정한 것 보기' }).click();
  await expect(field.page.getByTestId('decision')).toHaveCount(2);

  // The day's file comes back, and the old ones once more.
  await field.call('visits.start', { session: sessions[0], store: shops[0] });
  const day = await field.call('exchange.export', { sessions: [sessions[0]] });
  await merge(office, [day]);
  await expectNothingAsked(office);
  await areHereAlready(office, [{ ...fromField, name: '다시.dangol' }, day]);
  await areHereAlready(field, [fromOffice, first]);
  await expectNothingAsked(office);
  await expectNothingAsked(field);
  for (const { call } of [office, field]) {
    const [found] = await call('stores.search', { text: '바다횟집' });
    expect(found).toMatchObject({ phone: '02-335-3591' });
  }
});

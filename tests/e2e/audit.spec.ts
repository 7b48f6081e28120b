import type { Page } from '@playwright/test';
import { complaintsOf, goTo, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

/** Who exported, looked at and destroyed personal data: read in the settings, and asked for a reason where it matters. */

const entries = (page: Page) => page.getByTestId('audit-row');

async function shop(app: App): Promise<string> {
  const write = async (entity: string, set: Record<string, unknown>): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const program = await write('program', { name: '단골거리', kind: 'street' });
  const site = await write('site', { name: '망원시장', program });
  return write('store', { name: '망원분식', site, ownerName: '김단골', phone: '010-0000-7531' });
}

async function openAudit(page: Page): Promise<void> {
  await page.getByRole('link', { name: '설정' }).click();
  await page.getByRole('link', { name: '접속기록 보기' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '접속기록' })).toBeVisible();
}

test('what was looked at and exported stands in the record, can be sifted and goes out as a workbook', async ({
  app,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  const store = await shop(app);
  await openAudit(page);
  await expect(page.getByText('적힌 일이 없어요')).toBeVisible();

  await page.evaluate((to) => void (location.hash = to), `#/stores/${store}`);
  await expect(page.getByRole('textbox', { name: '전화번호' })).toHaveValue('010-0000-7531');
  await app.call('exchange.export', {});
  await openAudit(page);
  const looked = entries(page).filter({ hasText: /가리지 않고 봤어요.*망원분식/ });
  await expect(looked).toHaveCount(1);
  await expect(looked).toContainText('쓰는 사람을 정하지 않음 · 창');
  await expect(entries(page).first()).toHaveText(/내보냈어요.*세션 파일 · \d+건/);

  await page.getByLabel('한 일').selectOption({ label: '파기했어요' });
  await expect(entries(page)).toHaveCount(0);
  await expect(page.getByTestId('audit-total')).toHaveText('0건');
  await page.getByLabel('한 일').selectOption({ label: '내보냈어요' });
  await expect(entries(page)).toHaveCount(1);
  await page.getByLabel('한 일').selectOption({ label: '모든 일' });

  const book = await app.saved(() => page.getByRole('button', { name: '엑셀로 내보내기' }).click());
  expect(book.name).toMatch(/^단골수첩 접속기록 \d{4}-\d\d-\d\d\.xlsx$/);
  await expect(entries(page).first()).toContainText('접속기록을 내보냈어요');
  expect(complaints).toEqual([]);
});

test('a report with personal data asks for a reason, says it, and takes it down', async ({ app }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  await shop(app);
  await goTo(page, '숫자');
  const make = page.getByRole('button', { name: '보고서 만들기' });
  const personal = page.getByRole('checkbox', { name: '보고서에 개인정보 포함' });
  await personal.check();
  await make.click();
  await expect(page.getByText('무엇에 쓰는지 짧게 적어 주세요.')).toBeVisible();
  await expect(page.getByTestId('report-made')).toHaveCount(0);

  await page.getByRole('textbox', { name: '개인정보가 필요한 까닭' }).fill('지급 대상 확인');
  const file = await app.saved(() => make.click());
  expect(file.name).toMatch(/개인정보 포함\.xlsx$/);
  expect(file.bytes.byteLength).toBeGreaterThan(10_000);

  // Without the choice it is masked again, and that is an entry of its own.
  await personal.uncheck();
  const masked = await app.saved(() => make.click());
  expect(masked.name).not.toContain('개인정보');
  await openAudit(page);
  await expect(entries(page).nth(0)).toContainText('보고서를 만들었어요');
  await expect(entries(page).nth(1)).toHaveText(
    /개인정보를 담은 보고서를 만들었어요.*점포.*가리지 않음.*까닭: 지급 대상 확인/,
  );
  expect(complaints).toEqual([]);
});

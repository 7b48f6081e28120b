import type { Page } from '@playwright/test';
import { complaintsOf, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

/** From a period that is set to personal data that is gone, with the record of destruction on screen, paper and as a file. */

async function market(app: App): Promise<{ store: string; session: string }> {
  const write = async (entity: string, set: Record<string, unknown>): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const program = await write('program', { name: '지난 단골거리', kind: 'street', endsOn: '2020-11-30' });
  const site = await write('site', { name: '망원시장', program });
  const store = await write('store', { name: '망원분식', site, ownerName: '김단골', phone: '010-0000-7531' });
  const person = await write('person', { name: '이상인', phone: '010-0000-8642', kind: 'merchant' });
  const today = new Date().toISOString().slice(0, 10);
  const session = await write('session', { title: '오늘 교육', kind: 'class', date: today });
  await app.call('attendance.add', { session, person });
  return { store, session };
}

async function openRetention(page: Page): Promise<void> {
  await page.getByRole('link', { name: '설정' }).click();
  await page.getByRole('link', { name: '보유·파기 보기' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '보유·파기' })).toBeVisible();
}

test('a period is set, what is due is looked at and destroyed with a reason, and the certificate stays', async ({
  app,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  const { store } = await market(app);
  await openRetention(page);
  const period = page.getByTestId('period');
  await expect(period).toContainText('보관 기간을 정하지 않았어요');
  await expect(page.getByText('파기할 것이 없어요')).toBeVisible();
  await expect(page.getByText('아직 파기한 적이 없어요.')).toBeVisible();

  await period.getByRole('textbox', { name: '개인정보 보관 기간(개월)' }).fill('12');
  await expect(period).toContainText('보관 기간이 끝났어요');
  await expect(page.getByTestId('due-row')).toHaveText(/망원분식.*점포 · 대표자, 전화번호/);
  await page.getByRole('button', { name: '파기하기 전에 보기' }).click();
  const dialog = page.getByRole('dialog', { name: '기록 1개의 개인정보를 파기할까요?' });
  await expect(dialog.getByTestId('kinds')).toHaveText(/점포 대표자1개.*점포 전화번호1개/);
  await dialog.getByRole('button', { name: '파기하기' }).click();
  await expect(dialog.getByText('왜 파기하는지 짧게 적어 주세요.')).toBeVisible();
  await dialog.getByRole('textbox', { name: '파기하는 까닭' }).fill('보관 기간 만료');
  await dialog.getByRole('button', { name: '파기하기' }).click();
  await expect(page.getByText('기록 1개의 개인정보를 파기했어요.')).toBeVisible();
  await expect(page.getByText('파기할 것이 없어요')).toBeVisible();
  const certificate = page.getByTestId('certificate');
  await expect(certificate).toHaveText(
    /보관 기간이 지남.*점포 대표자 1개, 점포 전화번호 1개.*보관 기간 만료/,
  );
  const { fields } = await app.call('records.get', { entity: 'store', id: store });
  expect(fields).toMatchObject({ name: '망원분식' });
  expect(Object.keys(fields)).not.toContain('ownerName');

  const file = await app.saved(() => page.getByRole('button', { name: '엑셀로 내보내기' }).click());
  expect(file.name).toMatch(/^단골수첩 파기 대장 \d{4}-\d\d-\d\d\.xlsx$/);
  expect(file.bytes.byteLength).toBeGreaterThan(3000);
  await page.getByRole('link', { name: '인쇄하기' }).click();
  await expect(page.getByTestId('paper')).toContainText('보관 기간 만료');
  expect(complaints).toEqual([]);
});

test('consent is recorded at the roster and withdrawn, and the data of that person goes', async ({ app }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  const { session } = await market(app);
  await page.evaluate((to) => void (location.hash = to), `#/sessions/${session}/attendance`);
  await page.getByRole('button', { name: /이상인.*정보 고치기/ }).click();
  const consent = page.getByTestId('consent');
  await expect(consent).toContainText('개인정보 동의 기록이 없어요.');
  await consent.getByRole('button', { name: '동의 적기' }).click();
  await consent.getByRole('textbox', { name: '동의일' }).fill('2024-10-01');
  await consent.getByRole('combobox', { name: '동의 방법' }).selectOption({ label: '동의서' });
  await expect(consent).toContainText('2024년 10월 1일');
  await consent.getByRole('button', { name: '오늘 철회' }).click();
  await expect(consent).toContainText('동의를 철회했어요');
  await consent.getByRole('button', { name: '이 사람의 개인정보 파기' }).click();
  const dialog = page.getByRole('dialog', { name: '이상인 님의 개인정보를 파기할까요?' });
  await dialog.getByRole('textbox', { name: '파기하는 까닭' }).fill('철회 요청');
  await dialog.getByRole('button', { name: '파기하기' }).click();
  await expect(page.getByText('기록 1개의 개인정보를 파기했어요.')).toBeVisible();
  const [certificate] = await app.call('retention.certificates', {});
  expect(certificate).toMatchObject({ basis: 'withdrawal', reason: '철회 요청', records: 1 });
  expect(complaints).toEqual([]);
});

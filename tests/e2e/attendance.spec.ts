import type { Page } from '@playwright/test';
import { expect, test, type App } from './fixtures.ts';

/** A class of the demo, long past, with nobody marked yet. */
async function aPastClass(app: App): Promise<string> {
  const [site] = await app.call('sites.search', { limit: 1 });
  const people = await app.call('people.search', { kind: 'merchant', limit: 12 });
  const { id } = await app.call('sessions.plan', {
    site: site!.id,
    kind: 'class',
    title: '출석 시험',
    date: '2024-10-02',
    roster: people.map((person) => person.id),
  });
  await app.page.evaluate((to) => (location.hash = to), `/sessions/${id}/attendance`);
  await app.page.locator('[data-row]').first().waitFor();
  return id;
}

const row = (page: Page, at: number) => page.locator('[data-row]').nth(at);
const pressed = (page: Page, at: number) => row(page, at).getByRole('button', { pressed: true });
const counts = (page: Page) => page.getByTestId('attendance-counts');

test('attendance by keyboard, from a paper sheet, all at once and back', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const session = await aPastClass(app);

  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('1');
  await expect(pressed(page, 0)).toHaveText('출석');
  await page.keyboard.press('2');
  await page.keyboard.press('3');
  await expect(pressed(page, 1)).toHaveText('지각');
  await expect(pressed(page, 2)).toHaveText('결석');
  await expect(row(page, 3).getByRole('button', { name: '출석', exact: true })).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('0');
  await expect(pressed(page, 2)).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(row(page, 11).getByRole('button', { name: '출석', exact: true })).toBeFocused();
  await expect(counts(page)).toHaveText(/전체 12\s*아직 10\s*출석 1\s*지각 1\s*결석 0/);
  await expect(row(page, 0)).toContainText('나중에 옮김');

  await page.getByRole('button', { name: '남은 10명 모두 출석' }).click();
  await expect(counts(page)).toHaveText(/전체 12\s*아직 0\s*출석 11\s*지각 1\s*결석 0/);
  await page.getByTestId('toast').getByRole('button', { name: '되돌리기' }).click();
  await expect(counts(page)).toHaveText(/전체 12\s*아직 10\s*출석 1\s*지각 1\s*결석 0/);

  await page.getByRole('button', { name: '종이 출석부 옮기기' }).click();
  const field = page.getByRole('searchbox', { name: '종이에 적힌 이름' });
  await expect(field).toBeFocused();
  for (const [name, key] of [
    ['종이 첫째', 'Enter'],
    ['종이 둘째', 'Shift+Enter'],
    ['종이 셋째', 'Control+Enter'],
  ] as const) {
    await field.fill(name);
    await page.keyboard.press(key);
    await expect(page.getByTestId('paper')).toContainText(name);
    await expect(field).toHaveValue('');
  }
  await expect(counts(page)).toHaveText(/전체 15\s*아직 10\s*출석 2\s*지각 2\s*결석 1/);
  // A name that is there already is marked, and not entered twice.
  await field.fill('종이 셋째');
  await page.keyboard.press('Enter');
  await expect(counts(page)).toHaveText(/전체 15\s*아직 10\s*출석 3\s*지각 2\s*결석 0/);
  // Someone else of that name: asked first, and possible.
  await field.fill('종이 둘째');
  await page.getByRole('button', { name: '새로 온 사람, 출석' }).click();
  await expect(page.getByRole('dialog', { name: '‘종이 둘째’ 이름이 명단에 이미 있어요' })).toBeVisible();
  await page.getByRole('button', { name: '다른 분이에요, 새로 적기' }).click();
  await expect(counts(page)).toHaveText(/전체 16\s*아직 10\s*출석 4\s*지각 2\s*결석 0/);
  const view = await app.call('sessions.get', { id: session });
  expect(view).toMatchObject({ roster: 16, present: 4, late: 2, absent: 0 });
  expect(view.people.every((person) => person.signedAt === null)).toBe(true);
});

test('a signature is drawn, looked at, given anew by word, and destroyed', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const session = await aPastClass(app);
  const first = async () => (await app.call('sessions.get', { id: session })).people[0]!;
  const dialog = page.getByTestId('signature');
  const done = dialog.getByRole('button', { name: '서명 마치기' });

  await row(page, 0).getByTestId('sign').click();
  await expect(dialog.getByRole('heading')).toHaveText((await first()).person.name);
  await expect(done).toBeDisabled();
  const pad = (await page.getByTestId('signature-pad').boundingBox())!;
  await page.mouse.move(pad.x + 100, pad.y + 100);
  await page.mouse.down();
  for (let step = 1; step <= 20; step += 1) {
    await page.mouse.move(pad.x + 100 + step * 12, pad.y + 100 + Math.sin(step / 2) * 40);
  }
  await page.mouse.up();
  await done.click();
  await expect(row(page, 0).getByTestId('sign')).toContainText('서명함');
  await expect(pressed(page, 0)).toHaveText('출석');
  expect(await first()).toMatchObject({ status: 'present', signature: expect.any(String) });

  await row(page, 0).getByTestId('sign').click();
  const picture = dialog.getByTestId('signature-picture');
  await expect(picture).toBeVisible();
  const width = await picture.evaluate((image: HTMLImageElement) =>
    image.decode().then(() => image.naturalWidth),
  );
  expect(width).toBeGreaterThan(200);
  await dialog.getByRole('button', { name: '서명 없애기' }).click();
  await expect(dialog.getByRole('alert')).toContainText('되돌릴 수 없어요');
  await dialog.getByRole('button', { name: '네, 없앨게요' }).click();
  await expect(dialog).toBeHidden();
  expect(await first()).toMatchObject({ status: 'present', signature: null, signedAt: null });
  expect((await app.call('app.verify', {})).faults).toEqual([]);

  // Whoever cannot write on a pad confirms by keyboard alone.
  await page.getByRole('searchbox').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('s');
  await dialog.getByRole('button', { name: '서명 대신 확인' }).press('Enter');
  await expect(row(page, 0).getByTestId('sign')).toContainText('서명함');
  expect(await first()).toMatchObject({ signature: null, signedAt: expect.any(String) });
});

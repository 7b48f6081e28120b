import { dawn, exchangeFile, strangerKey } from '../support/exchange-builder.ts';
import { chooseFiles, complaintsOf, fileRow, goTo, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

/** The laptops that send files: asked about once, followed, and missed when something of them does not come. */

async function send(from: App, to: App): Promise<void> {
  const { name, bytes } = await from.call('exchange.export', { purpose: 'session' });
  await to.call('exchange.import', { file: name, bytes });
}

const badge = (app: App, n: number) =>
  app.page
    .getByRole('navigation', { name: '메뉴' })
    .getByRole('img', { name: `확인할 것 ${n}개`, exact: true });

/** A day in Seoul, as many days ago as asked. */
function daysAgo(today: string, days: number): string {
  return new Date(Date.parse(`${today}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

async function firstFile(app: App, second: App): Promise<string> {
  await setUp(app.page, '사무실', 'coordinator');
  await second.call('app.setUp', { name: '반송 2호', role: 'trainer' });
  await second.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  await send(second, app);
  return (await second.call('app.status', {})).laptop.fingerprint;
}

test('a laptop seen for the first time is asked about once, and confirmed by the keyboard', async ({
  app,
  second,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const fingerprint = await firstFile(app, second);
  await expect(badge(app, 1)).toBeVisible();
  await goTo(page, '노트북');

  const question = page.getByRole('region', { name: '이 지문이 그 노트북에 보이는 것과 같나요?' });
  await expect(question.getByTestId('fingerprint')).toHaveText(fingerprint);
  await expect(page.getByRole('option', { selected: true })).toContainText('확인 전');
  await page.getByRole('listbox', { name: '알고 있는 노트북' }).focus();
  await page.keyboard.press('Enter');
  await expect(question.getByRole('button', { name: '지문이 같아요' })).toBeFocused();
  await page.keyboard.press('Enter');

  const known = page.getByTestId('key-known');
  await expect(known).toContainText('확인함');
  await expect(known).toContainText('지문을 확인했어요');
  await expect(question).toHaveCount(0);
  await expect(badge(app, 1)).toHaveCount(0);
  const facts = page.getByTestId('laptop-facts');
  await expect(facts).toContainText('파일 1개 · 새 변경 1개');
  await expect(facts).toContainText('맞아 보여요');
  const [row] = await app.call('laptops.list', {});
  expect(row).toMatchObject({ name: '반송 2호', key: { fingerprint, verdict: 'confirmed' } });

  // Its next file asks nothing more.
  await second.call('records.write', { entity: 'site', set: { name: '인헌시장' } });
  await send(second, app);
  await expect(facts).toContainText('파일 2개 · 새 변경 2개');
  await expect(question).toHaveCount(0);
  await facts.getByRole('link').click();
  await expect(page.getByTestId('brought')).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test('a laptop that nobody knows keeps what it brought until a person takes it out', async ({
  app,
  second,
}) => {
  const { page } = app;
  await firstFile(app, second);
  await goTo(page, '노트북');
  await page.getByRole('button', { name: '모르는 노트북이에요' }).click();
  const told = page.getByRole('region', { name: '모르는 노트북이라고 적어 두었어요' });
  await expect(told).toContainText('저절로 지워지는 것은 없어요');
  expect((await app.call('app.status', {})).counts.sites).toBe(1);
  await expect(badge(app, 1)).toBeVisible();

  await told.getByRole('button', { name: '되돌리기' }).click();
  const asked = page.getByRole('dialog', { name: '이 파일을 합친 것을 되돌릴까요?' });
  await asked.getByRole('button', { name: '되돌리기', exact: true }).click();
  await expect(told).toContainText('모두 되돌렸어요');
  await expect(badge(app, 1)).toHaveCount(0);
  expect((await app.call('app.status', {})).counts.sites).toBe(0);

  // Said by mistake: it is asked about again, once a file of it is in.
  await told.getByRole('button', { name: '다시 묻기' }).click();
  await expect(page.getByTestId('key-known')).toContainText('확인 전');
});

test('a known laptop with another key stops, and its history says when the new one was taken', async ({
  app,
}) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  const line = (at: number, name: string) => ({
    id: `0193557a000${at}-0000-${dawn.id}`,
    author: null,
    entity: 'site',
    record: `0191aaaa-0000-7000-8000-00000000000${at}`,
    set: { name },
  });
  const before = exchangeFile({ lines: [line(1, '망원시장')] });
  await app.call('exchange.import', { file: '새벽 1.dangol', bytes: before });
  const after = exchangeFile({
    author: { ...dawn, key: strangerKey },
    lines: [line(2, '인헌시장')],
    title: '다음 날',
  });
  await chooseFiles(page, [{ name: '새벽 2.dangol', bytes: after }]);
  await page.getByRole('button', { name: /개 합치기$/ }).click();
  await expect(fileRow(page, '다음 날').getByTestId('refusal')).toContainText('열쇠가 전과 달라요');
  expect((await app.call('app.status', {})).counts.sites).toBe(1);

  await page.getByRole('button', { name: '새 열쇠 받아들이기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '지문이 같아요, 받아들이기' }).click();
  await expect(page.getByTestId('merge-result')).toContainText('파일 1개를 합쳤어요');
  await goTo(page, '노트북');
  const keys = page.getByTestId('keys').getByRole('listitem');
  await expect(keys).toHaveCount(2);
  await expect(keys.nth(0)).toContainText(/지금 열쇠.*부터 · 확인함/);
  await expect(keys.nth(1)).toContainText(/전에 쓰던 열쇠.*부터 · 확인 전/);
  await expect(page.getByTestId('key-known')).toContainText('확인함');
});

test('what is expected and has not come is told by trainer, leads to its session, and goes when it comes', async ({
  app,
  second,
}) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  const { today } = await app.call('app.status', {});
  const { id: trainer } = await app.call('records.write', {
    entity: 'person',
    set: { name: '김단골', kind: 'trainer' },
  });
  const { id: site } = await app.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  const { id: store } = await app.call('stores.create', { site, name: '바다횟집' });
  const planned = { site, kind: 'visitDay' as const, place: '', trainers: [trainer], roster: [] };
  const { id: early } = await app.call('sessions.plan', {
    ...planned,
    title: '먼저 간 날',
    date: daysAgo(today, 5),
  });
  const { id: late } = await app.call('sessions.plan', {
    ...planned,
    title: '반송큰시장 방문',
    date: daysAgo(today, 3),
  });
  await app.call('sessions.plan', { ...planned, title: '오늘 방문', date: today });
  const kit = await app.call('exchange.export', { purpose: 'kit' });
  await second.call('app.setUp', { name: '반송 2호', role: 'trainer' });
  await second.call('exchange.import', { file: kit.name, bytes: kit.bytes });
  await second.call('records.write', {
    entity: 'visit',
    set: { session: early, store, trainer, date: daysAgo(today, 5), outcome: 'done' },
  });
  await second.call('sessions.update', { id: early, status: 'closed' });
  await send(second, app);

  await goTo(page, '노트북');
  await expect(page.getByTestId('laptop-facts')).toContainText('김단골 (1)');
  await expect(page.getByRole('option', { selected: true })).toContainText('늦은 회차 1');
  await expect(badge(app, 2)).toBeVisible();
  await page.getByRole('link', { name: '아직 오지 않은 것 1' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '아직 오지 않은 것' })).toBeVisible();
  await expect(page.getByTestId('late-trainer')).toHaveText(/김단골.*반송 2호, 마지막 파일/);
  const row = page.getByTestId('late-session');
  await expect(row).toHaveText(/반송큰시장 방문.*안 온 것: 방문, 마침 표시.*3일 지남/);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /반송큰시장 방문/ })).toBeVisible();

  await second.call('records.write', {
    entity: 'visit',
    set: { session: late, store, trainer, date: daysAgo(today, 3), outcome: 'done' },
  });
  await second.call('sessions.update', { id: late, status: 'closed' });
  await send(second, app);
  await expect(badge(app, 1)).toBeVisible();
  await goTo(page, '노트북');
  await expect(page.getByRole('link', { name: /아직 오지 않은 것/ })).toHaveCount(0);
});

test('a trainer has neither screen in the menu', async ({ app }) => {
  await setUp(app.page, '망원 1호', 'trainer');
  const menu = app.page.getByRole('navigation', { name: '메뉴' });
  await expect(menu.getByRole('link', { name: '파일 합치기' })).toBeVisible();
  await expect(menu.getByRole('link', { name: /노트북|데이터 상태/ })).toHaveCount(0);
});

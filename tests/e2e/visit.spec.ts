import { complaintsOf } from './desk-steps.ts';
import { expect, test } from './fixtures.ts';
import { countHands, expectWhole, heading, marketToday, visitId, visitsOf } from './visit-steps.ts';

const TYPED: Readonly<Record<string, string>> = {
  channel: 'pf.kakao.com/_dawn?from=qr',
  firstMessage: '오늘부터 소식 전해요',
  map: 'place.map.kakao.com/12345',
  nextStep: '쿠폰 만들기',
};

test('a whole visit takes twelve taps, a closed shop one, and each leads to the next', async ({ app }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const market = await marketToday(app, ['새벽분식', '바다횟집', '하늘떡집']);
  const hands = await countHands(page);

  await page.getByRole('button', { name: '방문 시작하기' }).click();
  await expect(heading(page, '새벽분식')).toBeVisible();
  const items = page.locator('[data-item]');
  await expect(items).toHaveCount(8);
  for (const item of await items.all()) {
    const key = (await item.getAttribute('data-item'))!;
    await item.getByRole('button', { name: '했어요', exact: true }).click();
    if (!TYPED[key]) continue;
    // The cursor stands in the field already.
    await expect(item.getByRole('textbox')).toBeFocused();
    await page.keyboard.type(TYPED[key]);
  }
  await page.getByLabel('톡채널 친구 수').click();
  await page.keyboard.type('1,234');
  await page.getByLabel('메모').click();
  await page.keyboard.type('다음 주에 다시 들러요');
  const first = visitId(page);
  await page.getByRole('button', { name: '방문 마치기' }).click();
  await expect(page.getByTestId('ended')).toContainText('완료');
  expect(await hands()).toMatchObject({ taps: 12, pointers: 12, fields: 6 });
  await expectWhole(app, first);

  await page.getByRole('button', { name: '다음 점포: 바다횟집' }).click();
  await expect(heading(page, '바다횟집')).toBeVisible();
  await page.getByRole('button', { name: '문 닫음' }).click();
  await expect(page.getByTestId('ended')).toContainText('문 닫음');
  expect((await hands()).taps).toBe(14);
  await expect(page.getByTestId('toast')).toContainText('바다횟집 방문을 마쳤어요. 결과: 문 닫음');
  await page.getByRole('button', { name: '다음 점포: 하늘떡집' }).click();
  await expect(heading(page, '하늘떡집')).toBeVisible();
  expect(await visitsOf(app, market)).toEqual({ 새벽분식: 'done', 바다횟집: 'closed', 하늘떡집: null });

  // Taken back from the next shop's page: the visit is open again, and on screen.
  await page.getByTestId('toast').getByRole('button', { name: '되돌리기' }).click();
  await expect(heading(page, '바다횟집')).toBeVisible();
  await expect(page.getByRole('group', { name: '만나지 못했나요?' })).toBeVisible();
  expect(await visitsOf(app, market)).toEqual({ 새벽분식: 'done', 바다횟집: null, 하늘떡집: null });

  // One begun by mistake goes, and comes back.
  await page.getByRole('button', { name: '잘못 시작했어요' }).click();
  await expect(page.getByTestId('running')).toContainText('하늘떡집');
  await expect(page.getByTestId('done')).toContainText('새벽분식');
  await expect(page.getByTestId('left')).toHaveText('2곳');
  await page.getByTestId('toast').getByRole('button', { name: '되돌리기' }).click();
  await expect(heading(page, '바다횟집')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a visit by keyboard alone', async ({ app }) => {
  const { page } = app;
  const { keyboard } = page;
  const market = await marketToday(app, ['새벽분식', '바다횟집', '하늘떡집']);
  const hands = await countHands(page);

  await keyboard.press('Enter');
  await expect(heading(page, '새벽분식')).toBeFocused();
  await keyboard.press('?');
  await expect(page.getByRole('dialog', { name: '자판으로 하기' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  const items = page.locator('[data-item]');
  for (const item of await items.all()) {
    const key = (await item.getAttribute('data-item'))!;
    await keyboard.press('1');
    if (!TYPED[key]) continue;
    await expect(item.getByRole('textbox')).toBeFocused();
    // Digits in a field are digits.
    await keyboard.type(TYPED[key]);
    await keyboard.press('Enter');
  }
  await expect(page.getByLabel('톡채널 친구 수')).toBeFocused();
  await keyboard.type('1234');
  await keyboard.press('Enter');
  await expect(page.getByLabel('메모')).toBeFocused();
  await keyboard.type('다음 주에 다시 들러요');
  const first = visitId(page);
  await keyboard.press('Control+Enter');
  await expect(page.getByTestId('ended')).toContainText('완료');
  await expectWhole(app, first);

  // The hand is at what comes next.
  await expect(page.getByRole('button', { name: '다음 점포: 바다횟집' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(heading(page, '바다횟집')).toBeFocused();
  // Other answers, a change of mind, up and down.
  await keyboard.press('2');
  await keyboard.press('3');
  await keyboard.press('ArrowUp');
  await keyboard.press('0');
  await keyboard.press('ArrowUp');
  await keyboard.press('3');
  const states = async () =>
    (await app.call('visits.get', { id: visitId(page) })).checks.slice(0, 3).map(({ state }) => state);
  await expect.poll(states).toEqual(['notApplicable', null, null]);
  const unmet = page.getByRole('group', { name: '만나지 못했나요?' }).getByRole('button');
  for (let tries = 0; tries < 40; tries += 1) {
    if (await unmet.nth(1).evaluate((button) => button === document.activeElement)) break;
    await keyboard.press('Shift+Tab');
  }
  await keyboard.press('Enter');
  await expect(page.getByTestId('ended')).toContainText('거절');
  await keyboard.press('Enter');
  await expect(heading(page, '하늘떡집')).toBeFocused();
  await keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: '방문 목록으로' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('combobox')).toBeVisible();
  expect(await visitsOf(app, market)).toEqual({ 새벽분식: 'done', 바다횟집: 'refused', 하늘떡집: 'done' });
  expect((await hands()).pointers).toBe(0);
});

test('a second visit on the day asks first; what is odd is said beside its field', async ({ app }) => {
  const { page } = app;
  const market = await marketToday(app, ['새벽분식', '바다횟집']);
  const { shops, site, today } = market;
  const channelUrl = 'https://pf.kakao.com/_dawn';
  await app.call('stores.update', { id: shops['바다횟집']!, channelUrl });
  const lesson = await app.call('sessions.plan', { site, kind: 'class', title: '아침 교육', date: today });
  const earlier = await app.call('visits.start', { session: lesson.id, store: shops['새벽분식']! });
  await app.call('visits.update', { id: earlier.id, outcome: 'done' });

  const begin = page.getByTestId('next-shop').getByRole('button', { name: '방문 시작하기' });
  await begin.click();
  const dialog = page.getByRole('dialog', { name: '새벽분식에 이미 다녀왔어요' });
  await expect(dialog).toContainText('완료 · 아침 교육');
  await dialog.getByRole('button', { name: '먼저 적은 방문 열기' }).click();
  await expect(page).toHaveURL(new RegExp(earlier.id));
  await page.goBack();
  await begin.click();
  await dialog.getByRole('button', { name: '새로 방문하기' }).click();
  const note = page.getByTestId('same-day');
  await expect(note).toContainText('같은 날 이 점포에 다른 방문이 있어요');
  await expect(note.getByRole('link', { name: /아침 교육/ })).toHaveAttribute('href', new RegExp(earlier.id));
  const second = visitId(page);

  // The list of a session asks in the same way, also about a visit that stands in another session.
  await page.goto(`${page.url().split('#')[0]}#/sessions/${lesson.id}/visits`);
  const shop = page.getByRole('option', { name: /새벽분식/ });
  await shop.click();
  await expect(page).toHaveURL(new RegExp(earlier.id));
  const other = await app.call('sessions.plan', { site, kind: 'visitDay', title: '오후 방문', date: today });
  await page.goto(`${page.url().split('#')[0]}#/sessions/${other.id}/visits`);
  await shop.click();
  await expect(dialog).toContainText('완료 · 아침 교육');
  await dialog.getByRole('button', { name: '먼저 적은 방문 열기' }).click();
  await expect(page).toHaveURL(new RegExp(second));

  const channel = page.locator('[data-item=channel]');
  await channel.getByRole('button', { name: '했어요', exact: true }).click();
  const address = channel.getByRole('textbox');
  await address.pressSequentially('pf.kakao');
  await expect(channel).toContainText('pf.kakao.com/_ 다음에 채널 아이디가 와요');
  await address.pressSequentially('.com/_dawn');
  await expect(channel).toContainText('이미 다른 점포의 주소예요');
  await expect(channel.getByRole('link', { name: '바다횟집 · 망원시장' })).toBeVisible();
  await address.fill('인터넷 주소 없음');
  await expect(channel).toContainText('pf.kakao.com/_ 로 시작해요. 적은 그대로 두었어요');

  const friends = page.getByLabel('톡채널 친구 수');
  await friends.pressSequentially('1234567890', { delay: 40 });
  await expect(page.getByRole('alert')).toContainText('9자리까지');
  const phone = page.getByLabel('전화번호', { exact: true });
  await phone.fill('없음');
  const opened = page.getByLabel('톡채널 개설일', { exact: true });
  await opened.pressSequentially('2026-11-31', { delay: 40 });
  await opened.blur();
  await expect(page.getByText('없는 날짜예요')).toBeVisible();
  await expect(opened).toHaveValue('2026-11-31');
  await expect(friends).toHaveValue('1234567890');
  await expect(page.getByText('전화번호 같지 않아요. 적은 그대로 두었어요.')).toBeVisible();
  const get = () => app.call('visits.get', { id: second });
  await expect.poll(async () => (await get()).store.phone).toBe('없음');
  // Neither nine of the ten digits nor the third of the month was meant.
  const visit = await get();
  expect(visit.friendsToday).toBeNull();
  expect(visit.store.channelOpenedOn).toBeNull();
  expect(visit.checks[0]?.value).toBe('인터넷 주소 없음');

  // What is missing leads to its field.
  await friends.fill('');
  await opened.fill('');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('ended')).toBeVisible();
  await app.call('checks.mark', { visit: second, item: 'channel', value: null });
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '오늘' }).click();
  await page.getByRole('link', { name: '증빙이 없는 점검 1개' }).click();
  await expect(channel.getByRole('textbox')).toBeFocused();
  await page.goBack();
  await page.getByRole('link', { name: '다음 날' }).click();
  await expect(page.getByText('이날은 잡힌 회차가 없어요')).toBeVisible();
});

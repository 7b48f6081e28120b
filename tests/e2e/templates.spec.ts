import type { Page } from '@playwright/test';
import { complaintsOf, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

interface Market {
  readonly program: string;
  readonly session: string;
  readonly shops: readonly [string, string];
}

/** A market with two shops, whose programme has a checklist of two items and a survey of two questions. */
async function market(app: App): Promise<Market> {
  const put = async (entity: string, set: Record<string, unknown>): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const checklistTemplate = await put('checklistTemplate', {
    name: '단골 점검표',
    version: 1,
    items: [
      { key: 'channel', label: '톡채널 개설', evidence: 'channelUrl' },
      { key: 'profile', label: '프로필 꾸미기' },
    ],
  });
  const surveyTemplate = await put('surveyTemplate', {
    name: '만족도 설문',
    version: 1,
    questions: [
      { key: 'easy', label: '쉬웠나요?', kind: 'scale' },
      { key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
    ],
  });
  const program = await put('program', {
    name: '단골거리',
    kind: 'street',
    checklistTemplate,
    surveyTemplate,
  });
  const site = await put('site', { name: '반송큰시장', program });
  const [one, two] = [
    await app.call('stores.create', { site, name: '바다횟집' }),
    await app.call('stores.create', { site, name: '새벽분식' }),
  ];
  const { id: session } = await app.call('sessions.plan', {
    site,
    kind: 'visitDay',
    title: '방문의 날',
    date: (await app.call('app.status', {})).today,
  });
  return { program, session, shops: [one.id, two.id] };
}

const go = (page: Page, path: string) => page.evaluate((to) => void (location.hash = to), `#${path}`);
const template = (page: Page, name: string, state: string) =>
  page
    .getByTestId('template')
    .filter({ hasText: name })
    .and(page.locator(`[data-state=${state}]`));
const item = (page: Page, n: number) => page.getByLabel(`${n}번 항목`, { exact: true });
const labels = (page: Page) =>
  page
    .getByRole('list', { name: '항목' })
    .getByRole('textbox')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));

test('a checklist is edited, put to use, and a visit begun before stays with its own', async ({ app }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  const { session, shops, program } = await market(app);
  const before = await app.call('visits.start', { session, store: shops[0] });
  await app.call('checks.mark', { visit: before.id, item: 'profile', state: 'done' });

  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '사업·양식' }).click();
  await template(page, '단골 점검표', 'used').click();
  await expect(page.getByTestId('entries').getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: '고쳐서 다음 판 만들기' }).click();

  // By the keyboard: an item is added, moved to the front, and another one goes.
  await page.getByRole('button', { name: '항목 더하기' }).press('Enter');
  await expect(item(page, 3)).toBeFocused();
  await page.keyboard.type('QR 놓기');
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(item(page, 1)).toHaveValue('QR 놓기');
  await expect(item(page, 1)).toBeFocused();
  await page.getByLabel('1번 항목의 증빙').selectOption({ label: '사진' });
  await page.getByRole('button', { name: '3번 빼기' }).click();
  await expect(page.getByTestId('toast')).toContainText('전에 받은 답은 그대로 있어요');
  expect(await labels(page)).toEqual(['QR 놓기', '톡채널 개설']);

  // By the mouse: dragged below the other, and taken back up by its button.
  const handle = page.getByTestId('handle').first();
  const [from, to] = [(await handle.boundingBox())!, (await item(page, 2).boundingBox())!];
  await page.mouse.move(from.x + 10, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 10, to.y + 20, { steps: 4 });
  await page.mouse.move(from.x + 10, to.y + to.height, { steps: 2 });
  await page.mouse.up();
  await expect(item(page, 2)).toHaveValue('QR 놓기');
  await page.getByRole('button', { name: '2번을 위로' }).click();
  await expect(item(page, 1)).toHaveValue('QR 놓기');

  // What is wrong is said where it is, and keeps the draft from the market.
  await page.getByRole('button', { name: '1번을 하나 더' }).click();
  await page.getByRole('button', { name: '사업에 내보내기' }).click();
  await expect(page.getByTestId('faults')).toContainText('고칠 곳이 1군데');
  await expect(item(page, 2)).toBeFocused();
  await expect(item(page, 2)).toHaveAttribute('aria-invalid', 'true');
  await item(page, 2).fill('첫 메시지 보내기');
  await expect(page.getByTestId('faults')).toHaveCount(0);

  // Nothing was saved, and all is there when the screen comes again.
  await expect(page.getByTestId('write-mark').last()).toHaveText('적었어요');
  await page.reload();
  await expect(item(page, 1)).toHaveValue('QR 놓기');
  expect(await labels(page)).toEqual(['QR 놓기', '첫 메시지 보내기', '톡채널 개설']);

  await page.getByRole('button', { name: '사업에 내보내기' }).click();
  const asked = page.getByRole('dialog');
  await expect(asked.getByRole('checkbox', { name: /단골거리/ })).toBeChecked();
  await asked.getByRole('button', { name: '사업 1곳에 내보내기' }).click();
  await expect(template(page, '단골 점검표', 'used')).toContainText('2판');
  await expect(template(page, '단골 점검표', 'past')).toContainText('방문 1번');

  await go(page, `/visits/${before.id}`);
  await expect(page.getByTestId('checklist-version')).toContainText('단골 점검표 1판으로 시작했어요');
  await expect(page.locator('[data-item]')).toHaveCount(2);
  await expect(page.locator('[data-item=profile]')).toContainText('프로필 꾸미기');
  await expect(page.locator('[data-item=profile] [data-state=on]')).toHaveText(/^\s*했어요/);

  const after = await app.call('visits.start', { session, store: shops[1] });
  await go(page, `/visits/${after.id}`);
  await expect(page.locator('[data-item]')).toHaveText([/^QR 놓기/, /^첫 메시지 보내기/, /^톡채널 개설/]);
  await expect(page.getByTestId('checklist-version')).toHaveCount(0);

  await go(page, `/visits/${before.id}`);
  await page.getByRole('button', { name: '단골 점검표 2판으로 바꾸기' }).click();
  await expect(page.locator('[data-item]')).toHaveCount(4);
  await expect(page.locator('[data-item=profile]')).toContainText('프로필 꾸미기');
  const keys = (await app.call('visits.get', { id: after.id })).checks.map((check) => check.item.key);
  expect(new Set([...keys, 'profile']).size).toBe(4);
  expect((await app.call('records.get', { entity: 'program', id: program })).fields['name']).toBe('단골거리');
  expect(complaints).toEqual([]);
});

test('a survey of one’s own, from nothing to a programme; a trainer only looks', async ({ app }) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  const { program } = await market(app);
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '사업·양식' }).click();
  await page.getByRole('button', { name: '새 설문지' }).click();
  await page.getByRole('dialog').getByLabel('이름').fill('공유회 설문');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '공유회 설문' })).toBeVisible();
  await page.getByRole('button', { name: '사업에 내보내기' }).click();
  await expect(page.getByTestId('faults')).toContainText('문항이 하나도 없어요');

  await page.getByRole('button', { name: '문항 더하기' }).click();
  await page.keyboard.type('무엇이 좋았나요?');
  await page.getByRole('group', { name: '1번 문항의 종류' }).getByText('고르기').click();
  await page.getByLabel('보기 1', { exact: true }).fill('발표');
  await page.keyboard.press('Enter');
  await page.keyboard.type('발표');
  await page.getByRole('button', { name: '사업에 내보내기' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '같은 보기가 두 번 있어요' })).toBeVisible();
  await page.getByLabel('보기 2', { exact: true }).fill('시상');
  await page.getByRole('button', { name: '문항 더하기' }).click();
  await page.keyboard.type('도움이 되었나요?');
  await page.getByRole('group', { name: '2번 문항의 종류' }).getByText('예·아니요').click();
  await page.getByRole('switch', { name: '도움 문항으로 쓰기' }).click();
  await expect(page.getByRole('switch', { name: '도움 문항이에요' })).toBeChecked();

  // Two lines that the merchant agrees to first; there again when the screen is.
  const consent = page.getByLabel('동의 안내문');
  await consent.fill('답은 통계로만 써요.');
  await consent.press('Enter');
  await page.keyboard.type('이름은 적지 않아요.');
  await page.getByRole('link', { name: '미리 보기' }).click();
  await expect(page.getByText('답은 통계로만 써요.\n이름은 적지 않아요.')).toBeVisible();
  await page.getByRole('button', { name: '동의하지 않아요' }).click();
  await page.getByRole('button', { name: '다음 분이 답하기' }).click();
  await page.getByRole('button', { name: '동의해요' }).click();
  await expect(page.getByRole('heading', { name: '무엇이 좋았나요?' })).toBeVisible();
  await page.getByRole('button', { name: '시상' }).click();
  await expect(page.getByRole('heading', { name: '도움이 되었나요?' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: '사업에 내보내기' }).click();
  const asked = page.getByRole('dialog');
  await asked.getByRole('checkbox', { name: /단골거리/ }).check();
  await asked.getByRole('button', { name: '사업 1곳에 내보내기' }).click();
  await expect(template(page, '공유회 설문', 'used')).toBeVisible();

  // The toast's way back: the programme has its old survey again, and the new one is a draft.
  await page.getByTestId('toast').getByRole('button', { name: '되돌리기' }).click();
  await expect(template(page, '공유회 설문', 'draft')).toBeVisible();
  await go(page, `/templates/programs/${program}`);
  await page.getByRole('combobox', { name: '설문지' }).selectOption({ label: '공유회 설문 1판 (초안)' });
  await page.getByLabel('최소 응답자 수').fill('0');
  await expect(page.getByRole('alert')).toContainText('1부터 10,000까지');
  await page.getByLabel('최소 응답자 수').fill('7');
  const rule = page.getByRole('group', { name: '쓰다 만 설문' });
  await expect(rule.getByRole('button', { pressed: true })).toHaveText('버리기');
  await rule.getByText('지금까지의 답을 그대로 제출').click();
  await expect(page.getByText('2분 동안 아무도 없으면 그때까지의 답을 보내요.')).toBeVisible();
  await expect
    .poll(async () => (await app.call('records.get', { entity: 'program', id: program })).fields)
    .toMatchObject({ minimumRespondents: 7, unfinishedSurveys: 'keep' });
  const made = (await app.call('templates.list', {})).find(({ name }) => name === '공유회 설문');
  expect(made).toMatchObject({ state: 'used', size: 2, programs: [{ id: program }] });

  await app.call('app.setUp', { name: '망원 1호', role: 'trainer' });
  await page.reload();
  await expect(
    page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '사업·양식' }),
  ).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: '설문지' })).toBeDisabled();
  await go(page, `/templates/survey/${made!.id}`);
  await expect(page.getByText('트레이너 노트북에서는 보기만 해요')).toBeVisible();
  await expect(page.getByTestId('consent-text')).toContainText('이름은 적지 않아요.');
  await expect(page.getByRole('button', { name: '고쳐서 다음 판 만들기' })).toHaveCount(0);
});

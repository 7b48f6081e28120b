import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { surveyScene, SURVEY_QUESTIONS, WORDS } from '#tests/support/survey-scene.ts';
import { root } from './apps/places.ts';
import { complaintsOf, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const PIN = '4826';
const ALL = SURVEY_QUESTIONS.length;

/** A trainer's laptop with one session, on the page where its survey begins. */
async function ready(app: App, options: Parameters<typeof surveyScene>[1] = {}): Promise<string> {
  await setUp(app.page, '망원 1호', 'trainer');
  const { session } = await surveyScene(app, options);
  await app.page.evaluate((to) => void (location.hash = to), `#/sessions/${session}/survey`);
  await expect(app.page.getByTestId('responses')).toHaveText('응답 0건');
  return session;
}

/** Any call, as the command line makes it while the window is open. */
function commandLine(app: App, method: string): void {
  const cli = path.join(root, 'src-main/shells/cli.ts');
  const args = [
    '--disable-warning=ExperimentalWarning',
    cli,
    '--data',
    app.dataDir,
    '--json',
    'call',
    method,
  ];
  execFileSync(process.execPath, args);
}

const at = (page: Page, number: number) => expect(page.getByText(`${number} / ${ALL}`)).toBeVisible();
const choice = (page: Page, name: string) => page.getByRole('group').getByRole('button', { name });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function typePin(page: Page, pin: string): Promise<void> {
  await page.getByLabel('트레이너 PIN').fill(pin);
  await page.keyboard.press('Enter');
}

test('a survey in a merchant’s hands gives the laptop back for the PIN alone', async ({ app, openApp }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const session = await ready(app, { consentText: '답은 통계로만 써요.' });

  await press(page, '설문 건네기');
  await page.getByLabel('새 PIN').fill(PIN);
  await page.getByLabel('한 번 더').fill('1111');
  await press(page, 'PIN 정하고 건네기');
  await expect(page.getByText('두 PIN이 서로 달라요')).toBeVisible();
  await page.getByLabel('한 번 더').fill(PIN);
  await page.keyboard.press('Enter');

  const consent = page.getByRole('heading', { name: '시작하기 전에 읽어 주세요' });
  await expect(consent).toBeFocused();
  await expect(page.getByText('답은 통계로만 써요.')).toBeVisible();
  await press(page, '동의하지 않아요');
  await expect(page.getByRole('heading', { name: '괜찮아요' })).toBeFocused();
  await press(page, '다음 분이 답하기');
  await press(page, '동의해요');
  await expect(page.getByRole('heading', { name: '쉬웠나요?' })).toBeFocused();
  await page.keyboard.press('4');
  await at(page, 2);

  // Nothing that is pressed leads out.
  await page.keyboard.press('Control+k');
  await page.goBack().catch(() => undefined);
  await page.evaluate(() => void (location.hash = '#/stores'));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: '여기서 그만둘까요?' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await at(page, 2);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  expect(await app.ask('sessions.get', { id: session })).toMatchObject({ error: { code: 'HANDED_OVER' } });

  await page.reload();
  await at(page, 2);
  await press(page, '이전');
  await expect(choice(page, '그래요').and(page.locator('[aria-pressed=true]'))).toHaveCount(1);

  // Three wrong PINs wait; the store's tests have the clock for how long, also after a restart.
  await press(page, '그만두기');
  await press(page, '트레이너예요');
  for (const wrong of ['0000', '9999']) {
    await typePin(page, wrong);
    await expect(page.getByRole('alert')).toContainText('PIN이 맞지 않아요');
  }
  await typePin(page, '1234');
  await expect(page.getByRole('alert')).toContainText('초 뒤에 다시');
  await expect(page.getByRole('button', { name: '나가기' })).toBeDisabled();
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);

  // The program that was closed opens into the survey; a forgotten PIN is taken away on the command line.
  await app.close();
  const again = await openApp();
  await expect(choice(again.page, '그래요').and(again.page.locator('[aria-pressed=true]'))).toHaveCount(1);
  commandLine(again, 'pin.reset');
  await finish(again.page);
  await expect(again.page.getByTestId('responses')).toHaveText('응답 1건');
  await expect(again.page.getByTestId('response')).toContainText('직접 입력');
  await expect(again.page.getByText(WORDS)).toHaveCount(0);
  const [row] = await again.call('surveys.list', { session });
  const { fields } = await again.call('records.get', { entity: 'surveyResponse', id: row!.id });
  expect(fields).toMatchObject({
    mode: 'handover',
    answers: { easy: 4, helpful: false, words: WORDS },
    consentedAt: expect.any(String),
    submittedAt: expect.any(String),
  });
});

/** From the first question, which is answered, to the trainer's screen, with no PIN. */
async function finish(page: Page): Promise<void> {
  await press(page, '다음');
  await at(page, 2);
  await page.keyboard.press('2');
  await at(page, 3);
  await page.getByRole('textbox').fill(WORDS);
  await press(page, '다 했어요');
  await press(page, '보내기');
  await expect(page.getByRole('heading', { name: '고맙습니다' })).toBeFocused();
  await press(page, '설문 마치기');
  await expect(page.getByRole('dialog', { name: '나갈까요?' })).toBeVisible();
  await press(page, '나가기');
}

test('a laptop that was left alone asks, and ends the response by the rule', async ({ app }) => {
  const { page } = app;
  const session = await ready(app);
  await page.clock.install();
  await press(page, '설문 건네기');
  await press(page, 'PIN 없이 건네기');

  await press(page, '시작할게요');
  await at(page, 1);
  await page.keyboard.press('5');
  await at(page, 2);
  const asked = page.getByRole('dialog', { name: '아직 계신가요?' });
  await page.clock.fastForward('01:58');
  await expect(asked).toHaveCount(0);
  await page.clock.fastForward('00:03');
  await expect(asked).toContainText('지금까지의 답을 지우고');
  await expect(page.getByTestId('idle-left')).toHaveText(/^(30|2\d)초$/);
  await press(page, '네, 계속할게요');
  await expect(asked).toHaveCount(0);
  await at(page, 2);
  await page.clock.fastForward('02:01');
  await expect(asked).toBeVisible();
  await page.clock.fastForward('00:31');

  // The next merchant finds a clean sheet; theirs is complete, and so handed in.
  await press(page, '시작할게요');
  await at(page, 1);
  await expect(choice(page, '매우 그래요')).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('3');
  await at(page, 2);
  await page.keyboard.press('1');
  await at(page, 3);
  await page.clock.fastForward('02:01');
  await expect(asked).toContainText('지금까지의 답을 보내고');
  await page.clock.fastForward('00:31');
  await expect(page.getByRole('button', { name: '시작할게요' })).toBeVisible();
  await press(page, '돌아가기');
  await press(page, '나가기');
  await expect(page.getByTestId('responses')).toHaveText('응답 1건');
  const rows = await app.call('surveys.list', { session });
  expect(rows.map(({ mode, submittedAt }) => [mode, submittedAt !== null])).toEqual([['handover', true]]);
});

test('an interview and a stack of paper sheets are entered by keyboard alone', async ({ app }) => {
  const { page } = app;
  const session = await ready(app);

  await page.getByRole('link', { name: '인터뷰로 받기' }).click();
  await expect(page.getByTestId('quick-question').first().getByRole('radio').first()).toBeFocused();
  await page.keyboard.type('42');
  await page.keyboard.type(WORDS);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '응답 보내기' })).toBeFocused();
  // Left half way, it waits in the list and is taken up again.
  await page.goBack();
  await page
    .getByTestId('draft')
    .filter({ hasText: '인터뷰' })
    .getByRole('button', { name: '이어서 받기' })
    .click();
  await expect(page.getByRole('radio', { name: '그래요', exact: true })).toBeChecked();
  await expect(page.getByLabel('하고 싶은 말씀')).toHaveValue(WORDS);
  await press(page, '응답 보내기');
  await expect(page.getByTestId('responses')).toHaveText('응답 1건');

  await page.getByRole('link', { name: '종이 설문 옮겨 적기' }).click();
  // The session's day stands there already.
  await expect(page.getByLabel('적은 날')).toHaveValue('2026-11-20');
  await press(page, '다음 장');
  await expect(page.getByText('답이 하나도 없어요')).toBeVisible();
  await page.getByLabel('적은 날').fill('2999-01-01');
  await expect(page.getByText('아직 오지 않은 날이에요.')).toBeVisible();
  await page.getByLabel('적은 날').fill('2026-11-19');
  await page.getByTestId('quick-question').first().getByRole('radio').first().focus();
  for (const [sheet, keys] of ['51', '3'].entries()) {
    await page.keyboard.type(keys);
    for (let skipped = keys.length; skipped < ALL; skipped += 1) await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('sheets')).toHaveText(`${sheet + 1}장 넣었어요`);
    await expect(page.getByTestId('quick-question').first().getByRole('radio').first()).toBeFocused();
  }
  await page.keyboard.type('1');
  await page.getByRole('link', { name: '돌아가기' }).click();
  await page.getByTestId('draft').getByRole('button', { name: '버리기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '버리기' }).click();
  await expect(page.getByTestId('draft')).toHaveCount(0);
  await expect(page.getByTestId('responses')).toHaveText('응답 3건');

  const rows = await app.call('surveys.list', { session });
  const given = await Promise.all(
    rows.map(async ({ id }) => (await app.call('records.get', { entity: 'surveyResponse', id })).fields),
  );
  expect(given.map(({ mode, answers }) => [mode, answers])).toEqual([
    ['interview', { easy: 4, helpful: false, words: WORDS }],
    ['paper', { easy: 3 }],
    ['paper', { easy: 5, helpful: true }],
  ]);
  for (const { submittedAt } of given.slice(1)) expect(submittedAt).toBe('2026-11-19T03:00:00.000Z');
});

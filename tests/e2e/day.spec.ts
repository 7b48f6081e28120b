import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { root } from './apps/places.ts';
import { expect, test, type App } from './fixtures.ts';

interface Dumped {
  entity: string;
  id: string;
  fields: Record<string, unknown>;
}

/** What the store holds once the app is closed, as the command line prints it. */
async function dumpOf(app: App): Promise<Dumped[]> {
  await app.close();
  const cli = path.join(root, 'src-main/shells/cli.ts');
  const args = ['--disable-warning=ExperimentalWarning', cli, '--data', app.dataDir, 'dump'];
  const lines = execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 })
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line) as Dumped);
}

/** Everything that the window complains about, the content security policy first of all. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return complaints;
}

/** Plans a class at a site from the first screen and stays on its details. */
async function planAt(page: Page, site: string): Promise<string> {
  await page.getByRole('link', { name: '회차 잡기' }).click();
  // At once, as someone in a hurry does: Enter must wait for the answer to what was typed.
  await page.getByRole('combobox', { name: '시장·상권 이름으로 찾기' }).fill(site);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: `${site} 교육` })).toBeVisible();
  return /sessions\/([0-9a-f-]+)\/plan/.exec(page.url())![1]!;
}

const person = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

const written = (page: Page, label: string) =>
  page
    .locator('div', { has: page.getByLabel(label, { exact: true }) })
    .last()
    .locator('xpath=ancestor-or-self::div[.//*[@data-testid="write-mark"]][1]')
    .getByTestId('write-mark');

test('a new laptop asks for its name once', async ({ app, openApp }) => {
  const { page } = app;
  await expect(page.getByRole('heading', { name: '반가워요' })).toBeVisible();
  await page.getByLabel('노트북 이름').fill('망원 1호');
  await page.getByText('트레이너', { exact: true }).click();
  await page.getByRole('button', { name: '시작하기' }).click();
  await expect(page.getByTestId('laptop')).toContainText('망원 1호');
  expect((await app.call('app.status', {})).laptop).toMatchObject({ name: '망원 1호', role: 'trainer' });
  await app.close();

  const again = await openApp();
  await expect(again.page.getByRole('link', { name: '회차 잡기' })).toBeVisible();
});

test('a day in the market: plan, attendance, a visit, a survey, the file', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints = complaintsOf(page);

  const session = await planAt(page, '서울 망원시장');
  await page.getByLabel('장소', { exact: true }).fill('상인회 교육장');
  await expect(written(page, '장소')).toHaveText('적었어요');
  const known = page.getByRole('listbox', { name: '상인 이름으로 찾아 넣기' }).getByRole('option');
  const names: string[] = [];
  for (const at of [0, 1, 2]) {
    names.push((await known.nth(at).locator('.font-bold').innerText()).trim());
    await known.nth(at).click();
    await expect(page.getByTestId('roster-count')).toHaveText(`${at + 1}명`);
  }

  await page.getByRole('link', { name: '출석 체크하기' }).click();
  await person(page, names[0]!).getByRole('button', { name: '출석', exact: true }).click();
  await person(page, names[1]!).getByRole('button', { name: '지각', exact: true }).click();
  await person(page, names[2]!).getByRole('button', { name: '결석', exact: true }).click();
  await page.getByRole('searchbox').fill('한들바람');
  await page.keyboard.press('Enter');
  await expect(person(page, '한들바람').getByRole('button', { name: '출석', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByTestId('attendance-counts')).toHaveText(
    /전체 4\s*아직 0\s*출석 2\s*지각 1\s*결석 1/,
  );

  await page.getByRole('navigation', { name: '회차에서 할 일' }).getByRole('link', { name: '방문' }).click();
  await page.getByRole('combobox').fill('새벽분식 시험점');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: '새벽분식 시험점' })).toBeVisible();
  const items = page.locator('[data-item]');
  await items.nth(0).getByRole('button', { name: '했어요', exact: true }).click();
  await items.nth(0).getByLabel('톡채널 주소').fill('pf.kakao.com/_dawn');
  await items
    .nth(0)
    .getByRole('button', { name: /톡채널 개설일도/ })
    .click();
  await items.nth(1).getByRole('button', { name: '아직이에요', exact: true }).click();
  await items.nth(2).getByRole('button', { name: '해당 없음', exact: true }).click();
  await expect(page.getByTestId('check-progress')).toHaveText(/^3 \/ /);
  await page.getByLabel('톡채널 친구 수').fill('1,234');
  await page.getByLabel('메모').fill('다음 주에 첫 메시지를 같이 보내기로 했어요.');
  await expect(written(page, '메모')).toHaveText('적었어요');
  await page.getByRole('button', { name: '방문 마치기' }).click();
  // A class has no list of shops to walk by: from its visits one goes back to them.
  await page.getByRole('button', { name: '방문 목록으로' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: '새벽분식 시험점' })).toContainText('완료');

  await page.getByRole('navigation', { name: '회차에서 할 일' }).getByRole('link', { name: '설문' }).click();
  await page.getByRole('button', { name: '설문 건네기' }).click();
  await page.getByRole('button', { name: 'PIN 없이 건네기' }).click();
  const asked = await answerSurvey(page);
  await page.getByRole('button', { name: '설문 마치기' }).click();
  await page.getByRole('button', { name: '나가기' }).click();
  await expect(page.getByTestId('responses')).toHaveText('응답 1건');

  await page.getByRole('link', { name: '내보내기' }).click();
  await page.getByRole('button', { name: '파일로 내보내기' }).click();
  await expect(page.getByTestId('exported')).toContainText('.dangol');
  expect(complaints).toEqual([]);

  const view = await app.call('sessions.get', { id: session });
  expect(view).toMatchObject({ title: '서울 망원시장 교육', place: '상인회 교육장', status: 'open' });
  expect(view).toMatchObject({
    roster: 4,
    present: 2,
    late: 1,
    absent: 1,
    visits: 1,
    visitsOpen: 0,
    responses: 1,
  });
  const visit = await app.call('visits.get', { id: view.visitRows[0]!.id });
  expect(visit).toMatchObject({
    outcome: 'done',
    note: '다음 주에 첫 메시지를 같이 보내기로 했어요.',
    friendsToday: { friends: 1234 },
    store: { name: '새벽분식 시험점', channelUrl: 'https://pf.kakao.com/_dawn', channelOpenedOn: visit.date },
  });
  expect(visit.checks.slice(0, 3).map(({ state, value }) => [state, value])).toEqual([
    ['done', 'https://pf.kakao.com/_dawn'],
    ['notDone', null],
    ['notApplicable', null],
  ]);

  const [response] = (await dumpOf(app)).filter(
    (record) => record.entity === 'surveyResponse' && record.fields['session'] === session,
  );
  expect(response?.fields).toMatchObject({ mode: 'handover', submittedAt: expect.any(String) });
  expect(Object.keys(response?.fields['answers'] as object)).toHaveLength(asked);
});

/** Answers every question with its last choice, whatever kind it is, and hands it in; returns how many there were. */
async function answerSurvey(page: Page): Promise<number> {
  await page.getByRole('button', { name: '시작할게요' }).click();
  const progress = page.getByText(/^\d+ \/ \d+$/);
  const total = Number((await progress.innerText()).split('/')[1]);
  for (let at = 1; at <= total; at += 1) {
    await expect(progress).toHaveText(`${at} / ${total}`);
    const choices = page.getByRole('group').getByRole('button');
    if ((await choices.count()) > 0) {
      await choices.last().click();
    } else {
      await page.getByRole('textbox').fill('친절하게 알려 주셨어요');
      await page.getByRole('button', { name: '다 했어요' }).click();
    }
  }
  await expect(page.getByText('모든 문항에 답하셨어요.')).toBeVisible();
  await page.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(page.getByRole('heading', { name: '고맙습니다' })).toBeVisible();
  return total;
}

test('a note that is being typed is there after the screen, and after the window, was left', async ({
  openApp,
}) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const session = await planAt(page, '서울 인헌시장');
  await page.getByLabel('메모').fill('바로 떠나요');
  await page.getByRole('link', { name: '점포' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '점포' })).toBeVisible();
  const noteOf = async () => (await app.call('sessions.get', { id: session })).note;
  expect(await noteOf()).toBe('바로 떠나요');

  await page.goBack();
  await page.getByLabel('메모').pressSequentially(' 그리고 닫아요');
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  // A browser's tab sends the last word on its way and is gone; the shell that takes it in outlives the tab.
  if (test.info().project.name === 'loopback') {
    await expect.poll(noteOf).toBe('바로 떠나요 그리고 닫아요');
  }
  await app.close();
  const again = await openApp();
  expect((await again.call('sessions.get', { id: session })).note).toBe('바로 떠나요 그리고 닫아요');
});

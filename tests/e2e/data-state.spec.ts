import { complaintsOf, goTo, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

/** What is missing or cannot be right: a line leads to its rows, a row to the screen where it is mended. */

const lineOf = (app: App, name: string) =>
  app.page.getByRole('navigation', { name: '살펴볼 것' }).getByRole('link', { name });

const rowsOf = (app: App) => app.page.getByTestId('line-rows');

async function write(app: App, entity: string, set: Record<string, unknown>): Promise<string> {
  const answer = await app.ask('records.write', { entity, set });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return (answer.value as { id: string }).id;
}

/** One programme in which something of everything is wrong, and one with nothing. */
async function scene(app: App) {
  await setUp(app.page, '사무실', 'coordinator');
  const bounds = { startsOn: '2024-03-01', endsOn: '2024-12-31', minimumRespondents: 5 };
  const program = await write(app, 'program', { name: '단골거리', kind: 'street', ...bounds });
  await write(app, 'program', { name: '단골시장', kind: 'market', startsOn: '2024-03-01' });
  const site = await write(app, 'site', { name: '망원시장', program, kind: 'street' });
  const store = await write(app, 'store', { name: '바다횟집', site, channelOpenedOn: '2010-01-01' });
  const session = await write(app, 'session', {
    ...{ program, site, title: '첫 교육', kind: 'class', date: '2024-05-02', status: 'closed' },
  });
  const visit = await write(app, 'visit', {
    ...{ session, store, date: '2024-05-02', startedAt: '2024-05-02T01:00:00Z' },
  });
  await write(app, 'friendReading', { owner: site, ownerKind: 'site', date: '2099-01-01', friends: 9 });
  await write(app, 'surveyResponse', { session, submittedAt: '2024-05-02T05:00:00Z', answers: {} });
  return { program, site, store, session, visit };
}

test('each line leads to its rows, and each row to its screen', async ({ app }) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await scene(app);
  await goTo(page, '데이터 상태');
  const heading = (name: RegExp) => page.getByRole('heading', { level: 1, name });

  await expect(lineOf(app, '결과가 없는 지난 방문')).toHaveText(/1$/);
  await expect(lineOf(app, '끝낸 시각이 없는 지난 방문')).toHaveText(/0$/);
  await lineOf(app, '결과가 없는 지난 방문').click();
  await expect(rowsOf(app).getByRole('heading', { name: '결과가 없는 지난 방문 1' })).toBeVisible();
  await expect(rowsOf(app)).toContainText('트레이너에게 물어 결과를 적어 주세요');
  const row = rowsOf(app).getByTestId('data-row');
  await expect(row).toHaveText(/바다횟집.*2024년 5월 2일 · 첫 교육.*2024년 5월 2일 방문에 결과가 없어요/);
  await row.click();
  await expect(heading(/바다횟집/)).toBeVisible();
  expect(page.url()).toContain('#/visits/');
  await page.goBack();

  // The address says which line it was.
  await expect(rowsOf(app).getByRole('heading', { name: '결과가 없는 지난 방문 1' })).toBeVisible();
  const leads = [
    ['출석이 없는 지난 회차', /첫 교육.*명단도 출석도 없어요/, /\/sessions\/[^/]+\/attendance$/],
    ['응답이 최소 수에 못 미치는 사업과 시장', /단골거리.*응답 1건, 최소 5건/, /\/templates\/programs\//],
    ['톡채널 개설일이 맞지 않는 점포', /바다횟집.*2010년 1월 1일: 톡채널이 생기기 전/, /\/stores\//],
    ['개설일은 있고 채널 주소가 없는 점포', /바다횟집.*열었다고 적혔어요/, /\/stores\//],
  ] as const;
  for (const [line, words, address] of leads) {
    await lineOf(app, line).click();
    await expect(rowsOf(app).getByRole('heading', { name: line })).toBeVisible();
    await expect(row.first()).toHaveText(words);
    await row.first().click();
    await expect(page).toHaveURL(address);
    await page.goBack();
    await expect(rowsOf(app).getByRole('heading', { name: line })).toBeVisible();
  }

  // A reading of a site has no screen of its own: its history opens beside it.
  await lineOf(app, '날짜가 맞지 않는 친구 수').click();
  await expect(row).toHaveText(/망원시장.*2099년 1월 1일: 아직 오지 않은 날이에요/);
  await row.click();
  await expect(page.getByRole('dialog')).toContainText('망원시장');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

test('by the keyboard, and what is mended is gone', async ({ app }) => {
  const { page } = app;
  const { visit } = await scene(app);
  await goTo(page, '데이터 상태');
  const line = lineOf(app, '결과가 없는 지난 방문');
  await line.focus();
  await page.keyboard.press('Enter');
  await expect(line).toHaveAttribute('aria-current', 'true');
  const row = rowsOf(app).getByTestId('data-row');
  await expect(row).toHaveCount(1);
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/visits/${visit}$`));
  await app.call('records.write', {
    entity: 'visit',
    id: visit,
    set: { outcome: 'refused', endedAt: '2024-05-02T01:10:00Z' },
  });
  await page.goBack();
  await expect(rowsOf(app)).toContainText('해당하는 것이 없어요');
  await expect(line).toHaveText(/0$/);
});

test('a programme leaves out what belongs to another; the desk counts all and leads on', async ({ app }) => {
  const { page } = app;
  await scene(app);
  await write(app, 'session', { title: '어제', kind: 'visitDay', date: '2024-06-01', status: 'open' });
  await goTo(page, '데이터 상태');
  await lineOf(app, '결과가 없는 지난 방문').click();
  const choice = page.getByLabel('사업', { exact: true });
  await choice.selectOption({ label: '단골시장' });
  await expect(rowsOf(app)).toContainText('해당하는 것이 없어요');
  await expect(lineOf(app, '톡채널 개설일이 맞지 않는 점포')).toHaveText(/0$/);
  await choice.selectOption({ label: '단골거리' });
  await expect(rowsOf(app).getByTestId('data-row')).toHaveCount(1);

  await expect(lineOf(app, '같은 점포일 수 있는 쌍')).toContainText('세지 않음');
  await expect(lineOf(app, '서로 다른 값')).toHaveText(/0$/);
  await lineOf(app, '아직 오지 않은 기록').click();
  await expect(page.getByRole('heading', { level: 1, name: '아직 오지 않은 것' })).toBeVisible();
  await expect(page.getByTestId('late-session')).toHaveText(/어제.*안 온 것: 방문, 마침 표시/);
  await page.goBack();
  await expect(choice.locator('option:checked')).toHaveText('단골거리');
});

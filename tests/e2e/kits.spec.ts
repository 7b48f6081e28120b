import { mkdir, readdir } from 'node:fs/promises';
import { unpackZip } from '#tests/support/zip-builder.ts';
import { chooseFiles, complaintsOf, goTo, mergeAll, setUp } from './desk-steps.ts';
import { expect, test } from './fixtures.ts';
import { goToKits, kitLine, makeKitFor, planned } from './kit-steps.ts';

test('each trainer gets a kit of their own, and their next file says that it arrived', async ({
  app,
  second,
}) => {
  const [office, field] = [app, second];
  const complaints = [office, field].map(({ page }) => complaintsOf(page));
  await setUp(office.page, '사무실', 'coordinator');
  const plan = await planned(office);
  await goToKits(office.page);
  const { page } = office;
  await expect(page.getByTestId('kit-line')).toHaveCount(2);
  await expect(kitLine(page, '김트레')).toContainText('회차 1 · 점포 2곳');
  await expect(kitLine(page, '김트레')).toContainText('아직 만든 꾸러미가 없어요');
  const { laptop } = await office.call('app.status', {});
  await expect(page.getByTestId('own-fingerprint')).toHaveText(laptop.fingerprint);

  // A session of nobody is told, and given to somebody.
  await expect(page.getByTestId('nobodys')).toContainText('반송 교육');
  await page.getByLabel('‘반송 교육’ 받을 트레이너', { exact: true }).selectOption({ label: '이트레' });
  await expect(page.getByTestId('nobodys')).toHaveCount(0);
  await expect(kitLine(page, '이트레')).toContainText('회차 2 · 점포 2곳');

  // All of them in one file, a kit for each.
  const all = await office.saved(() => page.getByRole('button', { name: '꾸러미 2개 만들기' }).click());
  expect(all.name).toMatch(/^사무실 꾸러미 .*\.zip$/);
  const files = [...unpackZip(Buffer.from(all.bytes))].map(([name, bytes]) => ({ name, bytes }));
  expect(files.map(({ name }) => name.split(' ')[1])).toEqual(['김트레', '이트레']);
  await expect(kitLine(page, '김트레')).toContainText('받았는지는 다음 파일이 와야 알아요');
  await expect(kitLine(page, '김트레')).toContainText('그 뒤로 바뀐 것이 없어요');

  // On the trainer's laptop: whose it is, and the day.
  await setUp(field.page, '망원 1호', 'trainer');
  await chooseFiles(field.page, [files[0]!]);
  await expect(field.page.getByTestId('fingerprint')).toHaveText(laptop.fingerprint);
  await mergeAll(field.page);
  await field.page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '오늘' }).click();
  await expect(field.page.getByRole('link', { name: '망원 방문의 날' }).first()).toBeVisible();
  await expect(field.page.getByText('반송 방문의 날')).toHaveCount(0);
  expect((await field.call('stores.search', {})).map(({ name }) => name).sort()).toEqual([
    '바다횟집',
    '새벽분식',
  ]);

  // What is new since is told; the day's file says that the kit was received.
  await office.call('stores.update', { id: plan.shops[0], unit: '가동 3호' });
  await expect(kitLine(page, '김트레')).toContainText('그 뒤로 바뀐 기록 1');
  const day = await field.call('exchange.export', { sessions: [plan.sessions[0]] });
  await chooseFiles(page, [day]);
  await mergeAll(page);
  await goToKits(page);
  await expect(kitLine(page, '김트레')).toContainText(/망원 1호에서 .*에 받음/);
  await expect(kitLine(page, '이트레')).toContainText('받았는지는 다음 파일이 와야 알아요');

  // Taken out again, the word is gone as well.
  const [merged] = await office.call('imports.list', {});
  await office.call('imports.undo', { id: merged!.id });
  await expect(kitLine(page, '김트레')).toContainText('받았는지는 다음 파일이 와야 알아요');
  expect(complaints).toEqual([[], []]);
});

test('what cannot be sent is said beside it, and what was chosen is there the next time', async ({ app }) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await goToKits(page);
  await expect(page.getByText('보낼 회차가 아직 없어요')).toBeVisible();

  const { program, trainers } = await planned(app);
  await expect(page.getByTestId('kit-line')).toHaveCount(2);
  // A trainer whose only session is taken out.
  await page.getByRole('checkbox', { name: '반송 방문의 날', exact: true }).uncheck();
  await expect(kitLine(page, '이트레')).toContainText('고른 회차가 없어서 담을 것이 없어요');
  await expect(page.getByRole('button', { name: '꾸러미 1개 만들기' })).toBeEnabled();
  // No trainer, then no session, then no programme.
  await page.getByRole('checkbox', { name: '김트레 꾸러미도 함께 만들기' }).uncheck();
  await expect(page.getByTestId('nothing')).toContainText('고른 트레이너가 없어요');
  await expect(page.getByRole('button', { name: '꾸러미 0개 만들기' })).toBeDisabled();
  await page.getByRole('checkbox', { name: '망원시장 회차 모두' }).uncheck();
  await expect(page.getByTestId('nothing')).toContainText('고른 회차가 없어요');
  await page.getByRole('checkbox', { name: '단골거리' }).uncheck();
  await expect(page.getByTestId('program-notes')).toContainText('고른 사업이 없어요');
  await page.getByRole('checkbox', { name: '단골거리' }).check();
  // A programme that is over.
  await app.call('records.write', { entity: 'program', id: program, set: { endsOn: '2024-12-31' } });
  await expect(page.getByTestId('program-notes')).toContainText('2024년 12월 31일에 끝난 사업');

  // What was taken out stays out, a past one that was put in does not stay in.
  await page.getByRole('checkbox', { name: '망원시장 회차 모두' }).check();
  await page.getByRole('button', { name: '지난 4주도' }).click();
  await page.getByRole('checkbox', { name: '망원 지난주', exact: true }).check();
  await expect(page.getByTestId('chosen-sessions')).toHaveText('회차 4개 가운데 3개');
  await expect
    .poll(async () => JSON.stringify(await app.call('drafts.get', { key: 'kits:choice' })))
    .toContain(trainers[0]);
  await goTo(page, '점포');
  await goToKits(page);
  await expect(page.getByTestId('chosen-sessions')).toHaveText('회차 3개 가운데 2개');
  await expect(page.getByRole('checkbox', { name: '김트레 꾸러미도 함께 만들기' })).not.toBeChecked();
  await page.getByRole('button', { name: '지난 4주도' }).click();
  await expect(page.getByRole('checkbox', { name: '망원 지난주', exact: true })).not.toBeChecked();
});

test('a single kit is a file of its own', async ({ app }) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  const { sessions } = await planned(app);
  await goToKits(page);
  const kit = await makeKitFor(app, '이트레');
  expect(kit.name).toMatch(/^사무실 이트레 꾸러미 .*\.dangol$/);
  await expect(kitLine(page, '이트레')).toContainText('오늘');
  await expect(kitLine(page, '김트레')).toContainText('아직 만든 꾸러미가 없어요');
  // What is deleted meanwhile is no reason to stumble: the list knows.
  await app.call('records.delete', { entity: 'session', id: sessions[0] });
  await expect(kitLine(page, '김트레')).toContainText('담을 것이 없어요');
});

test('what takes long shows how far it is and can be stopped, and then nothing was made @browser', async ({
  app,
}) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await planned(app);
  await goToKits(page);
  await expect(kitLine(page, '김트레')).toContainText('점포');
  const held: (() => void)[] = [];
  await page.route('**/call', async (route) => {
    if (route.request().postDataBuffer()?.includes('"kits.next"'))
      await new Promise<void>((go) => held.push(go));
    await route.continue();
  });
  await page.getByRole('button', { name: '꾸러미 2개 만들기' }).click();
  await expect(page.getByRole('progressbar', { name: '2개 가운데 1개째 만드는 중' })).toBeVisible();
  await page.getByRole('button', { name: '그만두기' }).click();
  await expect(page.getByText('그만두는 중')).toBeVisible();
  held[0]!();
  await expect(page.getByTestId('toast').last()).toContainText('그만뒀어요');
  await expect(kitLine(page, '김트레')).toContainText('아직 만든 꾸러미가 없어요');
});

test('where files go travels in the kit, and the kit itself is sent from here', async ({
  app,
  second,
}, testInfo) => {
  const [office, field] = [app, second];
  const { page } = office;
  await setUp(page, '사무실', 'coordinator');
  await planned(office);
  const folder = testInfo.outputPath('share');
  await mkdir(folder);
  await office.call('destinations.save', { name: '공유 폴더', place: { kind: 'folder', path: folder } });
  await office.call('destinations.save', {
    ...{ name: '클라우드', secret: 'pass-77' },
    place: { kind: 'webdav', url: 'https://cloud.example.kr/dav', user: 'kim' },
  });
  await goToKits(page);
  // None at first, and nothing is said of passwords then.
  const choice = page.getByTestId('destination-to-go');
  await expect(choice).toHaveCount(2);
  await expect(choice.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await expect(kitLine(page, '김트레')).toContainText('점포');
  await expect(kitLine(page, '김트레')).not.toContainText('비밀번호');
  await page.getByRole('checkbox', { name: '클라우드', exact: true }).check();
  await page.getByRole('checkbox', { name: '공유 폴더', exact: true }).check();
  await expect(kitLine(page, '김트레')).toContainText('비밀번호는 함께 못 가요');
  const kit = await makeKitFor(office, '김트레');

  // The kit goes into the folder too, as any other delivery.
  await page.getByRole('button', { name: '김트레 꾸러미 보내기', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '꾸러미 보내기' });
  await dialog.getByRole('radio', { name: /공유 폴더/ }).check();
  await dialog.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(page.getByTestId('toast').filter({ hasText: '보낼 것에 넣었어요' })).toBeVisible();
  await expect.poll(() => readdir(folder)).toHaveLength(1);

  // At the trainer's: said with the merge, there at once, and the password is asked for.
  await setUp(field.page, '망원 1호', 'trainer');
  await chooseFiles(field.page, [kit]);
  await mergeAll(field.page);
  const told = field.page.getByTestId('taken-destinations');
  await expect(told).toContainText('클라우드 (https://cloud.example.kr/dav)');
  await expect(told).toContainText('비밀번호를 넣어 주세요: 클라우드');
  await field.page.evaluate(() => void (location.hash = '#/outbox/destinations'));
  const line = field.page.getByTestId('destination').filter({ hasText: '클라우드' });
  await expect(line).toContainText('‘사무실’ 꾸러미로 받음');
  await expect(line.getByTestId('destination-warning')).toHaveText('비밀번호를 넣어 주세요');
  await line.click();
  await expect(field.page.getByTestId('secret-missing')).toBeVisible();

  // What was chosen is chosen the next time.
  await page.reload();
  await expect(page.getByRole('checkbox', { name: '클라우드', exact: true })).toBeChecked();
});

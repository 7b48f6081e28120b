import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readWorkbook } from '#tests/support/read-workbook.ts';
import { complaintsOf, goTo, setUp } from './desk-steps.ts';
import { expect, test } from './fixtures.ts';
import {
  filesIn,
  folderDestination,
  makeFolder,
  mark,
  open,
  openOutbox,
  rows,
  sendSession,
  sessionAt,
  standing,
  takeAway,
} from './outbox-steps.ts';

/** What is sent waits without a network, goes by itself with one, arrives once, and says all the while where it is. */

const DAY = '망원 방문의 날';

test('a report goes to a folder that was set up on the way, once, and its figures are those of the program', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const folder = testInfo.outputPath('shared');
  await setUp(page, '사무실', 'coordinator');
  await sessionAt(app, DAY);
  await expect(mark(page)).toHaveCount(0);

  // Nothing is set up yet: the dialog leads there, and from there back.
  await goTo(page, '숫자');
  await page.getByRole('button', { name: '보내기', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '보고서 보내기' });
  await dialog.getByRole('link', { name: '보내는 곳 정하기' }).click();
  await page.getByRole('link', { name: /^폴더/ }).click();
  await page.getByLabel('이름', { exact: true }).fill('사무실 공유 폴더');
  const place = page.getByLabel('폴더 위치', { exact: true });
  const result = page.getByTestId('test-result');

  await page.getByRole('button', { name: '시험해 보기' }).click();
  await expect(page.getByRole('alert').filter({ hasText: '폴더 위치를 적어 주세요' })).toBeVisible();
  await expect(place).toBeFocused();
  await place.fill(folder);
  await page.getByRole('button', { name: '시험해 보기' }).click();
  await expect(result).toContainText(`${folder} 폴더에 닿지 않아요`);
  await makeFolder(folder);
  await page.getByRole('button', { name: '시험해 보기' }).click();
  await expect(result).toContainText('잘 돼요');
  expect(await filesIn(folder)).toEqual([]);
  // What was tested is no longer what stands there.
  await place.fill(`${folder}/`);
  await expect(result).toHaveText('');
  await page.getByRole('button', { name: '이곳으로 정하기' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '숫자' })).toBeVisible();

  await page.getByRole('button', { name: '보내기', exact: true }).click();
  await expect(dialog.getByRole('radio', { name: /사무실 공유 폴더/ })).toBeChecked();
  await expect(dialog.getByRole('radio', { name: /보낼 때의 자료로 만들기/ })).toBeChecked();
  await dialog.getByRole('button', { name: '보내기', exact: true }).dblclick();
  const toast = page.getByTestId('toast').filter({ hasText: '보낼 것에 넣었어요 (사무실 공유 폴더)' });
  await toast.getByRole('button', { name: '보기' }).click();
  await expect(standing(page)).toHaveText('보냈어요');
  await expect(page.getByTestId('delivery-steps').getByRole('listitem')).toHaveText([/기다림/, /^보냄/]);
  await expect(page.getByTestId('delivery-means')).toContainText('더 할 일이 없어요');
  await expect(rows(page)).toHaveCount(1);
  await expect(mark(page)).toHaveCount(0);

  const files = await filesIn(folder);
  expect(files).toHaveLength(1);
  const bytes = await readFile(path.join(folder, files[0]!));
  expect(files[0]).toContain(createHash('sha256').update(bytes).digest('hex').slice(0, 12));
  const { total } = await app.call('report.kpis', {});
  const book = await readWorkbook(bytes);
  expect(book.named('KPI_stores').value).toBe(total.stores);
  expect(total.stores).toBe(1);
  expect(complaints).toEqual([]);
});

test('a session file goes, and the trainer sees when it was merged', async ({ app, second }, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('shared');
  await makeFolder(folder);
  await setUp(page, '망원 1호', 'trainer');
  const session = await sessionAt(app, DAY);
  await folderDestination(app, '사무실 공유 폴더', folder);
  await sendSession(page, session, DAY);
  await openOutbox(page);
  await expect(standing(page)).toHaveText('보냈어요');
  await expect(page.getByTestId('delivery-means')).toContainText('합쳤는지는 다음 꾸러미를 받으면');
  const steps = page.getByTestId('delivery-steps').getByRole('listitem');
  await expect(steps).toHaveText([/기다림/, /보냄/, /합쳐짐 \(확인\): 아직/]);
  // It went: nothing is left to be done with it.
  await expect(page.getByTestId('delivery-acts')).toHaveCount(0);

  const [file] = await filesIn(folder);
  await second.call('app.setUp', { name: '사무실', role: 'coordinator' });
  const taken = await second.call('exchange.import', {
    file: file!,
    bytes: await readFile(path.join(folder, file!)),
  });
  expect(taken.status).toBe('imported');
  const kit = await second.call('exchange.export', { purpose: 'kit' });
  await app.call('exchange.import', { file: kit.name, bytes: kit.bytes });
  await openOutbox(page);
  await expect(standing(page)).toHaveText('합쳐졌어요');
  await expect(steps).toHaveText([/기다림/, /보냄/, /합쳐짐 \(확인\): 지남/]);
  await expect(page.getByTestId('delivery-means')).toContainText('코디네이터가 합쳤다고');
});

test('offline it waits and says so; when the folder is there again it goes', async ({ app }, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('stick');
  await setUp(page, '망원 1호', 'trainer');
  const session = await sessionAt(app, DAY);
  await folderDestination(app, 'USB 메모리', folder);
  await sendSession(page, session, DAY);
  await expect(mark(page)).toHaveText('오프라인 · 대기 1건');
  // Read out once it has stood for a while.
  await expect(page.getByTestId('outbox-news')).toHaveText('오프라인 · 대기 1건');
  await mark(page).click();
  await expect(standing(page)).toHaveText('오프라인');
  await expect(page.getByTestId('delivery-error')).toContainText(`${folder} 폴더에 닿지 않아요`);
  await expect(page.getByTestId('next-try')).toHaveText(/뒤에 다시|곧 보내요/);
  expect(await filesIn(folder)).toEqual([]);

  await makeFolder(folder);
  await page.getByRole('button', { name: '지금 보내기' }).click();
  await expect(standing(page)).toHaveText('보냈어요');
  await expect(mark(page)).toHaveCount(0);
  expect(await filesIn(folder)).toHaveLength(1);
  // The button is gone, and the keyboard is not lost.
  await expect(page.getByRole('listbox', { name: '보낼 것과 보낸 것' })).toBeFocused();

  // Pulled out and put in again: the window's word that there is a network is enough, whatever the wait was.
  await takeAway(folder);
  await app.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  await sendSession(page, session, DAY);
  await expect(mark(page)).toHaveText('오프라인 · 대기 1건');
  await makeFolder(folder);
  await expect(async () => {
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await expect(mark(page)).toHaveCount(0, { timeout: 1000 });
  }).toPass();
  expect(await filesIn(folder)).toHaveLength(1);
});

test('paused, sent elsewhere, taken by hand and taken out', async ({ app }, testInfo) => {
  const { page } = app;
  const [away, shared] = [testInfo.outputPath('away'), testInfo.outputPath('shared')];
  await makeFolder(shared);
  await setUp(page, '망원 1호', 'trainer');
  const session = await sessionAt(app, DAY);
  const stick = await folderDestination(app, 'USB 메모리', away);
  const send = (n: number) =>
    app.call('outbox.send', {
      destination: stick,
      key: `0191aaaa-0000-7000-8000-00000000000${n}`,
      what: { kind: 'session', sessions: [session] },
    });
  await send(1);
  await openOutbox(page);
  await expect(standing(page)).toHaveText('오프라인');

  // One of them, then all.
  await page.getByRole('button', { name: '멈추기', exact: true }).click();
  await expect(standing(page)).toHaveText('멈춰 뒀어요');
  await expect(mark(page)).toHaveText('멈춰 둠');
  await page.getByRole('button', { name: '다시 보내기', exact: true }).click();
  await expect(standing(page)).toHaveText('오프라인');
  await page.getByRole('button', { name: '모두 멈추기' }).click();
  await expect(page.getByTestId('all-paused')).toBeVisible();
  await expect(mark(page)).toHaveText('멈춰 둠');
  await expect(page.getByTestId('next-try')).toHaveCount(0);
  await page.getByTestId('all-paused').getByRole('button', { name: '다시 보내기' }).click();
  await expect(page.getByTestId('all-paused')).toHaveCount(0);

  // Another way, with which it goes at once.
  await folderDestination(app, '사무실 공유 폴더', shared);
  await page.getByRole('button', { name: '다른 곳으로' }).click();
  const elsewhere = page.getByRole('dialog', { name: '어디로 보낼까요?' });
  await expect(elsewhere.getByRole('radio', { name: /사무실 공유 폴더/ })).toBeChecked();
  await elsewhere.getByRole('button', { name: '이곳으로 보내기' }).click();
  await expect(standing(page)).toHaveText('보냈어요');
  await expect(elsewhere).toHaveCount(0);
  expect(await filesIn(shared)).toHaveLength(1);

  // By hand: the file, then the word that it was handed over.
  await send(2);
  await rows(page).filter({ hasText: '오프라인' }).click();
  await expect(standing(page)).toHaveText('오프라인');
  await expect(page.getByRole('button', { name: '직접 전달했어요' })).toHaveCount(0);
  const saved = await app.saved(() => page.getByRole('button', { name: '파일로 받기' }).click());
  expect(saved.name).toMatch(/\.dangol$/);
  expect(Buffer.from(saved.bytes.subarray(0, 2)).toString()).toBe('PK');
  await page.getByRole('button', { name: '직접 전달했어요' }).click();
  await expect(standing(page)).toHaveText('보냈어요');
  await expect(mark(page)).toHaveCount(0);

  // Taken out: said that it was not sent, and refused to the destination while it waits.
  await send(3);
  await open(page, `/outbox/destinations/${stick}`, 'USB 메모리');
  await page.getByRole('button', { name: '지우기' }).click();
  const gone = page.getByRole('dialog', { name: '보내는 곳 ‘USB 메모리’ 지우기' });
  await gone.getByRole('button', { name: '지우기' }).click();
  await expect(gone.getByRole('alert')).toContainText('보낼 것이 1건 있어서 지우지 않았어요');
  await gone.getByRole('button', { name: '그대로 두기' }).click();
  await openOutbox(page);
  await page.getByRole('button', { name: '빼기', exact: true }).click();
  const out = page.getByRole('dialog', { name: '보내지 않고 뺄까요?' });
  await expect(out).toContainText('아직 보내지 않았어요');
  await out.getByRole('button', { name: '보내지 않고 빼기' }).click();
  await expect(out).toHaveCount(0);
  await expect(rows(page)).toHaveCount(2);
  await expect(mark(page)).toHaveCount(0);
  await open(page, `/outbox/destinations/${stick}`, 'USB 메모리');
  await page.getByRole('button', { name: '지우기' }).click();
  await gone.getByRole('button', { name: '지우기' }).click();
  await expect(page.getByTestId('destination')).toHaveCount(1);
});

test('what cannot go is parked, told in the title bar, and stands first, also for the keyboard', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const folder = testInfo.outputPath('shared');
  await makeFolder(folder);
  await setUp(page, '망원 1호', 'trainer');
  const session = await sessionAt(app, DAY);
  const destination = await folderDestination(app, '사무실 공유 폴더', folder);
  await app.call('outbox.pauseAll', { paused: true });
  const send = (n: number, title: string) =>
    app.call('outbox.send', {
      destination,
      key: `0191aaaa-0000-7000-8000-00000000000${n}`,
      what: title === '' ? { kind: 'report', freeze: true } : { kind: 'session', sessions: [session] },
    });
  const parked = await send(1, DAY);
  const report = await send(2, '');
  expect([parked.state, report.made]).toEqual(['queued', 'frozen']);
  // Somebody put another file there under the very name.
  const taken = path.join(folder, parked.file!);
  await writeFile(taken, 'another');
  await app.call('outbox.pauseAll', { paused: false });
  await expect(mark(page)).toHaveText('확인이 필요해요 1건');
  expect(await readFile(taken, 'utf8')).toBe('another');

  await mark(page).click();
  await expect(page.getByTestId('delivery-group')).toHaveText([/확인이 필요해요/, /보낸 것/]);
  await expect(rows(page).first()).toHaveAttribute('data-standing', 'parked');
  await expect(standing(page)).toHaveText('막혔어요');
  await expect(page.getByTestId('delivery-error')).toContainText('내용이 달라요');

  const list = page.getByRole('listbox', { name: '보낼 것과 보낸 것' });
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await expect(standing(page)).toHaveText('보냈어요');
  await page.keyboard.press('ArrowUp');
  await expect(standing(page)).toHaveText('막혔어요');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: '지금 보내기' })).toBeFocused();
  await takeAway(folder);
  await makeFolder(folder);
  await page.keyboard.press('Enter');
  await expect(standing(page)).toHaveText('보냈어요');
  await expect(list).toBeFocused();
  await expect(mark(page)).toHaveCount(0);
  expect(await filesIn(folder)).toEqual([parked.file]);
});

test('a password can be given and never seen again @browser', async ({ app }) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await open(page, '/outbox/destinations/new/mail', '메일로 보내기');
  await page.getByLabel('메일 서비스').selectOption({ label: '네이버' });
  await expect(page.getByLabel('보내는 메일 서버 (SMTP)')).toHaveValue('smtp.naver.com');
  await expect(page.getByLabel('포트', { exact: true })).toHaveValue('587');
  await expect(page.getByRole('group', { name: '보안 연결' }).getByText('STARTTLS')).toHaveAttribute(
    'data-state',
    'on',
  );
  await page.getByLabel('보내는 사람 메일 주소').fill('kim@example.kr');
  await expect(page.getByLabel('로그인 아이디')).toHaveValue('kim@example.kr');
  await page.getByLabel('받는 사람 메일 주소').fill('office@example.kr lee');
  await page.getByRole('button', { name: '이곳으로 정하기' }).click();
  await expect(page.getByRole('alert')).toContainText('메일 주소를 쉼표로');
  await page.getByLabel('받는 사람 메일 주소').fill('office@example.kr, lee@example.kr');
  await page.getByLabel('비밀번호', { exact: true }).fill('app-password');
  await page.getByRole('button', { name: '이곳으로 정하기' }).click();
  await page.getByTestId('destination').filter({ hasText: 'office@example.kr, lee@example.kr' }).click();
  await expect(page.getByText('저장되어 있어요')).toBeVisible();
  await expect(page.getByLabel('비밀번호', { exact: true })).toHaveCount(0);
  expect(await page.content()).not.toContain('app-password');

  // Another one, then thought better of it; the one that is kept stays.
  await page.getByRole('button', { name: '바꾸기', exact: true }).click();
  await expect(page.getByLabel('비밀번호', { exact: true })).toBeFocused();
  await page.getByRole('button', { name: '그대로 두기' }).click();
  await page.getByRole('button', { name: '이렇게 고치기' }).click();
  const [kept] = await app.call('destinations.list', {});
  expect(kept).toMatchObject({
    hasSecret: true,
    place: { kind: 'mail', to: ['office@example.kr', 'lee@example.kr'] },
  });
});

import {
  chooseFiles,
  complaintsOf,
  dropFiles,
  fileRow,
  goTo,
  mergeAll,
  officeAndTrainer,
  setUp,
} from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const write = (app: App, id: string, set: Record<string, string | boolean | null>) =>
  app.call('records.write', { entity: 'store', id, set });

async function exportOf(app: App): Promise<{ name: string; bytes: Uint8Array }> {
  return app.call('exchange.export', { purpose: 'session' });
}

test('a file is shown before it goes in, and undone with everything that it alone brought', async ({
  app,
  second,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await setUp(page, '사무실', 'coordinator');
  await second.call('app.setUp', { name: '반송 2호', role: 'trainer' });
  const { id } = await second.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  await second.call('stores.create', { site: id, name: '바다횟집' });
  const file = await exportOf(second);

  await dropFiles(page, [file]);
  const row = fileRow(page, '반송 2호');
  await expect(row).toContainText('처음 보는 노트북');
  const { laptop } = await second.call('app.status', {});
  await expect(row.getByTestId('fingerprint')).toHaveText(laptop.fingerprint);
  await expect(row).toContainText('점포 1');
  expect((await app.call('app.status', {})).counts.stores).toBe(0);

  await mergeAll(page);
  await expect(row.getByTestId('outcome')).toHaveText('새 기록 2');
  expect((await app.call('app.status', {})).counts.stores).toBe(1);

  const past = page.getByTestId('past-imports').getByRole('listitem').filter({ hasText: '반송 2호' });
  await past.getByRole('button', { name: '되돌리기' }).click();
  const asked = page.getByRole('dialog', { name: '이 파일을 합친 것을 되돌릴까요?' });
  await expect(asked).toContainText('많으면 2개예요');
  await asked.getByRole('button', { name: '그만두기' }).click();
  expect((await app.call('app.status', {})).counts.stores).toBe(1);

  await past.getByRole('button', { name: '되돌리기' }).click();
  await asked.getByRole('button', { name: '되돌리기', exact: true }).click();
  await expect(page.getByTestId('toast')).toContainText('기록 2개를 뺐어요');
  await expect(past).toContainText('되돌렸어요');
  await expect(past.getByRole('button')).toHaveCount(0);
  expect((await app.call('app.status', {})).counts.stores).toBe(0);

  await page.getByRole('button', { name: '목록 비우기' }).click();
  await chooseFiles(page, [file]);
  await mergeAll(page);
  expect((await app.call('app.status', {})).counts.stores).toBe(1);
  expect(complaints).toEqual([]);
});

test('a refused file says why in a sentence, and keeps no other out', async ({ app, second }) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await second.call('app.setUp', { name: '반송 2호', role: 'trainer' });
  await second.call('records.write', { entity: 'site', set: { name: '반송큰시장' } });
  const good = await exportOf(second);
  const altered = Uint8Array.from(good.bytes);
  altered[Math.floor(altered.length / 2)]! ^= 1;

  await chooseFiles(page, [
    { name: '메모.dangol', bytes: new TextEncoder().encode('점포 목록') },
    { name: '잘린 것.dangol', bytes: good.bytes.subarray(0, good.bytes.length - 40) },
    { name: '바뀐 것.dangol', bytes: altered },
    { name: '온전한 것.dangol', bytes: good.bytes },
  ]);
  const refusal = (name: string) => fileRow(page, name).getByTestId('refusal');
  await expect(refusal('메모')).toContainText('단골수첩 파일이 아니거나 깨졌어요');
  await expect(refusal('잘린 것')).toContainText('중간에 잘렸어요. 아무것도 넣지 않았어요.');
  await expect(refusal('바뀐 것')).toContainText('아무것도 넣지 않았어요.');
  await mergeAll(page);
  await expect(page.getByTestId('merge-result')).toContainText('파일 1개를 합쳤어요');
  await expect(page.getByTestId('merge-result')).toContainText('넣지 않은 파일이 3개 있어요');
  expect((await app.call('app.status', {})).counts.sites).toBe(1);

  await page.getByRole('button', { name: '목록 비우기' }).click();
  await chooseFiles(page, [{ name: '또.dangol', bytes: good.bytes }]);
  await expect(fileRow(page, '반송 2호').getByTestId('standing')).toHaveText(
    /‘온전한 것.dangol’과 같은 파일이에요/,
  );
  await expect(page.getByTestId('nothing-ready')).toContainText('모두 이미 합친 파일이에요');
  expect(await app.call('imports.list', {})).toHaveLength(1);
});

test('conflicts are settled by the keyboard alone', async ({ app, second }) => {
  const { page } = app;
  const [store] = await officeAndTrainer(app, second);
  await write(app, store, { phone: '02-335-3519', channelOpenedOn: '2024-09-13', status: 'closed' });
  await write(second, store, { phone: '02-335-3591', channelOpenedOn: '2024-09-03', status: 'moved' });
  await chooseFiles(page, [await exportOf(second)]);
  await mergeAll(page);
  await expect(page.getByTestId('merge-result')).toContainText('서로 다른 값 3개가 생겼어요');
  await page.getByRole('link', { name: '다른 값 정하기' }).click();

  const current = page.getByRole('option', { selected: true });
  const detail = page.getByTestId('conflict-detail');
  await expect(current).toContainText('톡채널 개설일');
  await expect(page.getByText('정할 것 3개')).toBeVisible();

  await page.keyboard.press('ArrowDown');
  await expect(current).toContainText('전화번호');
  await expect(detail.getByTestId('option-value')).toHaveText(['02-335-3591', '02-335-3519']);
  await expect(detail).toContainText('망원 1호');
  await expect(detail).toContainText('이 노트북에서 적음');
  await page.keyboard.press('Enter');
  await expect(detail).toContainText('먼저 맞는 값을 골라 주세요');
  await page.keyboard.press('2');
  await expect(detail.getByRole('radio', { checked: true })).toContainText('02-335-3519');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('toast').last()).toContainText('전화번호: 02-335-3519');

  await expect(current).toContainText('상태');
  await page.keyboard.press('3');
  await detail.getByLabel('상태 새로 적기').selectOption({ label: '참여 안 함' });
  await detail.getByRole('button', { name: '이 값으로 정하기' }).click();
  await expect(page.getByTestId('toast').last()).toContainText('상태: 참여 안 함');

  await expect(current).toContainText('톡채널 개설일');
  await page.keyboard.press('3');
  await page.keyboard.type('2024. 13. 1.');
  await expect(detail.getByRole('alert')).toContainText('이런 날짜는 없어요');
  await page.keyboard.press('Enter');
  await expect(page.getByText('정할 것 1개')).toBeVisible();
  await detail.getByLabel('톡채널 개설일 새로 적기').fill('2024. 9. 10.');
  await page.keyboard.press('Enter');
  await expect(page.getByText('모두 정했어요')).toBeVisible();

  const { fields, conflicts } = await app.call('records.get', { entity: 'store', id: store });
  expect(fields).toMatchObject({ phone: '02-335-3519', status: 'declined', channelOpenedOn: '2024-09-10' });
  expect(conflicts).toEqual({});
  expect((await app.call('app.status', {})).counts.conflicts).toBe(0);
});

test('what one laptop deleted and another edited is brought back, or stays deleted', async ({
  app,
  second,
}) => {
  const { page } = app;
  const [first, other] = await officeAndTrainer(app, second);
  await app.call('records.delete', { entity: 'store', id: first });
  await app.call('records.delete', { entity: 'store', id: other });
  await write(second, first, { note: '다시 문을 열었어요' });
  await write(second, other, { note: '문을 닫았어요' });
  await chooseFiles(page, [await exportOf(second)]);
  await mergeAll(page);
  await goTo(page, '다른 값');

  const detail = page.getByTestId('conflict-detail');
  const settleNow = async (): Promise<void> => {
    const isFirst = (await detail.getByTestId('option-value').last().innerText()).includes('다시 문을');
    await page.keyboard.press(isFirst ? '2' : '1');
    await detail.getByRole('button', { name: isFirst ? '되살리기' : '지운 채로 두기' }).click();
    await expect(page.getByTestId('toast').last()).toContainText(
      isFirst ? '되살렸어요' : '지운 채로 두었어요',
    );
  };
  await expect(detail.getByTestId('option-value')).toHaveText([/지웠어요/, /고쳤어요.*메모: /]);
  await settleNow();
  await expect(page.getByTestId('conflict-row')).toHaveCount(1);
  await expect(detail.getByTestId('option-value')).toHaveText([/지웠어요/, /고쳤어요.*메모: /]);
  await settleNow();
  await expect(page.getByText('모두 정했어요')).toBeVisible();

  const deletedOf = async (id: string) =>
    (await app.call('records.get', { entity: 'store', id })).fields['deleted'];
  expect([await deletedOf(first), await deletedOf(other)]).toEqual([false, true]);
});

test('a conflict whose values changed meanwhile is shown anew, and nothing is overwritten', async ({
  app,
  second,
}) => {
  const { page } = app;
  const [store] = await officeAndTrainer(app, second);
  await write(app, store, { phone: '02-335-0001' });
  await write(second, store, { phone: '02-335-0002' });
  await chooseFiles(page, [await exportOf(second)]);
  await mergeAll(page);
  await goTo(page, '다른 값');
  const values = page.getByTestId('option-value');
  await expect(values).toHaveText(['02-335-0002', '02-335-0001']);

  // A third value arrives behind the screen's back, without changing how many conflicts there are.
  await write(second, store, { phone: '02-335-0003' });
  const later = await exportOf(second);
  await app.call('exchange.import', { file: later.name, bytes: later.bytes });
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toContainText('그 사이에 값이 바뀌었어요');
  await expect(values).toHaveText(['02-335-0003', '02-335-0001']);
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0);
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await expect(page.getByText('모두 정했어요')).toBeVisible();
  const { fields } = await app.call('records.get', { entity: 'store', id: store });
  expect(fields['phone']).toBe('02-335-0003');
});

test('figures follow the programme and the period, and say what they count', async ({ openApp }) => {
  const app = await openApp({ demo: true });
  const { page } = app;
  const complaints = complaintsOf(page);
  await goTo(page, '숫자');
  const figure = (name: string) => page.locator(`[data-figure="${name}"]`);
  await page.getByLabel('사업', { exact: true }).selectOption({ label: '단골거리 2024' });
  await expect(figure('stores')).toContainText('842');
  await expect(figure('channelsOpened')).toContainText('840');
  await expect(figure('channelsOpened')).toContainText('점포 842곳의 99.8%');
  await expect(figure('surveyMean')).toContainText('4.90');
  await expect(figure('surveyMean')).toContainText('응답 722건');

  await page.getByLabel('사업', { exact: true }).selectOption({ label: '단골 만들기 지원센터' });
  await expect(figure('surveyMean')).toContainText('–');
  await expect(figure('surveyMean')).toContainText('응답이 없어요');

  await page.getByLabel('사업', { exact: true }).selectOption({ label: '모든 사업' });
  await page.getByLabel('시작하는 날', { exact: true }).fill('2024-06-01');
  await page.getByLabel('끝나는 날', { exact: true }).fill('2024-06-30');
  const { total } = await app.call('report.kpis', { from: '2024-06-01', to: '2024-06-30' });
  const table = page.getByTestId('figure-table');
  await expect(
    table
      .getByRole('row', { name: /^점포 방문/ })
      .getByRole('cell')
      .first(),
  ).toHaveText(String(total.visits));
  await expect(table.getByRole('row', { name: /^시장·상권/ })).toContainText('기간과 상관없는 숫자예요');

  await page.getByLabel('끝나는 날', { exact: true }).fill('2024-05-01');
  await expect(page.getByRole('alert')).toContainText('끝나는 날이 시작하는 날보다 앞서요');
  await expect(page.getByRole('button', { name: '보고서 만들기' })).toBeDisabled();

  await figure('friends')
    .getByRole('button', { name: /무엇을 센 숫자인가요/ })
    .click();
  await expect(page.getByRole('dialog')).toContainText('가장 나중 친구 수를 더한 값이에요');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(complaints).toEqual([]);
});

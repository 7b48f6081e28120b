import { openBook } from '#tests/support/conflict-workbook.ts';
import { chooseFiles, complaintsOf, goTo, mergeAll, officeAndTrainer } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

const write = (app: App, id: string, set: Record<string, string>) =>
  app.call('records.write', { entity: 'store', id, set });

test('conflicts go out as a workbook and come back: looked at first, row by row, undone at once', async ({
  app,
  second,
}) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const [store] = await officeAndTrainer(app, second);
  await write(app, store, { phone: '02-335-3519', channelOpenedOn: '2024-09-13', status: 'closed' });
  await write(second, store, { phone: '02-335-3591', channelOpenedOn: '2024-09-03', status: 'moved' });
  await chooseFiles(page, [await second.call('exchange.export', { purpose: 'session' })]);
  await mergeAll(page);
  await goTo(page, '다른 값');

  const saved = await app.saved(() => page.getByRole('button', { name: '엑셀로 받기' }).click());
  expect(saved.name).toMatch(/^단골수첩 정할 것 \d{4}-\d{2}-\d{2}\.xlsx$/);
  const book = await openBook(saved.bytes);
  book.choose('phone', '02-335-3519');
  book.choose('channelOpenedOn', '2024-02-30');
  const bring = async (bytes: Uint8Array): Promise<void> =>
    page.getByTestId('book-input').setInputFiles({
      name: '회의.xlsx',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes),
    });

  await bring(await book.saved());
  const sheet = page.getByRole('dialog', { name: '엑셀에서 고른 값' });
  await expect(sheet).toContainText('회의.xlsx');
  await expect(sheet.getByRole('listitem')).toContainText('바다횟집 · 톡채널 개설일');
  await expect(sheet.getByRole('listitem')).toContainText('달력에 없는 날짜예요');
  expect((await app.call('conflicts.list', {})).total).toBe(3);
  await sheet.getByRole('button', { name: '그만두기' }).click();
  expect((await app.call('conflicts.list', {})).total).toBe(3);

  book.choose('channelOpenedOn', '2024-09-30');
  book.choose('status', '값 1');
  await bring(await book.saved());
  await sheet.getByRole('button', { name: '3개 정하기' }).click();
  const result = page.getByRole('dialog', { name: '엑셀에서 고른 값으로 정했어요' });
  await expect(result).toContainText('되돌리기 한 번으로');
  expect((await app.call('records.get', { entity: 'store', id: store })).fields).toMatchObject({
    phone: '02-335-3519',
    channelOpenedOn: '2024-09-30',
    status: 'moved',
  });
  await result.getByRole('button', { name: '닫기' }).last().click();
  await expect(page.getByText('모두 정했어요')).toBeVisible();

  await page.keyboard.press('Control+z');
  await expect(page.getByText('정할 것 3개')).toBeVisible();

  await bring(Buffer.from('PK\u0003\u0004 no workbook'));
  await expect(page.getByRole('alert')).toContainText('표로 읽을 수 없어요');
  expect(complaints).toEqual([]);
});

import { chooseFiles, complaintsOf, fileRow, goTo, mergeAll, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { goToKits, kitLine, makeKitFor, planned } from './kit-steps.ts';

const isSealed = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes).toString('latin1').startsWith('age-encryption.org/v1\n');

async function toExport({ page }: App, session: string): Promise<void> {
  await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '오늘' }).click();
  await page.getByRole('link', { name: session }).first().click();
  await page.getByRole('link', { name: '내보내기' }).click();
}

test('the day goes out for the office alone, and the next kit for the trainer alone', async ({
  app,
  second,
}) => {
  const [office, field] = [app, second];
  const complaints = [office, field].map(({ page }) => complaintsOf(page));
  await setUp(office.page, '사무실', 'coordinator');
  await planned(office);
  await goToKits(office.page);
  await expect(kitLine(office.page, '김트레')).toContainText('트레이너의 노트북을 아직 몰라요');
  const first = await makeKitFor(office, '김트레');
  expect(isSealed(first.bytes)).toBe(false);

  await setUp(field.page, '망원 1호', 'trainer');
  await chooseFiles(field.page, [first]);
  await expect(fileRow(field.page, '김트레')).not.toContainText('봉해서 온 파일');
  await mergeAll(field.page);
  await toExport(field, '망원 방문의 날');
  const seal = field.page.getByTestId('seal');
  await expect(seal).toContainText('사무실만 열 수 있어요');
  const day = await field.saved(() => field.page.getByRole('button', { name: '파일로 내보내기' }).click());
  expect(isSealed(day.bytes)).toBe(true);
  await expect(field.page.getByTestId('exported')).toContainText('봉해서 만들었어요');

  await chooseFiles(office.page, [day]);
  const row = fileRow(office.page, '망원 1호');
  await expect(row).toContainText('봉해서 온 파일');
  await mergeAll(office.page);
  await expect(row).toContainText('합쳤어요');
  // Chosen once more under another name, it is what was merged before.
  await chooseFiles(office.page, [{ name: '다른 이름.dangol', bytes: day.bytes }]);
  await expect(fileRow(office.page, '다른 이름')).toContainText('이미 합쳤어요');

  await goToKits(office.page);
  await expect(kitLine(office.page, '김트레')).toContainText('망원 1호만 열 수 있어요');
  await expect(kitLine(office.page, '이트레')).toContainText('트레이너의 노트북을 아직 몰라요');
  const kit = await makeKitFor(office, '김트레');
  expect(isSealed(kit.bytes)).toBe(true);
  await chooseFiles(field.page, [kit]);
  await mergeAll(field.page);
  // A new laptop could not open it: then it goes out plain, this once.
  await office.page.getByRole('button', { name: '김트레 꾸러미를 봉하지 않기' }).click();
  await expect(kitLine(office.page, '김트레')).toContainText('누구나 열 수 있어요');
  expect(isSealed((await makeKitFor(office, '김트레')).bytes)).toBe(false);
  await goTo(office.page, '점포');
  await goToKits(office.page);
  await expect(kitLine(office.page, '김트레')).toContainText('망원 1호만 열 수 있어요');
  expect(complaints).toEqual([[], []]);
});

test('a plain file says what that means first, and one for others says what to ask for', async ({
  app,
  second,
}) => {
  const [office, field] = [app, second];
  await setUp(office.page, '사무실', 'coordinator');
  await planned(office);
  await setUp(field.page, '망원 1호', 'trainer');
  const { laptop } = await field.call('app.status', {});
  const [offices] = [await office.call('app.status', {})];

  // Nobody to seal it for yet.
  const all = await office.call('exchange.export', {});
  await field.call('exchange.import', { file: all.name, bytes: all.bytes });
  await toExport(field, '망원 방문의 날');
  const seal = field.page.getByTestId('seal');
  await expect(seal).toContainText('누구나 열 수 있는 파일이에요');

  const kit = await office.call('exchange.export', { purpose: 'kit' });
  await field.call('exchange.import', { file: kit.name, bytes: kit.bytes });
  await expect(seal).toContainText('사무실만 열 수 있어요');
  await seal.getByRole('button', { name: '봉하지 않고 만들기' }).click();
  const asked = field.page.getByRole('dialog');
  await expect(asked).toContainText('이름과 전화번호, 서명까지 볼 수 있어요');
  const day = await field.saved(() =>
    asked.getByRole('button', { name: '누구나 열 수 있게 만들기' }).click(),
  );
  expect(isSealed(day.bytes)).toBe(false);
  await expect(field.page.getByTestId('exported')).toContainText('꼭 받을 사람에게만');

  // A key that a person does not know is not sealed for.
  const { id, fingerprint } = offices.laptop;
  await field.call('laptops.judge', { id, fingerprint, verdict: 'unknown' });
  await expect(seal).toContainText('모르는 열쇠라고 표시해 두어서');

  const others = await office.call('exchange.export', { sealFor: [offices.laptop.id] });
  await chooseFiles(field.page, [others]);
  await expect(field.page.getByTestId('refusal')).toContainText('다른 노트북만 열 수 있게 봉한 파일');
  await expect(field.page.getByTestId('refusal')).toContainText(laptop.fingerprint);
});

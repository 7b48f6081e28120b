import fs from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { dayFile, dayFiles, kitFile, type NamedFile } from '#tests/support/session-files.ts';
import { startAgain } from './apps/start-again.ts';
import { chooseFiles, complaintsOf, fileRow, goTo, mergeAll } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { findings, wear } from './look-steps.ts';

/** Forty session files on a Friday evening: a folder of them, looked at, merged, stopped, and read through afterwards. */

async function officeWithKit(app: App): Promise<void> {
  await app.call('app.setUp', { name: '사무실', role: 'coordinator' });
  const { name, bytes } = kitFile();
  await app.call('exchange.import', { file: name, bytes: new Uint8Array(bytes) });
}

function put(folder: string, files: readonly NamedFile[]): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of files) fs.writeFileSync(path.join(folder, name), bytes);
}

/** Drops things of the disk onto the window as a person does: the browser itself opens the folders. */
async function drop(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const box = (await page.getByTestId('drop-area').boundingBox())!;
  const at = { x: box.x + box.width / 2, y: box.y + 10 };
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await session.detach();
}

const list = (page: Page): Locator => page.getByRole('list', { name: '고른 파일' });

async function allLooked(page: Page): Promise<void> {
  await expect(page.getByTestId('chosen-file').first()).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveCount(0);
}

/** The first file of the list that is seen whole, once the list has drawn where it was scrolled to. */
function firstSeen(page: Page): Promise<string> {
  return list(page).evaluate(async (scroller) => {
    for (;;) {
      const top = scroller.getBoundingClientRect().top;
      const [seen] = [...scroller.querySelectorAll('[data-testid=chosen-file]')]
        .map((row) => ({ text: row.querySelector('span')!.textContent, y: row.getBoundingClientRect().top }))
        .filter(({ y }) => y >= top - 1)
        .sort((a, b) => a.y - b.y);
      if (seen !== undefined) return seen.text;
      await new Promise(requestAnimationFrame);
    }
  });
}

test('a folder is dropped: what is in each file is seen, what is no good is named, the rest goes in @browser', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  await officeWithKit(app);
  const folder = testInfo.outputPath('금요일');
  put(folder, dayFiles(3));
  put(path.join(folder, '반송'), [{ ...dayFile(1), name: '받은 파일 (1).dangol' }, dayFile(0, 2)]);
  put(path.join(folder, 'x.dangol'), [dayFile(3)]);
  put(folder, [
    { name: '0 빈 파일.dangol', bytes: Buffer.alloc(0) },
    { name: '0 그림.dangol', bytes: Buffer.from('not a zip') },
    ...['메모.txt', '사진.jpg', '정산.xlsx', '공지.hwp'].map((name) => ({ name, bytes: Buffer.from('x') })),
    { name: '.DS_Store', bytes: Buffer.from('x') },
  ]);

  await goTo(page, '파일 합치기');
  await drop(page, [folder]);
  await allLooked(page);
  await expect(page.getByTestId('passed-over')).toHaveText(
    '다른 파일 4개는 건너뛰었어요: 공지.hwp, 메모.txt, 사진.jpg 외 1개',
  );
  const first = fileRow(page, '1구역 1호 방문의 날');
  await expect(first).toContainText('1구역 1호 (처음 보는 노트북) · 트레이너 1 · 2024년 9월 2일');
  await expect(first.getByTestId('contents')).toContainText('방문 2 · 출석 3 · 만족도 1 · 새 점포 1');
  await expect(fileRow(page, '0 빈 파일').getByTestId('refusal')).toContainText('아무것도 들어 있지 않아요');
  await expect(fileRow(page, '0 그림').getByTestId('refusal')).toContainText(
    '단골수첩 파일이 아니거나 깨졌어요',
  );
  expect((await app.call('imports.list', {})).length).toBe(1);

  await list(page).evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
  await expect(fileRow(page, '받은 파일 (1).dangol').getByTestId('standing')).toHaveText(
    '‘1구역 002.dangol’과 같은 파일이에요. 한 번만 넣어요.',
  );
  await expect(fileRow(page, 'x.dangol/1구역 004.dangol')).toBeVisible();
  const foreign = fileRow(page, '2구역 1호');
  await expect(foreign.getByTestId('standing')).toContainText('모르는 사업: 단골거리 2.');
  await expect(page.getByRole('button', { name: '4개 합치기' })).toBeVisible();
  await wear(page, 'light');
  expect(await findings(page)).toEqual([]);
  await foreign.getByRole('button', { name: '그래도 넣기' }).click();
  await expect(page.getByRole('button', { name: '5개 합치기' })).toBeVisible();
  await foreign.getByRole('button', { name: '다시 빼기' }).click();

  await mergeAll(page);
  const result = page.getByTestId('merge-result');
  await expect(result).toContainText('파일 4개를 합쳤어요');
  await expect(result).toContainText('넣지 않은 파일이 2개 있어요');
  await expect(result).toContainText('빼 둔 파일: 같은 파일 1 · 모르는 사업 1');
  expect((await app.call('imports.list', {})).length).toBe(5);

  // Taken in after all.
  await foreign.getByRole('button', { name: '그래도 넣기' }).click();
  await page.getByRole('button', { name: '나머지 1개 합치기' }).click();
  await expect(result).toContainText('파일 5개를 합쳤어요');
  expect(complaints).toEqual([]);
});

test('a folder is chosen, and a file that goes away before it is merged keeps no other out @browser', async ({
  app,
}, testInfo) => {
  const { page } = app;
  await officeWithKit(app);
  const folder = testInfo.outputPath('chosen');
  put(folder, [...dayFiles(3), { name: '메모.txt', bytes: Buffer.from('x') }]);
  await goTo(page, '파일 합치기');
  await page.getByTestId('folder-input').setInputFiles(folder);
  await allLooked(page);
  await expect(page.getByTestId('passed-over')).toHaveText('다른 파일 1개는 건너뛰었어요: 메모.txt');
  fs.rmSync(path.join(folder, dayFile(1).name));
  await mergeAll(page);
  await expect(page.getByTestId('merge-result')).toContainText('파일 2개를 합쳤어요');
  await expect(fileRow(page, '1구역 2호').getByTestId('refusal')).toContainText('파일을 읽지 못했어요');
});

test('sixty files are stopped in the middle and go on, and the list keeps its place @browser', async ({
  app,
}) => {
  const { page } = app;
  await officeWithKit(app);
  await chooseFiles(
    page,
    dayFiles(60).map(({ name, bytes }) => ({ name, bytes })),
  );
  await expect(page.getByRole('button', { name: '60개 합치기' })).toBeVisible();
  expect(await page.getByTestId('chosen-file').count()).toBeLessThan(30);
  await list(page).evaluate((scroller) => (scroller.scrollTop = 2500));
  const place = await firstSeen(page);

  // The twentieth file waits for the person who stops.
  const stopped = Promise.withResolvers<void>();
  let added = 0;
  await page.route('**/call', async (route) => {
    if (route.request().postDataBuffer()?.includes('imports.add') && (added += 1) === 20)
      await stopped.promise;
    await route.continue();
  });
  await page.getByRole('button', { name: '60개 합치기' }).click();
  await expect(page.getByText('60개 가운데 20개째 합치는 중')).toBeVisible();
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '19');
  await page.getByRole('button', { name: '여기까지만' }).click();
  await expect(page.getByText('이 파일까지만 합칠게요')).toBeVisible();
  stopped.resolve();

  const rest = page.getByRole('button', { name: '나머지 40개 합치기' });
  await expect(rest).toBeVisible();
  expect((await app.call('imports.list', {})).length).toBe(21);
  expect(await firstSeen(page)).toBe(place);
  await rest.click();
  await expect(page.getByTestId('merge-result')).toContainText('파일 60개를 합쳤어요');
  expect(await firstSeen(page)).toBe(place);
  expect((await app.call('imports.list', {})).length).toBe(61);

  // By the keyboard: a click that has to be tried again scrolls the page by itself first.
  await expect(page.getByTestId('change-counts')).toBeVisible();
  const empty = page.getByRole('button', { name: '목록 비우기' });
  await empty.focus();
  await page.locator('#page').evaluate((scroller) => (scroller.scrollTop = 120));
  const heading = page.getByRole('heading', { level: 1, name: '파일 합치기' });
  const before = (await heading.boundingBox())!.y;
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('chosen-file')).toHaveCount(0);
  await expect(page.getByRole('button', { name: '파일 고르기' })).toBeFocused();
  expect((await heading.boundingBox())!.y).toBe(before);
});

test('afterwards one reads what changed: by market and trainer, one by one, and later again', async ({
  app,
}) => {
  const { page } = app;
  await officeWithKit(app);
  await chooseFiles(
    page,
    dayFiles(21).map(({ name, bytes }) => ({ name, bytes })),
  );
  await mergeAll(page);
  const counts = page.getByTestId('change-counts');
  await expect(counts).toContainText('방문 42');
  await expect(counts).toContainText('연락처 바뀜 39');
  await page.getByRole('link', { name: '바뀐 것 보기' }).click();

  const group = page.getByTestId('change-group').filter({ hasText: '반송시장 1 · 트레이너 1' });
  await expect(group).toContainText('방문 10');
  await expect(group).toContainText('서로 다른 값 1');
  await group.getByRole('button', { name: /^서로 다른 값/ }).click();
  await expect(page.getByTestId('group-shown')).toContainText('반송시장 1 · 트레이너 1');
  const row = page.getByTestId('change');
  await expect(row).toHaveCount(1);
  await expect(row).toContainText('02-335-1000 / 02-335-1020');
  await expect(row).toContainText('1구역 021');
  await page.getByRole('button', { name: '모두 보기' }).click();
  await page.getByTestId('part').filter({ hasText: '연락처 바뀜' }).click();
  const phone = row.filter({ hasText: '02-335-1001' });
  await expect(phone).toContainText('1구역 002');
  await expect(phone.getByTestId('before')).toHaveText('02-0000-1002');
  await expect(phone.getByTestId('after')).toHaveText('02-335-1001');
  await phone.click();
  await expect(page.getByRole('dialog')).toContainText('02-335-1001');
  await page.keyboard.press('Escape');

  // Each file alone, from the list of those merged so far; it is there after a new start too.
  await goTo(page, '파일 합치기');
  await page
    .getByTestId('past-imports')
    .getByRole('listitem')
    .first()
    .getByRole('link', { name: '바뀐 것' })
    .click();
  await expect(page.getByTestId('part').filter({ hasText: '방문' })).toContainText('2');
  await page.reload();
  await expect(page.getByTestId('change-group')).toHaveCount(1);
});

test(
  'a file that is opened from the desktop is looked at, and goes in when a person says so',
  { tag: '@window' },
  async ({ openApp, place }, testInfo) => {
    const folder = testInfo.outputPath('desktop');
    put(folder, [kitFile(), dayFile(0)]);
    const kit = path.join(folder, kitFile().name);
    const day = path.join(folder, dayFile(0).name);
    const app = await openApp({ files: [kit] });
    const { page } = app;
    await page.getByLabel('노트북 이름').fill('사무실');
    await page.getByRole('button', { name: '시작하기' }).click();
    await expect(fileRow(page, '단골거리 1 꾸러미').and(page.locator('[data-stage=ready]'))).toBeVisible();
    expect(await app.call('imports.list', {})).toEqual([]);

    // While it runs, a second start hands over what was double-clicked, and ends.
    await page.getByRole('navigation', { name: '메뉴' }).getByRole('link', { name: '숫자' }).click();
    await expect(page.getByRole('heading', { level: 1, name: '숫자' })).toBeVisible();
    const second = startAgain(place, app.dataDir, [day, path.join(folder, '없는 파일.dangol')]);
    expect(await second.code).toBe(0);
    await expect(fileRow(page, '1구역 1호').and(page.locator('[data-stage=ready]'))).toBeVisible();
    await expect(fileRow(page, '없는 파일').getByTestId('refusal')).toContainText('읽지 못했어요');
    await mergeAll(page);
    await expect(page.getByTestId('merge-result')).toContainText('파일 2개를 합쳤어요');
  },
);

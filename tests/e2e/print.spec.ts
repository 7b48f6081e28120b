import type { Page, TestInfo } from '@playwright/test';
import { pngOf } from '#tests/support/pictures.ts';
import { A4, hasPoppler, readPrinted, type Printed } from '#tests/support/printed.ts';
import { printedPixels, readQr, type Pixels } from '#tests/support/read-qr.ts';
import { complaintsOf, setUp } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';
import { wear } from './look-steps.ts';

/** What comes out of the printer: the PDF of the page as Chromium makes it, read by another program. */
test.beforeAll(() => {
  test.skip(!hasPoppler(), 'poppler, which reads what was printed, is not installed');
});

const PHONE = /01[016]-?\d{3,4}-?\d{4}/;

async function open(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => void (location.hash = to), `#${address}`);
  await ready(page);
}

/** Printing is offered once everything that is on the paper has loaded. */
async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: '인쇄될 종이' })).toBeVisible();
  await expect(page.getByRole('button', { name: '인쇄하기' })).toBeEnabled();
}

/** Prints, and holds what every sheet has to hold: A4, all fonts in the file, a Korean one among them, no bar. */
async function printed(
  page: Page,
  testInfo: TestInfo,
  name: string,
): Promise<Printed & { readonly text: string }> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const found = readPrinted(pdf, testInfo.outputPath('print', name));
  expect(found.sizes).toEqual(found.pages.map(() => A4));
  expect(found.fonts.filter(({ embedded }) => !embedded)).toEqual([]);
  expect(found.fonts.map((font) => font.name).join(' ')).toMatch(
    /Pretendard-Regular.*Pretendard-Bold|Pretendard-Bold.*Pretendard-Regular/,
  );
  const text = found.pages.join(' ');
  expect(text).not.toContain('인쇄하기');
  return { ...found, text };
}

interface Scene {
  readonly program: string;
  readonly site: string;
  put(entity: string, set: object): Promise<string>;
}

async function scene(app: App): Promise<Scene> {
  await setUp(app.page, '망원 1호', 'coordinator');
  const put = async (entity: string, set: object): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const program = await put('program', { name: '단골거리 시험', kind: 'street' });
  const site = await put('site', { program, name: '반송큰시장', kind: 'traditionalMarket' });
  return { program, site, put };
}

async function session(app: App, { site, put }: Scene, people: number): Promise<string> {
  const store = await put('store', { site, name: '바다횟집', status: 'active' });
  const trainer = await put('person', { name: '오선생', kind: 'trainer' });
  const roster: string[] = [];
  for (let i = 1; i <= people; i += 1) {
    const two = String(i).padStart(2, '0');
    // Two words, which stand on two lines of their cell.
    const name = `처음${two} 아주긴이름끝말${two}`;
    roster.push(await put('person', { name, phone: `010-0000-10${two}`, kind: 'merchant', store }));
  }
  const { id } = await app.call('sessions.plan', {
    site,
    kind: 'class',
    title: '톡채널 첫걸음',
    date: '2026-11-24',
    place: '상인회 2층',
    trainers: [trainer],
    roster,
  });
  await app.call('records.write', {
    entity: 'session',
    id,
    set: { startsAt: '2026-11-24T05:00:00.000Z', endsAt: '2026-11-24T07:30:00.000Z' },
  });
  return id;
}

test('a sign-in sheet of sixty: the head of the table on each page, whole rows, rows for walk-ins @browser', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const complaints = complaintsOf(page);
  const id = await session(app, await scene(app), 60);
  await wear(page, 'dark');
  await page.evaluate((to) => void (location.hash = to), `#/sessions/${id}/attendance`);
  await page.getByRole('link', { name: '출석부 인쇄' }).click();
  await ready(page);

  // Room for a signature: 12 mm, of which there are 25.4 to 96 pixels.
  for (const box of await page.getByTestId('paper').locator('tbody td:last-child').all()) {
    expect((await box.boundingBox())!.height).toBeGreaterThan((12 / 25.4) * 96);
  }
  const { pages, text, words } = await printed(page, testInfo, 'hand');
  expect(pages).toHaveLength(4);
  // A row of 13 mm has its number in its middle: whole above and below, it ends where the margin begins, at 281 mm.
  for (const own of words) {
    const rows = own.filter((word) => word.x < 23 && /^\d+$/.test(word.text)).map(({ y }) => y);
    expect(rows.length).toBeGreaterThan(5);
    rows.slice(1).forEach((y, i) => expect(Math.abs(y - rows[i]! - 13)).toBeLessThan(0.5));
    expect(rows.at(-1)! + 6.5).toBeLessThan(281.5);
    const head = own.find((word) => word.text === '번호')!.y;
    expect(rows[0]! - head).toBeGreaterThan(10);
  }
  expect(pages[0]).toMatch(
    /출석부.*톡채널 첫걸음.*2026년 11월 24일 14:00 – 16:30.*반송큰시장.*상인회 2층.*오선생/,
  );
  pages.forEach((words, i) => {
    expect(words).toMatch(/번호 이름 점포 전화번호 출석 서명/);
    expect(words).toMatch(new RegExp(`${i + 1} ?/ ?4$`));
  });
  expect(text.match(/처음\d\d/g)).toEqual(numbers(60).map((n) => `처음${n}`));
  expect(text).toContain('010-****-1060');
  expect(text).not.toMatch(PHONE);
  expect(pages[3]).toMatch(/ 61 .*62 .*63 .*64 .*65 /);
  await page.getByRole('link', { name: '출석으로 돌아가기' }).click();
  await expect(page.getByTestId('attendance-counts')).toBeVisible();
  expect(complaints).toEqual([]);
});

test('a sign-in sheet as recorded has marks and signatures, and one without anyone has a page to fill @browser', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const all = await scene(app);
  const id = await session(app, all, 3);
  const { people } = await app.call('sessions.get', { id });
  const who = (n: number) => ({ session: id, person: people[n]!.person.id });
  await app.call('attendance.sign', { ...who(0), signature: pngOf(120, 40) });
  await app.call('attendance.sign', { ...who(1), signature: null });
  await app.call('attendance.mark', { ...who(1), status: 'late' });

  await open(page, `/print/sessions/${id}/sign-in`);
  const hand = await printed(page, testInfo, 'hand');
  expect(hand.pictures).toBe(0);
  expect(hand.text).not.toMatch(/지각|서명 없이 확인함/);
  await page.getByTestId('print-bar').getByText('적힌 대로', { exact: true }).click();
  await expect(page.getByText('서명 없이 확인함')).toBeVisible();
  await ready(page);
  const recorded = await printed(page, testInfo, 'recorded');
  expect(recorded.pictures).toBe(1);
  expect(recorded.text).toMatch(/출석 1명 · 지각 1명 · 결석 0명 · 표시 없음 1명 \(모두 3명\)/);
  expect(recorded.text).toMatch(/서명 없이 확인함/);
  expect(recorded.text).not.toMatch(PHONE);

  const { id: nobody } = await app.call('sessions.plan', {
    site: all.site,
    kind: 'class',
    title: '아무도 없는 회차',
    date: '2026-11-25',
  });
  await page.evaluate((to) => void (location.hash = to), `#/sessions/${nobody}/attendance`);
  await page.getByRole('link', { name: '출석부 인쇄' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '아무도 없는 회차 출석부' })).toBeVisible();
  await ready(page);
  const empty = await printed(page, testInfo, 'empty');
  expect(empty.pages).toHaveLength(1);
  expect(empty.text).toMatch(/빈 줄에 이름부터 적어요.* 1 2 3 .* 15 /);
});

test("a shop's results fit one page, with its owner masked until one asks @browser", async ({
  app,
}, testInfo) => {
  const { page } = app;
  const { program, site, put } = await scene(app);
  const items = [
    { key: 'channel', label: '톡채널을 열었나요?' },
    { key: 'map', label: '카카오맵에 가게를 등록했나요?' },
  ];
  const checklistTemplate = await put('checklistTemplate', { name: '점검표', version: 1, items });
  await app.call('programs.update', { id: program, checklistTemplate });
  const store = await put('store', {
    site,
    name: '바다횟집',
    ownerName: '김바다별',
    phone: '010-0000-1234',
    businessNumber: '123-45-67890',
    roadAddress: '부산 해운대구 아랫반송로 1',
    channelUrl: 'pf.kakao.com/_abcDEF',
    channelOpenedOn: '2026-10-02',
    status: 'active',
  });
  const person = await put('person', { name: '김바다별', kind: 'merchant', store });
  const visitDay = async (date: string): Promise<string> => {
    const { id: day } = await app.call('sessions.plan', {
      site,
      kind: 'visitDay',
      title: `방문 ${date}`,
      date,
    });
    return (await app.call('visits.start', { session: day, store })).id;
  };
  const first = await visitDay('2026-10-02');
  await app.call('checks.mark', {
    visit: first,
    item: 'channel',
    state: 'done',
    value: 'pf.kakao.com/_abcDEF',
  });
  await app.call('checks.mark', {
    visit: first,
    item: 'map',
    state: 'notDone',
    note: '다음에 하기로 한 비밀 메모',
  });
  await app.call('visits.update', { id: first, outcome: 'done' });
  await app.call('visits.update', { id: await visitDay('2026-11-20'), outcome: 'closed' });
  for (const [date, friends] of [
    ['2026-10-02', 12],
    ['2026-11-20', 1340],
  ] as const) {
    await app.call('friends.record', { owner: store, ownerKind: 'store', date, friends });
  }
  await put('grant', { program, store, amount: 300_000, grantedOn: '2026-10-05', usedAmount: 45_000 });
  await put('award', { program, site, store, person, title: '단골왕상', awardedOn: '2026-11-21' });

  await page.evaluate((to) => void (location.hash = to), `#/stores/${store}`);
  await page.getByTestId('store-detail').getByRole('link', { name: '결과표 인쇄' }).click();
  await ready(page);
  const masked = await printed(page, testInfo, 'masked');
  expect(masked.pages).toHaveLength(1);
  expect(masked.text).toMatch(/점포 결과표.*바다횟집.*반송큰시장.*아랫반송로 1/);
  for (const words of [
    '김**',
    '010-****-1234',
    '2026년 10월 2일 개설',
    '아직 등록하지 않았어요',
    '1,340명',
    '2026년 10월 2일 12명 · 1,328명 늘었어요',
    '마지막 점검 2026년 10월 2일',
    '방문 2번',
    '문 닫음',
    '300,000원',
    '45,000원 사용',
    '단골왕상',
  ]) {
    expect(masked.text).toContain(words);
  }
  expect(masked.text).toMatch(/톡채널을 열었나요\? 했어요/);
  expect(masked.text).not.toMatch(/김바다별|123-45|비밀 메모/);
  expect(masked.text).not.toMatch(PHONE);

  await page.getByTestId('print-bar').getByText('그대로 인쇄', { exact: true }).click();
  await expect(page.getByTestId('paper')).toContainText('010-0000-1234');
  await ready(page);
  const whole = await printed(page, testInfo, 'whole');
  expect(whole.pages).toHaveLength(1);
  expect(whole.text).toContain('김바다별');

  const bare = await put('store', { site });
  await open(page, `/print/stores/${bare}`);
  await expect(page.getByTestId('paper')).toContainText('아직 방문하지 않았어요');
  expect((await printed(page, testInfo, 'bare')).pages).toHaveLength(1);
});

test('certificates: one a page, names never broken, with whom they are from, which is remembered @browser', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const { program, site, put } = await scene(app);
  const store = await put('store', { site, name: '바다횟집', status: 'active' });
  const long = '남궁하늘빛나는별님이예요';
  const person = await put('person', { name: long, kind: 'merchant', store });
  const given = { program, site, awardedOn: '2026-11-21' };
  await put('award', { ...given, store, person, title: '단골왕상' });
  await put('award', { ...given, store, title: '소통왕상' });
  const last = await put('award', { ...given, title: '첫걸음상' });

  await page.evaluate((to) => void (location.hash = to), `#/templates/programs/${program}`);
  await page.getByRole('link', { name: '상장 인쇄' }).click();
  await ready(page);
  await page.getByLabel('주는 곳').fill('반송큰시장 상인회');
  const { pages } = await printed(page, testInfo, 'all');
  expect(pages).toHaveLength(3);
  expect(pages[0]).toMatch(
    new RegExp(
      `상 ?장 단골왕상 반송큰시장 바다횟집 ${long} 위 분은 「단골거리 시험」에.*「단골왕상」을 드립니다\\. 2026년 11월 21일 반송큰시장 상인회$`,
    ),
  );
  expect(pages[1]).toMatch(/소통왕상 반송큰시장 바다횟집 위 점포는/);
  expect(pages[2]).toMatch(/첫걸음상 반송큰시장 위 분은/);
  for (const name of await page.locator('.award-name').all()) {
    const [text, box] = await name.evaluate((element) => [element.scrollWidth, element.clientWidth]);
    expect(text).toBeLessThanOrEqual(box!);
  }

  await page.reload();
  // It comes back to where it stood, and only then goes on.
  await ready(page);
  await open(page, `/print/awards?award=${last}`);
  await expect(page.getByTestId('paper')).toHaveCount(1);
  expect((await printed(page, testInfo, 'one')).text).toMatch(/첫걸음상.*반송큰시장 상인회$/);
});

test('nine cards are two pages that a scanner reads, and shops without a channel are named @browser', async ({
  app,
}, testInfo) => {
  const { page } = app;
  const { site, put } = await scene(app);
  const long =
    '아주아주 긴 이름을 가진 우리 동네 제일 오래된 원조 할머니 손칼국수와 수제만두 전문점 본관 이층';
  const names = [...numbers(8).map((n) => `가게${n}`), long];
  for (const [i, name] of names.entries()) {
    await put('store', {
      site,
      name,
      ownerName: '김바다별',
      channelUrl: `pf.kakao.com/_shop${i}`,
      status: 'active',
    });
  }
  await put('store', { site, name: '채널없는집', status: 'active' });
  await put('store', { site, name: '인스타만하는집', channelUrl: 'instagram.com/x', status: 'active' });
  await put('store', { site, name: '문닫은집', status: 'closed' });

  await open(page, `/print/qr?site=${site}`);
  await expect(page.getByTestId('without')).toHaveText(
    '톡채널이 없어 빠진 점포 2곳: 인스타만하는집, 채널없는집',
  );
  const { pages, text } = await printed(page, testInfo, 'cards');
  expect(pages).toHaveLength(2);
  for (const n of numbers(8).slice(0, 7)) expect(pages[0]).toContain(`가게${n}`);
  expect(pages[1]).toContain('빠진 점포 2곳: 인스타만하는집, 채널없는집');
  expect(pages[0]).not.toContain('빠진');
  expect(text).not.toMatch(/김바다별|문닫은집/);
  for (const word of long.split(' ')) expect(text).toContain(word);
  for (const name of await page.locator('.card-name').all()) {
    const [inside, box] = await name.evaluate((element) => [element.scrollHeight, element.clientHeight]);
    expect(inside).toBeLessThanOrEqual(box!);
  }

  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const paper = printedPixels(pdf, testInfo.outputPath('print', 'scanned'))!;
  const order = [...names].sort();
  expect(cells(paper).map(readQr)).toEqual(
    order.slice(0, 8).map((name) => `https://pf.kakao.com/_shop${names.indexOf(name)}`),
  );

  const bare = await put('site', { name: '빈 시장' });
  await page.evaluate((to) => void (location.hash = to), `#/print/qr?site=${bare}`);
  await expect(page.getByText('카드로 만들 점포가 없어요')).toBeVisible();
});

const numbers = (to: number): string[] =>
  Array.from({ length: to }, (_, i) => String(i + 1).padStart(2, '0'));

/** The eight cards of a page of 150 dots to the inch, row by row. */
function cells({ width, data }: Pixels): Pixels[] {
  const dots = (millimetres: number): number => Math.round((millimetres / 25.4) * 150);
  return Array.from({ length: 8 }, (_, i) => {
    const [left, top] = [dots(10 + (i % 2) * 95), dots(16.5 + Math.floor(i / 2) * 66)];
    const size = { width: dots(95), height: dots(66) };
    const part = new Uint8ClampedArray(size.width * size.height * 4);
    for (let y = 0; y < size.height; y += 1) {
      const from = ((top + y) * width + left) * 4;
      part.set(data.subarray(from, from + size.width * 4), y * size.width * 4);
    }
    return { ...size, data: part };
  });
}

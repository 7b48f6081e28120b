import { admit, makeRoles } from '#tests/support/hub-scene.ts';
import { startPostgres, whyNoPostgres, type TestPostgres } from '#tests/support/postgres.ts';
import type { Page } from '@playwright/test';
import { Client } from 'pg';
import { goTo, setUp, typePhone } from './desk-steps.ts';
import { expect, test, type App } from './fixtures.ts';

/** The team's hub on its page, with a real database: what a coordinator and a trainer do there, and what it says when it cannot. */

const PASSWORD = 'a-good-one';
const reason = whyNoPostgres();
let server: TestPostgres;
let made = 0;

test.skip(reason !== null, reason ?? '');
// One for each test: they lock its tables, and stop it.
test.beforeEach(async () => {
  // The trainer has to know a password; the owner of the test gets in as from the server's own machine.
  server = await startPostgres({ rules: ['host all minji 127.0.0.1/32 scram-sha-256'] });
});
test.afterEach(() => server?.close());

interface Places {
  readonly database: string;
  readonly url: string;
}

async function emptyDatabase(): Promise<Places> {
  const database = `page${(made += 1)}`;
  return { database, url: await server.database(database) };
}

async function admitMinji(database: string, laptop: string): Promise<string> {
  await server.sql('postgres', 'DROP ROLE IF EXISTS minji');
  await admit(server, database, { login: 'minji', laptop, kind: 'trainer' });
  await server.sql(database, `ALTER ROLE minji PASSWORD '${PASSWORD}'`);
  return server.url(database, 'minji');
}

async function openHub(page: Page): Promise<void> {
  await goTo(page, '파일 합치기');
  await page.getByRole('link', { name: '팀 허브' }).click();
  await expect(page.getByRole('heading', { level: 1, name: '팀 허브' })).toBeVisible();
}

const address = (page: Page) => page.getByRole('textbox', { name: '허브 주소' });
const password = (page: Page) => page.getByRole('textbox', { name: '로그인 비밀번호' });
const result = (page: Page) => page.getByTestId('hub-result');

async function look(page: Page, url: string, secret = ''): Promise<void> {
  await address(page).fill(url);
  await password(page).fill(secret);
  await page.getByRole('button', { name: '허브 살펴보기' }).click();
}

async function market(app: App): Promise<void> {
  const write = async (entity: string, set: Record<string, unknown>): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const program = await write('program', { name: '단골거리', kind: 'street' });
  const site = await write('site', { name: '망원시장', program });
  await write('store', { name: '망원분식', site });
}

/** Makes a hub on the page, as a coordinator does, and lets the administrator make the roles. */
async function make(page: Page, { database, url }: Places): Promise<void> {
  await openHub(page);
  await address(page).fill(url);
  await page.getByText('허브 관리').click();
  await page.getByRole('textbox', { name: '허브 이름' }).fill('단골 허브');
  await page.getByText('봉하지 않기', { exact: true }).click();
  await page.getByRole('button', { name: '허브 만들기' }).click();
  await expect(page.getByRole('heading', { name: '단골 허브' })).toBeVisible();
  await makeRoles(server, database);
}

test('a coordinator makes a hub and pushes, a trainer pulls, and both see what differs', async ({
  app,
  second,
}) => {
  const place = await emptyDatabase();
  const [{ page: office }, { page: field }] = [app, second];
  await setUp(office, '사무실', 'coordinator');
  await market(app);
  await setUp(field, '망원 1호', 'trainer');
  await make(office, place);
  const { laptop } = await app.call('app.status', {});
  await expect(office.getByTestId('hub-fingerprint')).toHaveText(laptop.fingerprint);
  await expect(office.getByTestId('hub-push')).toHaveText('변경 3개');
  await office.getByRole('button', { name: '올리기', exact: true }).click();
  await expect(result(office)).toContainText('변경 3개를 올렸어요.');
  await expect(office.getByTestId('hub-push')).toHaveText('변경 0개');
  await expect(office.getByTestId('hub-laptop')).toContainText('사무실');

  const { laptop: own } = await second.call('app.status', {});
  const url = await admitMinji(place.database, own.id);
  await openHub(field);
  await expect(field.getByTestId('own-number')).toHaveText(own.id);
  // A trainer makes no hub.
  await field.getByText('허브 관리').click();
  await expect(field.getByRole('button', { name: '허브 만들기' })).toHaveCount(0);
  await look(field, url, 'a-wrong-one');
  await expect(field.getByRole('alert')).toContainText('로그인을 받아 주지 않았어요');
  await expect(field.getByRole('alert')).toContainText('아무것도 바뀌지 않았어요');
  await look(field, url, PASSWORD);
  await expect(field.getByText('트레이너로 들어왔어요')).toBeVisible();
  await expect(field.getByTestId('hub-fingerprint')).toHaveText(laptop.fingerprint);
  await field.getByRole('button', { name: '올리고 받기' }).click();
  await expect(result(field)).toContainText('새 기록 3개가 들어왔고, 0개는 이미 있었어요.');
  await field.getByRole('link', { name: '바뀐 것 보기' }).click();
  await expect(field.getByRole('heading', { level: 1, name: '바뀐 것' })).toBeVisible();
  await expect(field.getByText('망원시장 · 사무실')).toBeVisible();

  // Both name the shop in their own way, and each gives the hub what they have.
  const rename = async (one: App, name: string): Promise<void> => {
    const [store] = await one.call('stores.search', { text: '망원분식' });
    await one.call('records.write', { entity: 'store', id: store!.id, set: { name } });
  };
  await rename(second, '망원김밥');
  await rename(app, '망원떡볶이');
  await openHub(field);
  await field.getByRole('button', { name: '올리기', exact: true }).click();
  await expect(result(field)).toContainText('변경 1개를 올렸어요.');
  await office.getByRole('button', { name: '올리고 받기' }).click();
  await expect(result(office)).toContainText('서로 다른 값 1개가 생겼어요.');

  // The laptop that made the hub names another one, once its fingerprint was compared.
  await office.getByLabel('코디네이터로 정할 노트북').selectOption({ label: '망원 1호' });
  await expect(office.getByText(own.fingerprint)).toHaveCount(2);
  await office.getByRole('button', { name: '지문이 같아요, 코디네이터로 정하기' }).click();
  await expect(office.getByText('망원 1호 노트북을 코디네이터로 정했어요.')).toBeVisible();
  await expect(office.getByTestId('hub-laptop').filter({ hasText: '망원 1호' })).toContainText('코디네이터');

  await expect(office.getByTestId('hub-coordinator').filter({ hasText: '망원 1호' })).not.toContainText(
    '아직',
  );

  await office.getByRole('link', { name: '다른 값 정하기' }).click();
  await expect(office.getByRole('heading', { level: 1, name: '다른 값' })).toBeVisible();
});

test('where it is stays, the password does not; a hub can be forgotten; a server that is gone stops nothing', async ({
  app,
}) => {
  const place = await emptyDatabase();
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await market(app);
  await make(page, place);
  const { laptop } = await app.call('app.status', {});
  await server.sql(place.database, 'DELETE FROM dangol.member');
  const url = await admitMinji(place.database, laptop.id);

  await page.getByRole('button', { name: '바꾸기', exact: true }).click();
  // Typed into the address, as it may stand in a letter of the administrator.
  await address(page).fill(url.replace('minji@', `minji:${PASSWORD}@`));
  await page.getByRole('button', { name: '허브 살펴보기' }).click();
  await expect(page.getByTestId('hub-place')).toHaveText(url.replace('postgres://', ''));
  await expect
    .poll(async () => JSON.stringify(await app.call('drafts.get', { key: 'hub:place' })))
    .toBe(JSON.stringify({ url, ca: null }));
  await page.reload();
  await expect(address(page)).toHaveValue(url);
  await expect(password(page)).toHaveValue('');

  await look(page, url, PASSWORD);
  await expect(page.getByText('트레이너로 들어왔어요')).toBeVisible();
  await page.getByText('허브 관리').click();
  await page.getByRole('button', { name: '허브 잊기' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('기록은 아무것도 지우지 않고');
  await dialog.getByRole('button', { name: '허브 잊기' }).click();
  await expect(page.getByText('허브를 잊었어요: 단골 허브')).toBeVisible();
  await expect(address(page)).toHaveValue('');

  await look(page, url, PASSWORD);
  await expect(page.getByText('트레이너로 들어왔어요')).toBeVisible();
  await server.stop();
  await page.getByRole('button', { name: '올리고 받기' }).click();
  await expect(page.getByTestId('hub-away')).toContainText('닿지 못했어요');
  await expect(page.getByTestId('hub-away')).toContainText('적은 것은 그대로 있고');
  await expect(page.getByRole('alert')).toHaveCount(0);

  await typePhone(page, '망원분식', '010-0000-7531');
});

/** Makes everybody wait who asks for what is in a table of the hub, until it is let go. */
async function hold(database: string, table: 'change' | 'parcel'): Promise<() => Promise<void>> {
  const holder = new Client({ connectionString: server.url(database) });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(`LOCK TABLE dangol.${table} IN ACCESS EXCLUSIVE MODE`);
  return () => holder.end();
}

test('who stops in the middle is told so, and goes on from there', async ({ app, second }) => {
  const place = await emptyDatabase();
  const [{ page: office }, { page: field }] = [app, second];
  await setUp(office, '사무실', 'coordinator');
  const { id: program } = await app.call('records.write', {
    entity: 'program',
    set: { name: '단골거리', kind: 'street' },
  });
  const { id: site } = await app.call('records.write', {
    entity: 'site',
    set: { name: '망원시장', program },
  });
  // More than a push takes at once.
  for (let n = 0; n < 160; n += 1) {
    await app.call('records.write', {
      ...{ entity: 'store', id: `0190aaaa-0000-7000-8000-${String(n).padStart(12, '0')}` },
      set: { name: `가게 ${n}`, site, note: `${n} `.repeat(2400) },
    });
  }
  await make(office, place);
  await setUp(field, '망원 1호', 'trainer');
  const { laptop } = await second.call('app.status', {});
  const url = await admitMinji(place.database, laptop.id);
  await openHub(field);
  await look(field, url, PASSWORD);
  await expect(field.getByText('트레이너로 들어왔어요')).toBeVisible();

  for (const [one, name, table, wait] of [
    [app, '올리기', 'change', 'hub-push'],
    [second, '받기', 'parcel', 'hub-pull'],
  ] as const) {
    const { page } = one;
    const letGo = await hold(place.database, table);
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name: '여기까지만' }).click();
    await expect(page.getByText('지금 오가는 묶음까지만 할게요')).toBeVisible();
    await expect(page.getByRole('button', { name: '여기까지만' })).toBeDisabled();
    // Answered after the wish to stop was, while the hub still says nothing.
    await one.call('app.status', {});
    await letGo();
    await expect(result(page)).toContainText('여기까지 했어요');
    await expect(result(page)).toContainText('나머지는 다음에 하면 이어서 해요. 잃은 것은 없어요.');
    await expect(page.getByTestId(wait)).not.toHaveText(/ 0개$/);
    if (one === second) continue;
    await page.getByRole('button', { name, exact: true }).click();
    await expect(page.getByTestId(wait)).toHaveText('변경 0개');
    await expect(result(page)).not.toContainText('여기까지 했어요');
    await field.getByRole('button', { name: '다시 살펴보기' }).click();
    await expect(field.getByTestId('hub-pull')).not.toHaveText('묶음 0개');
  }
  await field.getByRole('button', { name: '받기', exact: true }).click();
  await expect(field.getByTestId('hub-pull')).toHaveText('묶음 0개');
  const [{ counts: all }, { counts: came }] = await Promise.all([
    app.call('app.status', {}),
    second.call('app.status', {}),
  ]);
  expect(came.stores).toBe(all.stores);
});

test('who was named and never pushed stands in the list of coordinators, and can be taken off it', async ({
  app,
  second,
}) => {
  const { page } = app;
  await setUp(page, '사무실', 'coordinator');
  await setUp(second.page, '합정 1호', 'coordinator');
  const { bytes } = await second.call('exchange.export', {});
  await app.call('exchange.import', { file: 'hapjeong.dangol', bytes });
  const place = await emptyDatabase();
  await make(page, place);
  await page.getByLabel('코디네이터로 정할 노트북').selectOption({ label: '합정 1호' });
  await page.getByRole('button', { name: '지문이 같아요, 코디네이터로 정하기' }).click();
  const listed = page.getByTestId('hub-coordinator').filter({ hasText: '합정 1호' });
  await expect(listed).toContainText('아직 올린 적이 없어요');
  await page.getByRole('button', { name: '합정 1호 코디네이터 그만두게 하기' }).click();
  await expect(page.getByText('합정 1호 노트북은 이제 코디네이터가 아니에요.')).toBeVisible();
  await expect(page.getByTestId('hub-coordinator')).toHaveCount(1);
});

test('a hub of an older version says so, and whoever made it brings it up to date', async ({ app }) => {
  const place = await emptyDatabase();
  const { page } = app;
  await setUp(page, '마포 사무실', 'coordinator');
  await make(page, place);
  // What the later version added is gone.
  await server.sql(place.database, 'DROP TABLE dangol.parcel_blob; UPDATE dangol.migration SET version = 1');
  await page.reload();
  await look(page, place.url);
  await expect(page.getByText('예전 판(1)이고', { exact: false })).toBeVisible();
  await page.getByText('허브 관리').click();
  await page.getByRole('button', { name: '허브 만들기' }).click();
  await expect(page.getByText('허브를 새 판으로 올렸어요', { exact: false })).toBeVisible();
  await expect(page.getByRole('heading', { name: '단골 허브' })).toBeVisible();
  await makeRoles(server, place.database);
  await market(app);
  await page.getByRole('button', { name: '올리고 받기' }).click();
  await expect(result(page)).toBeVisible();
});

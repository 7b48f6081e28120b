import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { decode, encode } from '#shared/contract/wire.ts';
import type { Delivery, OutboxState } from '#shared/contract/outbox.ts';
import type { App } from '#tests/e2e/apps/app.ts';
import type { Camera } from './camera.ts';
import { go, putNotesAway } from './market.ts';
import type { Scene } from './scene.ts';

/** The pictures of this walk; no document shows them, and whoever judges how they look does. */
export const OUTBOX_PICTURES = [
  ...[
    'empty',
    'places-none',
    'place-wrong',
    'place-works',
    'place-webdav',
    'place-mail',
    'place-s3',
    'place-hub',
    'places',
  ],
  ...['send-report', 'send-session', 'offline', 'elsewhere', 'take-out', 'paused', 'sending', 'sent'],
  ...['overdue', 'confirmed', 'parked'],
].map((name) => `outbox-${name}`);

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const stands = (page: Page, words: string) =>
  page.getByTestId('delivery-standing').getByText(words, { exact: true }).waitFor();

/** The evening: a place to send to, a stick that is not there, and every way in which a delivery can stand. */
export async function sending(
  app: App,
  office: App,
  scene: Scene,
  folder: string,
  take: Camera,
): Promise<void> {
  const { page } = app;
  const shot: Camera = async (of, name) => {
    // Whoever puts a note away leaves an open question.
    if ((await of.getByRole('dialog').count()) === 0) await putNotesAway(of);
    await take(of, `outbox-${name}`);
  };
  // Its first screen is there: an address that is given before is not followed.
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await go(page, '/outbox');
  await heading(page, '보낼 것').waitFor();
  await shot(page, 'empty');
  await places(page, folder, shot);
  await waiting(app, scene, folder, shot);
  await arriving(app, office, folder, shot);
  await parking(app, scene, folder, shot);
}

async function places(page: Page, folder: string, shot: Camera): Promise<void> {
  await go(page, '/outbox/destinations');
  await heading(page, '보내는 곳').waitFor();
  await shot(page, 'places-none');
  for (const [kind, title] of [
    ['webdav', 'WebDAV로 보내기'],
    ['mail', '메일로 보내기'],
    ['s3', 'S3 호환 저장소로 보내기'],
    ['hub', '팀 허브로 보내기'],
  ] as const) {
    await go(page, `/outbox/destinations/new/${kind}`);
    await heading(page, title).waitFor();
    await shot(page, `place-${kind}`);
  }
  await go(page, '/outbox/destinations/new/folder');
  await heading(page, '폴더로 보내기').waitFor();
  await page.getByLabel('이름', { exact: true }).fill('사무실 공유 폴더');
  await page.getByLabel('폴더 위치').fill(folder);
  await press(page, '시험해 보기');
  await page.getByTestId('test-result').getByText('닿지 않아요').waitFor();
  await shot(page, 'place-wrong');
  mkdirSync(folder);
  await press(page, '시험해 보기');
  await page.getByTestId('test-result').getByText('잘 돼요').waitFor();
  await shot(page, 'place-works');
  await press(page, '이곳으로 정하기');
  await page.getByTestId('destination').waitFor();
}

/** Without the folder: queued from the figures and from a session, and what can be done meanwhile. */
async function waiting(app: App, scene: Scene, folder: string, shot: Camera): Promise<void> {
  const { page } = app;
  rmSync(folder, { recursive: true });
  await app.call('destinations.save', {
    name: 'USB 메모리',
    place: { kind: 'folder', path: `${folder}-stick` },
  });
  await putNotesAway(page);
  await go(page, '/figures');
  await press(page, '보내기');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio').first().waitFor();
  await dialog.getByRole('radio', { name: /사무실 공유 폴더/ }).check();
  await shot(page, 'send-report');
  await dialog.getByRole('button', { name: '보내기', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await putNotesAway(page);
  await go(page, `/sessions/${scene.visits}/export`);
  await press(page, '보내기');
  await dialog.getByRole('radio', { name: /사무실 공유 폴더/ }).check();
  await shot(page, 'send-session');
  await dialog.getByRole('button', { name: '보내기', exact: true }).click();
  await page.getByTestId('outbox-mark').getByText('오프라인 · 대기 2건').waitFor();
  await go(page, '/outbox');
  await stands(page, '오프라인');
  await shot(page, 'offline');
  await press(page, '다른 곳으로');
  await dialog.getByRole('radio').first().waitFor();
  await shot(page, 'elsewhere');
  await page.keyboard.press('Escape');
  await press(page, '빼기');
  await dialog.waitFor();
  await shot(page, 'take-out');
  await page.keyboard.press('Escape');
  await press(page, '모두 멈추기');
  await page.getByTestId('all-paused').waitFor();
  await shot(page, 'paused');
  await page.getByTestId('all-paused').getByRole('button').click();
  await page.getByTestId('all-paused').waitFor({ state: 'detached' });
}

/** The folder is there: on its way, there, long unanswered, and merged. */
async function arriving(app: App, office: App, folder: string, shot: Camera): Promise<void> {
  const { page } = app;
  const onItsWay = { state: 'sending', error: null, offline: false, nextTryAt: null } as const;
  await seenAs(page, (one) => ({ ...one, ...onItsWay }), { now: 'sending' });
  await stands(page, '보내는 중');
  await shot(page, 'sending');
  await seenAsItIs(page);

  mkdirSync(folder);
  for (const { id } of await app.call('outbox.list', {})) await app.call('outbox.retry', { id });
  await page.getByTestId('outbox-mark').waitFor({ state: 'detached' });
  await page.locator('[data-standing=sent]').nth(1).waitFor();
  await page.getByTestId('delivery-row').filter({ hasText: '방문의 날' }).click();
  await stands(page, '보냈어요');
  await shot(page, 'sent');

  await seenAs(page, (one) => ({ ...one, overdue: one.kind === 'session' }), { overdue: 1 });
  await stands(page, '확인이 없어요');
  await shot(page, 'overdue');
  await seenAsItIs(page);

  const file = readdirSync(folder).find((name) => name.endsWith('.dangol'))!;
  await office.call('exchange.import', { file, bytes: readFileSync(path.join(folder, file)) });
  const kit = await office.call('exchange.export', { purpose: 'kit' });
  await app.call('exchange.import', { file: kit.name, bytes: kit.bytes });
  await page.getByTestId('delivery-row').filter({ hasText: '합쳐졌어요' }).click();
  await stands(page, '합쳐졌어요');
  await shot(page, 'confirmed');
  await go(page, '/outbox/destinations');
  await page.getByTestId('destination').first().waitFor();
  await shot(page, 'places');
}

/** Another file has the very name. */
async function parking(app: App, scene: Scene, folder: string, shot: Camera): Promise<void> {
  const { page } = app;
  const all = await app.call('destinations.list', {});
  const destination = all.find(({ name }) => name === '사무실 공유 폴더');
  await app.call('outbox.pauseAll', { paused: true });
  const { file } = await app.call('outbox.send', {
    destination: destination!.id,
    key: crypto.randomUUID(),
    what: { kind: 'session', sessions: [scene.lesson] },
  });
  writeFileSync(path.join(folder, file!), '');
  await app.call('outbox.pauseAll', { paused: false });
  await page.getByTestId('outbox-mark').getByText('확인이 필요해요 1건').waitFor();
  await go(page, '/outbox');
  await page.locator('[data-standing=parked]').click();
  await stands(page, '막혔어요');
  await shot(page, 'parked');
}

/**
 * Shows the outbox otherwise than it is: a try is over before a picture is taken of it, and no picture waits for a week.
 */
async function seenAs(
  page: Page,
  change: (one: Delivery) => Delivery,
  state: Partial<OutboxState>,
): Promise<void> {
  await page.route('**/call', async (route) => {
    const { method } = decode(new Uint8Array(route.request().postDataBuffer()!)) as { method: string };
    if (method !== 'outbox.list' && method !== 'outbox.state') return route.fallback();
    // Asked by a page that is being loaded anew: it asks again.
    const response = await route.fetch().catch(() => null);
    if (!response) return route.abort();
    const { value } = decode(new Uint8Array(await response.body())) as { value: Delivery[] | OutboxState };
    const seen = Array.isArray(value) ? value.map(change) : { ...value, ...state };
    return route.fulfill({ response, body: Buffer.from(encode({ ok: true, value: seen })) });
  });
  // Whoever shows something of it asks again.
  await page.reload();
}

/** As it is, again. */
async function seenAsItIs(page: Page): Promise<void> {
  await page.unroute('**/call');
  await page.reload();
}

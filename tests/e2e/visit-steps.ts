import type { Page } from '@playwright/test';
import { expect, type App } from './fixtures.ts';

/** What a trainer's day needs, and what their hands did. */

/** Eight items, five of which ask for something that is typed or photographed. */
const ITEMS = [
  { key: 'channel', label: '톡채널 개설', evidence: 'channelUrl' },
  { key: 'profile', label: '채널 프로필 꾸미기' },
  { key: 'firstMessage', label: '첫 메시지 보내기', evidence: 'text' },
  { key: 'map', label: '카카오맵 매장관리 등록', evidence: 'mapPlaceUrl' },
  { key: 'photos', label: '사진 올리기', evidence: 'photo' },
  { key: 'qr', label: 'QR 놓기' },
  { key: 'friendEvent', label: '친구 이벤트 안내' },
  { key: 'nextStep', label: '다음 할 일 정하기', evidence: 'text' },
];

export interface Market {
  readonly site: string;
  readonly session: string;
  readonly today: string;
  /** Ids by name. */
  readonly shops: Readonly<Record<string, string>>;
}

/** A trainer's laptop with a market whose shops stand side by side, and a day of visits there today. */
export async function marketToday(app: App, names: readonly string[]): Promise<Market> {
  const make = async (entity: string, set: object): Promise<string> =>
    (await app.call('records.write', { entity, set: set as never })).id;
  const { today } = await app.call('app.setUp', { name: '망원 1호', role: 'trainer' });
  const checklistTemplate = await make('checklistTemplate', { name: '점검표', version: 1, items: ITEMS });
  const program = await make('program', { name: '단골시장', kind: 'market', checklistTemplate });
  const site = await make('site', { program, name: '망원시장', kind: 'traditionalMarket' });
  const trainer = await make('person', { name: '이길', kind: 'trainer' });
  const shops: Record<string, string> = {};
  for (const [at, name] of names.entries())
    shops[name] = await make('store', { site, name, unit: `${at + 1}호`, status: 'active' });
  const { id: session } = await app.call('sessions.plan', {
    site,
    kind: 'visitDay',
    title: '망원시장 방문의 날',
    date: today,
    trainers: [trainer],
  });
  await app.page.reload();
  await expect(app.page.getByTestId('next-shop')).toContainText(names[0]!);
  return { site, session, today, shops };
}

export interface Hands {
  /** Presses of a mouse button or a finger, and of Enter: what one has to aim at or decide. */
  taps: number;
  pointers: number;
  /** All other keys. */
  keys: number;
  /** Fields in which something was typed. */
  fields: number;
}

/** Counts from now on what reaches the page, whoever sends it. */
export async function countHands(page: Page): Promise<() => Promise<Hands>> {
  await page.evaluate(() => {
    const hands = { taps: 0, pointers: 0, keys: 0, fields: new Set<EventTarget>() };
    const count = (type: string, what: (event: Event) => void): void =>
      window.addEventListener(type, (event) => event.isTrusted && what(event), { capture: true });
    count('pointerdown', () => {
      hands.taps += 1;
      hands.pointers += 1;
    });
    count('keydown', (event) => {
      if ((event as KeyboardEvent).key === 'Enter') hands.taps += 1;
      else hands.keys += 1;
    });
    count('input', (event) => hands.fields.add(event.target!));
    Object.assign(window, { hands });
  });
  return () =>
    page.evaluate(() => {
      const { hands } = window as unknown as { hands: Omit<Hands, 'fields'> & { fields: Set<EventTarget> } };
      return { ...hands, fields: hands.fields.size };
    });
}

export const heading = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true });

/** The visits of a session by shop, as the core has them. */
export async function visitsOf(app: App, { session }: Market): Promise<Record<string, string | null>> {
  const { visitRows } = await app.call('sessions.get', { id: session });
  return Object.fromEntries(visitRows.map(({ store, outcome }) => [store?.name ?? '', outcome]));
}

/** A visit whose eight items were answered as these tests answer them. */
export async function expectWhole(app: App, id: string): Promise<void> {
  const get = () => app.call('visits.get', { id });
  await expect.poll(async () => (await get()).note).toBe('다음 주에 다시 들러요');
  const visit = await get();
  expect(visit).toMatchObject({ outcome: 'done', friendsToday: { friends: 1234 } });
  expect(visit.checks.map(({ item, state, value }) => [item.key, state, value])).toEqual([
    ['channel', 'done', 'https://pf.kakao.com/_dawn'],
    ['profile', 'done', null],
    ['firstMessage', 'done', '오늘부터 소식 전해요'],
    ['map', 'done', 'https://place.map.kakao.com/12345'],
    ['photos', 'done', null],
    ['qr', 'done', null],
    ['friendEvent', 'done', null],
    ['nextStep', 'done', '쿠폰 만들기'],
  ]);
}

export const visitId = (page: Page): string => /visits\/([0-9a-f-]+)/.exec(page.url())![1]!;

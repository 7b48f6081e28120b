import type { App } from '#tests/e2e/apps/app.ts';

/** The day after the demo's figures were published: two sessions at one of its markets, and shops with work left. */
export const MOMENT = '2024-12-18T10:05:00+09:00';
const DAY = '2024-12-18';
export const MARKET = '서울 망원시장';
/** As one walks: the first has no channel, the second no place on the map, the third nobody at the door. */
export const SHOPS = ['새벽분식', '바다반찬', '하늘떡집'] as const;

export interface Scene {
  readonly visits: string;
  readonly lesson: string;
  readonly shops: readonly string[];
}

/** What the coordinator prepared: a class, a day of visits and the shops that joined last. */
export async function plannedAt(office: App): Promise<Scene> {
  await office.call('app.setUp', { name: '사무실', role: 'coordinator' });
  const [site] = await office.call('sites.search', { text: MARKET });
  const at = site!.id;
  const trainers = (await office.call('people.search', { kind: 'trainer', limit: 1 })).map(({ id }) => id);
  const roster = (await office.call('people.search', { kind: 'merchant', site: at, limit: 8 })).map(
    ({ id }) => id,
  );
  const plan = { site: at, date: DAY, trainers, place: '상인회 교육장' };
  const lesson = await office.call('sessions.plan', {
    ...plan,
    kind: 'class',
    title: `${MARKET} 교육`,
    roster,
  });
  const make = (name: string, unit: string, more: object = {}) =>
    office.call('stores.create', { site: at, name, unit, status: 'active', ...more });
  const first = await make(SHOPS[0], '가동 1호', { phone: '010-0000-2401', ownerName: '김새벽' });
  const second = await make(SHOPS[1], '가동 2호', {
    ownerName: '이바다',
    channelUrl: 'https://pf.kakao.com/_demoBada',
    channelOpenedOn: '2024-11-06',
  });
  const third = await make(SHOPS[2], '가동 3호', {
    ownerName: '박하늘',
    phone: '02-000-0301',
    channelUrl: 'https://pf.kakao.com/_demoHaneul',
    channelOpenedOn: '2024-11-06',
  });
  // The same two shops, typed a second time by someone in a hurry.
  await make('하늘 떡방앗간', '가동 3호 앞', { ownerName: '박하늘', phone: '020000301' });
  await office.call('friends.record', {
    owner: second.id,
    ownerKind: 'store',
    date: '2024-12-04',
    friends: 186,
  });
  const visits = await office.call('sessions.plan', {
    ...plan,
    kind: 'visitDay',
    title: `${MARKET} 방문의 날`,
  });
  return {
    visits: visits.id,
    lesson: lesson.id,
    shops: [first.id, second.id, third.id],
  };
}

/** The trainer's laptop with the kit that the coordinator sent. */
export async function kitTaken(office: App, trainer: App): Promise<void> {
  await trainer.call('app.setUp', { name: '망원 1호', role: 'trainer' });
  const { name, bytes } = await office.call('exchange.export', { purpose: 'kit' });
  await trainer.call('exchange.import', { file: name, bytes });
  await trainer.page.reload();
}

import type { App } from '#tests/e2e/apps/app.ts';

/** The day after the demo's figures were published: two sessions at one of its markets, and shops with work left. */
export const MOMENT = '2024-12-18T10:05:00+09:00';
const DAY = '2024-12-18';
export const MARKET = '서울 망원시장';
const ELSEWHERE = '서울 인헌시장';
/** As one walks: the first has no channel, the second no place on the map, the third nobody at the door. */
export const SHOPS = ['새벽분식', '바다반찬', '하늘떡집'] as const;

export interface Scene {
  readonly site: string;
  readonly visits: string;
  readonly lesson: string;
  /** The same day at the same market, by the second trainer. */
  readonly alongside: string;
  readonly shops: readonly string[];
  readonly trainers: readonly string[];
}

/** What the coordinator prepared: a class, a day of visits and the shops that joined last. */
export async function plannedAt(office: App): Promise<Scene> {
  await office.call('app.setUp', { name: '사무실', role: 'coordinator' });
  const [site] = await office.call('sites.search', { text: MARKET });
  const at = site!.id;
  const everyone = (await office.call('people.search', { kind: 'trainer', limit: 3 })).map(({ id }) => id);
  const trainers = everyone.slice(0, 1);
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
  const alongside = await office.call('sessions.plan', {
    ...plan,
    kind: 'visitDay',
    title: `${MARKET} 뒷골목 방문`,
    trainers: everyone.slice(1, 2),
  });
  await aroundThatDay(office, at, everyone);
  return {
    site: at,
    visits: visits.id,
    lesson: lesson.id,
    alongside: alongside.id,
    shops: [first.id, second.id, third.id],
    trainers: everyone,
  };
}

/** What the third trainer still owes, and what comes next: for each of them, and one that is nobody's yet. */
async function aroundThatDay(office: App, at: string, trainers: readonly string[]): Promise<void> {
  const [elsewhere] = await office.call('sites.search', { text: ELSEWHERE });
  const plan = (
    site: string,
    date: string,
    title: string,
    who: readonly string[],
    kind: 'visitDay' | 'class',
  ) => office.call('sessions.plan', { site, date, title, kind, trainers: [...who], place: '', roster: [] });
  await plan(elsewhere!.id, '2024-12-13', `${ELSEWHERE} 방문의 날`, trainers.slice(2), 'visitDay');
  await plan(at, '2024-12-19', `${MARKET} 둘째 날`, trainers.slice(0, 1), 'visitDay');
  await plan(elsewhere!.id, '2024-12-19', `${ELSEWHERE} 둘째 날`, trainers.slice(2), 'visitDay');
  await plan(elsewhere!.id, '2024-12-20', `${ELSEWHERE} 교육`, [], 'class');
}

/** Two trainers' laptops, each with the kit that the coordinator made for its trainer; the office knows the first already. */
export async function kitsTaken(office: App, trainer: App, other: App, scene: Scene): Promise<void> {
  const take = async (app: App, name: string, at: number, sessions: string[]): Promise<void> => {
    await app.call('app.setUp', { name, role: 'trainer' });
    const order = { trainer: scene.trainers[at]!, sessions, sites: [scene.site] };
    const { run } = await office.call('kits.begin', { kits: [order] });
    await office.call('kits.next', { run });
    const kit = await office.call('kits.finish', { run });
    await app.call('exchange.import', { file: kit.name, bytes: kit.bytes });
  };
  await take(trainer, '망원 1호', 0, [scene.visits, scene.lesson]);
  await take(other, '망원 2호', 1, [scene.alongside]);
  const { name, bytes } = await trainer.call('exchange.export', {});
  await office.call('exchange.import', { file: name, bytes });
  for (const { id, key } of await office.call('laptops.list', {})) {
    await office.call('laptops.judge', { id, fingerprint: key.fingerprint, verdict: 'confirmed' });
  }
  await trainer.page.reload();
}

import { describe, expect, test } from 'vitest';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';

const TODAY = '2026-11-24';
const YESTERDAY = '2026-11-23';
const MINUTE = 60_000;

type Values = Record<string, unknown>;

async function make(at: TestLaptop, entity: string, set: Values): Promise<string> {
  return (await at.call('records.write', { entity, set: set as never })).id;
}

const WHOLE = { channelOpenedOn: '2024-09-03', mapRegisteredOn: '2024-09-03', status: 'active' };

/** A market whose programme asks for an address and a photo, with a day of visits today. */
async function scene(at: TestLaptop, set: { siteKind?: string; trainers?: boolean } = {}) {
  const items = [
    { key: 'channel', label: '톡채널 개설', evidence: 'channelUrl' },
    { key: 'profile', label: '프로필' },
    { key: 'qr', label: 'QR 놓기', evidence: 'photo' },
  ];
  const checklistTemplate = await make(at, 'checklistTemplate', { name: '점검표', version: 1, items });
  const program = await make(at, 'program', { name: '단골시장', kind: 'market', checklistTemplate });
  const site = await make(at, 'site', {
    program,
    name: '중앙시장',
    kind: set.siteKind ?? 'traditionalMarket',
  });
  const trainer = await make(at, 'person', { name: '이길', kind: 'trainer' });
  const plan = async (date: string, kind: 'visitDay' | 'class' = 'visitDay', roster: string[] = []) =>
    (
      await at.call('sessions.plan', {
        site,
        kind,
        title: `${date} ${kind}`,
        date,
        trainers: set.trainers === false ? [] : [trainer],
        roster,
      })
    ).id;
  const shop = (name: string, values: Values = {}) => make(at, 'store', { site, name, ...WHOLE, ...values });
  return { site, plan, shop, session: await plan(TODAY) };
}

const names = (view: { sessions: { round: { stops: { store: { name: string } }[] } | null }[] }) =>
  view.sessions.flatMap(({ round }) => round?.stops.map(({ store }) => store.name) ?? []);

async function visit(at: TestLaptop, session: string, store: string, outcome?: 'done' | 'closed') {
  at.clock.now += MINUTE;
  const { id } = await at.call('visits.start', { session, store });
  if (outcome) await at.call('visits.update', { id, outcome });
  return id;
}

describe('a day', () => {
  test('without a session is empty, whatever lies around it', async () => {
    const at = laptop('a');
    const { plan } = await scene(at);
    await plan('2026-11-26');
    expect(await at.call('today.get', { date: '2026-11-25' })).toEqual({
      date: '2026-11-25',
      sessions: [],
      running: null,
      next: null,
      done: [],
      doneCount: 0,
    });
  });

  test('lists the shops to visit by what past sessions say, and takes off those of this one', async () => {
    const at = laptop('a');
    const { shop, plan, session } = await scene(at);
    const before = await plan(YESTERDAY);
    const rest = await shop('나머지', { unit: '가 1호' });
    const shut = await shop('닫힌 집', { unit: '가 2호' });
    await shop('채널 없음', { channelOpenedOn: null, unit: '나 10호' });
    await shop('지도 없음', { mapRegisteredOn: null, unit: '나 9호' });
    await shop('폐업', { status: 'closed' });
    await visit(at, before, shut, 'done');
    await visit(at, before, shut, 'closed');
    await visit(at, before, rest, 'done');
    expect(names(await at.call('today.get', {}))).toEqual(['지도 없음', '채널 없음', '닫힌 집', '나머지']);

    const open = await visit(at, session, rest);
    const view = await at.call('today.get', {});
    expect(names(view)).toEqual(['나머지', '지도 없음', '채널 없음', '닫힌 집']);
    expect(view.running).toMatchObject({ id: open, store: { name: '나머지' }, checks: 0, date: TODAY });
    expect(view.next).toMatchObject({ visit: open, why: ['unfinished'] });
    expect(await at.call('today.next', { session })).toEqual(view.next);

    await at.call('visits.update', { id: open, outcome: 'refused' });
    const after = await at.call('today.get', {});
    expect(names(after)).toEqual(['지도 없음', '채널 없음', '닫힌 집']);
    expect(after).toMatchObject({ running: null, doneCount: 1, done: [{ id: open, outcome: 'refused' }] });
    // "Last time" is a session before, not the try an hour ago.
    await visit(at, session, rest, 'closed');
    const again = await visit(at, session, rest);
    expect(await at.call('today.next', { session })).toMatchObject({ visit: again, why: ['unfinished'] });
    await at.call('records.delete', { entity: 'visit', id: again });
    // The same shop may be visited again in another session of the day.
    const afternoon = await plan(TODAY);
    expect((await at.call('today.next', { session: afternoon }))?.store.name).toBe('지도 없음');
    const both = await at.call('today.get', {});
    expect(both.sessions.map(({ round }) => round?.left)).toEqual([3, 4]);
  });

  test('says what is missing and where', async () => {
    const at = laptop('a');
    const { shop, plan } = await scene(at, { trainers: false });
    const people = [await make(at, 'person', { name: '가' }), await make(at, 'person', { name: '나' })];
    const session = await plan(TODAY, 'class', people);
    await at.call('attendance.mark', { session, person: people[0]!, status: 'absent' });
    const one = await shop('하나');
    const other = await shop('둘', { channelOpenedOn: null, channelUrl: 'pf.kakao.com/_known' });
    const first = await visit(at, session, one, 'done');
    const second = await visit(at, session, other, 'done');
    const open = await visit(at, session, one);
    for (const id of [first, second]) {
      for (const item of ['channel', 'profile', 'qr'])
        await at.call('checks.mark', { visit: id, item, state: 'done' });
    }
    const missing = async () =>
      (await at.call('today.get', {})).sessions.find(({ id }) => id === session)!.missing;
    expect(await missing()).toEqual([
      { what: 'trainers', count: 1, visit: null, item: null },
      { what: 'attendance', count: 1, visit: null, item: null },
      { what: 'outcomes', count: 1, visit: open, item: null },
      // The other shop's own record has its channel's address.
      { what: 'evidence', count: 3, visit: first, item: 'channel' },
      // It has no channel by date, so that nobody could have counted friends.
      { what: 'friends', count: 1, visit: first, item: null },
    ]);

    await at.call('checks.mark', { visit: first, item: 'channel', value: 'pf.kakao.com/_a' });
    await make(at, 'photo', { owner: first, ownerKind: 'visit' });
    await make(at, 'photo', { owner: second, ownerKind: 'visit' });
    await at.call('friends.record', { owner: one, ownerKind: 'store', date: TODAY, friends: 12 });
    await at.call('visits.update', { id: open, outcome: 'closed' });
    expect((await missing()).map(({ what }) => what)).toEqual(['trainers', 'attendance']);
  });

  test('a nationwide list is not walked, nor is a session without a site; a class has no list', async () => {
    const at = laptop('a');
    const { shop, plan, session } = await scene(at, { siteKind: 'nationwide' });
    await shop('어딘가');
    const nowhere = await make(at, 'session', { kind: 'visitDay', title: '어디서나', date: TODAY });
    const lesson = await plan(TODAY, 'class');
    const { sessions, next } = await at.call('today.get', {});
    const rounds = Object.fromEntries(sessions.map(({ id, round }) => [id, round]));
    expect(rounds).toEqual({
      [session]: { left: 0, stops: [], unlisted: 'nationwide' },
      [nowhere]: { left: 0, stops: [], unlisted: 'noSite' },
      [lesson]: null,
    });
    expect(next).toBeNull();
    for (const id of [session, nowhere, lesson])
      expect(await at.call('today.next', { session: id })).toBeNull();
  });

  test('a visit left open last week is still gone on with, an older one is not', async () => {
    const at = laptop('a');
    const { shop, plan } = await scene(at);
    const store = await shop('하나');
    const old = await visit(at, await plan('2026-11-16'), store);
    expect((await at.call('today.get', {})).running).toBeNull();
    const lastWeek = await visit(at, await plan('2026-11-17'), store);
    expect((await at.call('today.get', {})).running?.id).toBe(lastWeek);
    expect((await at.call('today.get', { date: '2026-11-16' })).running?.id).toBe(old);
  });
});

test('two laptops, one market: the other one’s visits count once they are merged', async () => {
  const office = laptop('office');
  const { shop, session } = await scene(office);
  const [a, b] = [await shop('가게', { unit: '1호' }), await shop('나게', { unit: '2호' })];
  await shop('다게', { unit: '3호' });
  const [mine, theirs] = [laptop('mine'), laptop('theirs')];
  const kit = await office.exported({ purpose: 'kit' });
  for (const at of [mine, theirs]) await at.take('kit.dangol', kit);

  const open = await visit(theirs, session, a);
  await visit(theirs, session, b, 'done');
  const own = await visit(mine, session, b);
  await mine.take('theirs.dangol', await theirs.exported());

  const here = await mine.call('today.get', {});
  // What I have open stays mine to finish; where the colleague stands comes last.
  expect(names(here)).toEqual(['나게', '다게', '가게']);
  expect(here.running?.id).toBe(own);
  expect(here.sessions[0]!.round!.stops[2]).toMatchObject({ visit: open, why: ['elsewhere'] });
  expect(here.doneCount).toBe(1);

  await theirs.take('mine.dangol', await mine.exported());
  const there = await theirs.call('today.get', {});
  expect(names(there)).toEqual(['가게', '다게']);
  expect(there.running?.id).toBe(open);
});

describe('shops that are the same', () => {
  async function twins(at: TestLaptop) {
    const made = await scene(at);
    const left = await made.shop('하늘떡집', { channelUrl: 'http://pf.kakao.com/_sky/chat' });
    const right = await made.shop('하늘 떡집', { channelUrl: 'pf.kakao.com/_sky' });
    const decide = (decision: 'same' | 'different') =>
      at.call('duplicates.decide', { left, right, decision } as never);
    return { ...made, left, right, decide };
  }

  test('stand in the list once, and are done when either was visited', async () => {
    const at = laptop('a');
    const { left, right, session, decide } = await twins(at);
    expect(names(await at.call('today.get', {}))).toHaveLength(2);
    await decide('same');
    expect(names(await at.call('today.get', {}))).toHaveLength(1);
    const id = await visit(at, session, right, 'done');
    expect(names(await at.call('today.get', {}))).toEqual([]);

    const sameDay = (store: string, except?: string) =>
      at.call('visits.sameDay', { store, date: TODAY, ...(except ? { except } : {}) });
    expect((await sameDay(left)).map((other) => [other.id, other.outcome])).toEqual([[id, 'done']]);
    expect(await sameDay(right, id)).toEqual([]);
    expect(await at.call('visits.sameDay', { store: left, date: YESTERDAY })).toEqual([]);
  });

  test('may have one channel; another shop with it is named', async () => {
    const at = laptop('a');
    const { left, right, shop, decide } = await twins(at);
    const taken = async (store: string, value: string, field: 'channelUrl' | 'mapPlaceUrl' = 'channelUrl') =>
      (await at.call('stores.sameAddress', { store, field, value })).map(({ id }) => id);
    expect(await taken(left, 'https://pf.kakao.com/_sky')).toEqual([right]);
    await decide('same');
    expect(await taken(left, 'https://pf.kakao.com/_sky')).toEqual([]);

    const other = await shop('바다횟집', { mapPlaceUrl: 'https://place.map.kakao.com/123' });
    expect(new Set(await taken(other, '_sky'))).toEqual(new Set([left, right]));
    // Only the whole name is the same one, and its letters' case counts.
    for (const value of ['_sk', '_skyline', '_SKY', '없음']) expect(await taken(other, value)).toEqual([]);
    expect(await taken(left, 'map.kakao.com/?itemId=123', 'mapPlaceUrl')).toEqual([other]);
    await at.call('records.delete', { entity: 'store', id: other });
    expect(await taken(left, 'map.kakao.com/?itemId=123', 'mapPlaceUrl')).toEqual([]);
  });
});

test('the day of a laptop is the day in Seoul', async () => {
  const at = laptop('a', { now: MORNING - 11 * 60 * MINUTE });
  expect((await at.call('today.get', {})).date).toBe(YESTERDAY);
  at.clock.now = MORNING - 10 * 60 * MINUTE;
  expect((await at.call('today.get', {})).date).toBe(TODAY);
});

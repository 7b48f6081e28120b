import { describe, expect, it } from 'vitest';
import { idFromParts } from '#shared/model/ids.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { pngOf } from '#tests/support/pictures.ts';

const NOWHERE = recordId(999_999);

async function put(on: TestLaptop, entity: string, set: object): Promise<string> {
  return (await on.call('records.write', { entity, set: set as never })).id;
}

describe('print.signIn', () => {
  it('lists the roster by name with masked phones, and signatures only when they are asked for', async () => {
    const a = laptop('가');
    const { session, shops } = await marketDay(a);
    const person = await put(a, 'person', { name: '가나다', phone: '010-0000-1234', store: shops[0]! });
    await a.call('attendance.add', { session, person });
    const signature = pngOf(40, 12);
    await a.call('attendance.sign', { session, person, signature });

    const sheet = await a.call('print.signIn', { session });
    expect(sheet).toMatchObject({
      title: '방문의 날 1',
      date: '2026-11-24',
      site: '중앙시장 1',
      program: '단골거리 1',
      trainers: ['트레이너 1'],
    });
    expect(sheet.people.map(({ name }) => name)).toEqual(['가나다', '사장님', '사장님']);
    expect(sheet.people[0]).toMatchObject({ shop: '분식 1', phone: '010-****-1234', status: 'present' });
    expect(sheet.people.every((row) => row.signature === null)).toBe(true);

    const signed = await a.call('print.signIn', { session, signatures: true });
    expect(signed.people[0]!.signature).toEqual({ type: 'image/png', bytes: Buffer.from(signature) });
    expect(signed.people[0]!.signedAt).not.toBeNull();
  });

  it('lists a person who was deleted without a name, and a session without anyone', async () => {
    const a = laptop('가');
    const { session, site, merchants } = await marketDay(a);
    await a.call('records.delete', { entity: 'person', id: merchants[0]! });
    const { people } = await a.call('print.signIn', { session });
    expect(people.map(({ name }) => name)).toEqual(['사장님', '']);
    const { id } = await a.call('sessions.plan', {
      site,
      kind: 'class',
      title: '빈 회차',
      date: '2026-11-25',
    });
    expect((await a.call('print.signIn', { session: id })).people).toEqual([]);
  });
});

describe('print.store', () => {
  it('masks the owner, the phone and whoever was honoured unless it is asked for them', async () => {
    const a = laptop('가');
    const { program, site, shops, merchants } = await marketDay(a);
    const [id] = shops;
    await a.call('stores.update', {
      id: id!,
      ownerName: '김바다별',
      phone: '02-335-3591',
      channelUrl: '_abc',
    });
    await put(a, 'award', { program, site, store: id!, person: merchants[0]!, title: '단골왕상' });
    const masked = await a.call('print.store', { id: id! });
    expect(masked).toMatchObject({
      ownerName: '김**',
      phone: '02-****-3591',
      channelLink: 'https://pf.kakao.com/_abc',
      awards: [{ title: '단골왕상', person: '사**' }],
      grants: [{ amount: 300_000 }],
      friends: [{ date: '2026-11-24', friends: 120 }],
      visits: [{ outcome: 'done', checks: 1, checksDone: 1, trainer: '트레이너 1' }],
      checklist: { items: [{ label: '톡채널을 열었나요?', state: 'done' }] },
    });
    expect(JSON.stringify(masked)).not.toMatch(/바다별|335|사장님|다음 주에/);
    expect(await a.call('print.store', { id: id!, unmasked: true })).toMatchObject({
      ownerName: '김바다별',
      phone: '02-335-3591',
      awards: [{ person: '사장님' }],
    });
  });

  it('shows each item as the latest visit that answered it left it', async () => {
    const a = laptop('가');
    const { program, site, shops } = await marketDay(a);
    const keys = ['a', 'b', 'c'];
    const items = keys.map((key) => ({ key, label: key }));
    const checklistTemplate = await put(a, 'checklistTemplate', { name: '점검표', version: 2, items });
    await a.call('programs.update', { id: program, checklistTemplate });
    const visitOn = async (date: string): Promise<string> => {
      const { id: session } = await a.call('sessions.plan', { site, kind: 'visitDay', title: date, date });
      return (await a.call('visits.start', { session, store: shops[1]! })).id;
    };
    const first = await visitOn('2026-11-25');
    await a.call('checks.mark', { visit: first, item: 'a', state: 'done' });
    await a.call('checks.mark', { visit: first, item: 'b', state: 'notDone' });
    await a.call('checks.mark', { visit: await visitOn('2026-11-26'), item: 'b', state: 'done' });
    await a.call('visits.update', { id: await visitOn('2026-11-27'), outcome: 'closed' });
    const { checklist, visits } = await a.call('print.store', { id: shops[1]! });
    expect(checklist).toEqual({
      date: '2026-11-26',
      items: [
        { key: 'a', label: 'a', state: 'done', date: '2026-11-25' },
        { key: 'b', label: 'b', state: 'done', date: '2026-11-26' },
        { key: 'c', label: 'c', state: null, date: null },
      ],
    });
    expect(visits.map(({ date }) => date)).toEqual(['2026-11-27', '2026-11-26', '2026-11-25', '2026-11-24']);
  });

  it('counts what was recorded of a double as its own, one reading a day', async () => {
    const a = laptop('가');
    const { shops } = await marketDay(a);
    const [one, other] = [shops[0]!, shops[1]!];
    await a.call('friends.record', { owner: other, ownerKind: 'store', date: '2026-11-24', friends: 7 });
    await a.call('friends.record', { owner: other, ownerKind: 'store', date: '2026-11-20', friends: 3 });
    expect((await a.call('print.store', { id: one })).visits).toHaveLength(1);
    const match = idFromParts('match', shops);
    await a.call('records.write', { entity: 'match', id: match, set: { decision: 'same' } });
    const joined = await a.call('print.store', { id: one });
    expect(joined.visits).toHaveLength(2);
    expect(joined.friends.map(({ date }) => date)).toEqual(['2026-11-20', '2026-11-24']);
  });
});

describe('print.awards', () => {
  it('gives those of a programme or one, masked unless asked, with a person or without', async () => {
    const a = laptop('가');
    const { program, site, shops, merchants } = await marketDay(a);
    const other = await marketDay(a, 2);
    const given = { program, site, store: shops[0]! };
    const first = await put(a, 'award', {
      ...given,
      person: merchants[0]!,
      title: '나',
      awardedOn: '2026-11-02',
    });
    await put(a, 'award', { ...given, title: '가', awardedOn: '2026-11-01' });
    await put(a, 'award', { program: other.program, title: '다' });

    const ofProgram = await a.call('print.awards', { program });
    expect(ofProgram).toMatchObject({ program: { id: program, name: '단골거리 1' }, total: 2 });
    expect(ofProgram.awards.map(({ title, person, store }) => [title, person, store])).toEqual([
      ['가', null, '분식 1'],
      ['나', '사**', '분식 1'],
    ]);
    const one = await a.call('print.awards', { award: first, unmasked: true });
    expect(one.awards).toEqual([
      {
        id: first,
        title: '나',
        awardedOn: '2026-11-02',
        person: '사장님',
        store: '분식 1',
        site: '중앙시장 1',
        program: '단골거리 1',
      },
    ]);
    expect((await a.call('print.awards', {})).total).toBe(3);
  });
});

describe('print.cards', () => {
  it('has each shop of a market once, names those without a channel and leaves out those that are gone', async () => {
    const a = laptop('가');
    const { site, session, shops, merchants } = await marketDay(a);
    const shop = (name: string, set: object = {}) =>
      put(a, 'store', { site, name, status: 'active', ...set });
    const right = await shop('가게', { channelUrl: 'pf.kakao.com/_abc/friend' });
    await shop('인스타', { channelUrl: 'instagram.com/x' });
    await shop('닫은 집', { channelUrl: '_closed', status: 'closed' });
    await shop('안 하는 집', { status: 'declined' });

    const market = await a.call('print.cards', { site });
    expect(market).toEqual({
      title: '중앙시장 1',
      tooMany: false,
      total: 1,
      cards: [{ id: right, name: '가게', link: 'https://pf.kakao.com/_abc/friend' }],
      without: { total: 3, names: ['꽃집 1', '분식 1', '인스타'] },
    });

    // Of a session: the shops that it visited, and those of the people on its roster.
    const guest = await shop('손님 가게', { channelUrl: '_guest' });
    const person = await put(a, 'person', { name: '손님', store: guest });
    await a.call('attendance.add', { session, person });
    const ofSession = await a.call('print.cards', { session });
    expect(ofSession.cards.map(({ name }) => name)).toEqual(['손님 가게']);
    expect(ofSession.without.names).toEqual(['꽃집 1', '분식 1']);
    expect(merchants).toHaveLength(2);

    // A double gets no second card, and its channel is the shop's.
    await a.call('stores.update', { id: shops[1]!, channelUrl: '_flower' });
    await a.call('records.write', {
      entity: 'match',
      id: idFromParts('match', shops),
      set: { decision: 'same' },
    });
    const joined = await a.call('print.cards', { session });
    expect(joined.cards.map(({ name }) => name)).toEqual(['꽃집 1', '손님 가게']);
    expect(joined.without).toEqual({ total: 0, names: [] });
  });
});

it.each([
  ['print.signIn', { session: NOWHERE }],
  ['print.store', { id: NOWHERE }],
  ['print.awards', { program: NOWHERE }],
  ['print.awards', { award: NOWHERE }],
  ['print.cards', { session: NOWHERE }],
  ['print.cards', { site: NOWHERE }],
])('%s refuses what is not here: %j', async (method, input) => {
  expect(await laptop('가').ask(method, input)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});

import { describe, expect, it } from 'vitest';
import { idFromParts } from '#shared/model/ids.ts';
import { changesOf, recordsIn } from '#tests/support/exchange-contents.ts';
import { LAST_WEEK, makeKits, kitScene, THURSDAY, type KitScene } from '#tests/support/kit-scene.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { unpackZip } from '#tests/support/zip-builder.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

const orderFor = ({ trainers, sessions, markets }: KitScene, which: 0 | 1) => ({
  trainer: trainers[which],
  sessions: [sessions[which]],
  sites: [markets[which]],
});

async function kitFor(at: TestLaptop, scene: KitScene, which: 0 | 1): Promise<Buffer> {
  return Buffer.from((await makeKits(at, [orderFor(scene, which)])).bytes);
}

describe('what is in a kit', () => {
  it('sessions with their market, its shops and people, and what was visited and counted there; nobody else', async () => {
    const office = laptop('사무실');
    const scene = await kitScene(office);
    const file = await kitFor(office, scene, 0);
    const inside = recordsIn(file);
    const { markets, shops, merchants, trainers, sessions, earlier, earlierVisit } = scene;
    const [first, second] = [merchants.slice(0, 2), merchants.slice(2)];
    for (const id of [
      scene.program,
      markets[0],
      ...shops.slice(0, 2),
      ...first,
      sessions[0],
      earlier,
      earlierVisit,
    ])
      expect(inside).toContain(id);
    // The trainer of last week is named beside the visit, but not who was expected that day.
    for (const id of trainers) expect(inside).toContain(id);
    for (const id of [markets[1], ...shops.slice(2), ...second, sessions[1], sessions[2]])
      expect(inside).not.toContain(id);
    const entities = new Set(changesOf(file).map(({ entity }) => entity));
    for (const entity of ['attendance', 'check', 'friendReading', 'checklistTemplate', 'surveyTemplate'])
      expect(entities).toContain(entity);
    expect(entities).not.toContain('surveyResponse');
  });

  it('is enough for the screens: the day, the visit and the roster are as at the office', async () => {
    const [office, field] = [laptop('사무실'), laptop('망원 1호')];
    const scene = await kitScene(office);
    await field.take('kit.dangol', await kitFor(office, scene, 0));
    field.clock.now = office.clock.now = Date.parse(`${THURSDAY}T01:00:00Z`);
    const day = (at: TestLaptop) => at.call('today.get', { date: THURSDAY });
    const [there, here] = [await day(field), await day(office)];
    expect(there.sessions.map(({ id }) => id)).toEqual([scene.sessions[0]]);
    expect(there.sessions).toEqual(here.sessions.filter(({ id }) => id === scene.sessions[0]));
    expect(there.sessions[0]!.round!.stops[0]!.why).toEqual(['noChannel', 'noMap', 'wasClosed']);
    const get = (at: TestLaptop) => at.call('sessions.get', { id: scene.sessions[0] });
    expect(await get(field)).toEqual(await get(office));
    const { id } = await field.call('visits.start', { session: scene.sessions[0], store: scene.shops[0] });
    const visit = await field.call('visits.get', { id });
    expect(visit.friendsBefore).toEqual({ date: LAST_WEEK, friends: 120 });
    expect(visit.checks.map(({ item }) => item.label)).toEqual(['톡채널을 열었나요?']);
    expect(await field.call('visits.get', { id: scene.earlierVisit })).toEqual(
      await office.call('visits.get', { id: scene.earlierVisit }),
    );
  });

  it('whoever is on the roster comes with their shop, and with nobody else of that market', async () => {
    const office = laptop('사무실');
    const scene = await kitScene(office);
    await office.call('attendance.add', { session: scene.sessions[0], person: scene.merchants[2] });
    const inside = recordsIn(await kitFor(office, scene, 0));
    for (const id of [scene.merchants[2], scene.shops[2], scene.markets[1]]) expect(inside).toContain(id);
    for (const id of [scene.merchants[3], scene.shops[3]]) expect(inside).not.toContain(id);
  });

  it('a nationwide site comes without its shops', async () => {
    const office = laptop('사무실');
    const scene = await kitScene(office);
    await office.call('records.write', { entity: 'site', id: scene.markets[0], set: { kind: 'nationwide' } });
    const inside = recordsIn(await kitFor(office, scene, 0));
    expect(inside).toContain(scene.markets[0]);
    // The one on the roster, and the one that was visited there.
    expect(inside).toContain(scene.shops[0]);
    expect(inside).not.toContain(scene.shops[1]);
  });

  it('decisions come with those that they hang together with, also by way of another market', async () => {
    const [office, field] = [laptop('사무실'), laptop('망원 1호')];
    const scene = await kitScene(office);
    const [a, b, x, y] = scene.shops;
    // a = x, x = y, y = b: so a and b are one, and the middle decision is about two shops elsewhere.
    for (const [left, right] of [
      [a, x],
      [x, y],
      [y, b],
    ] as const)
      await office.call('duplicates.decide', { left, right, decision: 'same' });
    const file = await kitFor(office, scene, 0);
    for (const pair of [
      [a, x],
      [x, y],
      [y, b],
    ])
      expect(recordsIn(file)).toContain(idFromParts('match', pair));
    expect(recordsIn(file)).not.toContain(x);
    await field.take('kit.dangol', file);
    expect((await field.call('report.kpis', {})).total.stores).toBe(1);
  });

  it('a session that was given out is heard of when it is deleted or moved, whatever is chosen now', async () => {
    const [office, field] = [laptop('사무실'), laptop('망원 1호')];
    const scene = await kitScene(office);
    const plan = { kind: 'class' as const, title: '교육', date: THURSDAY, trainers: [scene.trainers[0]] };
    const moved = await office.call('sessions.plan', { ...plan, site: scene.markets[0] });
    const order = { ...orderFor(scene, 0), sessions: [scene.sessions[0], moved.id] };
    await field.take('kit.dangol', (await makeKits(office, [order])).bytes);
    office.clock.now += DAY_MS;
    await office.call('records.delete', { entity: 'session', id: scene.sessions[0] });
    await office.call('sessions.update', { id: moved.id, date: '2026-12-03' });
    const { id: other } = await office.call('sessions.plan', { ...plan, site: scene.markets[1] });
    const next = { trainer: scene.trainers[0], sessions: [other], sites: [scene.markets[1]] };
    await field.take('next.dangol', (await makeKits(office, [next])).bytes);
    const on = async (date: string) => (await field.call('today.get', { date })).sessions.map(({ id }) => id);
    expect([await on(THURSDAY), await on('2026-12-03')]).toEqual([[other], [moved.id]]);
  });

  it('erasures come always, whatever is chosen, and leave no record without a name behind', async () => {
    const [office, field] = [laptop('사무실'), laptop('망원 1호')];
    const scene = await kitScene(office);
    await field.take('kit.dangol', await kitFor(office, scene, 0));
    office.clock.now += DAY_MS;
    const elsewhere = {
      trainer: scene.trainers[0],
      sessions: [scene.sessions[1]],
      sites: [scene.markets[1]],
    };
    for (const id of [scene.merchants[0], scene.merchants[1]])
      await office.call('records.erase', { entity: 'person', id, fields: ['name'] });
    await office.call('records.delete', { entity: 'person', id: scene.merchants[1] });
    await field.take('next.dangol', (await makeKits(office, [elsewhere])).bytes);
    expect(field.dump()).not.toMatch(/김바다|이새벽/);

    // A trainer who never was at that market gets the erasures too, and sees nothing of the one who is gone.
    await office.call('records.delete', { entity: 'person', id: scene.merchants[0] });
    const fresh = laptop('반송 1호');
    await fresh.take('kit.dangol', await kitFor(office, scene, 1));
    expect(fresh.dump()).toContain(scene.merchants[0]);
    const names = (await fresh.call('people.search', {})).map(({ name }) => name);
    expect(names.sort()).toEqual(['박하늘', '이트레', '최구름']);
  });
});

describe('making kits', () => {
  it('one is a file, several are a zip of one for each trainer, with names that tell them apart', async () => {
    const office = laptop('사무실');
    const scene = await kitScene(office);
    await office.call('records.write', { entity: 'person', id: scene.trainers[1], set: { name: '김트레' } });
    const one = await makeKits(office, [orderFor(scene, 0)]);
    expect(one).toMatchObject({ name: '사무실 김트레 꾸러미 2026-11-24.dangol', kits: 1 });
    const both = await makeKits(office, [orderFor(scene, 0), orderFor(scene, 1)]);
    expect(both).toMatchObject({ name: '사무실 꾸러미 2026-11-24.zip', kits: 2 });
    const files = unpackZip(Buffer.from(both.bytes));
    expect([...files.keys()]).toEqual([
      '사무실 김트레 꾸러미 2026-11-24.dangol',
      '사무실 김트레 꾸러미 2026-11-24 (2).dangol',
    ]);
    const [first, second] = [...files.values()].map(recordsIn);
    expect([first!.has(scene.shops[0]), first!.has(scene.shops[2])]).toEqual([true, false]);
    expect([second!.has(scene.shops[0]), second!.has(scene.shops[2])]).toEqual([false, true]);
  });

  it('who stops leaves nothing behind, and nothing is taken down before the file is there', async () => {
    const office = laptop('사무실');
    const scene = await kitScene(office);
    const kits = [orderFor(scene, 0), orderFor(scene, 1)];
    const { run } = await office.call('kits.begin', { kits });
    expect(await office.call('kits.next', { run })).toEqual({ done: 1, total: 2 });
    await office.call('kits.stop', { run });
    expect(await office.ask('kits.next', { run })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect((await office.call('kits.lines', { kits })).map(({ last }) => last)).toEqual([null, null]);
  });

  it('refuses an order without a session by name, and what is not here', async () => {
    const office = laptop('사무실');
    const scene = await kitScene(office);
    const order = orderFor(scene, 0);
    expect(await office.ask('kits.begin', { kits: [{ ...order, sessions: [] }] })).toMatchObject({
      error: { code: 'KIT_EMPTY', params: { name: '김트레' } },
    });
    const gone = { ...order, sessions: [scene.trainers[0]] };
    expect(await office.ask('kits.begin', { kits: [gone] })).toMatchObject({
      error: { code: 'NOT_FOUND', params: { entity: 'session' } },
    });
  });
});

describe('what can be chosen', () => {
  it('programmes with their upcoming and past sessions, ended ones marked; sessions that belong to none too', async () => {
    const office = laptop('사무실', { now: MORNING });
    const scene = await kitScene(office);
    await office.call('records.write', {
      entity: 'program',
      id: scene.program,
      set: { endsOn: '2026-11-23' },
    });
    const { id: site } = await office.call('records.write', { entity: 'site', set: { name: '새 시장' } });
    await office.call('sessions.plan', { site, kind: 'class', title: '첫 교육', date: THURSDAY });
    expect(await office.call('kits.programs', {})).toEqual([
      expect.objectContaining({ id: scene.program, ended: true, upcoming: 3, past: 1 }),
      expect.objectContaining({ id: null, ended: false, upcoming: 1, past: 0 }),
    ]);
    const loose = await office.call('kits.plan', { programs: [null] });
    expect(loose.sessions.map(({ title }) => title)).toEqual(['첫 교육']);
    const plan = await office.call('kits.plan', { programs: [scene.program] });
    expect(plan.sessions.map(({ title, trainers }) => [title, ...trainers.map(({ name }) => name)])).toEqual([
      ['망원 방문의 날', '김트레'],
      ['반송 교육'],
      ['반송 방문의 날', '이트레'],
    ]);
    expect(plan.sites.map(({ name, shops }) => [name, shops])).toEqual([
      ['망원시장', 2],
      ['반송큰시장', 2],
    ]);
    const all = await office.call('kits.plan', { programs: [scene.program], from: null });
    expect(all.sessions.filter(({ past }) => past).map(({ id }) => id)).toEqual([scene.earlier]);
  });
});

import { describe, expect, it } from 'vitest';
import type { LaptopRow } from '#shared/contract/laptops.ts';
import { dawn, dusk, exchangeFile, strangerKey, type Author } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const iso = (ms: number): string => new Date(ms).toISOString();
const uuid = (n: number): string => `0191aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;

let written = 0;

/** A change of a laptop at a time. */
function line(author: Author, at: number, entity: string, record: string, set: object): object {
  written += 1;
  const id = `${at.toString(16).padStart(12, '0')}-${written.toString(16).padStart(4, '0')}-${author.id}`;
  return { id, author: null, entity, record, set };
}

const ordered = (lines: object[]): object[] =>
  [...lines].sort((a, b) => ((a as { id: string }).id < (b as { id: string }).id ? -1 : 1));

async function send(office: TestLaptop, author: Author, lines: object[], title = '세션'): Promise<string> {
  const bytes = exchangeFile({ author, lines: ordered(lines), title });
  const taken = await office.take(`${title}.dangol`, bytes);
  expect(taken.status).toBe('imported');
  return taken.import!;
}

const site = (author: Author, n: number) =>
  line(author, MORNING - DAY_MS, 'site', uuid(n), { name: `시장 ${n}` });

async function rowOf(office: TestLaptop, author: Author): Promise<LaptopRow> {
  return (await office.call('laptops.list', {})).find(({ id }) => id === author.id)!;
}

const deskOf = async (office: TestLaptop) => (await office.call('app.status', {})).desk;

describe('a laptop as it is known here', () => {
  it('has its name, its files and what they brought; what was undone is told apart', async () => {
    const office = laptop('office');
    await send(office, dawn, [site(dawn, 1), site(dawn, 2)], '첫날');
    office.clock.now += 1000;
    const second = await send(office, dawn, [site(dawn, 3)], '둘째 날');
    expect(await rowOf(office, dawn)).toMatchObject({
      name: '새벽',
      role: 'trainer',
      firstSeenAt: iso(MORNING),
      files: 2,
      undone: 0,
      changes: 3,
      lastFile: { import: second, title: '둘째 날', importedAt: iso(MORNING + 1000) },
      earlierKeys: [],
    });
    await office.call('imports.undo', { id: second });
    expect(await rowOf(office, dawn)).toMatchObject({
      files: 1,
      undone: 1,
      changes: 2,
      lastFile: { title: '첫날' },
    });
  });

  it('is not this one, whose own file may come back', async () => {
    const office = laptop('office');
    await office.call('records.write', { entity: 'site', set: { name: '망원시장' } });
    await office.take('own.dangol', await office.exported());
    expect(await office.call('laptops.list', {})).toEqual([]);
    expect(await deskOf(office)).toEqual({ keys: 0, late: 0 });
  });
});

describe('the key of a laptop', () => {
  it('waits until a person confirms it, and the file is in all the while', async () => {
    const office = laptop('office');
    await send(office, dawn, [site(dawn, 1)]);
    const { key, files } = await rowOf(office, dawn);
    expect([key.verdict, key.judgedAt, files]).toEqual(['waiting', null, 1]);
    expect((await deskOf(office)).keys).toBe(1);
    office.clock.now += 5000;
    await office.call('laptops.judge', {
      id: dawn.id,
      fingerprint: key.fingerprint,
      verdict: 'confirmed',
    });
    expect((await rowOf(office, dawn)).key).toEqual({
      ...key,
      verdict: 'confirmed',
      judgedAt: iso(MORNING + 5000),
    });
    expect((await deskOf(office)).keys).toBe(0);
    // Its next file asks nothing more.
    await send(office, dawn, [site(dawn, 2)], '둘째 날');
    expect((await rowOf(office, dawn)).key.verdict).toBe('confirmed');
    await office.call('laptops.judge', { id: dawn.id, fingerprint: key.fingerprint, verdict: 'waiting' });
    expect((await rowOf(office, dawn)).key).toEqual(key);
  });

  it('of a laptop that nobody knows takes nothing away, and asks until its files are out', async () => {
    const office = laptop('office');
    const taken = await send(office, dawn, [site(dawn, 1)]);
    const before = office.dump();
    const { fingerprint } = (await rowOf(office, dawn)).key;
    await office.call('laptops.judge', { id: dawn.id, fingerprint, verdict: 'unknown' });
    expect(office.dump()).toBe(before);
    expect((await deskOf(office)).keys).toBe(1);
    await office.call('imports.undo', { id: taken });
    expect((await deskOf(office)).keys).toBe(0);
    expect((await rowOf(office, dawn)).key.verdict).toBe('unknown');
  });

  it('accepted in place of another one is in its history as confirmed, with the time', async () => {
    const office = laptop('office');
    await send(office, dawn, [site(dawn, 1)]);
    const first = (await rowOf(office, dawn)).key;
    const bytes = exchangeFile({ author: { ...dawn, key: strangerKey }, lines: [site(dawn, 2)] });
    const { error } = await office.take('renewed.dangol', bytes);
    expect(error?.code).toBe('LAPTOP_KEY_CHANGED');
    expect((await rowOf(office, dawn)).earlierKeys).toEqual([]);

    office.clock.now += 1000;
    const publicKey = String(error?.params['publicKey']);
    await office.call('laptops.accept', { id: dawn.id, publicKey });
    await office.take('renewed.dangol', bytes);
    const now = await rowOf(office, dawn);
    const at = iso(MORNING + 1000);
    expect(now.key).toEqual({
      fingerprint: error?.params['fingerprint'],
      since: at,
      verdict: 'confirmed',
      judgedAt: at,
    });
    expect(now.earlierKeys).toEqual([first]);
    expect(now.firstSeenAt).toBe(iso(MORNING));

    // Back to the first one: a third row, and no row is lost.
    office.clock.now += 1000;
    const back = exchangeFile({ lines: [site(dawn, 3)] });
    const again = await office.take('back.dangol', back);
    await office.call('laptops.accept', {
      id: dawn.id,
      publicKey: String(again.error?.params['publicKey']),
    });
    const { key, earlierKeys } = await rowOf(office, dawn);
    expect([key.fingerprint, earlierKeys.map(({ fingerprint }) => fingerprint)]).toEqual([
      first.fingerprint,
      [now.key.fingerprint, first.fingerprint],
    ]);
  });

  it('is not judged by a fingerprint that is not the one it has now', async () => {
    const office = laptop('office');
    await send(office, dawn, [site(dawn, 1)]);
    const answer = await office.ask('laptops.judge', {
      id: dawn.id,
      fingerprint: '0000',
      verdict: 'confirmed',
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'LAPTOP_KEY_STALE' } });
    expect((await rowOf(office, dawn)).key.verdict).toBe('waiting');
    const missing = await office.ask('laptops.judge', {
      id: dusk.id,
      fingerprint: '0000',
      verdict: 'confirmed',
    });
    expect(missing).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  });

  it('is asked about by a file that was only tried out as little as by one that was refused', async () => {
    const office = laptop('office');
    const bytes = exchangeFile({ lines: [site(dawn, 1)] });
    await office.call('exchange.import', { file: 'x', bytes, dryRun: true });
    expect(await office.call('laptops.list', {})).toEqual([]);
    expect((await deskOf(office)).keys).toBe(0);
  });
});

describe('whose records it writes', () => {
  const [A, B] = [uuid(901), uuid(902)];
  const people = (author: Author) => [
    line(author, MORNING - 3 * DAY_MS, 'person', A, { name: '김단골', kind: 'trainer' }),
    line(author, MORNING - 3 * DAY_MS, 'person', B, { name: '박방문', kind: 'trainer' }),
  ];
  const visit = (author: Author, n: number, trainer: string) =>
    line(author, MORNING - DAY_MS, 'visit', uuid(n), { trainer, date: '2026-11-23', outcome: 'done' });

  it('those of the trainers whose visits it began, whoever sent the file', async () => {
    const office = laptop('office');
    // Dusk passes on what dawn wrote.
    await send(office, dusk, [...people(dusk), visit(dawn, 11, A), visit(dawn, 12, A), visit(dusk, 13, B)]);
    await send(office, dawn, [visit(dawn, 14, B)]);
    // The office corrects a visit: it still began on dawn's laptop.
    await office.call('records.write', { entity: 'visit', id: uuid(11), set: { note: '다시 봄' } });
    expect((await rowOf(office, dawn)).recordsFor).toEqual([
      { id: A, name: '김단골', records: 2 },
      { id: B, name: '박방문', records: 1 },
    ]);
    expect((await rowOf(office, dusk)).recordsFor).toEqual([{ id: B, name: '박방문', records: 1 }]);
    await office.call('records.delete', { entity: 'visit', id: uuid(13) });
    expect((await rowOf(office, dusk)).recordsFor).toEqual([]);
  });

  it('without a visit, those of the one trainer whose class it marked', async () => {
    const office = laptop('office');
    const [alone, shared] = [uuid(21), uuid(22)];
    const mark = (n: number, session: string) =>
      line(dawn, MORNING - DAY_MS, 'attendance', uuid(n), { session, person: uuid(n), status: 'present' });
    await send(office, dusk, [
      ...people(dusk),
      line(dusk, MORNING - 2 * DAY_MS, 'session', alone, { kind: 'class', trainers: [A] }),
      line(dusk, MORNING - 2 * DAY_MS, 'session', shared, { kind: 'class', trainers: [A, B] }),
    ]);
    await send(office, dawn, [mark(31, alone), mark(32, alone), mark(33, shared)]);
    expect((await rowOf(office, dawn)).recordsFor).toEqual([{ id: A, name: '김단골', records: 2 }]);
    expect((await rowOf(office, dusk)).recordsFor).toEqual([]);
  });
});

describe('its clock', () => {
  it('is told by what ran ahead, of the laptop that wrote it and not of the one that sent it', async () => {
    const office = laptop('office');
    const ahead = (n: number, days: number) =>
      line(dawn, MORNING + days * DAY_MS, 'site', uuid(n), { name: `시장 ${n}` });
    await send(office, dusk, [site(dusk, 1), ahead(2, 3), ahead(3, 40), ahead(4, 0.5)]);
    await send(office, dawn, [site(dawn, 5)], '제때');
    expect((await rowOf(office, dawn)).clock).toEqual({ ahead: 2, furthestMs: 40 * DAY_MS });
    expect((await rowOf(office, dusk)).clock).toEqual({ ahead: 0, furthestMs: 0 });
  });

  it('is not spoken of any more once the file is out', async () => {
    const office = laptop('office');
    const taken = await send(office, dawn, [
      line(dawn, MORNING + 2 * DAY_MS, 'site', uuid(1), { name: '앞날' }),
    ]);
    expect((await rowOf(office, dawn)).clock.ahead).toBe(1);
    await office.call('imports.undo', { id: taken });
    expect((await rowOf(office, dawn)).clock.ahead).toBe(0);
  });
});

describe('what is expected and has not come', () => {
  const A = uuid(901);

  async function planned(office: TestLaptop, title: string, date: string, trainers: string[] = [A]) {
    const { id } = await office.call('records.write', {
      entity: 'session',
      set: { title, kind: 'visitDay', date, trainers, status: 'planned' },
    });
    return id;
  }

  it('is told by trainer, with the laptops that write for them; the day turns in Seoul', async () => {
    const office = laptop('office');
    await office.call('records.write', { entity: 'person', id: A, set: { name: '김단골', kind: 'trainer' } });
    await send(office, dawn, [
      line(dawn, MORNING - 9 * DAY_MS, 'visit', uuid(11), { trainer: A, date: '2026-11-15' }),
    ]);
    const yesterday = await planned(office, '어제', '2026-11-23');
    const before = await planned(office, '그제', '2026-11-22');
    await planned(office, '오늘', '2026-11-24');
    const nobody = await planned(office, '누구든', '2026-11-20', []);
    const late = await office.call('laptops.late', {});
    expect(late.sessions).toBe(3);
    expect(late.trainers).toMatchObject([
      {
        trainer: { id: A, name: '김단골' },
        laptops: [{ id: dawn.id, name: '새벽', lastImportedAt: iso(MORNING) }],
        sessions: [
          { id: before, days: 2, missing: ['visits', 'closing'] },
          { id: yesterday, days: 1, missing: ['visits', 'closing'] },
        ],
      },
      { trainer: null, laptops: [], sessions: [{ id: nobody, days: 4 }] },
    ]);
    expect((await deskOf(office)).late).toBe(3);
    expect((await rowOf(office, dawn)).late).toBe(2);

    // 23:59 in Seoul, and a minute later.
    office.clock.now = Date.UTC(2026, 10, 24, 14, 59);
    expect((await deskOf(office)).late).toBe(3);
    office.clock.now += 60_000;
    expect((await deskOf(office)).late).toBe(4);
  });

  it('is over when it came and was closed, or when the session is deleted', async () => {
    const office = laptop('office');
    const session = await planned(office, '어제', '2026-11-23');
    const gone = await planned(office, '취소', '2026-11-23');
    expect((await deskOf(office)).late).toBe(2);
    await office.call('records.delete', { entity: 'session', id: gone });
    expect((await deskOf(office)).late).toBe(1);
    await office.call('sessions.update', { id: session, status: 'closed' });
    expect((await office.call('laptops.late', {})).trainers[0]!.sessions[0]!.missing).toEqual(['visits']);
    const taken = await send(office, dawn, [
      line(dawn, MORNING - DAY_MS, 'visit', uuid(11), { session, trainer: A, date: '2026-11-23' }),
    ]);
    expect(await office.call('laptops.late', {})).toEqual({ sessions: 0, trainers: [] });
    // The file is taken out again: it is missing again.
    await office.call('imports.undo', { id: taken });
    expect((await deskOf(office)).late).toBe(1);
  });
});

it('those to be asked about come first, then those with something late, then by name', async () => {
  const office = laptop('office');
  const others = ['가', '나', '다'].map((name, n) => ({ ...dusk, id: `d0000000000000c${n}`, name }));
  for (const author of [dawn, dusk, ...others]) await send(office, author, [site(author, 1)], author.name);
  const keys = await office.call('laptops.list', {});
  const judge = (author: Author, verdict: 'confirmed' | 'unknown') =>
    office.call('laptops.judge', {
      id: author.id,
      fingerprint: keys.find(({ id }) => id === author.id)!.key.fingerprint,
      verdict,
    });
  await judge(dawn, 'confirmed');
  await judge(others[0]!, 'confirmed');
  await judge(others[2]!, 'unknown');
  const names = (await office.call('laptops.list', {})).map(({ name }) => name);
  expect(names).toEqual(['다', '나', '저녁', '가', '새벽']);
});

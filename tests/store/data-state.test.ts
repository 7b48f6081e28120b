import { describe, expect, it } from 'vitest';
import type { DataStateRow } from '#shared/contract/data-state.ts';
import { dataLineIds, type DataLineId } from '#shared/desk/data-lines.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { dawn, exchangeFile } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';

/** Tuesday, 24 November 2026 in Seoul. */
const TODAY = '2026-11-24';

type Fields = Record<string, Json>;

async function put(office: TestLaptop, entity: string, set: Fields, id?: string): Promise<string> {
  const answer = await office.ask('records.write', { entity, set, ...(id && { id }) });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return (answer.value as { id: string }).id;
}

/** A programme with a site, a shop, a class and what they go by, in which nothing is wrong. */
async function sound(office: TestLaptop, name = '단골거리') {
  const checklist = await put(office, 'checklistTemplate', {
    name: '점검표',
    items: ['가', '나', '다'].map((key) => ({ key, label: key })),
  });
  const survey = await put(office, 'surveyTemplate', {
    name: '설문',
    questions: ['하나', '둘'].map((key) => ({ key, label: key, kind: 'scale' })),
  });
  const program = await put(office, 'program', {
    ...{ name, kind: 'street', startsOn: '2026-03-02', endsOn: '2026-11-30' },
    ...{ checklistTemplate: checklist, surveyTemplate: survey },
  });
  const site = await put(office, 'site', { name: `${name} 시장`, program, kind: 'street' });
  const shop = await put(office, 'store', { name: `${name} 떡집`, site, status: 'active' });
  const session = await put(office, 'session', {
    ...{ program, site, title: `${name} 교육`, kind: 'class', date: '2026-11-20', status: 'closed' },
  });
  const person = await put(office, 'person', { name: '이상인', kind: 'merchant', store: shop });
  const attendance = await put(office, 'attendance', { session, person, status: 'present' });
  return { program, checklist, survey, site, shop, session, person, attendance };
}

type Scene = Awaited<ReturnType<typeof sound>>;

const visitOf = ({ session, shop }: Scene, set: Fields = {}): Fields => ({
  ...{ session, store: shop, date: '2026-11-20', outcome: 'refused' },
  ...{ startedAt: '2026-11-20T01:00:00.000Z', endedAt: '2026-11-20T01:20:00.000Z' },
  ...set,
});

const responseOf = ({ session, survey }: Scene, set: Fields = {}): Fields => ({
  ...{ session, template: survey, submittedAt: '2026-11-20T02:00:00.000Z' },
  answers: { 하나: 5, 둘: 4 },
  ...set,
});

async function countsOf(office: TestLaptop, program?: string): Promise<Partial<Record<DataLineId, number>>> {
  const { lines } = await office.call('dataState.summary', program ? { program } : {});
  return Object.fromEntries(lines.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]));
}

async function rowsOf(office: TestLaptop, line: DataLineId, program?: string): Promise<DataStateRow[]> {
  return (await office.call('dataState.rows', { line, ...(program && { program }) })).rows;
}

it('nothing is found where nothing is wrong, and every line says so', async () => {
  const office = laptop('office');
  const scene = await sound(office);
  await put(office, 'visit', visitOf(scene));
  await put(office, 'surveyResponse', responseOf(scene));
  const { today, lines } = await office.call('dataState.summary', {});
  expect(today).toBe(TODAY);
  expect(lines).toEqual(dataLineIds.map((id) => ({ id, count: 0 })));
  for (const line of dataLineIds) {
    expect(await office.call('dataState.rows', { line })).toEqual({ total: 0, rows: [], next: null });
  }
});

/** What is written beside a sound programme, the line that finds it, and what it says of it. */
interface Case {
  readonly says: string;
  readonly line: DataLineId | null;
  readonly write: (office: TestLaptop, scene: Scene) => Promise<unknown>;
  readonly finding?: object;
  readonly screen?: (scene: Scene) => object | null;
}

const visit =
  (set: Fields): Case['write'] =>
  (office, scene) =>
    put(office, 'visit', visitOf(scene, set));
const response =
  (set: Fields): Case['write'] =>
  (office, scene) =>
    put(office, 'surveyResponse', responseOf(scene, set));
const shop =
  (set: Fields): Case['write'] =>
  (office, { site }) =>
    put(office, 'store', { name: '새집', site, ...set });
const attendancePart = ({ session }: Scene) => ({ at: 'session', id: session, part: 'attendance' });
const surveyPart = ({ session }: Scene) => ({ at: 'session', id: session, part: 'survey' });

const doneVisit =
  (answers: Record<string, Json>, template?: string): Case['write'] =>
  async (office, scene) => {
    const set = { outcome: 'done', ...(template === undefined ? {} : { checklistTemplate: template }) };
    const id = await put(office, 'visit', visitOf(scene, set));
    for (const [item, state] of Object.entries(answers))
      await put(office, 'check', { visit: id, item, state });
  };

const cases: readonly Case[] = [
  {
    says: 'a done visit with an item left open',
    line: 'unanswered',
    write: doneVisit({ 가: 'done', 나: 'notApplicable' }),
    finding: { what: 'itemsOpen', n: 1, of: 3 },
  },
  {
    says: 'an answer that was taken back, and one to an item that the checklist does not have',
    line: 'unanswered',
    write: doneVisit({ 가: 'done', 나: null, 라: 'done' }),
    finding: { what: 'itemsOpen', n: 2, of: 3 },
  },
  {
    says: 'a done visit with all answered',
    line: null,
    write: doneVisit({ 가: 'done', 나: 'notDone', 다: 'done' }),
  },
  { says: 'a visit at a closed door has nothing to answer', line: null, write: visit({ outcome: 'closed' }) },
  {
    says: 'a done visit under an older version of the checklist, which is deleted by now',
    line: 'unanswered',
    async write(office, scene) {
      const items = [{ key: '옛', label: '옛' }];
      const old = await put(office, 'checklistTemplate', { name: '점검표', items });
      await doneVisit({ 가: 'done', 나: 'done', 다: 'done' }, old)(office, scene);
      await office.call('records.delete', { entity: 'checklistTemplate', id: old });
    },
    finding: { what: 'itemsOpen', n: 1, of: 1 },
  },
  {
    says: 'a past visit without an outcome',
    line: 'noOutcome',
    write: visit({ outcome: null, endedAt: null }),
    finding: { what: 'openSince', day: '2026-11-20' },
  },
  {
    says: 'a visit of today may be under way',
    line: null,
    write: visit({ outcome: null, endedAt: null, date: TODAY, startedAt: '2026-11-24T00:30:00.000Z' }),
  },
  {
    says: 'a past visit with an outcome that never ended',
    line: 'notEnded',
    write: visit({ endedAt: null }),
    finding: { what: 'noEnd', day: '2026-11-20' },
  },
  {
    says: 'one written down afterwards has no times at all',
    line: null,
    write: visit({ startedAt: null, endedAt: null }),
  },
  {
    says: 'a visit before the programme began',
    line: 'visitDates',
    write: visit({ date: '2026-03-01' }),
    finding: { what: 'date', fault: 'beforeProgram', day: '2026-03-01' },
  },
  {
    says: 'a visit to come',
    line: 'visitDates',
    write: visit({ date: '2026-11-25' }),
    finding: { what: 'date', fault: 'future', day: '2026-11-25' },
  },
  {
    says: 'a visit that ended before it began',
    line: 'visitDates',
    write: visit({ endedAt: '2026-11-20T00:59:00.000Z' }),
    finding: { what: 'date', fault: 'endedBeforeStarted', day: '2026-11-20' },
  },
  {
    says: 'a past class without marks',
    line: 'noAttendance',
    write: (office, { program, site }) =>
      put(office, 'session', { program, site, title: '빈 교육', kind: 'class', date: '2026-11-18' }),
    finding: { what: 'nobodyMarked', n: 0, of: 0 },
  },
  {
    says: 'a class to come',
    line: null,
    write: (office, { program, site }) =>
      put(office, 'session', { program, site, title: '내일', kind: 'class', date: '2026-11-25' }),
  },
  {
    says: 'a person on the roster who was not marked',
    line: 'unmarked',
    async write(office, { session }) {
      const person = await put(office, 'person', { name: '김상인', kind: 'merchant' });
      await put(office, 'attendance', { session, person });
    },
    finding: { what: 'someUnmarked', n: 1, of: 2 },
    screen: attendancePart,
  },
  {
    says: 'a mark at a session of the future',
    line: 'attendanceDates',
    async write(office, { program, person }) {
      const session = await put(office, 'session', { program, kind: 'class', date: '2026-11-28' });
      await put(office, 'attendance', { session, person, status: 'present' });
    },
    finding: { what: 'date', fault: 'future', day: '2026-11-28' },
  },
  {
    says: 'a signature from before the programme',
    line: 'attendanceDates',
    write: (office, { attendance }) =>
      put(office, 'attendance', { signedAt: '2026-03-01T14:59:59.000Z' }, attendance),
    finding: { what: 'date', fault: 'beforeProgram', day: '2026-03-01' },
    screen: attendancePart,
  },
  {
    says: 'a signature of its first minute in Seoul',
    line: null,
    write: (office, { attendance }) =>
      put(office, 'attendance', { signedAt: '2026-03-01T15:00:00.000Z' }, attendance),
  },
  {
    says: 'a response with a 5-point question left open',
    line: 'answersMissing',
    write: response({ answers: { 하나: 5 } }),
    finding: { what: 'answersOpen', n: 1, of: 2 },
    screen: surveyPart,
  },
  { says: 'one that was never handed in', line: null, write: response({ answers: {}, submittedAt: null }) },
  {
    says: 'a response from after the programme, by the day in Seoul',
    line: 'responseDates',
    async write(office, scene) {
      await put(office, 'program', { endsOn: '2026-11-19' }, scene.program);
      await put(office, 'session', { date: '2026-11-18' }, scene.session);
      await put(office, 'surveyResponse', responseOf(scene, { submittedAt: '2026-11-19T15:00:00.000Z' }));
      await put(office, 'surveyResponse', responseOf(scene, { submittedAt: '2026-11-19T14:59:00.000Z' }));
    },
    finding: { what: 'date', fault: 'afterProgram', day: '2026-11-20' },
    screen: surveyPart,
  },
  {
    says: 'a shop without a site',
    line: 'noSite',
    write: shop({ site: null }),
    finding: { what: 'noSite' },
  },
  {
    says: 'a shop of a site that never came',
    line: 'noSite',
    write: shop({ site: '0191aaaa-0000-7000-8000-00000000dead' }),
    finding: { what: 'unknownSite' },
  },
  { says: 'a shop that takes no part', line: null, write: shop({ site: null, status: 'declined' }) },
  {
    says: 'a shop marked closed, and visited two days later',
    line: 'closedButVisited',
    async write(office, scene) {
      const closed = '0191aaaa-0000-7000-8000-00000000c105';
      const id = `${Date.UTC(2026, 10, 18, 1).toString(16).padStart(12, '0')}-0000-${dawn.id}`;
      const set = { name: '닫은 집', site: scene.site, status: 'closed' };
      const change = { id, author: null, entity: 'store', record: closed, set };
      await office.take('x', exchangeFile({ lines: [change] }));
      await doneVisit({ 가: 'done', 나: 'done', 다: 'done' })(office, { ...scene, shop: closed });
    },
    finding: { what: 'visitedAfterClosing', closed: '2026-11-18', visited: '2026-11-20' },
  },
  {
    says: 'a shop that was visited, and closed after that',
    line: null,
    async write(office, scene) {
      await doneVisit({ 가: 'done', 나: 'done', 다: 'done' })(office, scene);
      await put(office, 'store', { status: 'closed' }, scene.shop);
    },
  },
  {
    says: 'a channel with a day and no address',
    line: 'dayWithoutUrl',
    write: shop({ channelOpenedOn: '2026-05-01' }),
    finding: { what: 'openedOn', day: '2026-05-01' },
  },
  {
    says: 'a channel with an address and no day',
    line: 'urlWithoutDay',
    write: shop({ channelUrl: 'pf.kakao.com/_x' }),
    finding: { what: 'hasUrl', url: 'pf.kakao.com/_x' },
  },
  {
    says: 'a channel opened before there were any',
    line: 'channelDates',
    write: shop({ channelOpenedOn: '2011-09-30', channelUrl: 'pf.kakao.com/_x' }),
    finding: { what: 'date', fault: 'beforeChannels', day: '2011-09-30' },
  },
  {
    says: 'a channel of before the programme is possible',
    line: null,
    write: shop({ channelOpenedOn: '2019-10-01', channelUrl: 'pf.kakao.com/_x' }),
  },
  {
    says: 'a place on the map in the future',
    line: 'mapDates',
    write: shop({ mapRegisteredOn: '2027-01-01' }),
    finding: { what: 'date', fault: 'future', day: '2027-01-01' },
  },
  {
    says: 'a reading of a site in the future, which has no screen',
    line: 'readingDates',
    write: (office, { site }) =>
      put(office, 'friendReading', { owner: site, ownerKind: 'site', date: '2026-12-01', friends: 10 }),
    finding: { what: 'date', fault: 'future', day: '2026-12-01' },
    screen: () => null,
  },
  {
    says: 'a reading of a shop in the future',
    line: 'readingDates',
    write: (office, scene) =>
      put(office, 'friendReading', {
        ...{ owner: scene.shop, ownerKind: 'store', date: '2026-12-01', friends: 10 },
      }),
    screen: (scene) => ({ at: 'store', id: scene.shop }),
  },
  {
    says: 'a programme and its site under their minimum',
    line: 'underMinimum',
    async write(office, scene) {
      await put(office, 'program', { minimumRespondents: 2 }, scene.program);
      await put(office, 'surveyResponse', responseOf(scene));
    },
    finding: { what: 'responses', n: 1, least: 2 },
    screen: ({ program }) => ({ at: 'program', id: program }),
  },
];

describe.each(cases)('$says', ({ line, write, finding, screen }) => {
  it(line === null ? 'is found by no line' : `is found by ${line} alone`, async () => {
    const office = laptop('office');
    const scene = await sound(office);
    const other = await sound(office, '다른 사업');
    await write(office, scene);
    const counts = await countsOf(office);
    expect(Object.keys(counts)).toEqual(line === null ? [] : [line]);
    if (line === null) return;
    const rows = await rowsOf(office, line);
    expect(rows).toHaveLength(counts[line]!);
    expect(rows[0]!.title).not.toBe('');
    if (finding) expect(rows[0]!.findings[0]).toEqual(finding);
    if (screen) expect(rows[0]!.screen).toEqual(screen(scene));
    // A shop without a site belongs to no programme.
    expect(await countsOf(office, scene.program)).toEqual(line === 'noSite' ? {} : counts);
    expect(await countsOf(office, other.program)).toEqual({});
  });
});

it('what is wrong twice with one visit is one row that says both', async () => {
  const office = laptop('office');
  const scene = await sound(office);
  await visit({ date: '2026-12-24', endedAt: '2026-11-20T00:00:00.000Z' })(office, scene);
  const [row] = await rowsOf(office, 'visitDates');
  expect(row).toMatchObject({
    title: '단골거리 떡집',
    context: '단골거리 교육',
    day: '2026-12-24',
    findings: [{ fault: 'future' }, { fault: 'endedBeforeStarted' }],
    screen: { at: 'visit' },
  });
});

describe('the lines and the figures say the same', () => {
  it('a visit of a deleted shop or session is none, one of a session that never came is one', async () => {
    const office = laptop('office');
    const scene = await sound(office);
    const gone = await put(office, 'store', { name: '없앤 집', site: scene.site });
    await visit({ store: gone, outcome: null })(office, scene);
    await visit({ session: '0191aaaa-0000-7000-8000-00000000beef', outcome: null })(office, scene);
    await office.call('records.delete', { entity: 'store', id: gone });
    const { total } = await office.call('report.kpis', {});
    expect(total.visits).toBe(1);
    expect((await countsOf(office)).noOutcome).toBe(1);
    await office.call('records.delete', { entity: 'session', id: scene.session });
    expect((await office.call('report.kpis', {})).total.visits).toBe(1);
    expect((await countsOf(office)).noOutcome).toBe(1);
  });

  it('a response counts for the minimum when it counts in the report', async () => {
    const office = laptop('office');
    const scene = await sound(office);
    const gone = await put(office, 'store', { name: '없앤 집', site: scene.site });
    await response({ store: gone })(office, scene);
    await response({})(office, scene);
    await response({ submittedAt: null })(office, scene);
    await office.call('records.delete', { entity: 'store', id: gone });
    const { programs } = await office.call('report.kpis', {});
    expect(programs[0]!.surveyResponses).toBe(1);
    await put(office, 'program', { minimumRespondents: 1 }, scene.program);
    expect(await countsOf(office)).toEqual({});
    await put(office, 'program', { minimumRespondents: 2 }, scene.program);
    const rows = await rowsOf(office, 'underMinimum');
    expect(rows.map(({ entity, findings }) => [entity, findings])).toEqual([
      ['program', [{ what: 'responses', n: 1, least: 2 }]],
      ['site', [{ what: 'responses', n: 1, least: 2 }]],
    ]);
  });

  it('a shop without a site is in the total and in no programme', async () => {
    const office = laptop('office');
    const scene = await sound(office);
    await shop({ site: null })(office, scene);
    await shop({ site: '0191aaaa-0000-7000-8000-00000000dead' })(office, scene);
    const { total, programs } = await office.call('report.kpis', {});
    const inPrograms = programs.reduce((sum, { stores }) => sum + stores, 0);
    expect((await countsOf(office)).noSite).toBe(total.stores - inPrograms);
  });
});

it('rows come page by page, none twice and none left out', async () => {
  const office = laptop('office');
  const scene = await sound(office);
  for (let n = 0; n < 7; n += 1)
    await shop({ name: `집 ${n}`, channelUrl: `pf.kakao.com/_${n}` })(office, scene);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const page: { total: number; rows: DataStateRow[]; next: string | null } = await office.call(
      'dataState.rows',
      { line: 'urlWithoutDay', limit: 3, ...(after === null ? {} : { after }) },
    );
    expect(page.total).toBe(7);
    seen.push(...page.rows.map(({ title }) => title));
    after = page.next;
  } while (after !== null);
  expect(seen.sort()).toEqual(Array.from({ length: 7 }, (_, n) => `집 ${n}`));
});

it('what has a screen of its own is counted, but for what takes long to count', async () => {
  const office = laptop('office');
  await put(office, 'session', { title: '어제', kind: 'visitDay', date: '2026-11-23', status: 'open' });
  const store = await put(office, 'store', { name: '떡집', phone: '1' });
  const id = (author: typeof dawn) => `${(MORNING - 1000).toString(16).padStart(12, '0')}-0000-${author.id}`;
  const change = { id: id(dawn), author: null, entity: 'store', record: store, set: { phone: '2' } };
  await office.take('x', exchangeFile({ lines: [change] }));
  const { elsewhere } = await office.call('dataState.summary', {});
  expect(elsewhere).toEqual([
    { id: 'late', count: 1 },
    { id: 'conflicts', count: 1 },
    { id: 'duplicates', count: null },
  ]);
});

it('a programme that is not here is refused', async () => {
  const office = laptop('office');
  const answer = await office.ask('dataState.summary', { program: '0191aaaa-0000-7000-8000-00000000dead' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});

import { describe, expect, it } from 'vitest';
import type { DataStateRow } from '#shared/contract/data-state.ts';
import { dataLineIds } from '#shared/desk/data-lines.ts';
import { dataCases, response, shop, visit } from '#tests/support/data-state-cases.ts';
import { put, sound, visitOf, responseOf, countsOf, rowsOf, TODAY } from '#tests/support/data-state-scene.ts';
import { dawn, exchangeFile } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING } from '#tests/support/laptop.ts';

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

describe.each(dataCases)('$says', ({ line, write, finding, screen }) => {
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

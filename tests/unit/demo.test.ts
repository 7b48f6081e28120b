import { beforeAll, describe, expect, it, vi } from 'vitest';
import { demoChanges } from '#main/features/demo/generator.ts';
import type { Change } from '#shared/merge/change.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { project } from '#shared/merge/register.ts';
import { surveyQuestions } from '#shared/model/templates.ts';

/**
 * The published figures (2024-12-17), counted from the final records by a calculator that is as plain as the definitions
 * of docs/demo.md and shares no code with the program's own figures.
 */

// The national demo is made and counted twice, on machines that do other things as well.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Fields = Readonly<Record<string, Json>>;

interface Row {
  readonly id: string;
  readonly fields: Fields;
}

interface Data {
  readonly conflicts: number;
  readonly live: (entity: string) => Row[];
  readonly find: (entity: string, id: Json | undefined) => Fields | undefined;
  /** The first of the shops that are the same as this one. */
  readonly groupOf: (store: Json | undefined) => string;
}

function read(scale: '2024' | 'national', seed: number): Data {
  const byRecord = new Map<string, Change[]>();
  for (const change of demoChanges({ scale, seed })) {
    const key = `${change.entity} ${change.record}`;
    const list = byRecord.get(key);
    if (list) list.push(change);
    else byRecord.set(key, [change]);
  }
  const tables = new Map<string, Map<string, Fields>>();
  let conflicts = 0;
  for (const changes of byRecord.values()) {
    const state = project(changes);
    conflicts += Object.keys(state.conflicts).length;
    if (state.fields['deleted'] === true) continue;
    const { entity, record } = changes[0]!;
    if (!tables.has(entity)) tables.set(entity, new Map());
    tables.get(entity)!.set(record, state.fields);
  }
  const live = (entity: string) => [...(tables.get(entity) ?? [])].map(([id, fields]) => ({ id, fields }));
  const find = (entity: string, id: Json | undefined) =>
    typeof id === 'string' ? tables.get(entity)?.get(id) : undefined;

  const group = new Map<string, string>();
  const groupOf = (store: Json | undefined): string => {
    let first = String(store);
    while (group.has(first)) first = group.get(first)!;
    return first;
  };
  for (const { fields } of live('match')) {
    const [left, right] = [groupOf(fields['left']), groupOf(fields['right'])];
    if (fields['decision'] === 'same' && left !== right) group.set(left, right);
  }
  return { conflicts, live, find, groupOf };
}

/** The figures of one programme, or of all when none is given. */
function figures(data: Data, program?: string) {
  const { live, find, groupOf } = data;
  const inScope = (id: Json | undefined) => find('program', id) !== undefined && (!program || id === program);
  const siteInScope = (id: Json | undefined) => inScope(find('site', id)?.['program']);
  const storeThere = (id: Json | undefined) => find('site', find('store', id)?.['site']) !== undefined;

  const sites = live('site').filter((site) => inScope(site.fields['program']));
  const stores = live('store').filter(
    ({ fields }) => siteInScope(fields['site']) && fields['status'] !== 'declined',
  );
  const groups = (rows: Row[]) => new Set(rows.map((row) => groupOf(row.id))).size;
  const sessions = new Map(
    live('session')
      .filter(({ fields }) => inScope(fields['program']))
      .map((row) => [row.id, row.fields]),
  );
  const trained = live('attendance').filter(
    ({ fields }) =>
      sessions.get(String(fields['session']))?.['kind'] === 'class' &&
      find('person', fields['person'])?.['kind'] === 'merchant' &&
      (fields['status'] === 'present' || fields['status'] === 'late'),
  );
  const responses = live('surveyResponse').filter(
    ({ fields }) => sessions.has(String(fields['session'])) && typeof fields['submittedAt'] === 'string',
  );
  const grants = live('grant').filter(
    ({ fields }) => inScope(fields['program']) && storeThere(fields['store']),
  );

  const latest = new Map<string, { date: string; friends: number }>();
  for (const { fields } of live('friendReading')) {
    const owner = String(fields['owner']);
    const there =
      fields['ownerKind'] === 'site' ? siteInScope(owner) : siteInScope(find('store', owner)?.['site']);
    const date = String(fields['date']);
    if (there && date > (latest.get(owner)?.date ?? '')) {
      latest.set(owner, { date, friends: Number(fields['friends']) });
    }
  }
  return {
    sites: sites.filter((site) => site.fields['kind'] !== 'nationwide').length,
    stores: groups(stores),
    channelsOpened: groups(stores.filter(({ fields }) => fields['channelOpenedOn'])),
    mapRegistered: groups(stores.filter(({ fields }) => fields['mapRegisteredOn'])),
    firstOnlineStores: groups(stores.filter(({ fields }) => fields['firstOnline'] === true)),
    merchantsTrained: new Set(trained.map(({ fields }) => fields['person'])).size,
    ...surveyFigures(data, responses),
    friends: [...latest.values()].reduce((sum, reading) => sum + reading.friends, 0),
    grantHolders: new Set(grants.map(({ fields }) => groupOf(fields['store']))).size,
    grantsPaid: grants.reduce((sum, { fields }) => sum + Number(fields['amount']), 0),
    awards: live('award').filter(({ fields }) => inScope(fields['program'])).length,
  };
}

/** The mean counted in sixtieths, so that means of 1 to 5 answers add up without rounding. */
function surveyFigures(data: Data, responses: Row[]) {
  let sixtieths = 0;
  let scored = 0;
  let yes = 0;
  let asked = 0;
  for (const { fields } of responses) {
    const questions = surveyQuestions(data.find('surveyTemplate', fields['template'])?.['questions']);
    const answers = fields['answers'] as Fields;
    const scores = questions
      .filter((question) => question.kind === 'scale')
      .map((question) => answers[question.key])
      .filter((score) => typeof score === 'number');
    if (scores.length > 0) {
      sixtieths += (scores.reduce((sum, score) => sum + score, 0) * 60) / scores.length;
      scored += 1;
    }
    const helpful = answers[questions.find((question) => question.role === 'helpful')!.key];
    if (typeof helpful === 'boolean') {
      asked += 1;
      if (helpful) yes += 1;
    }
  }
  expect(Number.isInteger(sixtieths)).toBe(true);
  return {
    surveyResponses: responses.length,
    surveyMean: sixtieths / (60 * scored),
    surveyHelpfulShare: yes / asked,
  };
}

function programOfKind(data: Data, kind: string): string {
  const programs = data.live('program').filter((program) => program.fields['kind'] === kind);
  expect(programs).toHaveLength(1);
  return programs[0]!.id;
}

function expectSeason2024(data: Data): void {
  expect(data.conflicts).toBe(0);

  const streets = programOfKind(data, 'street');
  expect(figures(data, streets)).toMatchObject({
    sites: 15,
    stores: 842,
    channelsOpened: 840,
    mapRegistered: 796,
    firstOnlineStores: 421,
    surveyMean: 4.9,
    surveyHelpfulShare: 0.95,
    awards: 0,
  });

  const excellent = programOfKind(data, 'excellentMarket');
  const markets = data.live('site').filter((site) => site.fields['program'] === excellent);
  expect(markets.map((site) => site.fields['name']).sort()).toEqual(
    ['부산 반송큰시장', '서울 망원시장', '서울 인헌시장', '속초 관광수산시장', '포항 큰동해시장'].sort(),
  );
  for (const market of markets) {
    const readings = data
      .live('friendReading')
      .filter(({ fields }) => fields['owner'] === market.id)
      .sort((left, right) => (String(left.fields['date']) < String(right.fields['date']) ? -1 : 1));
    expect(readings.length).toBeGreaterThan(4);
    expect(readings.at(-1)!.fields['friends']).toBeGreaterThan(10_000);
    expect(readings[0]!.fields['friends']).toBeLessThan(10_000);
    expect(market.fields['indoorMapLinkedOn']).toMatch(/^2024-/);
    expect(market.fields['salesEventOn']).toMatch(/^2024-/);
  }

  const awards = data.live('award');
  expect(awards).toHaveLength(15);
  expect(new Set(awards.map(({ fields }) => fields['person'])).size).toBe(15);
  for (const { fields } of awards) {
    expect(markets.map((site) => site.id)).toContain(fields['site']);
    expect(data.find('person', fields['person'])?.['kind']).toBe('merchant');
    expect(data.find('store', fields['store'])?.['site']).toBe(fields['site']);
  }

  const sharing = data.live('session').filter(({ fields }) => fields['kind'] === 'sharing');
  const shared = (program: string) => sharing.filter(({ fields }) => fields['program'] === program);
  expect([shared(streets).length, shared(excellent).length, sharing.length]).toEqual([7, 5, 12]);
  expect(new Set(sharing.map(({ fields }) => fields['site'])).size).toBe(12);
  // The second round is the seven streets that began last.
  const begun = (site: Json | undefined) =>
    data
      .live('session')
      .filter(({ fields }) => fields['site'] === site)
      .map(({ fields }) => String(fields['date']))
      .sort()[0]!;
  expect(shared(streets).every(({ fields }) => begun(fields['site']) > '2024-08-01')).toBe(true);
}

describe.each([1, 20241217])('demo of 2024 from seed %i', (seed) => {
  let data: Data;
  beforeAll(() => {
    data = read('2024', seed);
  });

  it('comes to the published figures of the programmes', () => expectSeason2024(data));

  it('has about 900 shops, and grants of the support centre', () => {
    expect(figures(data).stores).toBe(902);
    expect(data.live('store').length).toBeLessThan(950);
    const centre = programOfKind(data, 'supportCentre');
    expect(data.find('program', centre)?.['grantPerStore']).toBe(300_000);
    expect(figures(data, centre)).toMatchObject({ sites: 0, grantHolders: 240 });
  });

  it('counts a shop with grants of two programmes once', () => {
    const { grantHolders } = figures(data);
    const programs = data.live('program').map((program) => figures(data, program.id).grantHolders);
    expect(grantHolders).toBeLessThan(programs.reduce((sum, holders) => sum + holders, 0));
  });
});

describe.each([1, 20241217])('national demo from seed %i', (seed) => {
  let data: Data;
  beforeAll(() => {
    data = read('national', seed);
  });

  it('still comes to the figures of 2024', () => expectSeason2024(data));

  it('comes to the published figures since 2022', () => {
    const total = figures(data);
    expect(total).toMatchObject({
      sites: 212 + 15,
      merchantsTrained: 2_800,
      channelsOpened: 2_800,
      friends: 730_000,
      grantHolders: 66_000,
      grantsPaid: 25_500_000_000,
    });
    const kinds = new Map(data.live('program').map(({ id, fields }) => [id, fields['kind']]));
    const marketSites = data.live('site').filter(({ fields }) => {
      const kind = kinds.get(String(fields['program']));
      return kind === 'market' || kind === 'excellentMarket';
    });
    expect(marketSites).toHaveLength(212);
    const years = data.live('program').filter(({ fields }) => fields['kind'] === 'market');
    expect(years.map(({ fields }) => String(fields['startsOn']).slice(0, 4)).sort()).toEqual([
      '2022',
      '2023',
      '2024',
    ]);
  });

  it('has one nationwide site, whose shops opened no channel here', () => {
    const nationwide = data.live('site').filter(({ fields }) => fields['kind'] === 'nationwide');
    expect(nationwide).toHaveLength(1);
    const shops = data.live('store').filter(({ fields }) => fields['site'] === nationwide[0]!.id);
    expect(shops.length).toBeGreaterThan(60_000);
    expect(shops.every(({ fields }) => fields['channelOpenedOn'] === undefined)).toBe(true);
    expect(shops.filter(({ fields }) => fields['channelUrl']).length).toBeGreaterThan(50_000);
  });

  it('has same shops across programmes, which the total counts once', () => {
    const programs = data.live('program').map((program) => figures(data, program.id));
    const sumOf = (figure: 'stores' | 'grantHolders') =>
      programs.reduce((sum, program) => sum + program[figure], 0);
    expect(figures(data).stores).toBe(sumOf('stores') - 5);
    expect(figures(data).grantHolders).toBeLessThan(sumOf('grantHolders'));
  });
});

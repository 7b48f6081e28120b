import { describe, expect, it } from 'vitest';
import { marketOf, type MarketRow } from '#main/features/tables/market-list.ts';
import { planSites } from '#main/features/tables/plan-sites.ts';
import type { Draft } from '#main/features/tables/plan.ts';
import type { Fields, TableRecord } from '#main/features/tables/table-port.ts';

const gangneung = {
  roadAddress: '강원특별자치도 강릉시 가람로 21',
  lotAddress: '강원특별자치도 강릉시 가람동 50',
};
const gunsan = {
  roadAddress: '전북특별자치도 군산시 누리로 7',
  lotAddress: '전북특별자치도 군산시 누리동 12-3',
};
const seoul = { province: '서울특별시', district: '마포구' };

const market = (row: number, values: Fields): MarketRow => {
  const read = marketOf(row, values);
  if (!('draft' in read)) throw new Error(read.reason);
  return read;
};
const drafts = (...rows: Fields[]): Draft[] => rows.map((values, index) => market(index + 2, values).draft);
const site = (id: string, fields: Fields, conflicts: string[] = []): TableRecord => ({
  id,
  fields,
  conflicts,
});

describe('a row of the standard list', () => {
  it('gets its place from its addresses and its kind from the type of market', () => {
    expect(market(2, { name: '중앙시장', ...gangneung, marketType: '상설장+5일장' })).toEqual({
      draft: {
        row: 2,
        fields: { name: '중앙시장', ...gangneung, province: '강원특별자치도', district: '강릉시' },
        defaults: { kind: 'traditionalMarket' },
      },
      flagged: [],
    });
    expect(market(2, { name: '라온', ...gangneung, marketType: '골목형상점가' }).draft.defaults).toEqual({
      kind: 'street',
    });
  });

  it.each<[string, Fields, Fields]>([
    [
      'the lot address when the road address names no district',
      { roadAddress: '경상남도 신등면 1', lotAddress: '경상남도 산청군 2' },
      { province: '경상남도', district: '산청군' },
    ],
    [
      'the lot address alone',
      { lotAddress: '대구광역시 수성구 수성동 39-1' },
      { province: '대구광역시', district: '수성구' },
    ],
    [
      'columns of its own',
      { roadAddress: '가람로 21', province: '강원', district: '강릉시' },
      { province: '강원특별자치도', district: '강릉시' },
    ],
    [
      'a former name of the province',
      { roadAddress: '강원도 강릉시 1' },
      { province: '강원특별자치도', district: '강릉시' },
    ],
  ])('takes its place from %s', (_what, values, place) => {
    expect(market(2, { name: '가온시장', ...values }).draft.fields).toMatchObject(place);
  });

  it.each<[string, Fields, string[]]>([
    ['an odd phone number', { ...gangneung, phone: '033-6629-2920' }, ['PHONE_ODD']],
    ['a point abroad', { ...gangneung, latitude: 48.85, longitude: 2.35 }, ['COORDINATES_ODD']],
    ['half a point', { ...gangneung, latitude: 37.75 }, ['COORDINATES_ODD']],
    ['no province', { roadAddress: '가람로 21' }, ['PLACE_UNKNOWN']],
    [
      'addresses in two cities',
      { roadAddress: '경상남도 창운시 1', lotAddress: '경상남도 창원시 2' },
      ['PLACE_DISAGREES'],
    ],
    ['nothing odd', { ...gangneung, phone: '033-648-4477', latitude: 37.75, longitude: 128.89 }, []],
  ])('is kept as it is and flagged: %s', (_what, values, codes) => {
    const { draft, flagged } = market(7, { name: '가온시장', ...values });
    expect(flagged.map(({ row, code }) => [row, code])).toEqual(codes.map((code) => [7, code]));
    expect(draft.fields).toMatchObject(values);
  });

  it('needs a name', () => {
    expect(marketOf(9, gangneung)).toEqual({ row: 9, code: 'NAME_MISSING', reason: '시장명이 비어 있어요.' });
  });
});

describe('markets of one name', () => {
  it('are as many sites as rows', () => {
    const plan = planSites(drafts({ name: '중앙시장', ...gangneung }, { name: '중앙시장', ...gunsan }), []);
    expect(plan.make.map(({ row }) => row)).toEqual([2, 3]);
  });

  it('keep apart what is already here', () => {
    const here = [site('1', { name: '중앙시장', ...gangneung }), site('2', { name: '중앙시장', ...gunsan })];
    const plan = planSites(drafts({ name: '중앙시장', ...gunsan, phone: '063-000-1200' }), here);
    expect(plan.update).toMatchObject([{ row: 2, id: '2', set: { phone: '063-000-1200' } }]);
    expect(plan.make).toEqual([]);
  });

  it('cannot be told apart at one address: the second row is refused', () => {
    const plan = planSites(
      drafts({ name: '중앙시장', ...gunsan }, { name: '중앙 시장', ...gunsan, storeCount: 3 }),
      [],
    );
    expect(plan.make).toHaveLength(1);
    expect(plan.refused).toEqual([
      { row: 3, code: 'ROW_REPEATED', reason: '2행과 이름과 주소가 같아서 구별할 수 없어요.' },
    ]);
  });
});

describe('a site is recognised by', () => {
  const place = { latitude: 37.7540161, longitude: 128.8986236 };
  it.each<[string, Fields, Fields]>([
    ['name and both addresses', { name: '중앙시장', ...gangneung }, { name: '중앙시장', ...gangneung }],
    [
      'name and lot address',
      { name: '중앙시장', ...gangneung },
      { name: '중앙시장', ...gangneung, roadAddress: '강원도 강릉시 새길 1' },
    ],
    [
      'name and road address',
      { name: '중앙시장', ...gangneung },
      { name: '중앙시장', ...gangneung, lotAddress: '강원도 강릉시 새동 1' },
    ],
    [
      'name and both addresses',
      { name: '중앙시장', roadAddress: '강원도 강릉시 가람로 21', lotAddress: '강원 강릉시 가람동 50' },
      { name: '중앙 시장', ...gangneung },
    ],
    [
      'name and coordinates',
      { name: '중앙시장', ...gangneung, ...place },
      { name: '중앙시장', ...gunsan, ...place },
    ],
    [
      'name and phone',
      { name: '중앙시장', ...gangneung, phone: '033-648-4477' },
      { name: '중앙시장', ...gunsan, phone: '0336484477' },
    ],
    [
      'name and district',
      { name: '가온시장', ...seoul },
      { name: '가온시장', roadAddress: '서울특별시 마포구 가온로 3' },
    ],
    [
      'name and district',
      { name: '가온시장', roadAddress: '서울 마포구 옛길 1' },
      { name: '가온시장', roadAddress: '서울특별시 마포구 가온로 3' },
    ],
    [
      'another name and an address',
      { name: '가온공설시장', ...gangneung },
      { name: '가온시장(구 가온공설시장)', ...gangneung },
    ],
    [
      'another name and district',
      { name: '서울 가온시장', ...seoul },
      { name: '가온시장(구 가온공설시장)', roadAddress: '서울특별시 마포구 가온로 3' },
    ],
    ['renamed at the same addresses', { name: '옛시장', ...gangneung }, { name: '새시장', ...gangneung }],
    [
      'renamed at the same addresses',
      { name: '옛시장', lotAddress: gangneung.lotAddress, ...place },
      { name: '새시장', lotAddress: gangneung.lotAddress, ...place },
    ],
  ])('%s', (why, here, row) => {
    const plan = planSites(drafts({ ...row, storeCount: 7 }), [site('1', here)]);
    expect(plan.update).toMatchObject([{ id: '1', why, set: { storeCount: 7 } }]);
  });

  it.each<[string, Fields, Fields]>([
    ['a name alone', { name: '중앙시장' }, { name: '중앙시장', ...gangneung }],
    [
      'a name and a province',
      { name: '중앙시장', province: '강원특별자치도' },
      { name: '중앙시장', roadAddress: '강원특별자치도 새길 1' },
    ],
    ['a name elsewhere', { name: '중앙시장', ...gangneung }, { name: '중앙시장', ...gunsan }],
    [
      'an address alone',
      { name: '가온시장', lotAddress: gangneung.lotAddress },
      { name: '나래시장', lotAddress: gangneung.lotAddress },
    ],
    [
      'another name, each with an address of its own',
      { name: '나래시장', roadAddress: '경기도 성남시 수정로 18' },
      { name: '나래시장(분당)', roadAddress: '경기도 성남시 나래로 8' },
    ],
  ])('never by %s', (_what, here, row) => {
    const plan = planSites(drafts(row), [site('1', here)]);
    expect(plan.make).toHaveLength(1);
    expect(plan.update).toEqual([]);
  });

  it('district only where nobody else could be meant', () => {
    const [a, b] = [
      site('1', { name: '가온시장', ...seoul }),
      site('2', { name: '가온시장', ...seoul, lotAddress: '서울 마포구 1' }),
    ];
    const row = { name: '가온시장', roadAddress: '서울특별시 마포구 가온로 3' };
    expect(planSites(drafts(row), [a, b]).make).toHaveLength(1);
    expect(
      planSites(drafts(row, { ...row, roadAddress: '서울특별시 마포구 누리로 9' }), [a]).make,
    ).toHaveLength(2);
  });

  it('the surest sign first, whatever the order', () => {
    const here = [
      site('1', { name: '가온시장', ...seoul }),
      site('2', { name: '가온시장', lotAddress: '서울 마포구 가온동 1' }),
    ];
    const rows = drafts(
      { name: '가온시장', ...seoul },
      { name: '가온시장', lotAddress: '서울특별시 마포구 가온동 1' },
    );
    for (const [d, h] of [
      [rows, here],
      [rows.toReversed(), here.toReversed()],
    ] as const) {
      const { update, unchanged, make } = planSites(d, h);
      expect(make).toEqual([]);
      expect(unchanged + update.length).toBe(2);
      expect(new Set(update.map(({ row, id }) => `${row}:${id}`))).toEqual(new Set(['2:1', '3:2']));
    }
  });

  it('the older of two twins', () => {
    const here = [
      site('1', { name: '중앙시장', ...gangneung }),
      site('2', { name: '중앙시장', ...gangneung }),
    ];
    const plan = planSites(drafts({ name: '중앙시장', ...gangneung, storeCount: 7 }), here);
    expect(plan).toMatchObject({ make: [], update: [{ id: '1' }] });
  });
});

describe('what is written', () => {
  const here = {
    name: '중앙시장',
    ...gangneung,
    kind: 'street',
    province: '강원특별자치도',
    district: '강릉시',
    phone: '033-648-4477',
    storeCount: 276,
    note: '여기서 적은 것',
  };
  it.each<[string, Fields, Fields | null]>([
    ['the same', { phone: '033-648-4477', storeCount: 276 }, null],
    ['empty cells', {}, null],
    ['another phone number', { phone: '033-648-4478' }, { phone: '033-648-4478' }],
    ['the same phone number without hyphens', { phone: '0336484477' }, null],
    ['a count', { storeCount: 277 }, { storeCount: 277 }],
    ['a value for an empty field', { openingCycle: '매일' }, { openingCycle: '매일' }],
    ['a former name of the province', { roadAddress: '강원도 강릉시 가람로 21' }, null],
    ['the type of market', { marketType: '상설장' }, null],
    ['another spelling of the name', { name: '중앙 시장' }, { name: '중앙 시장' }],
  ])('%s', (_what, values, set) => {
    const plan = planSites(drafts({ name: '중앙시장', ...gangneung, ...values }), [site('1', here)]);
    expect(plan.update.map((update) => update.set)).toEqual(set ? [set] : []);
    expect(plan.unchanged).toBe(set ? 0 : 1);
  });

  it('brings a former name of the province up to date', () => {
    const old = { ...here, province: '강원도', roadAddress: '강원도 강릉시 가람로 21' };
    const [update] = planSites(drafts({ name: '중앙시장', ...gangneung }), [site('1', old)]).update;
    expect(update?.set).toEqual({ province: '강원특별자치도', roadAddress: gangneung.roadAddress });
  });

  it('is less precise than what stands here: left', () => {
    const ward = {
      name: '가온시장',
      province: '경상남도',
      district: '창원시 의창구',
      roadAddress: '경상남도 창원시 의창구 1',
    };
    expect(
      planSites(drafts({ name: '가온시장', roadAddress: ward.roadAddress }), [
        site('1', { ...ward, kind: 'street' }),
      ]).unchanged,
    ).toBe(1);
  });

  it('leaves a field in conflict to a person', () => {
    const plan = planSites(drafts({ name: '중앙시장', ...gangneung, phone: '033-000-0000', storeCount: 9 }), [
      site('1', here, ['phone']),
    ]);
    expect(plan.update).toMatchObject([{ set: { storeCount: 9 } }]);
    expect(plan.update[0]?.set).not.toHaveProperty('phone');
  });
});

describe('with a programme', () => {
  const row = { name: '중앙시장', ...gangneung };
  it('sets it on sites that it makes, and on those of none', () => {
    expect(planSites(drafts(row), [], { program: 'p' }).make[0]?.set).toMatchObject({ program: 'p' });
    const plan = planSites(drafts(row), [site('1', { ...row, kind: 'street' })], { program: 'p' });
    expect(plan.update).toMatchObject([{ id: '1', set: { program: 'p' } }]);
  });

  it('never touches a site of another programme', () => {
    const plan = planSites(drafts(row), [site('1', { ...row, program: 'q' })], { program: 'p' });
    expect(plan).toMatchObject({ update: [], make: [{ set: { program: 'p' } }] });
  });

  it('takes its own site before one of none', () => {
    const here = [site('1', row), site('2', { ...row, program: 'p' })];
    expect(planSites(drafts({ ...row, storeCount: 1 }), here, { program: 'p' }).update).toMatchObject([
      { id: '2' },
    ]);
  });

  it('or without one: sites of none before those of any', () => {
    const [none, some] = [site('2', row), site('1', { ...row, program: 'q' })];
    const rows = drafts({ ...row, storeCount: 1 });
    expect(planSites(rows, [some, none]).update).toMatchObject([{ id: '2' }]);
    const [update] = planSites(rows, [some]).update;
    expect(update).toMatchObject({ id: '1' });
    expect(update?.set).not.toHaveProperty('program');
  });
});

import { describe, expect, it } from 'vitest';
import { planStores } from '#main/features/tables/plan-stores.ts';
import type { Draft } from '#main/features/tables/plan.ts';
import { storeOf } from '#main/features/tables/store-list.ts';
import type { Fields, TableRecord } from '#main/features/tables/table-port.ts';

const number = { businessNumber: '101-00-00002' };
const otherNumber = { businessNumber: '101-00-00017' };
const name = { name: '하늘떡집' };

const drafts = (...rows: Fields[]): Draft[] =>
  rows.map((values, index) => {
    const read = storeOf(index + 2, values, 's');
    if (!('draft' in read)) throw new Error(read.reason);
    return read.draft;
  });
const store = (id: string, fields: Fields): TableRecord => ({
  id,
  fields: { site: 's', ...fields },
  conflicts: [],
});

describe('a shop is recognised by', () => {
  it.each<[string, Fields, Fields]>([
    ['business number and name', { ...name, ...number }, { ...name, businessNumber: '1010000002' }],
    ['business number', { name: '옛이름', ...number }, { ...name, ...number }],
    ['name and unit', { ...name, unit: '1동 12호', ...number }, { ...name, unit: '1동12호', ...otherNumber }],
    ['name and phone', { ...name, phone: '010-0000-0001' }, { ...name, phone: '01000000001', unit: '3' }],
    [
      'name and address',
      { ...name, roadAddress: '서울 마포구 1' },
      { ...name, roadAddress: '서울특별시 마포구 1', phone: '010-0000-0009' },
    ],
    ['name', name, { ...name, phone: '010-0000-0001' }],
    ['name', { ...name, unit: '1호' }, { ...name, unit: '2호' }],
  ])('%s', (why, here, row) => {
    expect(planStores(drafts({ ...row, category: '떡' }), [store('1', here)]).update).toMatchObject([
      { id: '1', why },
    ]);
  });

  it.each<[string, Fields, Fields]>([
    ['a name with another business', { ...name, ...number }, { ...name, ...otherNumber }],
    [
      'a name with another unit and phone',
      { ...name, unit: '1', phone: '010-0000-0001' },
      { ...name, unit: '2', phone: '010-0000-0002' },
    ],
    [
      'a business number that cannot be one',
      { name: '옛이름', businessNumber: '111' },
      { ...name, businessNumber: '111' },
    ],
    [
      'one address under another name',
      { name: '옛이름', roadAddress: '서울 마포구 1' },
      { ...name, roadAddress: '서울 마포구 1' },
    ],
  ])('never by %s', (_what, here, row) => {
    expect(planStores(drafts(row), [store('1', here)])).toMatchObject({ update: [], make: [{ row: 2 }] });
  });

  it('its name only where nobody else could be meant', () => {
    const row = { ...name, unit: '3', phone: '010-0000-0003' };
    expect(
      planStores(drafts(row), [store('1', { ...name, unit: '1' }), store('2', { ...name, unit: '2' })]).make,
    ).toHaveLength(1);
  });
});

describe('rows of one list', () => {
  it('with one business number are two stalls of one business, again and again', () => {
    const rows = [
      { ...name, ...number, unit: '1' },
      { ...name, ...number, unit: '2' },
    ];
    expect(planStores(drafts(...rows), []).make).toHaveLength(2);
    expect(
      planStores(
        drafts(...rows),
        rows.map((row, index) => store(String(index), row)),
      ).unchanged,
    ).toBe(2);
  });

  it('that say the same shop twice: the second is refused', () => {
    const plan = planStores(drafts(name, { name: '하늘 떡집', category: '떡' }), []);
    expect(plan.make).toHaveLength(1);
    expect(plan.refused).toMatchObject([{ row: 3, code: 'ROW_REPEATED' }]);
  });
});

describe('a row', () => {
  it('becomes a shop of the site', () => {
    expect(planStores(drafts(name), []).make).toEqual([{ row: 2, set: { ...name, site: 's' } }]);
  });

  it('needs a name', () => {
    expect(storeOf(4, number, 's')).toEqual({ row: 4, code: 'NAME_MISSING', reason: '상호가 비어 있어요.' });
  });

  it('is flagged without repeating personal data', () => {
    const read = storeOf(
      4,
      { ...name, phone: '12', businessNumber: '101-00-00003', latitude: 0, longitude: 0 },
      's',
    );
    const flagged = 'flagged' in read ? read.flagged : [];
    expect(flagged.map(({ code }) => code)).toEqual(['PHONE_ODD', 'BUSINESS_NUMBER_ODD', 'COORDINATES_ODD']);
    expect(JSON.stringify(flagged)).not.toMatch(/12|00003/);
  });
});

import { describe, expect, it } from 'vitest';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { MANY_SHOPS, manyShops } from '#tests/support/many-shops.ts';

const SITE = '0190aaaa-0000-7000-8000-000000000009';
const idOf = (n: number): string => `0190aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`;

async function write(on: TestLaptop, n: number, set: Record<string, string | boolean>): Promise<void> {
  await on.call('records.write', { entity: 'store', id: idOf(n), set });
}

/** The names found, in order. */
async function find(on: TestLaptop, text: string, more: object = {}): Promise<string[]> {
  const { total, rows } = await on.call('stores.find', { text, limit: 1000, ...more });
  expect(total).toBe(rows.length);
  return rows.map(({ name }) => name);
}

/** A laptop that has been asked already: what follows reaches an index that is there. */
async function asked(name: string, dir?: string): Promise<TestLaptop> {
  const made = laptop(name, dir === undefined ? {} : { dir });
  await made.call('records.write', { entity: 'site', id: SITE, set: { name: '서울 망원시장' } });
  await write(made, 1, {
    name: '너울분식',
    ownerName: '김하나',
    phone: '02-335-3591',
    site: SITE,
    status: 'active',
  });
  await write(made, 2, { name: '바다횟집', status: 'closed' });
  expect(await find(made, '')).toEqual(['너울분식', '바다횟집']);
  return made;
}

describe('stores.find', () => {
  it('finds by name, owner and phone, and by the market together with one of them', async () => {
    const a = await asked('가');
    for (const typed of [
      'ㄴㅇ',
      '분ㅅ',
      '너우',
      '김하',
      'ㄱㅎㄴ',
      '3353',
      '335-35',
      '너울 김',
      '망원 분식',
      'ㅁㅇ ㅂㅅ',
    ]) {
      expect(await find(a, typed), typed).toEqual(['너울분식']);
    }
    for (const typed of ['망원', '망원 시장', '연남 분식', '없는 이름'])
      expect(await find(a, typed), typed).toEqual([]);
  });

  it('keeps to a site and a status, lists near ones first, and gives any stretch of the list', async () => {
    const a = await asked('가');
    await write(a, 3, { name: '가람분식', status: 'active' });
    expect(await find(a, '', { site: SITE })).toEqual(['너울분식']);
    expect(await find(a, '', { status: 'closed' })).toEqual(['바다횟집']);
    expect(await find(a, '분식')).toEqual(['가람분식', '너울분식']);
    expect(await find(a, '분식', { near: SITE })).toEqual(['너울분식', '가람분식']);
    const stretch = await a.call('stores.find', { offset: 1, limit: 1 });
    expect([stretch.total, stretch.rows.map(({ name }) => name)]).toEqual([3, ['너울분식']]);
    expect(stretch.rows[0]).toMatchObject({
      site: { id: SITE, name: '서울 망원시장' },
      phone: '02-335-3591',
    });
    expect((await a.call('stores.find', { offset: 3 })).rows).toEqual([]);
    expect((await a.call('stores.search', { text: 'ㅂㅅ', limit: 1 })).map(({ name }) => name)).toEqual([
      '가람분식',
    ]);
  });

  it('follows what is written, deleted and restored', async () => {
    const a = await asked('가');
    await write(a, 3, { name: '새로분식' });
    expect(await find(a, '분식')).toEqual(['너울분식', '새로분식']);
    await write(a, 1, { name: '솔잎분식', phone: '02-1111' });
    expect(await find(a, '')).toEqual(['바다횟집', '새로분식', '솔잎분식']);
    expect([await find(a, '너울'), await find(a, '335'), await find(a, '1111')]).toEqual([
      [],
      [],
      ['솔잎분식'],
    ]);
    await a.call('records.delete', { entity: 'store', id: idOf(1) });
    expect(await find(a, '솔잎')).toEqual([]);
    await a.call('records.restore', { entity: 'store', id: idOf(1) });
    expect(await find(a, '솔잎')).toEqual(['솔잎분식']);
    await a.call('records.write', { entity: 'site', id: SITE, set: { name: '서울 합정시장' } });
    expect([await find(a, '망원 솔잎'), await find(a, '합정 솔잎')]).toEqual([[], ['솔잎분식']]);
  });

  it('forgets what was erased', async () => {
    const a = await asked('가');
    await a.call('records.erase', { entity: 'store', id: idOf(1), fields: ['ownerName', 'phone'] });
    expect([await find(a, '김하나'), await find(a, '335'), await find(a, '너울')]).toEqual([
      [],
      [],
      ['너울분식'],
    ]);
    const b = await asked('나');
    expect(await find(b, '김하나')).toEqual(['너울분식']);
    await b.take('erased.dangol', await a.exported());
    expect([await find(b, '김하나'), await find(b, '335')]).toEqual([[], []]);
  });

  it('follows an import and its undoing', async () => {
    const a = await asked('가');
    const b = laptop('나');
    await write(b, 3, { name: '먼곳분식' });
    await write(b, 1, { name: '너울분식 본점' });
    const taken = await a.take('b.dangol', await b.exported());
    expect((await find(a, '분식')).toSorted()).toEqual(['너울분식 본점', '먼곳분식']);
    await a.call('imports.preview', { id: taken.import! });
    expect((await find(a, '분식')).toSorted()).toEqual(['너울분식 본점', '먼곳분식']);
    await a.call('imports.undo', { id: taken.import! });
    expect(await find(a, '분식')).toEqual(['너울분식']);
    const again = await a.take('b.dangol', await b.exported());
    expect((await find(a, '분식')).toSorted()).toEqual(['너울분식 본점', '먼곳분식']);
    // What was written since keeps the log as long as it was.
    await write(a, 4, { name: '나중분식' });
    expect(await find(a, '분식')).toHaveLength(3);
    await a.call('imports.undo', { id: again.import! });
    expect(await find(a, '분식')).toEqual(['나중분식', '너울분식']);
  });

  it('takes in an import that is larger than what is followed one by one', async () => {
    const a = await asked('가');
    await a.take('many.dangol', manyShops());
    expect((await a.call('stores.find', {})).total).toBe(MANY_SHOPS + 2);
    expect(await find(a, '점포 77')).toContain('점포 77');
    expect(await find(a, '너울')).toEqual(['너울분식']);
  });

  it('answers questions that come while it is made, and what is written meanwhile', async () => {
    const a = laptop('가');
    await a.take('many.dangol', manyShops());
    const early = [a.call('stores.find', { text: '새로생긴집' }), a.call('stores.find', {})] as const;
    await write(a, 3, { name: '새로생긴집' });
    const [one, all] = await Promise.all(early);
    expect(one.rows.map(({ name }) => name)).toEqual(['새로생긴집']);
    expect(all.total).toBe(MANY_SHOPS + 1);
  });

  it('never answers from before what another program wrote to the same store', async () => {
    const dir = scratchDir();
    const a = await asked('가', dir);
    const other = laptop('가 2', { dir, fresh: false });
    await write(other, 3, { name: '저쪽분식' });
    expect(await find(a, '분식')).toEqual(['너울분식', '저쪽분식']);
    await other.call('records.erase', { entity: 'store', id: idOf(1), fields: ['phone'] });
    expect(await find(a, '335')).toEqual([]);
    await write(a, 4, { name: '이쪽분식' });
    expect(await find(other, '분식')).toEqual(['너울분식', '이쪽분식', '저쪽분식']);
    const b = laptop('나');
    await write(b, 5, { name: '먼곳분식' });
    const taken = await other.take('b.dangol', await b.exported());
    expect(await find(a, '먼곳')).toEqual(['먼곳분식']);
    await other.call('imports.undo', { id: taken.import! });
    expect(await find(a, '먼곳')).toEqual([]);
  });
});

describe('other searches', () => {
  it('of sites and people know initials, spaces and hyphens, best answers first', async () => {
    const a = laptop('가');
    for (const [n, name] of ['서울 망원시장', '망원골목', '연남시장'].entries()) {
      await a.call('records.write', {
        entity: 'site',
        id: idOf(100 + n),
        set: { name, province: '서울특별시', district: '마포구' },
      });
    }
    const sites = async (text: string) => (await a.call('sites.search', { text })).map(({ name }) => name);
    expect(await sites('ㅁㅇ')).toEqual(['망원골목', '서울 망원시장']);
    expect(await sites('서울망원')).toEqual(['서울 망원시장']);
    expect(await sites('마포')).toHaveLength(3);
    expect(await sites('마포 연남')).toEqual(['연남시장']);
    expect((await a.call('sites.search', { text: 'ㅅ', limit: 1 })).length).toBe(1);

    await write(a, 1, { name: '너울분식', site: idOf(100) });
    const person = (n: number, set: Record<string, string>) =>
      a.call('records.write', { entity: 'person', id: idOf(200 + n), set });
    await person(1, { name: '김하나', kind: 'merchant', phone: '010-0000-1234', store: idOf(1) });
    await person(2, { name: '박김', kind: 'trainer' });
    const people = async (text: string, more: object = {}) =>
      (await a.call('people.search', { text, ...more })).map(({ name }) => name);
    expect(await people('')).toEqual(['김하나', '박김']);
    expect(await people('ㄱ')).toEqual(['김하나', '박김']);
    expect(await people('ㄱ', { kind: 'trainer' })).toEqual(['박김']);
    expect(await people('00001234')).toEqual(['김하나']);
    expect(await people('너울 하나')).toEqual(['김하나']);
    expect(await people('너울분식', { site: idOf(101) })).toEqual([]);
  });
});

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importSites } from '#main/features/tables/import-sites.ts';
import { importStores } from '#main/features/tables/import-stores.ts';
import { tablePort } from '#main/features/tables/store-port.ts';
import type { TablePort } from '#main/features/tables/table-port.ts';
import { dumpLines } from '#main/store/dump.ts';
import { createStore, type Store } from '#main/store/store.ts';
import { decodeText } from '#main/features/tables/encoding.ts';
import { newId } from '#shared/model/ids.ts';

const here = import.meta.dirname;
const fixture = (name: string): Uint8Array => readFileSync(path.join(here, '../fixtures/tables', name));
const NOW = Date.UTC(2026, 10, 24);

let dir: string;
let store: Store;
let port: TablePort;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'dangol-tables-'));
  const laptop = { id: '00000000000000aa', name: '시험', role: 'coordinator', publicKey: '', privateKey: '' };
  store = createStore({ dir, key: new Uint8Array(32).fill(7), now: () => NOW }, laptop);
  let last = 0;
  port = tablePort(store, () => {
    const random = new Uint8Array(16);
    new DataView(random.buffer).setUint32(12, (last += 1));
    return newId(NOW, random);
  });
});

afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

const dump = (): string => [...dumpLines(store.db, store.projector)].join('\n');
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const sites = (bytes: Uint8Array, program?: string) =>
  importSites(port, { file: 'markets.csv', bytes, program });

// The whole published list where it is there, otherwise ours in the same layout.
const published = path.join(here, '../../../shared/data/markets-standard.cp949.csv');
const list = existsSync(published)
  ? {
      bytes: readFileSync(published),
      rows: 1388,
      central: 12,
      refused: 0,
      odd: [7, 106, 173, 224, 247, 279, 1283],
    }
  : { bytes: fixture('markets.cp949.csv'), rows: 10, central: 3, refused: 0, odd: [9] };

describe('the standard list of markets', () => {
  it('goes in whole, again without a change, and a corrected row changes one site', async () => {
    const first = await sites(list.bytes);
    expect(first).toMatchObject({ made: list.rows, updated: 0, unchanged: 0, refused: [] });
    expect(first.flagged.map(({ row }) => row)).toEqual(list.odd);
    const central = store.db.prepare("SELECT count(*) FROM live_site WHERE name = '중앙시장'").pluck();
    expect(central.get()).toBe(list.central);
    const before = dump();

    const again = await sites(list.bytes);
    expect(again).toMatchObject({ made: 0, updated: 0, unchanged: list.rows });
    expect(dump()).toBe(before);

    const text = decodeText('', list.bytes);
    const [head = '', row = '', ...rest] = text.split('\n');
    const corrections = [
      row.replace(/033-\d{3}-\d{4}/, '033-000-9999'),
      row.replace(/,276,/, ',277,'),
      row.replace(/로\s?21,/, '로 22,'),
    ];
    for (const corrected of corrections) {
      expect(corrected).not.toBe(row);
      const changed = await sites(utf8([head, corrected, ...rest].join('\n')));
      expect(changed).toMatchObject({ made: 0, updated: 1, unchanged: list.rows - 1 });
      expect(await sites(list.bytes)).toMatchObject({ updated: 1, unchanged: list.rows - 1 });
    }
    expect(dump()).toBe(before);
    expect(central.get()).toBe(list.central);
  });

  it('is the same list in any order, encoding and with the former names of provinces', async () => {
    await sites(list.bytes);
    const before = dump();
    const [head, ...rows] = decodeText('', list.bytes).trimEnd().split('\n');
    const former = [head, ...rows.reverse()]
      .join('\r\n')
      .replaceAll('강원특별자치도', '강원도')
      .replaceAll('전북특별자치도', '전라북도');
    expect(await sites(utf8(`\ufeff${former}`))).toMatchObject({ made: 0, updated: 0, unchanged: list.rows });
    expect(dump()).toBe(before);
  });

  it('loses only its broken rows', async () => {
    const lines = decodeText('', list.bytes).trimEnd().split('\n');
    lines[2] = (lines[2] ?? '').replace(/,[^,]*$/, '');
    lines[4] = `"${lines[4] ?? ''}`;
    lines[6] = (lines[6] ?? '').replace(/^[^,]*/, '');
    const result = await sites(utf8(lines.join('\n')));
    expect(result.made).toBe(list.rows - 3);
    expect(result.refused.map(({ row, code }) => [row, code])).toEqual([
      [3, 'ROW_CELLS'],
      [5, 'ROW_QUOTES'],
      [7, 'NAME_MISSING'],
    ]);
    expect(result.refused.every(({ reason }) => reason.endsWith('요.'))).toBe(true);
  });
});

describe('remarks', () => {
  it('come in the order of the rows, and a refused row is not flagged as well', async () => {
    const head = '시장명,소재지도로명주소,점포수,전화번호';
    const first = '가온시장,서울특별시 마포구 가온로 3,7,12';
    const result = await sites(
      utf8([head, first, first, '나래시장,서울특별시 마포구 1,x,12', '다올', ''].join('\n')),
    );
    expect(result.refused.map(({ row, code }) => [row, code])).toEqual([
      [3, 'ROW_REPEATED'],
      [4, 'NUMBER_INVALID'],
      [5, 'ROW_CELLS'],
    ]);
    expect(result.flagged.map(({ row, code }) => [row, code])).toEqual([[2, 'PHONE_ODD']]);
  });
});

describe('a site that was deleted here', () => {
  it('is not brought back: the list makes a new one', async () => {
    await sites(fixture('markets.utf8.csv'));
    const gone = port.rows('site')[4]?.id ?? '';
    store.log.write([{ entity: 'site', id: gone, set: { deleted: true } }]);
    expect(port.has('site', gone)).toBe(false);
    expect(await sites(fixture('markets.utf8.csv'))).toMatchObject({ made: 1, updated: 0, unchanged: 9 });
    expect(port.has('site', gone)).toBe(false);
  });
});

describe('our own list', () => {
  it('stands in the store as it was published', async () => {
    await sites(fixture('markets.utf8.csv'));
    const rows = store.db.prepare('SELECT * FROM live_site ORDER BY id').all() as Record<string, unknown>[];
    expect(rows[2]).toMatchObject({
      name: '중앙시장',
      kind: 'traditionalMarket',
      province: '경상남도',
      district: '창원시',
      roadAddress: '경상남도 창원시 의창구 다솜로 155번길 6',
      lotAddress: '경상남도 창원시 의창구 다솜동 29',
      latitude: 35.2538001,
      longitude: 128.6402001,
      openingCycle: '4일+9일',
      storeCount: 1150,
      phone: '055-000-9136',
      program: null,
      note: null,
    });
    expect(rows[7]).toMatchObject({ province: '세종특별자치시', district: null, phone: '044-6629-2920' });
    expect(rows[9]).toMatchObject({ name: '라온상점가', kind: 'street', phone: null });
  });

  it.each(['markets.cp949.csv', 'markets.utf8-bom.csv', 'markets.xlsx'])(
    'is the same from %s',
    async (name) => {
      await sites(fixture('markets.utf8.csv'));
      const before = dump();
      expect(await sites(fixture(name))).toMatchObject({ made: 0, updated: 0, unchanged: 10, refused: [] });
      expect(dump()).toBe(before);
    },
  );

  it('goes to a programme', async () => {
    const program = port.newId();
    port.write([{ entity: 'program', id: program, set: { name: '예시 사업', kind: 'market' } }]);
    await sites(fixture('markets.utf8.csv'));
    const [head = '', , , , row = ''] = decodeText('', fixture('markets.utf8.csv')).split('\n');
    expect(await sites(utf8(`${head}\n${row}\n`), program)).toMatchObject({ made: 0, updated: 1 });
    expect(store.db.prepare('SELECT name FROM live_site WHERE program = ?').pluck().all(program)).toEqual([
      '가온시장(구 가온공설시장)',
    ]);
    expect(await sites(fixture('markets.utf8.csv'))).toMatchObject({ made: 0, updated: 0, unchanged: 10 });
  });
});

describe('a list that cannot be used', () => {
  const text = decodeText('', fixture('markets.utf8.csv'));
  it.each<[string, Uint8Array, string, object]>([
    ['in another encoding', Buffer.from(text, 'utf16le'), 'TABLE_ENCODING', { file: 'markets.csv' }],
    [
      'without the name',
      utf8(text.replace('시장명', '제목')),
      'TABLE_COLUMNS_MISSING',
      { file: 'markets.csv', columns: '시장명' },
    ],
    [
      'without an address',
      utf8(text.replaceAll('소재지', '어딘가')),
      'TABLE_COLUMNS_MISSING',
      { file: 'markets.csv', columns: '소재지도로명주소' },
    ],
    [
      'of something else',
      utf8('a,b\n1,2\n'),
      'TABLE_COLUMNS_MISSING',
      { file: 'markets.csv', columns: '시장명, 소재지도로명주소' },
    ],
    [
      'with a column twice',
      utf8(text.replace('취급품목', '전화번호')),
      'TABLE_UNREADABLE',
      { file: 'markets.csv', reason: '전화번호 ×2' },
    ],
  ])('%s changes nothing', async (_what, bytes, code, params) => {
    await sites(fixture('markets.cp949.csv'));
    const before = dump();
    await expect(sites(bytes)).rejects.toMatchObject({ code, params });
    expect(dump()).toBe(before);
  });

  it('nor does one for a programme or site that is not here', async () => {
    const id = port.newId();
    await expect(sites(list.bytes, id)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      params: { entity: 'program', id },
    });
    await expect(
      importStores(port, { file: 'stores.csv', bytes: fixture('stores.csv'), site: id }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
      params: { entity: 'site', id },
    });
    expect(dump()).toBe('');
  });
});

describe('a list of shops', () => {
  let site: string;
  beforeEach(() => {
    site = port.newId();
    port.write([{ entity: 'site', id: site, set: { name: '가온시장' } }]);
  });
  const stores = (bytes: Uint8Array) => importStores(port, { file: 'stores.csv', bytes, site });

  it('goes in, again without a change, and from xlsx with real dates just so', async () => {
    expect(await stores(fixture('stores.csv'))).toMatchObject({ made: 4, refused: [], flagged: [] });
    const rows = store.db.prepare('SELECT * FROM live_store ORDER BY id').all() as Record<string, unknown>[];
    expect(rows[0]).toMatchObject({
      site,
      name: '하늘떡집',
      ownerName: '예시일',
      businessNumber: '101-00-00002',
      unit: '1동 12호',
      channelOpenedOn: '2024-09-03',
      mapRegisteredOn: '2024-09-04',
      firstOnline: 1,
      status: 'active',
    });
    expect(rows[1]).toMatchObject({ firstOnline: 0, note: '오전에만 열어요\n월요일 쉼' });
    expect(rows[3]).toMatchObject({ status: 'declined', firstOnline: null, phone: null });
    expect(await stores(fixture('stores.csv'))).toMatchObject({ made: 0, updated: 0, unchanged: 4 });
    expect(await stores(fixture('stores.xlsx'))).toMatchObject({ made: 0, updated: 0, unchanged: 4 });
  });

  it('leaves the shops of other sites alone', async () => {
    const other = port.newId();
    port.write([
      { entity: 'store', id: other, set: { name: '바다생선', phone: '010-0000-0003', site: port.newId() } },
    ]);
    expect(await stores(fixture('stores.csv'))).toMatchObject({ made: 4, updated: 0 });
  });

  it('loses only the rows that cannot be', async () => {
    const result = await stores(
      utf8('상호,톡채널 개설일,상태\n가나다,2024-02-30,\n라마바,2024-2-29,영업중\n사아자,,휴업\n'),
    );
    expect(result).toEqual({
      made: 1,
      updated: 0,
      unchanged: 0,
      recognised: [],
      refused: [
        { row: 2, code: 'DATE_INVALID', reason: "톡채널 개설일 '2024-02-30': 달력에 있는 날짜가 아니에요." },
        {
          row: 4,
          code: 'CODE_UNKNOWN',
          reason: "상태 '휴업': 영업 중, 폐업, 이전, 참여 안 함 가운데 하나여야 해요.",
        },
      ],
      flagged: [],
    });
  });

  it('may use the English names of fields', async () => {
    expect(
      await stores(utf8('name,businessNumber,channelOpenedOn\nA,101-00-00002,2024-09-03\n')),
    ).toMatchObject({ made: 1 });
    expect(store.db.prepare('SELECT channelOpenedOn FROM live_store').pluck().get()).toBe('2024-09-03');
  });

  it('does not bring a value back that is in conflict', async () => {
    await stores(utf8('상호,업종\n가나다,떡\n'));
    const [record] = port.rows('store');
    const rival = (n: number) => ({
      id: `0193557a1c2f-000${n}-8f1c2d3e4a5b6c7d`,
      author: null,
      entity: 'store',
      record: record!.id,
      set: { category: `값${n}` },
    });
    store.log.append([rival(1), rival(2)], 'rivals.dangol');
    expect(port.rows('store')[0]?.conflicts).toEqual(['category']);
    expect(await stores(utf8('상호,업종,메모\n가나다,과자,새 메모\n'))).toMatchObject({ updated: 1 });
    expect(port.rows('store')[0]).toMatchObject({ conflicts: ['category'], fields: { note: '새 메모' } });
  });
});

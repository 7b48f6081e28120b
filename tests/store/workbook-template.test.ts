import { afterAll, describe, expect, it } from 'vitest';
import { workbook, type ReportDeps } from '#main/features/report.ts';
import { letters } from '#main/workbook/sheet.ts';
import type { OutputOf } from '#shared/contract/contract.ts';
import { findLibreOffice, recalculateWithLibreOffice } from '#tests/support/libre-office.ts';
import { errorsIn } from '#tests/support/workbook-checks.ts';
import { readWorkbook } from '#tests/support/read-workbook.ts';
import { hostile, reportScene } from '#tests/support/report-scene.ts';
import { managersWorkbook, type Additions } from '#tests/support/workbook-template.ts';
import { packZip, unpackZip } from '#tests/support/zip-builder.ts';

const scene = reportScene();
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const deps = { store: { db: scene.db }, now: () => NOW } as unknown as ReportDeps;
const fill = (bytes: Uint8Array): Promise<OutputOf<'report.workbook'>> =>
  workbook(deps, { template: { file: '양식.xlsx', bytes } });
const office = findLibreOffice();

afterAll(() => scene.db.close());

/** A chart that counts to the second row of the shops, a pivot that reads to the third, and a list of formula cells. */
const LIVED_IN: Additions = {
  parts: {
    'xl/charts/chart1.xml': `<c:chartSpace><c:f>'점포'!$A$2:$A$2</c:f></c:chartSpace>`,
    'xl/pivotCache/pivotCacheDefinition1.xml': `<pivotCacheDefinition><cacheSource type="worksheet"><worksheetSource ref="A1:C3" sheet="점포"/></cacheSource></pivotCacheDefinition>`,
    'xl/media/logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255, 13, 10, 26, 10]),
    'xl/calcChain.xml': '<calcChain><c r="B4" i="1"/></calcChain>',
    'customXml/회사.xml': '<아무것이나 있음="그대로"/>',
  },
  edit: {
    'xl/workbook.xml': (xml) =>
      xml.replace(
        '</sheets>',
        `</sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="1" hidden="1">'점포'!$A$1:$C$3</definedName></definedNames>`,
      ),
    '[Content_Types].xml': (xml) =>
      xml.replace('</Types>', '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'),
    'xl/_rels/workbook.xml.rels': (xml) =>
      xml.replace(
        '</Relationships>',
        '<Relationship Id="rIdC" Type="x" Target="calcChain.xml"/></Relationships>',
      ),
  },
};

describe('a manager’s workbook', () => {
  it('keeps every part byte for byte that is not about the filled sheets', async () => {
    const template = await managersWorkbook(LIVED_IN);
    const { bytes, filled } = await fill(template);
    expect(filled).toEqual(['점포']);
    const [before, after] = [unpackZip(template), unpackZip(Buffer.from(bytes))];
    // Folders are no parts.
    const changed = [...before]
      .filter(([name, part]) => !name.endsWith('/') && !after.get(name)?.equals(part))
      .map(([name]) => name);
    expect(changed.sort()).toEqual([
      '[Content_Types].xml',
      'xl/_rels/workbook.xml.rels',
      'xl/calcChain.xml',
      'xl/workbook.xml',
      'xl/worksheets/sheet2.xml',
    ]);
    expect([...after.keys()].filter((name) => !before.has(name))).toEqual([]);
    expect(after.has('xl/calcChain.xml')).toBe(false);
    for (const name of ['[Content_Types].xml', 'xl/_rels/workbook.xml.rels']) {
      expect(after.get(name)!.toString()).not.toContain('calcChain');
    }
    const { rowCount } = (await readWorkbook(bytes)).sheets.get('점포')!;
    const index = after.get('xl/workbook.xml')!.toString();
    expect(index).toContain('fullCalcOnLoad="1"');
    expect(index).toContain(`'점포'!$A$1:$C$${rowCount}</definedName>`);
  });

  it('has the rows of the report, each column in the look of the one with its name', async () => {
    const { bytes } = await fill(await managersWorkbook());
    const filled = await readWorkbook(bytes);
    const whole = await readWorkbook((await workbook(deps, {})).bytes);
    const [mine, theirs] = [filled.sheets.get('점포')!, whole.sheets.get('점포')!];
    expect(mine.rowCount).toBe(theirs.rowCount);
    for (let row = 1; row <= theirs.rowCount; row += 1) expect(mine.row(row)).toEqual(theirs.row(row));
    const lookOf = (header: string): string | undefined => {
      const column = letters(mine.row(1).indexOf(header) + 1);
      const rows = Array.from({ length: mine.rowCount - 1 }, (_, index) => `${column}${index + 2}`);
      return rows.map((address) => mine.cells.get(address)?.numberFormat).find((look) => look !== undefined);
    };
    expect(lookOf('톡채널 개설일')).toBe('yyyy"년" m"월" d"일"');
    // Another date, which the template did not have, looks as that one.
    expect(lookOf('카카오맵 등록일')).toBe('yyyy"년" m"월" d"일"');
    expect([...mine.cells.values()].map(({ value }) => value)).toEqual(
      expect.arrayContaining(Object.values(hostile)),
    );
    expect([...mine.cells.values()].filter(({ formula }) => formula !== null)).toEqual([]);
    const last = letters(theirs.row(1).length);
    expect(mine.xml).toContain(`<autoFilter ref="A1:${last}${theirs.rowCount}"`);
    expect(mine.xml).toContain('state="frozen"');
  });

  it('says which of its own ranges end before the rows do', async () => {
    const { bounded } = await fill(await managersWorkbook(LIVED_IN));
    expect(bounded.map(({ part, range }) => `${part} ${range}`)).toEqual([
      "xl/charts/chart1.xml '점포'!$A$2:$A$2",
      'xl/pivotCache/pivotCacheDefinition1.xml 점포!A1:C3',
    ]);
  });

  it('fits an Excel table over the rows, and refuses one with other columns', async () => {
    const plain = await workbook(deps, {});
    const parts = unpackZip(Buffer.from(plain.bytes));
    const { sheets } = await readWorkbook(plain.bytes);
    const shops = `xl/worksheets/sheet${[...sheets.keys()].indexOf('점포') + 1}.xml`;
    const headers = sheets.get('점포')!.row(1) as string[];
    const table = (names: readonly string[]): string =>
      `<table ref="A1:U3"><autoFilter ref="A1:U3"/><tableColumns>${names.map((name) => `<tableColumn name="${name}"/>`).join('')}</tableColumns></table>`;
    const withTable = (names: readonly string[]): Buffer => {
      const all = new Map(parts);
      all.set(
        shops.replace('worksheets/', 'worksheets/_rels/') + '.rels',
        Buffer.from(
          '<Relationships><Relationship Id="rId9" Type="http://x/table" Target="../tables/table1.xml"/></Relationships>',
        ),
      );
      all.set('xl/tables/table1.xml', Buffer.from(table(names)));
      return packZip([...all].map(([name, content]) => ({ name, content })));
    };
    const { bytes } = await fill(withTable(headers));
    const { rowCount } = (await readWorkbook(bytes)).sheets.get('점포')!;
    const fitted = unpackZip(Buffer.from(bytes)).get('xl/tables/table1.xml')!.toString();
    expect(fitted.match(new RegExp(`ref="A1:${letters(headers.length)}${rowCount}"`, 'g'))).toHaveLength(2);
    await expect(fill(withTable(['다른 열', ...headers.slice(1)]))).rejects.toMatchObject({
      code: 'TEMPLATE_TABLE_DIFFERS',
      params: { sheet: '점포' },
    });
  });

  it('of a report itself gives that report again, to the last value', async () => {
    const plain = (await workbook(deps, {})).bytes;
    const again = await readWorkbook((await fill(plain)).bytes);
    const before = await readWorkbook(plain);
    for (const [name, { cells }] of before.sheets) {
      const values = [...cells].map(([address, { value, formula }]) => [address, value, formula]);
      const now = [...again.sheets.get(name)!.cells].map(([address, { value, formula }]) => [
        address,
        value,
        formula,
      ]);
      expect(now, name).toEqual(values);
    }
  });

  it('is read by LibreOffice, its own formulas counting the new rows', { timeout: 300_000 }, async () => {
    const { bytes } = await fill(await managersWorkbook());
    if (office === null) return expect(bytes.length).toBeGreaterThan(0);
    const read = await readWorkbook(await recalculateWithLibreOffice(office, bytes));
    const shops = read.sheets.get('점포')!;
    const inSeoul = Array.from({ length: shops.rowCount }, (_, at) => shops.row(at + 1)[5]).filter((value) =>
      String(value).startsWith('서울'),
    );
    expect(read.sheets.get('표지')!.cells.get('B4')!.value).toBe(inSeoul.length);
    expect(errorsIn(read)).toEqual([]);
    // Saved by LibreOffice, it can be filled once more.
    const saved = await recalculateWithLibreOffice(office, bytes);
    expect((await readWorkbook((await fill(saved)).bytes)).sheets.get('점포')!.rowCount).toBe(shops.rowCount);
    return undefined;
  });
});

describe('a template is refused', () => {
  const parts = async (): Promise<Map<string, Buffer>> => unpackZip(await managersWorkbook());
  const zipOf = (all: Map<string, Buffer>): Buffer =>
    packZip([...all].map(([name, content]) => ({ name, content })));
  const bomb = Buffer.alloc(300 << 20);

  it.each([
    ['with a password', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'TEMPLATE_SEALED'],
    ['that is no zip', () => Buffer.from('상호,전화번호\n'), 'TEMPLATE_UNREADABLE'],
    ['that is empty', () => Buffer.alloc(0), 'TEMPLATE_UNREADABLE'],
    [
      'with macros',
      async () => zipOf((await parts()).set('xl/vbaProject.bin', Buffer.from('x'))),
      'TEMPLATE_MACROS',
    ],
    [
      'that is a zip of something else',
      () => packZip([{ name: 'a.txt', content: Buffer.from('a') }]),
      'TEMPLATE_UNREADABLE',
    ],
    [
      'that unpacks to 300 MB',
      async () => zipOf((await parts()).set('xl/media/big.bin', bomb)),
      'TEMPLATE_TOO_LARGE',
    ],
    [
      'that says it is smaller than it is',
      async () =>
        packZip([
          ...[...(await parts())].map(([name, content]) => ({ name, content })),
          { name: 'xl/media/liar.bin', content: Buffer.alloc(1 << 20), size: 10 },
        ]),
      'TEMPLATE_UNREADABLE',
    ],
    ['cut in the middle', async () => (await managersWorkbook()).subarray(0, 3_000), 'TEMPLATE_UNREADABLE'],
    [
      'without a sheet of ours',
      async () => {
        const all = await parts();
        const workbook = all.get('xl/workbook.xml')!.toString().replace('name="점포"', 'name="가게"');
        return zipOf(all.set('xl/workbook.xml', Buffer.from(workbook)));
      },
      'TEMPLATE_WITHOUT_SHEETS',
    ],
  ])('%s', async (_case, make, code) => {
    await expect(fill(await make())).rejects.toMatchObject({ code, params: { file: '양식.xlsx' } });
  });
});

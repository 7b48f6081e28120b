import { describe, expect, it } from 'vitest';
import type { Resolved } from '#shared/contract/conflicts.ts';
import { conflictScene, type ConflictScene } from '#tests/support/conflict-scene.ts';
import { openBook, type OpenBook } from '#tests/support/conflict-workbook.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop } from '#tests/support/laptop.ts';

const file = 'conflicts.xlsx';

async function filled(scene: ConflictScene, name?: string): Promise<OpenBook> {
  return openBook((await scene.here.call('conflicts.workbook', {})).bytes, name);
}

async function resolved({ here }: ConflictScene, book: OpenBook): Promise<Resolved> {
  return here.call('conflicts.resolve', { file, bytes: await book.saved() });
}

/** What became of the rows in which something was chosen: `field status` or `field code`. */
function told({ rows }: Resolved): string[] {
  return rows
    .filter(({ status }) => status !== 'unchanged')
    .map(({ conflict, status, reason }) => `${conflict?.field ?? '-'} ${reason?.code ?? status}`);
}

describe('row by row', () => {
  it('refuses what has changed since and settles the rest', async () => {
    const scene = await conflictScene();
    const { here, there, day } = scene;
    const book = await filled(scene);
    for (const field of ['phone', 'status', 'name', 'deleted']) book.choose(field, '값 2');
    const [shop, second] = day.shops as [string, string];
    // One was settled otherwise on the screen, one has a third value, one was edited further.
    await here.call('records.write', { entity: 'store', id: shop, set: { phone: '02-335-9999' } });
    there.clock.now += 60_000;
    await there.call('records.write', { entity: 'store', id: shop, set: { status: 'declined' } });
    await there.call('records.write', { entity: 'store', id: second, set: { note: '장미가 들어와요' } });
    await here.take('third.dangol', await there.exported());
    const before = here.dump();

    const result = await resolved(scene, book);
    expect(told(result)).toEqual([
      'name applied',
      'phone CONFLICT_STALE',
      'status CONFLICT_STALE',
      'deleted CONFLICT_STALE',
    ]);
    expect(result).toMatchObject({ applied: 1, unchanged: 7, refused: 3 });
    await here.call('undo.undo', {});
    expect(here.dump()).toBe(before);
  });

  it('what was settled to the same value elsewhere is done already', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    book.choose('phone', '02-335-1111');
    const id = scene.day.shops[0]!;
    await scene.here.call('records.write', { entity: 'store', id, set: { phone: '02-335-1111' } });
    expect(told(await resolved(scene, book))).toEqual(['phone already']);
  });

  it('refuses a row of which anything but the choice was edited', async () => {
    const scene = await conflictScene();
    const edits = [
      ['값 1 (지금 보이는 값)', '02-000-0000'],
      ['점포·기록', '떡집'],
      ['자료 번호', recordId(5)],
      ['자료 항목', 'name'],
      ['본 변경', ''],
      ['확인', null],
    ] as const;
    const before = scene.here.dump();
    for (const [header, value] of edits) {
      const book = await filled(scene);
      const row = book.rowOf('phone');
      book.choose('phone', '값 1');
      book.cell(row, header).value = value;
      const result = await resolved(scene, book);
      expect(result, header).toMatchObject({ applied: 0, refused: 1 });
      expect(result.rows[row - 2]).toMatchObject({ row, reason: { code: 'CONFLICT_ROW_EDITED' } });
    }
    expect(scene.here.dump()).toBe(before);
  });

  it('refuses what is no choice and no value of the kind, and says so', async () => {
    const scene = await conflictScene();
    const { bytes } = await scene.here.call('conflicts.workbook', {});
    const choices = [
      ['phone', { formula: '1+1', result: 2 }, 'CONFLICT_ROW_FORMULA'],
      ['phone', { formula: '"02-335-1111"', result: '02-335-1111' }, 'CONFLICT_ROW_FORMULA'],
      ['phone', { error: '#REF!' }, 'CONFLICT_ROW_FORMULA'],
      ['phone', '값 3', 'CONFLICT_ROW_CHOICE'],
      ['channelOpenedOn', '2024-02-30', 'CONFLICT_ROW_DAY'],
      ['latitude', '북쪽', 'CONFLICT_ROW_NUMBER'],
      ['status', '휴업', 'CONFLICT_ROW_CHOICE'],
      ['firstOnline', '아마', 'CONFLICT_ROW_CHOICE'],
      ['site', '망원시장', 'CONFLICT_ROW_CHOICE'],
      ['site', '비어 있음', 'CONFLICT_ROW_CHOICE'],
      ['deleted', '비어 있음', 'CONFLICT_ROW_CHOICE'],
      ['note', '가'.repeat(10_001), 'CONFLICT_ROW_LONG'],
    ] as const;
    for (const [field, value, code] of choices) {
      const book = await openBook(bytes);
      book.choose(field, value);
      book.choose('name', '값 1');
      const input = { file, bytes: await book.saved(), dryRun: true };
      const result = await scene.here.call('conflicts.resolve', input);
      expect(told(result).sort(), code).toEqual([`${field} ${code}`, 'name applied'].sort());
    }
  });

  it('takes rows in any order, with some gone, one twice, and names those that are none', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    book.choose('phone', '값 2');
    book.choose('status', '값 1');
    book.choose('name', '값 1');
    const rows = book.sheet.getSheetValues().slice(2).reverse() as unknown[][];
    const gone = rows.findIndex((cells) => cells.includes('note'));
    const twice = rows.find((cells) => cells.includes('phone'))!;
    // exceljs goes by the holes of an array, and `with` would fill them.
    const rival = rows.find((cells) => cells.includes('name'))!.slice();
    rival[book.column('채택값')] = '값 2';
    const note: unknown[] = [];
    note[book.column('점포·기록')] = '여기까지 봤어요';
    rows.splice(gone, 1, twice, rival, note);
    for (const [at, cells] of rows.entries()) book.sheet.getRow(at + 2).values = cells as never;

    const result = await resolved(scene, book);
    expect(told(result).sort()).toEqual([
      '- CONFLICT_ROW_EDITED',
      'name CONFLICT_ROW_TWICE',
      'name CONFLICT_ROW_TWICE',
      'phone already',
      'phone applied',
      'status applied',
    ]);
  });

  it('refuses rows of another store one by one', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    for (const field of ['phone', 'deleted']) book.choose(field, '값 1');
    const bytes = await book.saved();
    const stranger = laptop('제주 1호');
    expect(told(await stranger.call('conflicts.resolve', { file, bytes }))).toEqual([
      'phone CONFLICT_ROW_UNKNOWN',
      'deleted CONFLICT_ROW_UNKNOWN',
    ]);
    expect(stranger.dump()).toBe('');
    // One that holds the records and not these changes.
    await stranger.take('some.dangol', await scene.there.exported());
    expect(told(await stranger.call('conflicts.resolve', { file, bytes }))).toContain(
      'phone CONFLICT_ROW_UNKNOWN',
    );
  });

  it('writes no answers of a survey, and settles none', async () => {
    const scene = await conflictScene();
    const { here, there } = scene;
    const response = recordId(1900);
    const set = (helpful: boolean): never => ({ answers: { helpful } }) as never;
    await here.call('records.write', { entity: 'surveyResponse', id: response, set: set(false) });
    await there.call('records.write', {
      entity: 'surveyResponse',
      id: response,
      set: { answers: { other: '비밀이에요' } } as never,
    });
    await here.take('answers.dangol', await there.exported());
    const book = await filled(scene);
    const row = book.rowOf('answers');
    expect(JSON.stringify(book.sheet.getRow(row).values)).not.toMatch(/비밀|helpful/);
    expect(JSON.stringify(book.book.getWorksheet('목록')!.getSheetValues())).not.toMatch(/비밀|helpful/);
    book.choose('answers', '값 1');
    expect(told(await resolved(scene, book))).toEqual(['answers CONFLICT_ROW_SCREEN']);
  });
});

describe('the whole file', () => {
  it('is found by its header when its sheet was renamed, moved or is the only one left', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    book.choose('phone', '값 1');
    book.sheet.name = '2차 회의';
    book.sheet.spliceRows(1, 0, ['코디네이터 확인용']);
    for (const name of ['안내', '목록', '자료']) book.book.removeWorksheet(name);
    expect(told(await resolved(scene, book))).toEqual(['phone applied']);
  });

  it('names the columns that were deleted', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    book.sheet.spliceColumns(book.column('채택값'), 1);
    book.sheet.spliceColumns(book.column('본 변경'), 1);
    await expect(resolved(scene, book)).rejects.toMatchObject({
      code: 'TABLE_COLUMNS_MISSING',
      params: { file, columns: '채택값, 본 변경' },
    });
  });

  it('does not need the columns that only tell', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    book.choose('phone', '값 1');
    for (const header of ['출처 1', '출처 2', '전 값', '어디', '메모'])
      book.sheet.spliceColumns(book.column(header), 1);
    expect(told(await resolved(scene, book))).toEqual(['phone applied']);
  });

  it('refuses a deleted sheet, one of a newer program, another workbook and what is none', async () => {
    const scene = await conflictScene();
    const book = await filled(scene);
    book.book.removeWorksheet('정할 것');
    await expect(resolved(scene, book)).rejects.toMatchObject({
      code: 'CONFLICT_BOOK_OTHER',
      params: { sheet: '정할 것' },
    });
    const newer = await filled(scene);
    newer.book.getWorksheet('자료')!.getCell('B2').value = '2';
    await expect(resolved(scene, newer)).rejects.toMatchObject({ code: 'FILE_VERSION_NEWER' });
    const { bytes: report } = await scene.here.call('report.workbook', {});
    await expect(scene.here.call('conflicts.resolve', { file, bytes: report })).rejects.toMatchObject({
      code: 'CONFLICT_BOOK_OTHER',
    });
    const noBook = Buffer.from('PK\u0003\u0004 no workbook');
    await expect(scene.here.call('conflicts.resolve', { file, bytes: noBook })).rejects.toMatchObject({
      code: 'TABLE_UNREADABLE',
    });
  });
});

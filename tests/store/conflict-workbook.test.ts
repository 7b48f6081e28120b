import { describe, expect, it } from 'vitest';
import type { Resolved } from '#shared/contract/conflicts.ts';
import { PAUSE_MS } from '#shared/merge/typing.ts';
import { conflictScene, LONG_HERE, TRICKY, type ConflictScene } from '#tests/support/conflict-scene.ts';
import { openViews, seenOf } from '#tests/support/conflict-views.ts';
import { choicesOf, openBook, type OpenBook } from '#tests/support/conflict-workbook.ts';
import { findLibreOffice, recalculateWithLibreOffice } from '#tests/support/libre-office.ts';

const file = 'conflicts.xlsx';
const ROWS = 11;

async function bookOf({ here }: ConflictScene): Promise<OpenBook> {
  return openBook((await here.call('conflicts.workbook', {})).bytes);
}

/** Chooses, in every row, the choice at a place of its list. */
function chooseAll(book: OpenBook, place: number): void {
  for (let row = 2; row <= book.sheet.rowCount; row += 1) {
    book.cell(row, '채택값').value = choicesOf(book, row)[place]!;
  }
}

const counts = ({ applied, unchanged, already, refused }: Resolved): number[] => [
  applied,
  unchanged,
  already,
  refused,
];

/** The values of the first shop that were written here; the time of a drop-down's date is no part of it. */
async function shopOf({ here, day, sides }: ConflictScene): Promise<Record<string, unknown>> {
  const { fields } = await here.call('records.get', { entity: 'store', id: day.shops[0]! });
  return Object.fromEntries(Object.keys(sides).map((field) => [field, fields[field] ?? null]));
}

const valuesOf = ({ sides }: ConflictScene, side: 0 | 1): Record<string, unknown> =>
  Object.fromEntries(Object.entries(sides).map(([field, values]) => [field, values[side]]));

describe('the workbook', () => {
  it('has a row for each conflict, with both values as their kind, their origin and the value before', async () => {
    const scene = await conflictScene();
    const made = await scene.here.call('conflicts.workbook', {});
    expect(made).toMatchObject({ name: '단골수첩 정할 것 2026-11-24.xlsx', conflicts: ROWS });
    const book = await openBook(made.bytes);
    expect(book.sheet.rowCount).toBe(ROWS + 1);
    const read = (field: string, header: string, record?: string): unknown =>
      book.cell(book.rowOf(field, record), header).value;

    expect(read('channelOpenedOn', '값 1 (지금 보이는 값)')).toEqual(new Date('2024-12-01T00:00:00Z'));
    expect(read('latitude', '값 2')).toBe(37.5563);
    expect(read('firstOnline', '값 2')).toBe('예');
    expect(read('status', '값 1 (지금 보이는 값)')).toBe('이전');
    expect(read('name', '값 2')).toBe(TRICKY[0]);
    expect(read('unit', '값 1 (지금 보이는 값)')).toBe('비어 있음');
    expect(read('site', '값 2')).toBe('망원시장 · 단골거리 1 [0000005a]');
    expect(read('note', '값 2')).toBe(LONG_HERE);
    expect(read('phone', '전 값')).toBe('02-335-0000');
    expect(read('phone', '출처 1')).toBe('망원 2호\n2026-11-24 10:02\n둘째.dangol');
    expect(read('phone', '출처 2')).toBe('망원 1호\n2026-11-24 10:01\n이 노트북에서 적음');
    expect(read('deleted', '항목')).toBe('지웠는데 고쳤어요');
    expect(read('deleted', '값 1 (지금 보이는 값)')).toBe('지웠어요');
    expect(read('deleted', '값 2')).toBe('고쳤어요\n메모: 꽃이 싱싱해요');
    expect(choicesOf(book, book.rowOf('deleted'))).toEqual(['지운 채로 두기', '고친 값 살리기']);

    const rule = book.cell(5, '채택값').dataValidation;
    expect(rule).toMatchObject({
      type: 'list',
      formulae: [expect.stringContaining("OFFSET('목록'!$B$1,$A")],
    });
    expect(book.book.worksheets.map(({ name, state }) => `${name} ${state}`)).toEqual([
      '정할 것 visible',
      '안내 visible',
      '목록 hidden',
      '자료 hidden',
    ]);
    for (const header of ['자료 번호', '본 변경', '확인'])
      expect(book.sheet.getColumn(book.column(header)).hidden).toBe(true);
  });

  it('without conflicts is empty, and reading it does nothing', async () => {
    const { here } = await conflictScene();
    for (const conflict of await openViews(here)) {
      const { entity, record, field, sides } = conflict;
      const seen = seenOf(conflict);
      await here.call('conflicts.settle', { entity, record, field, value: sides[0]!.value as never, seen });
    }
    const empty = await here.call('conflicts.workbook', {});
    expect(empty.conflicts).toBe(0);
    const result = await here.call('conflicts.resolve', { file, bytes: empty.bytes });
    expect(counts(result)).toEqual([0, 0, 0, 0]);
  });
});

describe('reading it back', () => {
  it.each([
    ['the values shown', 0, 1],
    ['the other values', 1, 0],
  ] as const)('settles %s, once, and undo takes all of it back', async (_name, place, side) => {
    const scene = await conflictScene();
    const { here, day } = scene;
    const book = await bookOf(scene);
    chooseAll(book, place);
    const bytes = await book.saved();
    const before = here.dump();
    here.clock.now += PAUSE_MS + 1;

    const dry = await here.call('conflicts.resolve', { file, bytes, dryRun: true });
    expect(counts(dry)).toEqual([ROWS, 0, 0, 0]);
    expect(here.dump()).toBe(before);

    expect(await here.call('conflicts.resolve', { file, bytes })).toEqual(dry);
    expect(await shopOf(scene)).toEqual(valuesOf(scene, side));
    const second = (await here.call('records.get', { entity: 'store', id: day.shops[1]! })).fields;
    expect(second['deleted']).toBe(place === 0);
    expect((await here.call('conflicts.list', {})).total).toBe(0);
    expect(await here.call('app.verify', {})).toMatchObject({ faults: [] });

    const after = here.dump();
    expect(counts(await here.call('conflicts.resolve', { file, bytes }))).toEqual([0, 0, ROWS, 0]);
    expect(here.dump()).toBe(after);

    expect((await here.call('undo.undo', {})).left).toEqual([]);
    expect(here.dump()).toBe(before);
  });

  it('keeps what lost in the history', async () => {
    const scene = await conflictScene();
    const book = await bookOf(scene);
    chooseAll(book, 0);
    await scene.here.call('conflicts.resolve', { file, bytes: await book.saved() });
    const id = scene.day.shops[0]!;
    for (const [field, values] of Object.entries(scene.sides)) {
      const history = await scene.here.call('records.history', { entity: 'store', id, field });
      const lost = history.filter(({ fate }) => fate === 'lost').map(({ value }): unknown => value);
      expect(lost, field).toEqual([values[0]]);
    }
  });

  it('does what undo took back once more', async () => {
    const scene = await conflictScene();
    const book = await bookOf(scene);
    book.choose('phone', '값 2');
    const bytes = await book.saved();
    const { here } = scene;
    await here.call('conflicts.resolve', { file, bytes });
    await here.call('undo.undo', {});
    expect(counts(await here.call('conflicts.resolve', { file, bytes }))).toEqual([1, ROWS - 1, 0, 0]);
    expect((await shopOf(scene))['phone']).toBe(scene.sides['phone']![0]);
  });

  it('takes values that were typed, by the kind of the field', async () => {
    const scene = await conflictScene();
    const book = await bookOf(scene);
    book.choose('phone', 233_533_333);
    book.choose('channelOpenedOn', '2024. 11. 30.');
    book.choose('latitude', '37.6');
    book.choose('status', '영업 중');
    book.choose('note', '첫째 줄\n둘째 줄');
    book.choose('category', '비어 있음');
    const result = await scene.here.call('conflicts.resolve', { file, bytes: await book.saved() });
    expect(counts(result)).toEqual([6, ROWS - 6, 0, 0]);
    expect(await shopOf(scene)).toMatchObject({
      phone: '0233533333',
      channelOpenedOn: '2024-11-30',
      latitude: 37.6,
      status: 'active',
      note: '첫째 줄\n둘째 줄',
      category: null,
    });
  });

  const office = findLibreOffice();
  it('takes one that LibreOffice opened and saved', { timeout: 120_000 }, async () => {
    const scene = await conflictScene();
    const book = await bookOf(scene);
    chooseAll(book, 1);
    const filled = await book.saved();
    const saved = office === null ? filled : await recalculateWithLibreOffice(office, filled);
    const again = await openBook(saved);
    expect(again.cell(5, '채택값').dataValidation.formulae[0]).toContain('OFFSET(');
    const result = await scene.here.call('conflicts.resolve', { file, bytes: saved });
    expect(result.rows.filter(({ status }) => status !== 'applied')).toEqual([]);
    expect(result.applied).toBe(ROWS);
    expect(await shopOf(scene)).toEqual(valuesOf(scene, 0));
  });
});

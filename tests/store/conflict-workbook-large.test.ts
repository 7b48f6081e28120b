import { expect, it } from 'vitest';
import { LARGEST } from '#main/store/steps.ts';
import { openBook } from '#tests/support/conflict-workbook.ts';
import {
  changeIdAt,
  dawn,
  dusk,
  exchangeFile,
  recordId,
  type Author,
} from '#tests/support/exchange-builder.ts';
import { laptop } from '#tests/support/laptop.ts';

const FIELDS = [
  'name',
  'category',
  'ownerName',
  'phone',
  'businessNumber',
  'roadAddress',
  'lotAddress',
  'unit',
];
const SHOPS = Math.ceil((LARGEST + 1) / FIELDS.length);

/** What one laptop knows of many shops: everything differently from the other one. */
function shopsOf(author: Author): Buffer {
  const lines = Array.from({ length: SHOPS }, (_, at) => ({
    id: changeIdAt(0, author, at),
    entity: 'store',
    record: recordId(10_000 + at),
    set: Object.fromEntries(FIELDS.map((field) => [field, `${author.name} ${field} ${at}`])),
  }));
  return exchangeFile({ author, lines });
}

it('thousands of conflicts go out and come back, as many at once as one undo can take back', async () => {
  const here = laptop('사무실');
  await here.take('dawn.dangol', shopsOf(dawn));
  await here.take('dusk.dangol', shopsOf(dusk));
  const total = SHOPS * FIELDS.length;
  expect((await here.call('conflicts.list', {})).total).toBe(total);
  const open = here.dump();

  const book = await openBook((await here.call('conflicts.workbook', {})).bytes);
  const column = book.column('채택값');
  for (let row = 2; row <= book.sheet.rowCount; row += 1)
    book.sheet.getRow(row).getCell(column).value = '값 2';
  const input = { file: 'conflicts.xlsx', bytes: await book.saved() };

  const first = await here.call('conflicts.resolve', input);
  expect(first).toMatchObject({ applied: LARGEST, refused: total - LARGEST });
  expect(first.rows.at(-1)).toMatchObject({ reason: { code: 'CONFLICT_ROW_LIMIT' } });
  await here.call('undo.undo', {});

  expect(here.dump()).toBe(open);

  await here.call('undo.redo', {});
  const second = await here.call('conflicts.resolve', input);
  expect(second).toMatchObject({ applied: total - LARGEST, already: LARGEST, refused: 0 });
  expect((await here.call('conflicts.list', {})).total).toBe(0);
}, 300_000);

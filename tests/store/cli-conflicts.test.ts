import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { dangol, json } from '#tests/support/cli.ts';
import { conflictScene } from '#tests/support/conflict-scene.ts';
import { openBook } from '#tests/support/conflict-workbook.ts';
import { scratchDir } from '#tests/support/laptop.ts';

describe('conflicts by Excel on the command line', () => {
  it('writes the workbook, tries it, settles row by row and is safe to run twice', async () => {
    const { here } = await conflictScene();
    const before = here.dump();
    here.close();
    const book = path.join(scratchDir(), '정할 것.xlsx');
    const made = await json(here.dir, 'conflicts', '--out', book);
    expect(made).toMatchObject({ code: 0, value: { file: book, conflicts: 11 } });
    const open = await openBook(fs.readFileSync(book));
    open.choose('phone', '02-335-1111');
    open.choose('deleted', { formula: '1+1', result: 2 });
    fs.writeFileSync(book, await open.saved());

    const dry = await json(here.dir, 'resolve', book, '--dry-run');
    expect(dry).toMatchObject({ code: 1, value: { dryRun: true, applied: 1, refused: 1 } });
    const dump = async (): Promise<string> => (await dangol(['--data', here.dir, 'dump'])).stdout;
    expect(await dump()).toBe(before);

    const { code, value } = await json(here.dir, 'resolve', book);
    expect(code).toBe(1);
    expect(value).toMatchObject({
      file: book,
      dryRun: false,
      applied: 1,
      unchanged: 9,
      already: 0,
      refused: 1,
      error: { code: 'CONFLICT_ROW_FORMULA' },
    });
    const { rows } = value as { rows: unknown[] };
    expect(rows).toContainEqual({
      row: open.rowOf('phone'),
      conflict: { entity: 'store', record: expect.any(String) as string, field: 'phone' },
      title: '@봄, "세일"',
      value: '02-335-1111',
      status: 'applied',
    });
    expect(rows.at(-1)).toMatchObject({
      title: '꽃집 1',
      status: 'refused',
      error: { code: 'CONFLICT_ROW_FORMULA', message: expect.stringContaining('formula') as string },
    });
    expect(await json(here.dir, 'resolve', book)).toMatchObject({ value: { applied: 0, already: 1 } });

    await json(here.dir, 'call', 'undo.undo');
    expect(await dump()).toBe(before);
    open.choose('deleted', null);
    fs.writeFileSync(book, await open.saved());
    const last = await json(here.dir, 'resolve', book);
    expect(last).toMatchObject({ code: 0, value: { applied: 1, unchanged: 10, refused: 0 } });
    expect(last.value).not.toHaveProperty('error');
    const missing = await json(here.dir, 'resolve', `${book}.none`);
    expect(missing).toMatchObject({ code: 1, value: { error: { code: 'FILE_UNREADABLE' } } });
  }, 120_000);
});

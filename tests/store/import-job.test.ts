import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importFiles } from '#main/shells/cli-import.ts';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import { changeIdAt, dawn, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { copyOpen, dumpOf } from '#tests/support/open-store.ts';

/** Twelve files of two laptops about the same five shops: they disagree on every note, and edit what came before. */
const files = Array.from({ length: 12 }, (_none, i) => {
  const author = i % 2 === 0 ? dawn : dusk;
  const lines = Array.from({ length: 5 }, (_also, shop) => ({
    id: changeIdAt(10 * i + shop, author),
    entity: 'store',
    record: recordId(shop),
    set: { note: `${author.name} ${i}`, ...(i < 2 ? { name: `점포 ${shop}` } : {}) },
    ...(i >= 4 ? { prior: { note: [changeIdAt(10 * (i - 4) + shop, author)] } } : {}),
  }));
  return exchangeFile({ author, lines, title: `파일 ${i}` });
});

async function job(on: TestLaptop, some = files): Promise<ImportedFile[]> {
  const { run } = await on.call('imports.begin', {});
  for (const [i, bytes] of some.entries()) await on.call('imports.add', { run, file: `${i}`, bytes });
  return on.call('imports.finish', { run });
}

async function oneByOne(): Promise<{ on: TestLaptop; results: ImportedFile[] }> {
  const on = laptop('하나씩');
  const results: ImportedFile[] = [];
  for (const [i, bytes] of files.entries()) results.push(await on.take(`${i}`, bytes));
  return { on, results };
}

const verified = async (on: TestLaptop) => (await on.call('app.verify', {})).faults;

describe('many files as one job', () => {
  it.each([3, 7, 25_000])('give the same as one by one, projected %i changes at a time', async (batch) => {
    const alone = await oneByOne();
    const on = laptop('한꺼번에', { batch });
    const results = await job(on);
    expect(on.dump()).toBe(alone.on.dump());
    expect(results.map(({ status, new: added }) => [status, added])).toEqual(
      files.map(() => ['imported', 5]),
    );
    // Which file brought a conflict depends on what was projected before it; that there are these, each once, does not.
    const total = (await on.call('conflicts.list', {})).total;
    expect(total).toBe((await alone.on.call('conflicts.list', {})).total);
    expect(results.reduce((sum, { conflicts }) => sum + conflicts, 0)).toBe(total);
    expect(await verified(on)).toEqual([]);
    expect((await job(on)).map(({ status, known }) => [status, known])).toEqual(
      files.map(() => ['already', 5]),
    );
  });

  it('do not count what one file opens and a later one settles', async () => {
    const on = laptop('한꺼번에', { batch: 1 });
    const of = (at: number, author: typeof dawn, note: string, prior: string[]) =>
      exchangeFile({
        author,
        lines: [
          {
            id: changeIdAt(at, author),
            entity: 'store',
            record: recordId(0),
            set: { note },
            prior: { note: prior },
          },
        ],
        title: `파일 ${at}`,
      });
    const [one, other] = [changeIdAt(1, dawn), changeIdAt(2, dusk)];
    const some = [of(1, dawn, '가', []), of(2, dusk, '나', []), of(3, dusk, '나', [one, other])];
    expect((await job(on, some)).map(({ conflicts }) => conflicts)).toEqual([0, 0, 0]);
    expect((await on.call('conflicts.list', {})).total).toBe(0);
    // Seen apart from the last one, it is there.
    const less = laptop('둘만', { batch: 1 });
    expect((await job(less, some.slice(0, 2))).map(({ conflicts }) => conflicts)).toEqual([0, 1]);
  });

  it('let other calls in between, which see what is there and write what they want', async () => {
    const on = laptop('사무실', { batch: 7 });
    const { run } = await on.call('imports.begin', {});
    await on.call('imports.add', { run, file: '0', bytes: files[0]! });
    await on.call('records.write', { entity: 'store', id: recordId(50), set: { name: '새 점포' } });
    await on.call('imports.add', { run, file: '1', bytes: files[1]! });
    const finishing = on.call('imports.finish', { run });
    await on.call('records.write', { entity: 'store', id: recordId(0), set: { phone: '02-335-3591' } });
    expect((await finishing).map(({ conflicts }) => conflicts)).toEqual([0, 5]);
    expect((await on.call('records.get', { entity: 'store', id: recordId(0) })).fields).toMatchObject({
      name: '점포 0',
      phone: '02-335-3591',
    });
    expect(await verified(on)).toEqual([]);
  });

  it('stop where the caller stops: what was added is in, the rest can follow', async () => {
    const on = laptop('사무실');
    expect(await job(on, files.slice(0, 4))).toHaveLength(4);
    expect(await on.call('imports.list', {})).toHaveLength(4);
    await job(on);
    expect(on.dump()).toBe((await oneByOne()).on.dump());
  });

  it('a job that was left is finished by the next, and its name is gone', async () => {
    const on = laptop('사무실');
    const { run } = await on.call('imports.begin', {});
    await on.call('imports.add', { run, file: '0', bytes: files[0]! });
    const next = await on.call('imports.begin', {});
    expect((await on.call('stores.search', {})).length).toBe(5);
    await expect(on.call('imports.add', { run, file: '1', bytes: files[1]! })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await on.call('imports.finish', { run: next.run })).toEqual([]);
    await expect(on.call('imports.finish', { run: next.run })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('a bad file keeps no other out, and a crash before the end loses none that was added', async () => {
    const on = laptop('사무실', { batch: 7 });
    const { run } = await on.call('imports.begin', {});
    await on.call('imports.add', { run, file: '0', bytes: files[0]! });
    const bad = await on.call('imports.add', { run, file: 'bad', bytes: Buffer.from('PK\u0003\u0004') });
    expect(bad).toMatchObject({ status: 'refused', error: { code: 'FILE_CUT_SHORT' } });
    await on.call('imports.add', { run, file: '1', bytes: files[1]! });
    const crashed = copyOpen(on.dir);
    const results = await on.call('imports.finish', { run });
    expect(results.map(({ status }) => status)).toEqual(['imported', 'refused', 'imported']);
    expect(dumpOf(crashed)).toBe(on.dump().trimEnd());
  });

  it('tells how far the tables are', async () => {
    const on = laptop('사무실', { batch: 10 });
    const told: [number, number][] = [];
    on.core.on((event) => {
      if (event.kind === 'progress' && event.job === 'import') told.push([event.done, event.total]);
    });
    await job(on, files.slice(0, 1));
    expect(told).toEqual([[5, 5]]);
  });
});

describe('the command line', () => {
  it('begins no further file once it was asked to stop, and says so of each', async () => {
    const on = laptop('사무실');
    const folder = scratchDir();
    const names = files.map((bytes, i) => {
      const file = path.join(folder, `${i}.dangol`);
      fs.writeFileSync(file, bytes);
      return file;
    });
    const seen: string[] = [];
    const outcome = await importFiles({ dataDir: on.dir, language: 'en' }, names, false, {
      progress: (stage, done, total) => seen.push(`${stage} ${done}/${total}`),
      stopped: () => seen.length >= 3,
    });
    const { files: rows } = outcome.value as { files: { status: string; error?: { code: string } }[] };
    expect(rows.map(({ status }) => status)).toEqual([
      ...Array<string>(3).fill('imported'),
      ...Array<string>(9).fill('refused'),
    ]);
    expect(rows[3]!.error!.code).toBe('CANCELLED');
    expect(outcome.refused).toBe(true);
    expect(seen).toEqual(['file 1/12', 'file 2/12', 'file 3/12', 'tables 15/15']);
    expect(await on.call('imports.list', {})).toHaveLength(3);
  });
});

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSight, ImportedFile } from '#shared/contract/exchange.ts';
import { importFiles } from '#main/shells/cli-import.ts';
import { inspect as inspectOnTerminal } from '#main/shells/cli-commands.ts';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { dayFile, groundOf, kitFile, type NamedFile } from '#tests/support/session-files.ts';

const look = (at: TestLaptop, { name, bytes }: NamedFile): Promise<FileSight> =>
  at.call('exchange.inspect', { file: name, bytes });

const take = (at: TestLaptop, { name, bytes }: NamedFile): Promise<ImportedFile> => at.take(name, bytes);

describe('before anything of a file is stored', () => {
  it('it shows who worked, on which days, how much, and what of it is new here', async () => {
    const office = laptop('사무실');
    await take(office, kitFile());
    const seen = await look(office, dayFile(0));
    expect(seen.laptop).toMatchObject({ name: '1구역 1호', firstSeen: true });
    expect(seen.digest).toEqual({
      trainers: [{ id: expect.any(String), name: '트레이너 1' }],
      days: { from: '2024-09-02', to: '2024-09-02' },
      visits: 2,
      attendance: 3,
      responses: 1,
      newStores: 1,
      fresh: seen.manifest.counts.changes,
      whole: true,
      programs: [{ id: groundOf().program, name: '단골거리 1' }],
    });
    expect([seen.already, seen.unknownPrograms]).toEqual([null, []]);
    expect(await office.call('imports.list', {})).toHaveLength(1);
  });

  it('says so of a file that is here, by its content and not its name', async () => {
    const office = laptop('사무실');
    const first = await take(office, kitFile());
    const seen = await look(office, { ...kitFile(), name: '다른 이름.dangol' });
    expect(seen.already).toMatchObject({ import: first.import, file: kitFile().name });
    expect(seen.digest).toMatchObject({ fresh: 0, newStores: 0 });
    await office.call('imports.undo', { id: first.import! });
    expect((await look(office, kitFile())).already).toBeNull();
  });

  it('tells what the file itself tells where there is no store', async () => {
    const file = path.join(scratchDir(), '망원.dangol');
    fs.writeFileSync(file, dayFile(0).bytes);
    const { value } = await inspectOnTerminal({ dataDir: scratchDir(), language: 'ko' }, file);
    expect(value).toMatchObject({
      laptop: null,
      counts: { records: { visit: 2 } },
      digest: { visits: 2, newStores: null, fresh: null, trainers: [{ name: null }] },
    });
  });
});

describe("another coordinator's programme", () => {
  const theirs = [{ id: groundOf(2).program, name: '단골거리 2' }];

  it('is named where programmes are known, and nothing is foreign in an empty store', async () => {
    const office = laptop('사무실');
    expect((await look(office, dayFile(0, 2))).unknownPrograms).toEqual([]);
    await marketDay(office);
    expect((await look(office, dayFile(0, 2))).unknownPrograms).toEqual(theirs);
    await take(office, kitFile(2));
    expect((await look(office, dayFile(0, 2))).unknownPrograms).toEqual([]);
  });

  it('a deleted programme is no stranger, one whose import was undone is one again', async () => {
    const office = laptop('사무실');
    await marketDay(office);
    const kit = await take(office, kitFile(2));
    await office.call('records.delete', { entity: 'program', id: groundOf(2).program });
    expect((await look(office, dayFile(0, 2))).unknownPrograms).toEqual([]);
    await office.call('imports.undo', { id: kit.import! });
    // The deletion was written here and stays: so the programme is one that is known here.
    expect((await look(office, dayFile(0, 2))).unknownPrograms).toEqual([]);
    const other = laptop('다른 사무실');
    await marketDay(other);
    const taken = await take(other, kitFile(2));
    await other.call('imports.undo', { id: taken.import! });
    expect((await look(other, dayFile(0, 2))).unknownPrograms).toEqual(theirs);
  });

  it('comes by a kit of a laptop that one has met', async () => {
    const trainer = laptop('망원 1호');
    const office = laptop('사무실');
    await marketDay(office);
    await trainer.take('kit.dangol', await office.exported({ purpose: 'kit' }));
    await office.call('records.write', { entity: 'program', set: { name: '새 사업' } });
    const sight = async (purpose: 'kit' | 'session'): Promise<FileSight> =>
      look(trainer, { name: 'x.dangol', bytes: await office.exported({ purpose }) });
    expect((await sight('kit')).unknownPrograms).toEqual([]);
    expect((await sight('session')).unknownPrograms).toMatchObject([{ name: '새 사업' }]);
  });

  it('is one that this laptop gave out, though its store was put back to before', async () => {
    const office = laptop('사무실');
    await marketDay(office);
    const before = path.join(scratchDir(), 'copy');
    fs.cpSync(office.dir, before, { recursive: true });
    const { id } = await office.call('records.write', { entity: 'program', set: { name: '잃은 사업' } });
    const kit = await office.exported({ purpose: 'kit' });
    office.close();
    const again = laptop('사무실', { dir: before, fresh: false });
    const seen = await look(again, { name: 'kit.dangol', bytes: kit });
    expect(seen.digest.programs.map((program) => program.id)).toContain(id);
    expect(seen.unknownPrograms).toEqual([]);
  });

  it('goes in on the command line and is reported, but not what a kit of the same run brought', async () => {
    const office = laptop('사무실');
    await marketDay(office);
    const other = laptop('본부');
    await other.take('met.dangol', await office.exported());
    await office.take('met.dangol', await other.exported());
    await other.call('records.write', { entity: 'program', set: { name: '본부 사업' } });
    const folder = scratchDir();
    const put = (name: string, bytes: Uint8Array): string => {
      fs.writeFileSync(path.join(folder, name), bytes);
      return path.join(folder, name);
    };
    const files = [
      put('1.dangol', await other.exported({ purpose: 'kit' })),
      put('2.dangol', dayFile(0, 2).bytes),
      put('3.dangol', await other.exported()),
    ];
    const outcome = await importFiles({ dataDir: office.dir, language: 'ko' }, files, false, {
      progress: () => undefined,
      stopped: () => false,
    });
    const { files: rows } = outcome.value as { files: ImportedFile[] };
    expect(rows.map(({ status }) => status)).toEqual(['imported', 'imported', 'imported']);
    expect(rows.map(({ unknownPrograms }) => unknownPrograms)).toEqual([[], theirs, []]);
  });
});

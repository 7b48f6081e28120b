import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bookFor, kpis, workbook, type ReportDeps } from '#main/features/report.ts';
import { writeWorkbook } from '#main/workbook/save.ts';
import { readWorkbook } from '#tests/support/read-workbook.ts';
import { reportScene } from '#tests/support/report-scene.ts';
import { holdFile, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const scene = reportScene();
const NOW = Date.UTC(2026, 10, 23, 15, 30);
const deps = { store: scene.store, now: () => NOW } as unknown as ReportDeps;

afterAll(() => scene.db.close());

describe('refusals', () => {
  it.each([
    [{ program: '0193557a-1c2f-7000-8000-ffffffffffff' }, 'NOT_FOUND'],
    [{ from: '2024-05-02', to: '2024-05-01' }, 'INVALID_INPUT'],
  ])('%j: %s', async (question, code) => {
    expect(() => kpis(deps, question)).toThrow(expect.objectContaining({ code }));
    await expect(workbook(deps, question)).rejects.toMatchObject({ code });
  });
});

describe('writing to a file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dangol-report-'));
  const book = bookFor(deps, {}, NOW);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('puts the whole workbook there and leaves nothing beside it', async () => {
    const file = path.join(folder, '보고서.xlsx');
    writeFileSync(file, 'old');
    await writeWorkbook(book, file);
    expect((await readWorkbook(readFileSync(file))).named('KPI_stores').value).toBe(
      kpis(deps, {}).total.stores,
    );
    expect(readdirSync(folder)).toEqual(['보고서.xlsx']);
  });

  it('refuses where no file can be made', async () => {
    const file = path.join(folder, 'nowhere', '보고서.xlsx');
    await expect(writeWorkbook(book, file)).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      params: { file },
    });
  });

  it.skipIf(whyNoSmallDisk())('leaves alone what another program holds, and says so', async () => {
    const held = mkdtempSync(path.join(folder, 'held-'));
    const file = path.join(held, '보고서.xlsx');
    writeFileSync(file, 'open elsewhere');
    holdFile(file);
    await expect(writeWorkbook(book, file)).rejects.toMatchObject({
      code: 'FILE_UNWRITABLE',
      params: { file, reason: 'EBUSY' },
    });
    expect(readFileSync(file, 'utf8')).toBe('open elsewhere');
    expect(readdirSync(held)).toEqual(['보고서.xlsx']);
  });

  it('leaves what was there when the disk is full', async () => {
    if (!existsSync('/dev/full')) return expect(process.platform).not.toBe('linux');
    const full = mkdtempSync(path.join(folder, 'full-'));
    const file = path.join(full, '보고서.xlsx');
    writeFileSync(file, 'old');
    symlinkSync('/dev/full', path.join(full, `.보고서.xlsx.${process.pid}.tmp`));
    await expect(writeWorkbook(book, file)).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(full)).toEqual(['보고서.xlsx']);
    return undefined;
  });
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { doJob, JOBS } from '#tests/support/faults/jobs.ts';
import { makeScene, NOW, wrongAfter } from '#tests/support/faults/scene.ts';
import { laptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const why = whyNoSmallDisk();
const said = why === null ? '' : ` (skipped: ${why})`;

/** From no room at all to enough for every job. */
const KILOBYTES = [0, 8, 24, 40, 64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048, 4096];

describe.skipIf(why !== null)(`a disk that can take no more${said}`, () => {
  it.each(JOBS)('%s: done, or refused for the want of room, and nothing half', async (job) => {
    const disk = smallDisk(16);
    const scene = await makeScene(disk.dir);
    const ends: string[] = [];
    const wrong: string[] = [];
    for (const kilobytes of KILOBYTES) {
      scene.fresh();
      disk.fillBut(kilobytes * 1024);
      const end = await doJob(job, scene.ground, NOW);
      disk.empty();
      ends.push(`${kilobytes} KB ${end.refused ?? 'done'}`);
      for (const one of await wrongAfter(scene, job, end)) wrong.push(`${kilobytes} KB: ${one}`);
    }
    console.log(`${job}: ${ends.join(', ')}`);
    expect(wrong).toEqual([]);
    expect(new Set(ends.map((end) => end.split(' ')[2]))).toEqual(new Set(['done', 'DISK_FULL']));
  });
});

describe.skipIf(why !== null)(`a disk that may not be written to${said}`, () => {
  it.each(JOBS)('%s: refused in words, with all as it was', async (job) => {
    const disk = smallDisk(16);
    const scene = await makeScene(disk.dir);
    scene.fresh();
    disk.readOnly(true);
    const end = await doJob(job, scene.ground, NOW);
    disk.readOnly(false);
    expect(end).toMatchObject({ confirmed: 0, refused: 'FILE_UNWRITABLE', bugs: [] });
    expect(await wrongAfter(scene, job, end)).toEqual([]);
  });

  it('takes no report and no copy, while the work in the store goes on', async () => {
    const stick = smallDisk(4);
    const market = laptop('시장');
    await marketDay(market);
    stick.readOnly(true);
    const refused = { ok: false, error: { code: 'FILE_UNWRITABLE', params: { reason: 'EROFS' } } };
    expect(await market.core.saveReport({}, path.join(stick.dir, 'report.xlsx'))).toMatchObject(refused);
    expect(market.core.saveBackup(path.join(stick.dir, 'copy.db'))).toMatchObject(refused);
    await market.call('records.write', { entity: 'program', set: { name: '단골시장' } });
    expect(await market.call('app.verify', {})).toMatchObject({ faults: [] });
  });
});

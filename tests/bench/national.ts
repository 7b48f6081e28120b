import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore } from '#main/core.ts';
import { entitiesOf } from '#main/store/dump.ts';
import { openStore } from '#main/store/store.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { peak } from './import.ts';

export interface NationalFigures {
  demoSeconds: number;
  /** Every row of the tables. */
  tablesReadSeconds: number;
  /** Every row of the tables and of the log. */
  plainReadSeconds: number;
  dumpSeconds: number;
  dumpToPlainRead: number;
  verifySeconds: number;
  verifyToPlainRead: number;
  kpisSeconds: number;
  reportSeconds: number;
  reportMegabytes: number;
  peakMegabytes: number;
}

/** The national demo: the figures, the workbook, the dump and verify, with the peak memory of the whole process. */
export async function national(): Promise<NationalFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const dataDir = path.join(dir, 'store');
    const opened = openCore({ dataDir, create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const demoSeconds = await seconds(() => core.call('app.fillDemo', { scale: 'national', seed: 1 }));
    const tablesReadSeconds = await seconds(() => plainRead(dataDir, false));
    const plainReadSeconds = await seconds(() => plainRead(dataDir, true));
    const dumpSeconds = await seconds(() => {
      let bytes = 0;
      for (const line of core.dump()) bytes += line.length;
      return bytes;
    });
    const verifySeconds = await seconds(() => core.call('app.verify', {}));
    const kpisSeconds = await seconds(() => core.call('report.kpis', {}));
    const file = path.join(dir, 'report.xlsx');
    const reportSeconds = await seconds(() => core.saveReport({}, file));
    const reportMegabytes = Math.round(fs.statSync(file).size / 1e5) / 10;
    core.close();
    const ratio = (value: number): number => Math.round((value / plainReadSeconds) * 100) / 100;
    return {
      demoSeconds,
      tablesReadSeconds,
      plainReadSeconds,
      dumpSeconds,
      dumpToPlainRead: ratio(dumpSeconds),
      verifySeconds,
      verifyToPlainRead: ratio(verifySeconds),
      kpisSeconds,
      reportSeconds,
      reportMegabytes,
      peakMegabytes: peak(),
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/** Every row once, as the database gives them. */
function plainRead(dir: string, log: boolean): number {
  const store = openStore({ dir, key: readKeyFile(dir), now: () => Date.now() });
  let rows = 0;
  for (const entity of entitiesOf(store.db)) {
    for (const _row of store.db.prepare(`SELECT * FROM r_${entity}`).iterate()) rows += 1;
  }
  if (log) for (const _row of store.db.prepare('SELECT * FROM change').iterate()) rows += 1;
  store.close();
  return rows;
}

async function seconds(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return Math.round(performance.now() - started) / 1000;
}

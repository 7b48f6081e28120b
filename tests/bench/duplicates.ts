import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openCore, type Core } from '#main/core.ts';
import { WORTH_ASKING } from '#shared/matching/weights.ts';
import { find, measure, shopsOf } from '#tests/support/find-in-corpus.ts';
import { shopCorpus } from '#tests/support/shop-corpus.ts';
import { peak } from './import.ts';

export interface DuplicateFigures {
  national: {
    /** Shops that count, a group of same ones once. */
    stores: number;
    /** The first list, from the database to the page. */
    firstSeconds: number;
    /** The list after a decision, which compares nothing anew. */
    nextSeconds: number;
    compared: number;
    pairs: number;
    skipped: number;
    longestStallMilliseconds: number;
    peakMegabytes: number;
  };
  /** 226 markets full of shops of which a third is written twice, with the truth known. */
  markets: {
    records: number;
    seconds: number;
    compared: number;
    recall: number;
    precision: number;
  };
}

/** Finding duplicate shops among all of the national demo, and among as many shops that stand close together. */
export async function duplicates(): Promise<DuplicateFigures> {
  return { national: await national(), markets: markets() };
}

async function national(): Promise<DuplicateFigures['national']> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const dataDir = path.join(dir, 'store');
    // In a process of its own, so that the peak below is that of the search.
    const cli = path.join(import.meta.dirname, '../../src-main/shells/cli.ts');
    execFileSync(process.execPath, [cli, '--data', dataDir, 'demo', '--scale', 'national'], {
      stdio: 'ignore',
    });
    const opened = openCore({ dataDir, create: false });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const first = await timed(() => value(core, 'duplicates.list', {}));
    delay.disable();
    const next = await timed(() => value(core, 'duplicates.list', {}));
    const peakMegabytes = peak();
    const { total: figures } = (await value(core, 'report.kpis', {})) as { total: { stores: number } };
    core.close();
    const { compared, total, skipped } = first.value as {
      compared: number;
      total: number;
      skipped: unknown[];
    };
    return {
      stores: figures.stores,
      firstSeconds: first.seconds,
      nextSeconds: next.seconds,
      compared,
      pairs: total,
      skipped: skipped.length,
      longestStallMilliseconds: Math.round(delay.max / 1e6),
      peakMegabytes,
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function markets(): DuplicateFigures['markets'] {
  const corpus = shopCorpus(1, { markets: 226, shops: 190 });
  const started = performance.now();
  const shops = shopsOf(corpus);
  const found = find(shops);
  const seconds = Math.round(performance.now() - started) / 1000;
  const { records, compared, recall, precision } = measure(corpus, shops, found, WORTH_ASKING);
  return { records, seconds, compared, recall: round(recall), precision: round(precision) };
}

async function value(core: Core, method: string, input: unknown): Promise<unknown> {
  const answer = await core.call(method, input);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const result = await work();
  return { value: result, seconds: Math.round(performance.now() - started) / 1000 };
}

function round(share: number): number {
  return Math.round(share * 1000) / 1000;
}

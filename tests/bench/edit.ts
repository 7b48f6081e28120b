import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore } from '#main/core.ts';
import { openDatabase, transaction } from '#main/store/sqlite.ts';

export interface EditFigures {
  edits: number;
  p50Milliseconds: number;
  p99Milliseconds: number;
  rawP50Milliseconds: number;
  ratioP50: number;
}

const EDITS = 600;

/**
 * One confirmed edit through the core, against one raw commit of one row with the same pragmas on the same disk; taken
 * in turn, so that both see the same machine.
 */
export async function edits(): Promise<EditFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const opened = openCore({ dataDir: path.join(dir, 'store'), create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const raw = openDatabase(path.join(dir, 'raw.db'), Buffer.alloc(32, 9), { mustExist: false });
    raw.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, value TEXT)');
    const put = raw.prepare('INSERT OR REPLACE INTO row (id, value) VALUES (1, ?)');
    const id = '0190aaaa-0000-7000-8000-000000000001';
    const ours: number[] = [];
    const floor: number[] = [];
    for (let i = 0; i < EDITS; i += 1) {
      // Twenty edits of a field, then another record: what a note that is being typed looks like.
      const record = id.slice(0, -3) + String(Math.floor(i / 20)).padStart(3, '0');
      const at = performance.now();
      const answer = await core.call('records.write', {
        entity: 'visit',
        id: record,
        set: { note: `메모 ${i}` },
      });
      ours.push(performance.now() - at);
      if (!answer.ok) throw new Error(answer.error.code);
      const from = performance.now();
      transaction(raw, () => put.run(`메모 ${i}`));
      floor.push(performance.now() - from);
    }
    core.close();
    raw.close();
    const rawP50 = percentile(floor, 0.5);
    return {
      edits: EDITS,
      p50Milliseconds: percentile(ours, 0.5),
      p99Milliseconds: percentile(ours, 0.99),
      rawP50Milliseconds: rawP50,
      ratioP50: round(percentile(ours, 0.5) / rawP50),
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function percentile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return round(sorted[Math.floor(sorted.length * share)]!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

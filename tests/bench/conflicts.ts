import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCore, type Core } from '#main/core.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { manyConflicts } from '#tests/support/many-conflicts.ts';

const CONFLICTS = 3000;
const FILES = 200;
const ROUNDS = 5;

export interface ConflictFigures {
  conflicts: number;
  files: number;
  /** Milliseconds: the first call after the import, and the median of those after it. */
  status: Timed;
  list: Timed;
  view: Timed;
  /** A rule over all; the first call reads the log, those after it try other rules. */
  preview: Timed;
  /** Every call once: all of it as one step, undone, done again. */
  applyAllMilliseconds: number;
  undoMilliseconds: number;
  redoMilliseconds: number;
  /** Settling one after another, each with the view of the next. */
  settleOne: Timed;
}

interface Timed {
  first: number;
  median: number;
}

/** The screen of conflicts on the national demo: 3,000 of them, from 200 files of two laptops. */
export async function conflicts(): Promise<ConflictFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const dataDir = path.join(dir, 'store');
    const cli = path.join(import.meta.dirname, '../../src-main/shells/cli.ts');
    execFileSync(process.execPath, [cli, '--data', dataDir, 'demo', '--scale', 'national'], {
      stdio: 'ignore',
    });
    const opened = openCore({ dataDir, create: false });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const office = { call: <M extends Method>(method: M, input: InputOf<M>) => value(core, method, input) };
    await manyConflicts(office, { count: CONFLICTS, files: FILES, dir });

    const status = await timed(ROUNDS, () => office.call('app.status', {}));
    const list = await timed(ROUNDS, () => office.call('conflicts.list', { limit: 10_000 }));
    const { rows } = await office.call('conflicts.list', { limit: 10_000 });
    const keys = rows.map(({ entity, record, field }) => ({ entity, record, field }));
    const view = await timed(100, (at) => office.call('conflicts.view', keys[at]!));
    const rules = ['newest', 'oldest', 'most', 'filled'] as const;
    const preview = await timed(ROUNDS, (at) =>
      office.call('conflicts.preview', {
        rule: { by: rules[at % rules.length]! },
        over: { over: 'all' },
        deleted: true,
      }),
    );
    const { settles } = await office.call('conflicts.preview', {
      rule: { by: 'oldest' },
      over: { over: 'all' },
      deleted: true,
    });
    const choices = settles.map(({ entity, record, field, value: chosen, seen }) => ({
      entity,
      record,
      field,
      value: chosen as never,
      seen,
    }));
    const once = async (work: () => Promise<unknown>): Promise<number> => (await timed(1, work)).first;
    const applyAllMilliseconds = await once(() => office.call('conflicts.settleAll', { choices }));
    const undoMilliseconds = await once(() => office.call('undo.undo', {}));
    const redoMilliseconds = await once(() => office.call('undo.redo', {}));
    await office.call('undo.undo', {});
    const settleOne = await timed(100, async (at) => {
      const seen = (await office.call('conflicts.view', keys[at]!)).sides;
      await office.call('conflicts.settle', {
        ...keys[at]!,
        value: seen[0]!.value as never,
        seen: seen.map(({ change }) => change),
      });
    });
    core.close();
    return {
      conflicts: rows.length,
      files: FILES,
      status,
      list,
      view,
      preview,
      applyAllMilliseconds,
      undoMilliseconds,
      redoMilliseconds,
      settleOne,
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

async function value<M extends Method>(core: Core, method: M, input: InputOf<M>): Promise<OutputOf<M>> {
  const answer = await core.call(method, input);
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.value as OutputOf<M>;
}

async function timed(rounds: number, work: (round: number) => Promise<unknown>): Promise<Timed> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now();
    await work(round);
    times.push(performance.now() - started);
  }
  const later = (times.length > 1 ? times.slice(1) : times).sort((a, b) => a - b);
  return { first: rounded(times[0]!), median: rounded(later[Math.floor(later.length / 2)]!) };
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}

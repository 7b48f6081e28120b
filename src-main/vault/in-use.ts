import fs from 'node:fs';
import path from 'node:path';
import { isRunning } from '../files/running.ts';
import { STORE_FILE } from '../store/store.ts';
import { keepSpare } from './spare.ts';

/**
 * A mark beside the store for as long as a program has it open. One whose program does not run any more says that it was
 * cut short, or met damage: then the next opening reads every page. It is not brought to the disk by itself: the first
 * change that is durable takes it along on every file system that keeps a journal.
 */
const NAME = /^in-use-(\d+)-\d+$/;

/** What this thread has open itself: an earlier program may have had the same number. */
const own = new Set<string>();

export interface InUse {
  /** Damage was met: the mark stays, so that the next opening looks. */
  suspect(): void;
  /** The store was closed. */
  end(): void;
}

const LOG = `${STORE_FILE}-wal`;
/** Stands in a mark when somebody else has closed the store since, and its log went with good reason. */
const CLOSED = 'closed';

/** What programs left that did not close the store. */
export interface LeftInUse {
  readonly marks: readonly string[];
  /** The log, which holds what was recorded last, was there then and is not now. */
  readonly logGone: boolean;
}

export function leftInUse(dir: string): LeftInUse {
  const marks = marksOf(dir);
  const wasThere = marks.some((mark) => textOf(mark) === '');
  return { marks, logGone: wasThere && !fs.existsSync(path.join(dir, LOG)) };
}

function marksOf(dir: string): string[] {
  let names: string[];
  try {
    names = fs.readdirSync(dir);
  } catch {
    return [];
  }
  return names
    .filter((name) => {
      const pid = Number(NAME.exec(name)?.[1] ?? 0);
      if (pid === 0 || own.has(path.join(dir, name))) return false;
      return pid === process.pid || !isRunning(pid);
    })
    .map((name) => path.join(dir, name));
}

/** Marks the store as open; `left` are the marks that were looked after. */
export function markInUse(dir: string, left: LeftInUse['marks']): InUse {
  const file = make(dir);
  for (const mark of left) fs.rmSync(mark, { force: true });
  let suspected = false;
  return {
    suspect: () => (suspected = true),
    end() {
      if (file === null) return;
      own.delete(file);
      const isClosed = !fs.existsSync(path.join(dir, LOG));
      const done = suspected ? [file] : [];
      if (!suspected) fs.rmSync(file, { force: true });
      if (!isClosed) return;
      for (const mark of [...marksOf(dir), ...done]) noteClosed(mark);
      if (!suspected) keepSpare(dir);
    },
  };
}

function textOf(mark: string): string | null {
  try {
    return fs.readFileSync(mark, 'utf8');
  } catch {
    return null;
  }
}

/** Where it cannot be written, the next opening says that the log may have held something. */
function noteClosed(mark: string): void {
  try {
    fs.writeFileSync(mark, CLOSED);
  } catch {
    // Closing goes on.
  }
}

/** Null where nothing can be written: then nothing is, and the next opening has the less to fear. */
function make(dir: string): string | null {
  for (let n = 1; ; n += 1) {
    const file = path.join(dir, `in-use-${process.pid}-${n}`);
    try {
      fs.closeSync(fs.openSync(file, 'wx', 0o600));
      own.add(file);
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return null;
    }
  }
}

/**
 * Runs `work` on a store that was cut short. Where it fails, its log stands there as before: the engine drops one that it
 * cannot read, and what was recorded last may be in it.
 */
export function keepingLog<T>(dir: string, work: () => T): T {
  const file = path.join(dir, LOG);
  const bytes = fs.existsSync(file) ? fs.readFileSync(file) : null;
  try {
    return work();
  } catch (error) {
    if (bytes && bytes.byteLength > 0 && !fs.existsSync(file)) fs.writeFileSync(file, bytes, { mode: 0o600 });
    throw error;
  }
}

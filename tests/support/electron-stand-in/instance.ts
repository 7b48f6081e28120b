import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Call {
  argv: string[];
  cwd: string;
}

/**
 * Electron's lock on a profile folder: the first process holds it, and hears when another asks. Returns what releases
 * it, or null when another process holds it (which has been told).
 */
export function holdInstance(
  folder: string,
  argv: string[],
  cwd: string,
  onSecond: (argv: string[], cwd: string) => void,
): (() => void) | null {
  mkdirSync(folder, { recursive: true });
  const lock = path.join(folder, 'stand-in-lock');
  const bell = path.join(folder, 'stand-in-second');
  if (isHeld(lock)) {
    writeFileSync(bell, JSON.stringify({ argv, cwd } satisfies Call));
    return null;
  }
  writeFileSync(lock, String(process.pid));
  const watcher = watch(folder, (_kind, name) => {
    const call = name === path.basename(bell) ? readCall(bell) : null;
    if (!call) return;
    rmSync(bell, { force: true });
    onSecond(call.argv, call.cwd);
  });
  watcher.unref();
  return () => {
    watcher.close();
    rmSync(lock, { force: true });
  };
}

function isHeld(lock: string): boolean {
  try {
    // Signal 0 only asks whether the process is there: a lock left by one that was killed holds nothing.
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

function readCall(bell: string): Call | null {
  try {
    return JSON.parse(readFileSync(bell, 'utf8')) as Call;
  } catch {
    // Not there, or not yet written in full: the watcher comes again.
    return null;
  }
}

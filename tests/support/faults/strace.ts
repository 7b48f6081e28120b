import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Faults as the kernel would give them. `strace` is attached to a running program and answers the k-th call of a kind
 * with an error, without making it: whatever layer made the call, the database engine's own as well as Node's.
 */
export const KINDS = {
  write: ['write', 'writev', 'pwrite64', 'pwritev', 'ftruncate', 'fallocate', 'copy_file_range', 'sendfile'],
  sync: ['fsync', 'fdatasync'],
  rename: ['rename', 'renameat', 'renameat2'],
  read: ['read', 'readv', 'pread64', 'preadv'],
} as const;
export type Kind = keyof typeof KINDS;

export const ERRORS = ['ENOSPC', 'EIO', 'EPERM', 'EBUSY'] as const;
export type FaultError = (typeof ERRORS)[number];

export interface Fault {
  readonly kind: Kind;
  readonly call: string;
  /** Counted from 1, for each thread. */
  readonly k: number;
  readonly error: FaultError;
}

/** What a job did below a folder: how often which call, and on which files. */
export interface Traced {
  readonly counts: ReadonlyMap<string, number>;
  readonly files: readonly string[];
}

/** Why no fault can be made here, or null. */
export function whyNoFaults(): string | null {
  if (process.platform !== 'linux') return 'it takes strace, which only Linux has';
  try {
    execFileSync('strace', ['-o', '/dev/null', '-e', 'trace=none', 'true'], { stdio: 'pipe' });
    return null;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT'
      ? 'strace is not installed'
      : 'no program may be traced here';
  }
}

/** Runs `work` in the program while its calls below `dir` are noted. */
export async function traced(pid: number, dir: string, work: () => Promise<unknown>): Promise<Traced> {
  const log = path.join(dir, '..', `${path.basename(dir)}.strace`);
  const calls = Object.values(KINDS).flat().join(',');
  await attached(pid, ['-y', '-s', '0', '-o', log, '-e', `trace=${calls}`], work);
  const counts = new Map<string, number>();
  const files = new Set<string>();
  const perThread = new Map<string, number>();
  for (const line of fs.readFileSync(log, 'utf8').split('\n')) {
    const found = [...line.matchAll(/[<"](\/[^">]*)[">]/g)]
      .map(([, file]) => file!)
      .filter((file) => file === dir || file.startsWith(`${dir}/`));
    const [, thread, call] = /^(?:(\d+) +)?(\w+)\(/.exec(line) ?? [];
    if (!call || found.length === 0) continue;
    for (const file of found) files.add(file.replace(/ \(deleted\)$/, ''));
    const key = `${thread} ${call}`;
    perThread.set(key, (perThread.get(key) ?? 0) + 1);
    counts.set(call, Math.max(counts.get(call) ?? 0, perThread.get(key)!));
  }
  fs.rmSync(log);
  return { counts, files: [...files] };
}

/** Runs `work` in the program with one call failing, among those on the given files. */
export async function failing<T>(
  pid: number,
  { call, k, error }: Fault,
  files: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  // What the disk has no room for, it has none for a moment later either.
  const when = error === 'ENOSPC' ? `${k}+` : `${k}`;
  const paths = files.flatMap((file) => ['-P', file]);
  const inject = `inject=${call}:error=${error}:when=${when}`;
  return attached(pid, ['-o', '/dev/null', ...paths, '-e', `trace=${call}`, '-e', inject], work);
}

async function attached<T>(pid: number, args: readonly string[], work: () => Promise<T>): Promise<T> {
  const strace = spawn('strace', ['-f', ...args, '-p', String(pid)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(strace, 'exit');
  let said = '';
  await new Promise<void>((resolve, reject) => {
    strace.stderr.setEncoding('utf8').on('data', (more: string) => {
      said += more;
      if (said.includes(' attached')) resolve();
    });
    void ended.then(() => reject(new Error(`strace ended: ${said}`)));
  });
  try {
    return await work();
  } finally {
    strace.kill('SIGINT');
    await ended;
  }
}

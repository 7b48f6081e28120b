import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { scratchDir } from './laptop.ts';

/** A file system of its own, in memory, so small that a test can fill it. */
export interface SmallDisk {
  readonly dir: string;
  /** Takes all the room but for so many bytes. */
  fillBut(free: number): void;
  /** Gives it back. */
  empty(): void;
  /** Lets nobody write from now on, root neither; false lets them again. */
  readOnly(isSo: boolean): void;
}

/** Why there can be no small disk here, or null. Only root may mount, and only Linux mounts memory this way. */
export function whyNoSmallDisk(): string | null {
  if (process.platform !== 'linux') return 'it mounts a file system in memory, as only Linux does';
  if (process.getuid?.() !== 0) return 'mounting takes root';
  const dir = fs.mkdtempSync('/tmp/dangol-mount-');
  try {
    mount(dir, 1);
    execFileSync('umount', [dir]);
    return null;
  } catch {
    return 'mounting is not allowed here';
  } finally {
    fs.rmdirSync(dir);
  }
}

/** A disk of so many megabytes, which goes with the test. */
export function smallDisk(megabytes: number): SmallDisk {
  const dir = path.join(scratchDir(), 'disk');
  fs.mkdirSync(dir);
  mount(dir, megabytes);
  onTestFinished(() => void execFileSync('umount', [dir]));
  const ballast = path.join(dir, 'ballast');
  return {
    dir,
    fillBut(free) {
      const { bavail, bsize } = fs.statfsSync(dir);
      fs.writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - free)));
    },
    empty: () => fs.rmSync(ballast, { force: true }),
    readOnly: (isSo) =>
      void execFileSync('mount', ['-o', `remount,${isSo ? 'ro' : 'rw'}`, dir], { stdio: 'pipe' }),
  };
}

/** Holds a file so that nothing can be put in its place, as a program that has it open does on Windows: EBUSY. */
export function holdFile(file: string): void {
  execFileSync('mount', ['--bind', file, file], { stdio: 'pipe' });
  onTestFinished(() => void execFileSync('umount', [file]));
}

function mount(dir: string, megabytes: number): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir], { stdio: 'pipe' });
}

import { execFileSync } from 'node:child_process';

/** Why age's own program cannot be asked here, or null. */
export function whyNoAge(): string | null {
  try {
    execFileSync('age', ['--version'], { stdio: 'pipe' });
    return null;
  } catch {
    return 'the program age is not installed';
  }
}

/** Runs it on some bytes and gives what it writes; throws what it says when it refuses. */
export function age(args: readonly string[], input: Uint8Array): Buffer {
  return execFileSync('age', args, { input, stdio: 'pipe', maxBuffer: 64 * 1024 * 1024 });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');
/** Compiled code of earlier starts: halves what a start costs. */
const COMPILED = path.join(os.tmpdir(), 'dangol-test-compiled');

export interface CliEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as a process of its own; English unless `env` says otherwise. */
export async function dangol(args: readonly string[], env: Record<string, string> = {}): Promise<CliEnd> {
  const child = startDangol(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** With `--data` and `--json`; the one document of its stdout. */
export async function json(
  data: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly value: unknown; readonly stderr: string }> {
  const { code, stdout, stderr } = await dangol(['--data', data, '--json', ...args]);
  if (!stdout.endsWith('\n') || stdout.trimEnd().includes('\n')) {
    throw new Error(`not one line of JSON: ${JSON.stringify(stdout)}\n${stderr}`);
  }
  return { code, value: JSON.parse(stdout) as unknown, stderr };
}

/** Starts it and leaves it running: for `serve` and for readers that stop early. */
export function startDangol(args: readonly string[], env: Record<string, string> = {}) {
  return spawn(process.execPath, [path.join(ROOT, 'src-main/shells/cli.ts'), ...args], {
    env: { ...process.env, NODE_COMPILE_CACHE: COMPILED, DANGOL_LANG: 'en', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Answer } from '#shared/contract/call.ts';
import { cuttingProxy } from './hub-proxy.ts';

const CHILD = path.join(import.meta.dirname, 'hub-child.ts');

export interface HubProcess {
  /** Of the laptop, whose store nobody else may have open. */
  readonly dataDir: string;
  readonly what: 'push' | 'pull';
  readonly url: string;
  /** It is killed when so many bytes went by on the way there and back; Infinity lets it end. */
  readonly bytes: number;
  /** What its clock says, in milliseconds since 1970; otherwise the time. */
  readonly now?: number;
}

/** A program of its own that meets a hub on loopback. `answer` is null where it was killed. */
export async function meetAsProcess({
  dataDir,
  what,
  url,
  bytes,
  now,
}: HubProcess): Promise<{ readonly answer: Answer | null; readonly passed: number }> {
  let passed = 0;
  const running: { child?: ReturnType<typeof spawn> } = {};
  const { port } = new URL(url);
  const proxy = await cuttingProxy(
    () => Number(port),
    () => bytes,
    () => void running.child?.kill('SIGKILL'),
    (piece) => ((passed += piece.length), piece),
  );
  try {
    const through = url.replace(`:${port}/`, `:${proxy.port}/`);
    const child = (running.child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', CHILD, dataDir, what, through, String(now ?? '')],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    ));
    const said = text(child.stdout!);
    const [, signal] = (await once(child, 'close')) as [number | null, string | null];
    return { answer: signal === 'SIGKILL' ? null : (JSON.parse(await said) as Answer), passed };
  } finally {
    await proxy.close();
  }
}

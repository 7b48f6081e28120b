import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AppStatus } from '#shared/contract/app.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { CoreNotOpened, startCoreHost, type CoreHost } from './core-host.ts';
import { startLoopback, type Loopback } from './loopback.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly demo?: boolean;
  readonly open?: boolean;
  readonly json: boolean;
}

/** Serves until the process is asked to end; prints the address first. */
export async function serve(options: ServeOptions, print: (text: string) => Promise<void>): Promise<void> {
  const core = await openHost(options.dataDir);
  if (options.demo) await fillDemo(core);
  const loopback = await listen(core, options.port);
  await print(options.json ? `${JSON.stringify({ url: loopback.url })}\n` : `${loopback.url}\n`);
  if (options.open) openBrowser(loopback.url);
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), once(process, 'SIGHUP')]);
  await loopback.close();
  await core.close();
}

/** A port that is taken or not allowed is a mistake of the caller, not of the program. */
async function listen(core: CoreHost, port: number): Promise<Loopback> {
  try {
    return await startLoopback(core, port);
  } catch (error) {
    await core.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal('INVALID_INPUT', { at: '--port', reason: code }, error);
  }
}

async function openHost(dataDir: string): Promise<CoreHost> {
  try {
    return await startCoreHost({ dataDir, create: true });
  } catch (error) {
    if (!(error instanceof CoreNotOpened)) throw error;
    throw new Refusal(error.answer.error.code, error.answer.error.params, error);
  }
}

/** Only into an empty store: a second start with the same folder shows what is there. */
async function fillDemo(core: CoreHost): Promise<void> {
  const status = await core.call('app.status', {});
  if (!status.ok) throw new Refusal(status.error.code, status.error.params);
  const { counts } = status.value as AppStatus;
  if (Object.values(counts).some((count) => count > 0)) return;
  const filled = await core.call('app.fillDemo', {});
  if (!filled.ok) throw new Refusal(filled.error.code, filled.error.params);
}

/** The default browser; a machine without one still has the printed address. */
function openBrowser(url: string): void {
  const commands: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    win32: ['cmd', '/c', 'start', '', url.replaceAll('&', '^&')],
    darwin: ['open', url],
  };
  const [command, ...args] = commands[process.platform] ?? ['xdg-open', url];
  const browser = spawn(command, args, { stdio: 'ignore', detached: true });
  browser.on('error', () => undefined);
  browser.unref();
}

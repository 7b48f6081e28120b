import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Refusal } from '#shared/contract/errors.ts';
import { CoreNotOpened, type CoreHost } from './core-host.ts';
import { startLoopback, type Loopback } from './loopback.ts';
import { openCoreFor } from './open-core.ts';

export interface ServeOptions {
  readonly dataDir: string;
  readonly port: number;
  readonly demo?: boolean;
  readonly open?: boolean;
  readonly json: boolean;
  /** The passphrase or recovery code, where the environment gives one; else the page asks. */
  readonly secret?: string | undefined;
}

/** Serves until the process is asked to end; prints the address first. */
export async function serve(options: ServeOptions, print: (text: string) => Promise<void>): Promise<void> {
  const core = await openHost(options);
  const loopback = await listen(core, options.port);
  await print(options.json ? `${JSON.stringify({ url: loopback.url })}\n` : `${loopback.url}\n`);
  if (options.open) openBrowser(loopback.ticket());
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

async function openHost({ dataDir, demo = false, secret }: ServeOptions): Promise<CoreHost> {
  try {
    return await openCoreFor({ dataDir, demo, unlock: { secret }, onRebuild: tellRebuild });
  } catch (error) {
    if (!(error instanceof CoreNotOpened)) throw error;
    throw new Refusal(error.answer.error.code, error.answer.error.params, error);
  }
}

/** After an update of the program; the address is printed when it is done. */
function tellRebuild(done: number, total: number): void {
  process.stderr.write(`making the tables anew: ${done} / ${total}\n`);
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

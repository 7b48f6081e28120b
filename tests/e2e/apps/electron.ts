import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { root } from './places.ts';
import { showsItself, type Opened, type OpenOptions } from './app.ts';

export interface ElectronOptions extends OpenOptions {
  readonly program: string;
  readonly locale: string | undefined;
  readonly timezoneId: string | undefined;
}

/** Opens the built app in Electron, or in what stands in for it: only the program differs. */
export async function openElectron({
  program,
  locale,
  timezoneId,
  ...given
}: ElectronOptions): Promise<Opened> {
  const app = await _electron.launch({
    executablePath: program,
    args: argsOf(given, locale),
    cwd: root,
    ...(locale ? { locale } : {}),
    ...(timezoneId ? { timezoneId } : {}),
  });
  const process = app.process();
  const ended = process.exitCode === null ? once(process, 'exit') : Promise.resolve();
  async function close(): Promise<void> {
    await app.close();
    await ended;
  }

  const page = await app.firstWindow();
  await showsItself(page, close);
  return {
    page,
    ask: (method, input) =>
      page.evaluate(([name, value]) => window.dangol!.call(name, value), [method, plain(input)] as const),
    async saved(begin) {
      const file = await saved(app, path.join(given.dataDir, 'window'), begin);
      return { ...file, bytes: await readFile(file.file) };
    },
    close,
    main: app,
    wake: () => app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume')),
    async kill() {
      process.kill('SIGKILL');
      await ended;
    },
  };
}

/** The app's command line: the folder that its package.json lies in, then its own options. */
export function argsOf(
  { dataDir, demo, files = [], keyring = false }: OpenOptions,
  locale = 'ko-KR',
): string[] {
  // A test leaves nothing in the keyring of whoever runs it, and its store opens on the command line.
  const without = keyring ? [] : ['--password-store=basic'];
  return [root, `--lang=${locale}`, `--data=${dataDir}`, ...without, ...(demo ? ['--demo'] : []), ...files];
}

/** Playwright hears of no download in Electron: the app's own session does, where a person would be asked for a place. */
async function saved(
  app: ElectronApplication,
  folder: string,
  begin: () => Promise<unknown>,
): Promise<{ name: string; file: string }> {
  const download = await app.evaluateHandle(({ session }, to) => {
    const { promise, resolve, reject } = Promise.withResolvers<{ name: string; file: string }>();
    session.defaultSession.once('will-download', (_event, item) => {
      const name = item.getFilename();
      const file = `${to}/${name}`;
      item.setSavePath(file);
      item.once('done', (_done, state) =>
        state === 'completed' ? resolve({ name, file }) : reject(new Error(`the download was ${state}`)),
      );
    });
    // Within an object: the handle is to be had before the file is there.
    return { promise };
  }, folder);
  await begin();
  return download.evaluate(({ promise }) => promise);
}

/** Node's own kind of bytes would arrive in the page as an object of numbers. */
function plain(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]) => [
      name,
      Buffer.isBuffer(value) ? new Uint8Array(value) : (value as unknown),
    ]),
  );
}

import { once } from 'node:events';
import { _electron } from '@playwright/test';
import { root } from './places.ts';
import { showsItself, type Opened, type OpenOptions } from './app.ts';

export interface ElectronOptions extends OpenOptions {
  readonly program: string;
  readonly locale: string | undefined;
  readonly timezoneId: string | undefined;
}

/** Opens the built app in Electron, or in what stands in for it: only the program differs. */
export async function openElectron({ program, locale, timezoneId, ...given }: ElectronOptions): Promise<Opened> {
  const app = await _electron.launch({
    executablePath: program,
    args: argsOf(given, locale),
    cwd: root,
    ...(locale ? { locale } : {}),
    ...(timezoneId ? { timezoneId } : {}),
  });
  const process = app.process();
  const ended = process.exitCode === null ? once(process, 'exit') : Promise.resolve();
  const page = await app.firstWindow();
  await showsItself(page);
  return {
    page,
    ask: (method, input) =>
      page.evaluate(([name, value]) => window.dangol!.call(name, value), [method, input] as const),
    async close() {
      await app.close();
      await ended;
    },
  };
}

/** The app's command line: the folder that its package.json lies in, then its own options. */
export function argsOf({ dataDir, demo }: OpenOptions, locale = 'ko-KR'): string[] {
  return [root, `--lang=${locale}`, `--data=${dataDir}`, ...(demo ? ['--demo'] : [])];
}

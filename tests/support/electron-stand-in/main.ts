import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import inspector from 'node:inspector';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, becomeReady, setUp } from './app.ts';
import { startChromium, type Chromium } from './chromium.ts';
import { useChromium } from './browser.ts';
import { takeDownloads } from './downloads.ts';

/** The app as Electron's command line names it: a folder with a package.json, or a file. */
function findApp(args: readonly string[]): { name: string; main: string } {
  const given = path.resolve(args.find((arg) => !arg.startsWith('-')) ?? '.');
  const folder = statSync(given).isDirectory() ? given : path.dirname(given);
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) return { name: 'Electron', main: given };
  const { main, name, productName } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>;
  return {
    name: productName ?? name ?? 'Electron',
    main: given === folder ? path.join(folder, main ?? 'index.js') : given,
  };
}

function valueOf(args: readonly string[], name: string): string | undefined {
  return args.findLast((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
}

/** Whoever started the stand-in may be killed, and nobody else would end it. */
function endWithParent(end: () => void): void {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && end(), 500).unref();
}

async function run(args: readonly string[]): Promise<void> {
  // What an installer puts there is not here: no address of newer programs, among others.
  Object.defineProperty(process, 'resourcesPath', { value: path.dirname(process.execPath) });
  const port = valueOf(args, 'inspect');
  if (port !== undefined) inspector.open(Number(port), '127.0.0.1');

  let chromium: Chromium | null = null;
  let ending = false;
  function end(code: number): void {
    if (ending) return;
    ending = true;
    if (!chromium) process.exit(code);
    chromium.connection.send('Browser.close').catch(() => undefined);
    void chromium.ended.finally(() => process.exit(code));
  }

  const { name, main } = findApp(args);
  const language = valueOf(args, 'lang') ?? Intl.DateTimeFormat().resolvedOptions().locale;
  setUp({ name, language, end });
  endWithParent(() => end(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

  await import(pathToFileURL(main).href);
  if (ending) return;
  const profile = path.join(app.getPath('userData'), 'chromium');
  mkdirSync(profile, { recursive: true });
  chromium = startChromium(profile, language);
  void chromium.ended.then(() => end(1));
  await takeDownloads(chromium.connection, path.join(profile, 'stand-in-downloads'));
  await useChromium(chromium);
  becomeReady();
}

await run(process.argv.slice(2));

import { homedir } from 'node:os';
import path from 'node:path';
import type { App } from 'electron';
import { holdInstance } from './instance.ts';
import { emitterOf, preventable } from './emitter.ts';
import { strict } from './strict.ts';
import { closeAll, destroyAll } from './windows.ts';

type PathName = Parameters<App['getPath']>[0];

const emitter = emitterOf(
  'app',
  [
    'ready',
    'before-quit',
    'will-quit',
    'quit',
    'window-all-closed',
    'second-instance',
    'open-file',
    'web-contents-created',
  ],
  () => app,
);
const paths = new Map<string, string>();
const ready = Promise.withResolvers<void>();
let language = 'en-US';
let quitting = false;
let end: (code: number) => void = (code) => process.exit(code);
let release: (() => void) | null = null;

type Used =
  | 'on'
  | 'once'
  | 'off'
  | 'isPackaged'
  | 'whenReady'
  | 'enableSandbox'
  | 'setAppUserModelId'
  | 'getLocale'
  | 'getPath'
  | 'setPath'
  | 'requestSingleInstanceLock'
  | 'quit'
  | 'exit';

export const app: Pick<App, Used> = strict('app', {
  ...emitter.face,
  isPackaged: false,
  whenReady: () => ready.promise,
  enableSandbox: () => undefined,
  setAppUserModelId: () => undefined,
  getLocale: () => language,
  getPath(name) {
    const found = paths.get(name);
    if (!found) throw new Error(`the stand-in has no path '${name}'`);
    return found;
  },
  setPath: (name, to) => void paths.set(name, to),
  requestSingleInstanceLock() {
    release ??= holdInstance(app.getPath('userData'), process.argv, process.cwd(), (argv, cwd) =>
      emitter.emit('second-instance', preventable({}), argv, cwd, undefined),
    );
    return release !== null;
  },
  quit: () => void quit(),
  exit(code = 0) {
    destroyAll();
    emitter.emit('quit', preventable({}), code);
    release?.();
    end(code);
  },
} satisfies Pick<App, Used>);

/** Windows first, each of which may refuse; then the app, which may still have something to finish. */
async function quit(): Promise<void> {
  if (quitting) return;
  quitting = true;
  try {
    if (isPrevented('before-quit') || !(await closeAll()) || isPrevented('will-quit')) return;
    app.exit(0);
  } finally {
    quitting = false;
  }
}

function isPrevented(event: string): boolean {
  const asked = preventable({});
  emitter.emit(event, asked);
  return asked.defaultPrevented;
}

export interface AppSetup {
  readonly name: string;
  readonly language: string;
  /** What ends the process. */
  readonly end: (code: number) => void;
}

/** Before the app's main file runs. */
export function setUp(setup: AppSetup): void {
  const appData = process.env['XDG_CONFIG_HOME'] || path.join(homedir(), '.config');
  paths.set('appData' satisfies PathName, appData);
  paths.set('userData' satisfies PathName, path.join(appData, setup.name));
  language = setup.language;
  end = setup.end;
}

export function becomeReady(): void {
  ready.resolve();
  emitter.emit('ready', preventable({}), {});
}

export function tell(event: 'web-contents-created' | 'window-all-closed', ...args: unknown[]): void {
  // A quit closes the windows too, and then goes on by itself.
  if (event === 'window-all-closed' && quitting) return;
  emitter.emit(event, ...args);
}

import { readFileSync } from 'node:fs';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, WebContents } from 'electron';
import { tell } from './app.ts';
import { emitterOf, preventable } from './emitter.ts';
import { onlyKnown, strict } from './strict.ts';
import { openPage } from './web-contents.ts';
import { windows, type OpenWindow } from './windows.ts';

const options = ['width', 'height', 'minWidth', 'minHeight', 'show', 'icon', 'webPreferences'];
const preferences = ['preload', 'sandbox', 'contextIsolation', 'nodeIntegration', 'spellcheck', 'devTools'];
const byContents = new Map<WebContents, ElectronWindow>();

function makeWindow({ width = 800, height = 600, ...rest }: BrowserWindowConstructorOptions): ElectronWindow {
  const { preload, sandbox, contextIsolation, nodeIntegration, ...more } = rest.webPreferences ?? {};
  onlyKnown('BrowserWindow options', rest, options);
  onlyKnown('webPreferences', more, preferences);
  if (!preload || !sandbox || !contextIsolation || nodeIntegration) {
    throw new Error('the stand-in shows only sandboxed, isolated pages with a preload');
  }

  const emitter = emitterOf('BrowserWindow', ['ready-to-show', 'close', 'closed'], () => window);
  let gone = false;
  let ready = false;
  const page = openPage({
    preload: readFileSync(preload, 'utf8'),
    width,
    height,
    onReadyToShow() {
      if (!ready) emitter.emit('ready-to-show');
      ready = true;
    },
    onClosed: forget,
    onCloseAsked: () => void life.close(),
  });

  const window = strict('BrowserWindow', {
    ...emitter.face,
    webContents: page.contents,
    loadURL: (url) => page.load(url),
    show: () => undefined,
    focus: () => undefined,
    restore: () => undefined,
    isMinimized: () => false,
    isDestroyed: () => gone,
    close: () => void life.close(),
  } satisfies Pick<
    ElectronWindow,
    | 'on'
    | 'once'
    | 'off'
    | 'webContents'
    | 'loadURL'
    | 'show'
    | 'focus'
    | 'restore'
    | 'isMinimized'
    | 'isDestroyed'
    | 'close'
  >) as unknown as ElectronWindow;

  const life: OpenWindow = {
    async close() {
      const asked = preventable({});
      emitter.emit('close', asked);
      if (asked.defaultPrevented || !(await page.mayClose())) return false;
      await page.close();
      return true;
    },
    destroy: forget,
  };

  function forget(): void {
    if (gone) return;
    gone = true;
    windows.delete(life);
    byContents.delete(page.contents);
    emitter.emit('closed');
    if (windows.size === 0) tell('window-all-closed');
  }

  windows.add(life);
  byContents.set(page.contents, window);
  tell('web-contents-created', {}, page.contents);
  return window;
}

/** Called with `new`: what a constructor returns is what `new` gives. */
function Window(given: BrowserWindowConstructorOptions = {}): ElectronWindow {
  return makeWindow(given);
}

const statics = {
  getAllWindows: () => [...byContents.values()],
  fromWebContents: (contents) => byContents.get(contents) ?? null,
} satisfies Pick<typeof ElectronWindow, 'getAllWindows' | 'fromWebContents'>;

export const BrowserWindow = strict('BrowserWindow', Object.assign(Window, statics));

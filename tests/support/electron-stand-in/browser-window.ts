import { readFileSync } from 'node:fs';
import type {
  BrowserWindow as ElectronWindow,
  BrowserWindowConstructorOptions,
  Rectangle,
  WebContents,
} from 'electron';
import { tell } from './app.ts';
import { emitterOf, preventable } from './emitter.ts';
import { workArea } from './screen.ts';
import { onlyKnown, strict } from './strict.ts';
import { openPage } from './web-contents.ts';
import { windows, type OpenWindow } from './windows.ts';

const options = ['minWidth', 'minHeight', 'show', 'autoHideMenuBar', 'icon', 'webPreferences'];
/** What the page is not given; the stand-in has none of it to give. */
const denied = ['nodeIntegration', 'nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'webviewTag'];
const unsafe = ['allowRunningInsecureContent', 'experimentalFeatures', 'navigateOnDragDrop'];
const preferences = [...denied, ...unsafe, 'webSecurity', 'spellcheck', 'devTools'];
const byContents = new Map<WebContents, ElectronWindow>();

const events = ['ready-to-show', 'resize', 'move', 'maximize', 'unmaximize', 'unresponsive', 'responsive'];

function makeWindow({ x, y, width = 800, height = 600, ...rest }: BrowserWindowConstructorOptions) {
  const { preload, sandbox, contextIsolation, ...more } = rest.webPreferences ?? {};
  onlyKnown('BrowserWindow options', rest, options);
  onlyKnown('webPreferences', more, preferences);
  const given = more as Record<string, unknown>;
  const isSafe = sandbox && contextIsolation && given['webSecurity'] !== false;
  if (!preload || !isSafe || [...denied, ...unsafe].some((name) => given[name])) {
    throw new Error('the stand-in shows only sandboxed, isolated pages with a preload');
  }

  const emitter = emitterOf('BrowserWindow', [...events, 'close', 'closed'], () => window);
  const middle = (room: number, size: number): number => Math.max(0, Math.round((room - size) / 2));
  let normal = {
    ...{ x: x ?? middle(workArea.width, width), y: y ?? middle(workArea.height, height) },
    ...{ width, height },
  };
  let maximized = false;
  let focused = false;
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

  function bounds(): Rectangle {
    return maximized ? workArea : normal;
  }

  function maximize(on: boolean): void {
    if (maximized === on) return;
    maximized = on;
    page.resize(bounds());
    emitter.emit(on ? 'maximize' : 'unmaximize');
  }

  const window = strict('BrowserWindow', {
    ...emitter.face,
    webContents: page.contents,
    loadURL: (url) => page.load(url),
    show: () => void (focused = true),
    focus: () => void (focused = true),
    blur: () => void (focused = false),
    isFocused: () => focused,
    restore: () => undefined,
    isMinimized: () => false,
    maximize: () => maximize(true),
    unmaximize: () => maximize(false),
    isMaximized: () => maximized,
    getBounds: () => ({ ...bounds() }),
    getNormalBounds: () => ({ ...normal }),
    setBounds(to) {
      normal = { ...normal, ...to };
      page.resize(bounds());
      emitter.emit('move');
      emitter.emit('resize');
    },
    isDestroyed: () => gone,
    close: () => void life.close(),
  } satisfies Pick<
    ElectronWindow,
    | 'on'
    | 'once'
    | 'off'
    | 'emit'
    | 'webContents'
    | 'loadURL'
    | 'show'
    | 'focus'
    | 'blur'
    | 'isFocused'
    | 'restore'
    | 'isMinimized'
    | 'maximize'
    | 'unmaximize'
    | 'isMaximized'
    | 'getBounds'
    | 'getNormalBounds'
    | 'setBounds'
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

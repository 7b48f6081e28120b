import path from 'node:path';
import { app, BrowserWindow, screen, shell, type WebContents, type WebPreferences } from 'electron';
import { mayOpenOutside } from '#shared/visiting/outside.ts';
import { isOwnPage } from './electron-protocol.ts';
import { keepStands, readStands, whereItOpens } from './electron-stands.ts';

export interface WindowPlaces {
  /** The folder of the built app. */
  readonly out: string;
  /** The folder of fixed assets. */
  readonly resources: string;
  /** Where it is kept how the window stood. */
  readonly stands: string;
}

/** Makes the one window; it shows itself when there is something to see. */
export function makeWindow({ out, resources, stands }: WindowPlaces): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter(({ id }) => id !== primary.id);
  const { maximized, ...place } = whereItOpens(readStands(stands), [
    primary.workArea,
    ...others.map(({ workArea }) => workArea),
  ]);
  const window = new BrowserWindow({
    ...place,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    // Of Windows and Linux: it comes with Alt, and the page keeps its height.
    autoHideMenuBar: true,
    icon: path.join(resources, 'icon.png'),
    webPreferences: webPreferences(path.join(out, 'preload', 'preload.cjs')),
  });
  if (maximized) window.maximize();
  keepStands(window, stands);
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Most of it is what Electron does anyway, written down so that it can be read and checked (docs/electron-security.md). */
function webPreferences(preload: string): WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // Chromium would fetch its dictionaries from the network.
    spellcheck: false,
    devTools: !app.isPackaged,
  };
}

/** Brings the window before whoever started the app a second time. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Keeps a window on its own page: it opens no other window, goes nowhere else, and shows no page within the page. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
}

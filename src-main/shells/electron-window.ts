import path from 'node:path';
import { app, BrowserWindow, screen, type WebContents } from 'electron';
import { isOwnPage } from './electron-protocol.ts';

/** Makes the one window; it shows itself when there is something to see. `out` is the folder of the built app. */
export function makeWindow(out: string): BrowserWindow {
  const { workAreaSize: room } = screen.getPrimaryDisplay();
  const window = new BrowserWindow({
    // The laptops in the market have screens of 1366 by 768: a window must not begin below their edge.
    width: Math.min(1280, room.width),
    height: Math.min(800, room.height),
    minWidth: 1024,
    minHeight: 700,
    show: false,
    icon: path.join(out, '..', 'resources', 'icon.png'),
    webPreferences: {
      preload: path.join(out, 'preload', 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      // Chromium would fetch its dictionaries from the network.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Brings the window before whoever started the app a second time. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** Keeps a window on its own page: it opens no other window and goes nowhere else. */
export function confine(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnPage(event.url)) event.preventDefault();
  });
}

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, dialog, Menu, powerMonitor, protocol, type BrowserWindow } from 'electron';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { channel } from './channel.ts';
import type { CoreHost } from './core-host.ts';
import { defaultDataDir } from './data-dir.ts';
import { passCalls } from './electron-calls.ts';
import { filesIn, openedFiles } from './electron-files.ts';
import { unlockByKeyring } from './electron-keyring.ts';
import { openCoreFor, reportOf } from './open-core.ts';
import { guardPermissions } from './electron-permissions.ts';
import { placesOf } from './electron-places.ts';
import { wakeOutbox } from './electron-power.ts';
import { pageUrl, scheme, servePage } from './electron-protocol.ts';
import { confine, makeWindow, showWindow } from './electron-window.ts';

/** The desktop app: one window over one core. */
function main(): void {
  const out = path.join(import.meta.dirname, '..');
  const places = placesOf(process.argv, {
    cwd: process.cwd(),
    defaultDataDir: defaultDataDir(process.env, process.platform),
    userData: app.getPath('userData'),
  });
  useProfile(places.profileDir);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }

  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);

  let window: BrowserWindow | null = null;
  const tell = (event: CoreEvent): void => window?.webContents.send(channel.event, event);
  const opening = unlockByKeyring(places.dataDir).then((unlock) =>
    openCoreFor({
      ...places,
      unlock,
      onRebuild: (done, total) => tell({ kind: 'progress', job: 'rebuild', done, total }),
    }),
  );
  const files = openedFiles(() => tell({ kind: 'opened' }));
  files.add(filesIn(process.argv, process.cwd()));
  passCalls(opening, files);
  opening.then(
    (host) => host.on(tell),
    (error: unknown) => void app.whenReady().then(() => giveUp(error)),
  );

  app.on('web-contents-created', (_event, contents) => confine(contents));
  app.on('second-instance', (_event, args, cwd) => {
    if (window) showWindow(window);
    files.add(filesIn(args, cwd));
  });
  // macOS hands over what was double-clicked like this, also before the app is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault();
    if (window) showWindow(window);
    files.add([file]);
  });
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuitting(opening);

  void app.whenReady().then(() => {
    guardPermissions();
    lockAsleep(opening);
    wakeOutbox(powerMonitor, opening);
    // Without one, Windows and Linux would show Electron's own; on macOS it is what copying and pasting hang on.
    if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
    protocol.handle(scheme, servePage(path.join(out, 'renderer')));
    const opened = makeWindow(out);
    window = opened;
    opened.once('closed', () => (window = null));
    // A window that is closed while it loads has not failed.
    opened.loadURL(pageUrl).catch((error: unknown) => opened.isDestroyed() || giveUp(error));
  });
}

/** Must come before the lock, which is counted by this folder. */
function useProfile(profileDir: string): void {
  try {
    mkdirSync(profileDir, { recursive: true });
    app.setPath('userData', profileDir);
  } catch (error) {
    // The core is about to meet the same folder, and has the sentence for it.
    console.error('the profile folder cannot be used', error);
  }
}

/** A laptop that was carried shut, or left with the system's own lock on, opens with the window locked. */
function lockAsleep(opening: Promise<CoreHost>): void {
  const lock = (): void =>
    void opening.then(
      (host) => host.call('lock.now', {}),
      // It never opened; a person has been told.
      () => undefined,
    );
  powerMonitor.on('suspend', lock);
  powerMonitor.on('resume', lock);
  powerMonitor.on('lock-screen', lock);
}

function giveUp(error: unknown): void {
  const language = app.getLocale().startsWith('en') ? 'en' : 'ko';
  dialog.showErrorBox(
    language === 'ko' ? '단골수첩' : 'Dangol Fieldbook',
    messageOf(reportOf(error), language),
  );
  app.exit(1);
}

/** The last window is gone by then: nothing new can come in, and what is running finishes before the app ends. */
function closeBeforeQuitting(opening: Promise<CoreHost>): void {
  let closed = false;
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const closing = opening.then(
      (host) => host.close(),
      // It never opened; a person has been told.
      () => undefined,
    );
    void closing.finally(() => {
      closed = true;
      app.quit();
    });
  });
}

main();

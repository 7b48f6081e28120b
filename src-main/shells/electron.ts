import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, dialog, powerMonitor, protocol, session, type BrowserWindow } from 'electron';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { APP_ID } from './app-id.ts';
import { channel } from './channel.ts';
import type { CoreHost } from './core-host.ts';
import { defaultDataDir } from './data-dir.ts';
import { passCalls } from './electron-calls.ts';
import { desktopCalls, notify, putUpMenu, rescueOf, type Around } from './electron-desktop.ts';
import { filesIn, openedFiles } from './electron-files.ts';
import { unlockByKeyring } from './electron-keyring.ts';
import { tellDeliveries } from './electron-news.ts';
import { openCoreFor, reportOf } from './open-core.ts';
import { guardPermissions } from './electron-permissions.ts';
import { placesOf } from './electron-places.ts';
import { wakeOutbox } from './electron-power.ts';
import { pageUrl, scheme, servePage } from './electron-protocol.ts';
import { closeBeforeQuitting } from './electron-quit.ts';
import { offerReload } from './electron-rescue.ts';
import { askWhere, type SavedFiles } from './electron-saving.ts';
import { confine, makeWindow, showWindow } from './electron-window.ts';
import { speechOf, type Speech } from './electron-words.ts';

/** The desktop app: one window over one core. */
function main(): void {
  const out = path.join(import.meta.dirname, '..');
  const resources = path.join(out, '..', 'resources');
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

  // Windows shows notifications only of a program that says which one it is, as its installer did.
  app.setAppUserModelId(APP_ID);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);

  let window: BrowserWindow | null = null;
  const speech = speechOf(
    () => app.getLocale(),
    () => putUpMenu(around),
  );
  const tell = (event: CoreEvent): void => window?.webContents.send(channel.event, event);
  const around: Around = { resources, speech, tell, window: () => window };
  const opening = unlockByKeyring(places.dataDir).then((unlock) =>
    openCoreFor({
      ...places,
      unlock,
      onRebuild: (done, total) => tell({ kind: 'progress', job: 'rebuild', done, total }),
    }),
  );
  const files = openedFiles(() => tell({ kind: 'opened' }));
  const saved: SavedFiles = new Map();
  files.add(filesIn(process.argv, process.cwd()));
  passCalls(opening, desktopCalls(around, files, saved));
  const arrived = tellDeliveries(
    () => window?.isFocused() ?? false,
    (names) => notify(around, names),
  );
  opening.then(
    (host) => {
      host.on(tell);
      host.on(arrived);
    },
    (error: unknown) => void app.whenReady().then(() => giveUp(error, speech)),
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
    files.add(filesIn([file], process.cwd()));
  });
  app.on('window-all-closed', () => app.quit());
  closeBeforeQuitting(app, opening);

  void app.whenReady().then(() => {
    guardPermissions();
    lockAsleep(opening);
    wakeOutbox(powerMonitor, opening);
    putUpMenu(around);
    askWhere(session.defaultSession, speech, saved, tell);
    protocol.handle(scheme, servePage(path.join(out, 'renderer')));
    const opened = makeWindow({ out, resources, stands: path.join(places.profileDir, 'window.json') });
    window = opened;
    opened.once('closed', () => (window = null));
    const load = (): void =>
      // A window that is closed while it loads has not failed.
      void opened.loadURL(pageUrl).catch((error: unknown) => opened.isDestroyed() || giveUp(error, speech));
    offerReload(opened, rescueOf(around, load));
    load();
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

function giveUp(error: unknown, { words, language }: Speech): void {
  dialog.showErrorBox(words.product, messageOf(reportOf(error), language));
  app.exit(1);
}

main();

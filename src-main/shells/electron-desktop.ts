import path from 'node:path';
import { app, dialog, Menu, Notification, shell, type BrowserWindow } from 'electron';
import type { CoreEvent } from '#shared/contract/contract.ts';
import type { DesktopAct } from '#shared/contract/desktop.ts';
import type { DesktopCalls } from './electron-calls.ts';
import type { OpenedFiles } from './electron-files.ts';
import { menuTemplate } from './electron-menu.ts';
import type { Rescue } from './electron-rescue.ts';
import type { SavedFiles } from './electron-saving.ts';
import type { Speech } from './electron-words.ts';
import { askForUpdate } from './electron-update.ts';
import { showWindow } from './electron-window.ts';

/** What the parts of the app around its page have in common. */
export interface Around {
  /** The folder of fixed assets. */
  readonly resources: string;
  readonly speech: Speech;
  window(): BrowserWindow | null;
  tell(event: CoreEvent): void;
}

/** The menu, in the language of now. */
export function putUpMenu(around: Around): void {
  const { speech, tell } = around;
  const ask = (act: DesktopAct): void => tell({ kind: 'asked', act });
  const template = menuTemplate(speech.words, process.platform, ask, () => void lookForUpdate(around));
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

/** Asks for a newer program because a person chose so in the menu. */
async function lookForUpdate({ speech, window }: Around): Promise<void> {
  await askForUpdate({
    resources: process.resourcesPath,
    language: speech.language,
    async ask(message, buttons) {
      const parent = window();
      const last = buttons.length - 1;
      if (!parent) return last;
      const asked = { type: 'info' as const, title: speech.words.product, message, cancelId: last };
      return (await dialog.showMessageBox(parent, { ...asked, buttons: [...buttons] })).response;
    },
  });
}

/** What the page may ask of the desktop; the core has let it through by then. */
export function desktopCalls(
  { resources, speech, window }: Around,
  files: OpenedFiles,
  saved: SavedFiles,
): DesktopCalls {
  const icon = path.join(resources, 'dragged.png');
  return {
    'exchange.opened': () => files.next(),
    'desktop.speak'({ language }) {
      speech.speak(language);
      return null;
    },
    async 'desktop.chooseFiles'() {
      const parent = window();
      const { open, kinds } = speech.words;
      const asked = {
        title: open.title,
        buttonLabel: open.button,
        filters: [{ name: kinds.dangol, extensions: ['dangol'] }],
        properties: ['openFile' as const, 'multiSelections' as const],
      };
      if (parent) files.add((await dialog.showOpenDialog(parent, asked)).filePaths);
      return null;
    },
    'desktop.dragOut'({ file }) {
      const at = saved.get(file);
      if (at !== undefined) window()?.webContents.startDrag({ file: at, icon });
      return null;
    },
    'desktop.showSaved'({ file }) {
      const at = saved.get(file);
      if (at !== undefined) shell.showItemInFolder(at);
      return null;
    },
  };
}

/** Notifications that are on the screen: one that nobody holds would be swept away with its click. */
const shown = new Set<Notification>();

/** Tells that files arrived; a click leads to the outbox. */
export function notify({ speech, window, tell }: Around, places: readonly string[]): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification(speech.words.delivered(places));
  shown.add(notification);
  notification.on('close', () => void shown.delete(notification));
  notification.on('click', () => {
    shown.delete(notification);
    const there = window();
    if (there) showWindow(there);
    tell({ kind: 'asked', act: 'outbox' });
  });
  notification.show();
}

/** How a screen that is gone or stuck is offered anew. */
export function rescueOf({ speech, window }: Around, reload: () => void): Rescue {
  return {
    async ask(trouble, over) {
      const { product, gone, stuck } = speech.words;
      const isGone = trouble === 'gone';
      const { message, detail } = speech.words[trouble];
      const asked = {
        ...{ type: 'warning' as const, title: product, message, detail, signal: over },
        // The first one is what Enter and Esc choose: it takes nothing away.
        ...{
          buttons: isGone ? [gone.again, gone.quit] : [stuck.wait, stuck.again],
          defaultId: 0,
          cancelId: 0,
        },
      };
      const parent = window();
      if (!parent) return false;
      const { response } = await dialog.showMessageBox(parent, asked);
      return response === (isGone ? 0 : 1);
    },
    reload,
    quit: () => app.quit(),
  };
}

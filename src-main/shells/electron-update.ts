import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AppUpdater } from 'electron-updater';
import { updateWords, type UpdateWords } from './electron-update-words.ts';
import type { Language } from '#shared/contract/messages.ts';

/** What is used of electron-updater, which checks the share of laptops, hashes and, on Windows and macOS, the signature. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'disableWebInstaller' | 'checkForUpdates' | 'downloadUpdate'
>;

export interface UpdateAsking {
  /** Shows a sentence with its buttons; resolves with the index of the one that was chosen, the last one when it is closed. */
  readonly ask: (message: string, buttons: readonly string[]) => Promise<number>;
  /** Electron's folder of resources: a program that was built with a feed has its address there. */
  readonly resources: string;
  readonly language: Language;
  /** Loaded when it is needed: without a feed never. */
  readonly load?: () => Promise<Updater>;
}

/**
 * Looks for a newer program because a person asked, downloads it if they say so, and installs it when they close the
 * program: nothing is fetched by itself in a market without a network, and nothing ends a write, since electron-updater
 * starts the installer after Electron's `quit`, which comes when the core is closed.
 *
 * @returns what came of it; never throws, a person has been told
 */
export async function askForUpdate({
  ask,
  resources,
  language,
  load = loadUpdater,
}: UpdateAsking): Promise<'noFeed' | 'newest' | 'later' | 'ready' | 'failed'> {
  const words: UpdateWords = updateWords[language];
  const tell = (message: string): Promise<number> => ask(message, [words.close]);
  if (!existsSync(path.join(resources, 'app-update.yml'))) {
    await tell(words.noFeed);
    return 'noFeed';
  }
  try {
    const updater = await load();
    updater.autoDownload = false;
    updater.autoInstallOnAppQuit = true;
    updater.disableWebInstaller = true;
    const found = await updater.checkForUpdates();
    if (!found?.isUpdateAvailable) {
      await tell(words.newest);
      return 'newest';
    }
    const { version, files } = found.updateInfo;
    const megabytes = Math.ceil(Math.max(0, ...files.map(({ size }) => size ?? 0)) / 1_000_000);
    if ((await ask(words.available(version, megabytes), [words.download, words.later])) !== 0) return 'later';
    await updater.downloadUpdate();
    await tell(words.ready);
    return 'ready';
  } catch (error) {
    console.error('the update failed', error);
    await tell(words.failed);
    return 'failed';
  }
}

async function loadUpdater(): Promise<Updater> {
  // Made when it is first asked for, and of a kind for each system.
  const { default: updater } = await import('electron-updater');
  return updater.autoUpdater;
}

import { mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DownloadItem } from 'electron';
import type { Connection } from './cdp.ts';
import { emitterOf } from './emitter.ts';
import { fromChromium } from './protocol.ts';
import { announceDownload } from './session.ts';
import { onlyKnown, strict } from './strict.ts';

const dialogOptions = ['title', 'buttonLabel', 'defaultPath', 'filters'];

/** Hands every download of the page to the app's session, and puts it where the app says. */
export async function takeDownloads({ send, on }: Connection, folder: string): Promise<void> {
  const finish = new Map<string, (state: string) => void>();
  mkdirSync(folder, { recursive: true });

  on('Browser.downloadWillBegin', ({ guid, suggestedFilename, url }) => {
    let savePath = '';
    const emitter = emitterOf('DownloadItem', ['done'], () => item);
    const item = strict('DownloadItem', {
      ...emitter.face,
      getFilename: () => suggestedFilename,
      getURL: () => (url.startsWith('blob:') ? `blob:${fromChromium(url.slice('blob:'.length))}` : url),
      setSaveDialogOptions: (given) => onlyKnown('save dialog options', given, dialogOptions),
      getSavePath: () => savePath,
      setSavePath: (to) => void (savePath = to),
    } satisfies Pick<
      DownloadItem,
      | 'on'
      | 'once'
      | 'off'
      | 'getFilename'
      | 'getURL'
      | 'setSaveDialogOptions'
      | 'getSavePath'
      | 'setSavePath'
    >) as unknown as DownloadItem;

    finish.set(guid, (state) => {
      finish.delete(guid);
      const kept = state === 'completed' && savePath !== '';
      if (kept) renameSync(path.join(folder, guid), savePath);
      else rmSync(path.join(folder, guid), { force: true });
      emitter.emit('done', {}, kept ? 'completed' : 'cancelled');
    });
    const allowed = announceDownload(item);
    if (allowed && savePath !== '') return;
    // Electron would ask the person for a place now, and nobody is there.
    if (allowed) process.stderr.write(`[dialog] save ${suggestedFilename}\n`);
    // A small file may be whole by now.
    send('Browser.cancelDownload', { guid }).catch(() => undefined);
  });
  on('Browser.downloadProgress', ({ guid, state }) => {
    if (state !== 'inProgress') finish.get(guid)?.(state);
  });
  await send('Browser.setDownloadBehavior', {
    behavior: 'allowAndName',
    downloadPath: folder,
    eventsEnabled: true,
  });
}

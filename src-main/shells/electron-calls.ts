import { ipcMain } from 'electron';
import type { Answer } from '#shared/contract/call.ts';
import { channel } from './channel.ts';
import type { CoreHost } from './core-host.ts';
import { withKeyring } from './electron-keyring.ts';
import { withOpened, type OpenedFiles } from './electron-files.ts';
import { mayCall } from './electron-protocol.ts';

/** Passes the window's calls to the core, from the moment it is open; what came earlier waits for it. */
export function passCalls(opening: Promise<CoreHost>, files: OpenedFiles): void {
  ipcMain.handle(channel.call, async (event, method: unknown, input: unknown): Promise<Answer> => {
    if (!mayCall(event.senderFrame)) throw new Error('only the app’s own page may call');
    // The core checks method and input against the contract; here only what the type below takes for granted.
    if (typeof method !== 'string')
      return { ok: false, error: { code: 'UNKNOWN_METHOD', params: { method: '?' } } };
    const host = await opening;
    const answer = await withKeyring(host, method, input);
    return method === 'exchange.opened' ? withOpened(answer, files) : answer;
  });
}

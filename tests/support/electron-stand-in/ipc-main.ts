import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { strict } from './strict.ts';

type Handler = Parameters<IpcMain['handle']>[1];

const handlers = new Map<string, Handler>();

export const ipcMain = strict('ipcMain', {
  handle(channel, handler) {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler: (channel) => void handlers.delete(channel),
} satisfies Pick<IpcMain, 'handle' | 'removeHandler'>);

/** Calls a handler as `ipcRenderer.invoke` does: what goes in and comes out is cloned, or refused in Electron's words. */
export async function invoke(channel: string, event: IpcMainInvokeEvent, args: unknown[]): Promise<unknown> {
  try {
    const handler = handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone((await handler(event, ...args)) as unknown);
  } catch (error) {
    const cause = error instanceof DOMException ? new Error('An object could not be cloned.') : error;
    throw new Error(`Error invoking remote method '${channel}': ${String(cause)}`, { cause });
  }
}

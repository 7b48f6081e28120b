import { ipcMain } from 'electron';
import type { Answer } from '#shared/contract/call.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { channel } from './channel.ts';
import type { CoreHost } from './core-host.ts';
import { withKeyring } from './electron-keyring.ts';
import { mayCall } from './electron-protocol.ts';

/** What this shell does itself, once the core has let the call through. */
export type DesktopCalls = {
  readonly [M in Extract<Method, 'exchange.opened' | `desktop.${string}`>]: (
    input: InputOf<M>,
  ) => OutputOf<M> | Promise<OutputOf<M>>;
};

/** Passes the window's calls to the core, from the moment it is open; what came earlier waits for it. */
export function passCalls(opening: Promise<CoreHost>, own: DesktopCalls): void {
  ipcMain.handle(channel.call, async (event, method: unknown, input: unknown): Promise<Answer> => {
    if (!mayCall(event.senderFrame)) throw new Error('only the app’s own page may call');
    // The core checks method and input against the contract; here only what the type below takes for granted.
    if (typeof method !== 'string')
      return { ok: false, error: { code: 'UNKNOWN_METHOD', params: { method: '?' } } };
    const host = await opening;
    const answer = await withKeyring(host, method, input);
    // Refused, as while a merchant has the laptop, nothing is done: a file that was opened goes on waiting.
    if (!answer.ok || !isOwn(own, method)) return answer;
    return { ok: true, value: await (own[method] as (input: unknown) => unknown)(input) };
  });
}

function isOwn(own: DesktopCalls, method: string): method is keyof DesktopCalls {
  return Object.hasOwn(own, method);
}

import type { Answer } from '#shared/contract/call.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { decode, encode } from '#shared/contract/wire.ts';
import type { Transport } from './api.ts';

declare global {
  interface Window {
    /** What Electron's preload exposes; absent in a browser. */
    dangol?: Transport;
  }
}

/** Electron's bridge when the page runs in it, else the loopback shell that served the page. */
export function transportOf(page: Window): Transport {
  return page.dangol ?? loopback(page);
}

function loopback(page: Window): Transport {
  const token = tokenOf(page);
  return {
    async call(method, input) {
      const response = await page.fetch('./call', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'x-dangol-token': token },
        body: encode({ method, input }) as Uint8Array<ArrayBuffer>,
        // A note that is being written while the tab closes still arrives.
        keepalive: isSmall(input),
      });
      if (!response.ok) throw new Error(`the loopback shell answered ${response.status}`);
      return decode(new Uint8Array(await response.arrayBuffer())) as Answer;
    },
    on(listener) {
      const source = new EventSource(`./events?token=${encodeURIComponent(token)}`);
      source.onmessage = (message: MessageEvent<string>) => listener(JSON.parse(message.data) as CoreEvent);
      return () => source.close();
    },
  };
}

const TOKEN = 'dangol-token';

/**
 * The token that came with the page. It goes out of the address, where it would be seen, copied and remembered, and is
 * kept for as long as the tab: loaded again, the page comes without it. A tab that has none is told how to get one.
 */
function tokenOf(page: Window): string {
  const given = page.document.querySelector<HTMLMetaElement>(`meta[name="${TOKEN}"]`)?.content;
  if (given !== undefined) {
    page.sessionStorage.setItem(TOKEN, given);
    page.history.replaceState(page.history.state, '', page.location.pathname + page.location.hash);
    return given;
  }
  const kept = page.sessionStorage.getItem(TOKEN);
  if (kept === null) page.location.replace('./?token=');
  return kept ?? '';
}

/** Browsers refuse kept-alive bodies above 64 KB in flight; only edits need it, files do not. */
function isSmall(input: unknown): boolean {
  const record = (input ?? {}) as Record<string, unknown>;
  if (record['bytes'] instanceof Uint8Array) return false;
  return JSON.stringify(input ?? null).length < 8_000;
}

import type { CustomScheme, Protocol } from 'electron';
import { strict } from './strict.ts';

type Handler = Parameters<Protocol['handle']>[1];

const schemes = new Map<string, CustomScheme>();
const handlers = new Map<string, Handler>();
const suffix = '.invalid';

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(list) {
    for (const scheme of list) schemes.set(scheme.scheme, scheme);
  },
  handle(scheme, handler) {
    const { standard, secure } = schemes.get(scheme)?.privileges ?? {};
    // The page is shown at an https origin below: a scheme without these two would behave otherwise in Electron.
    if (!standard || !secure)
      throw new Error(`the stand-in serves only standard, secure schemes, not ${scheme}:`);
    handlers.set(scheme, handler);
  },
} satisfies Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>);

/**
 * Chromium cannot go to a scheme that it does not know, so `app://host/path` is shown to it as
 * `https://host.app.invalid/path`, which exists nowhere.
 */
export function toChromium(url: string): string {
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const name = scheme.slice(0, -1);
  return handlers.has(name) ? `https://${host}.${name}${suffix}${pathname || '/'}${search}${hash}` : url;
}

/** The URL as Electron would have it. */
export function fromChromium(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol: scheme, host, pathname, search, hash } = new URL(url);
  const labels = host.slice(0, -suffix.length).split('.');
  const name = labels.pop() ?? '';
  const ours = scheme === 'https:' && host.endsWith(suffix) && handlers.has(name);
  return ours ? `${name}://${labels.join('.')}${pathname}${search}${hash}` : url;
}

/** Lets the app answer a request to one of its schemes; null when it has no such scheme. */
export async function answerOf(request: Request): Promise<Response | null> {
  const handler = handlers.get(new URL(request.url).protocol.slice(0, -1));
  return handler ? ((await handler(request as Parameters<Handler>[0])) as Response) : null;
}

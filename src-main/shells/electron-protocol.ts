import { pageHeaders } from './policy.ts';
import { readRendererFile } from './renderer-files.ts';

/** The page's own scheme: it has an origin, is a secure context, and leads nowhere but to the built page. */
export const scheme = 'app';
const host = 'dangol';

/** What the window loads. */
export const pageUrl = `${scheme}://${host}/`;

/** Whether a URL is the page itself, whatever its hash: the one place where the window may go. */
export function isOwnPage(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host: found, pathname } = new URL(url);
  return protocol === `${scheme}:` && found === host && (pathname === '/' || pathname === '/index.html');
}

/** Whether a URL is that of something which the page made itself, such as a report to be saved. */
export function isOwnFile(url: string): boolean {
  return url.startsWith(`blob:${scheme}://${host}/`);
}

/** Whether a frame may call the core: the page itself, and nothing that stands within it. */
export function mayCall(frame: { readonly url: string; readonly parent: unknown } | null): boolean {
  return frame !== null && frame.parent === null && isOwnPage(frame.url);
}

/**
 * Whether something that a page asks for beyond itself is granted: the camera, and the whole screen for a survey that is
 * handed over, to the page itself, and nothing else. The kinds are what is asked to be heard and seen; the URL may be an
 * origin alone.
 */
export function mayUse(permission: string, kinds: readonly (string | undefined)[], url: string): boolean {
  const camera = permission === 'media' && kinds.length > 0 && kinds.every((kind) => kind === 'video');
  return (camera || permission === 'fullscreen') && URL.canParse(url) && isOwnPage(new URL('/', url).href);
}

/** The handler of the scheme: files of the built page below `root`, each with the policy. */
export function servePage(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (url.host !== host) return refusal(404);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
    const file = await readRendererFile(root, url.pathname);
    if (!file) return refusal(404);
    const body = request.method === 'HEAD' ? null : file.bytes;
    return new Response(body, { headers: { ...pageHeaders, 'content-type': file.type } });
  };
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: pageHeaders });
}

import type { DownloadItem, Session, WebContents } from 'electron';
import { emitterOf, preventable } from './emitter.ts';
import { strict } from './strict.ts';

const emitter = emitterOf('session', ['will-download'], () => defaultSession);

type RequestHandler = Parameters<Session['setPermissionRequestHandler']>[0];

let mayHave: RequestHandler = null;

/**
 * Of the permission handlers the one for requests is asked, and about the camera alone: for all else headless Chromium
 * denies what a person would have to allow.
 */
const defaultSession = strict('session.defaultSession', {
  ...emitter.face,
  setPermissionRequestHandler: (handler) => void (mayHave = handler),
  setPermissionCheckHandler: () => undefined,
} satisfies Pick<
  Session,
  'on' | 'once' | 'off' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler'
>);

/** Whether the app lets a page use the camera; as in Electron, it does where it has no handler. */
export function mayUseCamera(contents: WebContents, url: string): Promise<boolean> {
  return new Promise((resolve) => {
    if (!mayHave) return resolve(true);
    const details = {
      requestingUrl: url,
      securityOrigin: url,
      isMainFrame: true,
      mediaTypes: ['video' as const],
    };
    mayHave(contents, 'media', resolve, details);
  });
}

export const session = strict('session', { defaultSession });

/** Whether the app lets it begin. */
export function announceDownload(item: DownloadItem): boolean {
  const event = preventable({});
  emitter.emit('will-download', event, item);
  return !event.defaultPrevented;
}

import type { DownloadItem, Session } from 'electron';
import { emitterOf, preventable } from './emitter.ts';
import { strict } from './strict.ts';

const emitter = emitterOf('session', ['will-download'], () => defaultSession);

/**
 * The permission handlers are taken and never asked: headless Chromium denies what a person would have to allow. That
 * Electron asks them is a thing only the real runtime shows.
 */
const defaultSession = strict('session.defaultSession', {
  ...emitter.face,
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
} satisfies Pick<
  Session,
  'on' | 'once' | 'off' | 'setPermissionRequestHandler' | 'setPermissionCheckHandler'
>);

export const session = strict('session', { defaultSession });

export function announceDownload(item: DownloadItem): void {
  emitter.emit('will-download', preventable({}), item);
}

import type { Session } from 'electron';
import { strict } from './strict.ts';

/**
 * The handlers are taken and never asked: headless Chromium denies what a person would have to allow. That Electron asks
 * them is a thing only the real runtime shows.
 */
const defaultSession = strict('session.defaultSession', {
  setPermissionRequestHandler: () => undefined,
  setPermissionCheckHandler: () => undefined,
} satisfies Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>);

export const session = strict('session', { defaultSession });

import type { Chromium } from './chromium.ts';
import type { Session } from './cdp.ts';

export interface Target {
  readonly id: string;
  readonly session: Session;
  close(): Promise<void>;
}

export interface Browser {
  /** A new, empty page in a window of its own. */
  open(onGone: (targetId: string) => void): Promise<Target>;
  /** Lets the pages of an origin use the camera, or not. */
  allowCamera(origin: string, allowed: boolean): Promise<void>;
}

const started = Promise.withResolvers<Browser>();

/** The Chromium behind all windows, once it is there. */
export function browser(): Promise<Browser> {
  return started.promise;
}

export async function useChromium({ connection }: Chromium): Promise<void> {
  const ours = new Map<string, (targetId: string) => void>();
  const opening = new Set<Promise<unknown>>();

  connection.on('Target.targetDestroyed', ({ targetId }) => {
    ours.get(targetId)?.(targetId);
    ours.delete(targetId);
  });
  // Not on `targetCreated`: a test may hold a new page at its start, and closing it there hangs the page that opened it.
  connection.on('Target.targetInfoChanged', ({ targetInfo: { targetId, type, url } }) => {
    if (type === 'page' && url !== '') void closeUnlessOurs(targetId);
  });
  await connection.send('Target.setDiscoverTargets', { discover: true });

  /** A page that the app did not open is one that its own page opened. */
  async function closeUnlessOurs(targetId: string): Promise<void> {
    await Promise.allSettled(opening);
    if (!ours.has(targetId)) await connection.send('Target.closeTarget', { targetId }).catch(() => undefined);
  }

  async function open(onGone: (targetId: string) => void): Promise<Target> {
    const creating = connection
      .send('Target.createTarget', { url: 'about:blank', newWindow: true })
      .then((made) => {
        ours.set(made.targetId, onGone);
        return made.targetId;
      });
    opening.add(creating);
    const id = await creating.finally(() => opening.delete(creating));
    const { sessionId } = await connection.send('Target.attachToTarget', { targetId: id, flatten: true });
    const session = connection.session(sessionId);
    return {
      id,
      session,
      async close() {
        if (!ours.has(id)) return;
        const gone = new Promise<void>((resolve) => {
          ours.set(id, () => {
            onGone(id);
            resolve();
          });
        });
        // Runs `pagehide` and no `beforeunload`. It fails only when the page is gone already.
        await connection.send('Target.closeTarget', { targetId: id }).catch(() => undefined);
        await gone;
      },
    };
  }

  async function allowCamera(origin: string, allowed: boolean): Promise<void> {
    const setting = allowed ? 'granted' : 'denied';
    await connection.send('Browser.setPermission', { origin, permission: { name: 'camera' }, setting });
  }

  started.resolve({ open, allowCamera });
}

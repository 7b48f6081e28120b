import type { App } from 'electron';
import type { CoreHost } from './core-host.ts';

/**
 * How long the app goes on after its last window is gone. An import ends with the file it is at, a report is made to its
 * end, a delivery is broken off and waits again. What takes longer is cut off: nothing that was confirmed hangs on it.
 */
const LIMIT_MS = 20_000;

/** The last window is gone by then: nothing new can come in, and what is running finishes before the app ends. */
export function closeBeforeQuitting(
  app: Pick<App, 'on' | 'quit' | 'exit'>,
  opening: Promise<Pick<CoreHost, 'close'>>,
  limit = LIMIT_MS,
): void {
  let closing = false;
  let closed = false;

  async function close(): Promise<void> {
    const host = await opening.catch(() => null);
    // It never opened, and a person has been told; or there is something to close.
    await host?.close();
    closed = true;
  }

  async function end(): Promise<void> {
    const late = new Promise<void>((resolve) => setTimeout(resolve, limit));
    await Promise.race([close(), late]).catch((error: unknown) => console.error(error));
    if (closed) return app.quit();
    console.error('the core was cut off: it did not close');
    app.exit(0);
  }

  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    if (closing) return;
    closing = true;
    void end();
  });
}

import type { BrowserWindow, WebContents } from 'electron';

/** What went wrong with the screen: its process ended, or it does not answer any more. */
export type Trouble = 'gone' | 'stuck';

export interface Rescue {
  /** Asks the person; whether the screen is to be opened again. Ends without an answer when `over` says that it answers. */
  ask(trouble: Trouble, over: AbortSignal): Promise<boolean>;
  /** Opens the page anew: it comes back where it stood, with what was being written. */
  reload(): void;
  /** The person wants no screen any more. */
  quit(): void;
}

type Watched = Pick<BrowserWindow, 'on'> & {
  readonly webContents: Pick<WebContents, 'on' | 'forcefullyCrashRenderer'>;
};

/** Offers the screen anew when its process has ended or hangs. The core is in another thread and has lost nothing. */
export function offerReload(window: Watched, { ask, reload, quit }: Rescue): void {
  let asking: AbortController | null = null;
  let ending = false;

  async function offer(trouble: Trouble): Promise<void> {
    asking?.abort();
    const mine = new AbortController();
    asking = mine;
    const again = await ask(trouble, mine.signal);
    if (mine.signal.aborted) return;
    asking = null;
    if (trouble === 'gone') {
      if (again) reload();
      else quit();
    } else if (again) {
      ending = true;
      window.webContents.forcefullyCrashRenderer();
    }
  }

  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    console.error(`the page's process ended: ${reason}`);
    if (!ending) return void offer('gone');
    ending = false;
    reload();
  });
  window.on('unresponsive', () => void (asking ?? offer('stuck')));
  window.on('responsive', () => {
    asking?.abort();
    asking = null;
  });
}

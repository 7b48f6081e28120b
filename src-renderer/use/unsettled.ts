import { onScopeDispose } from 'vue';
import type { DurableWriter } from './durable-writer.ts';

/** Every field on screen that writes while it is typed, so that nothing is left behind by leaving. */
const writers = new Set<DurableWriter<unknown>>();

export function isUnsettled(writer: Pick<DurableWriter<unknown>, 'state'>): boolean {
  return writer.state === 'waiting' || writer.state === 'writing' || writer.state === 'failed';
}

/** Keeps a writer in the list for as long as its component lives. */
export function trackWriter(writer: DurableWriter<unknown>): void {
  writers.add(writer);
  onScopeDispose(() => {
    void writer.flush();
    writers.delete(writer);
  });
}

function anyUnsettled(): boolean {
  return [...writers].some(isUnsettled);
}

/** Someone who types on meanwhile is not waited for without end. */
const ROUNDS = 5;

/** Writes all that waits, and what that sets off, such as dropping a draft; true when everything is written now. */
export async function settleAll(): Promise<boolean> {
  for (let round = 0; round < ROUNDS && anyUnsettled(); round += 1) {
    const open = [...writers].filter(isUnsettled);
    await Promise.all(open.map((writer) => writer.flush()));
    if (open.some(({ state }) => state === 'failed')) return false;
  }
  return !anyUnsettled();
}

/**
 * A window that is closed mid-word writes the word first. Electron waits for it; a browser sends it on its way while the
 * tab goes, and asks only when a write has failed before.
 */
export function settleBeforeClosing(page: Window): void {
  let tried = false;
  const anyFailed = (): boolean => [...writers].some((writer) => writer.state === 'failed');
  page.addEventListener('pagehide', () => void settleAll());
  page.addEventListener('beforeunload', (event) => {
    if (!anyUnsettled() || (tried && anyFailed())) return;
    if (page.dangol) {
      // Electron has no question of its own here: the window closes when the words are written, or at the second try.
      tried = true;
      event.preventDefault();
      void settleAll().then((settled) => settled && page.close());
    } else {
      if (anyFailed()) event.preventDefault();
      void settleAll();
    }
  });
}

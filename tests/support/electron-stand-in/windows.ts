/** What the app's life needs to know of a window. */
export interface OpenWindow {
  /** Resolves to whether it is gone: it may refuse. */
  close(): Promise<boolean>;
  destroy(): void;
}

export const windows = new Set<OpenWindow>();

export async function closeAll(): Promise<boolean> {
  for (const window of windows) {
    if (!(await window.close())) return false;
  }
  return true;
}

export function destroyAll(): void {
  for (const window of windows) window.destroy();
}

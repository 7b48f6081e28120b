/**
 * Hides the browser's tabs and the system's bars while a merchant has the laptop. Best effort: where it is refused the
 * survey fills the window, and the lock does not depend on it.
 */
export function enterFullScreen(): void {
  document.documentElement.requestFullscreen().catch(() => undefined);
}

export function leaveFullScreen(): void {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => undefined);
}

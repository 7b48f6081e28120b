import path from 'node:path';
import type { Page } from 'playwright';

/** Takes the picture of a name as the page stands. */
export type Camera = (page: Page, name: string) => Promise<void>;

export interface CameraOptions {
  /** Where the pictures of the documents go. */
  readonly into: string;
  /** Those of the walk that the documents show also in the dark. */
  readonly alsoDark: ReadonlySet<string>;
  /** Those that the documents do not show. */
  readonly aside: ReadonlySet<string>;
  /** A folder for every screen in a small window and in the dark too, and for those aside: for whoever judges how they look. */
  readonly look?: string | undefined;
}

export const WINDOW = { width: 1280, height: 800 };
const SMALL = { width: 1024, height: 768 };

export function cameraOf({ into, alsoDark, aside, look }: CameraOptions): Camera {
  const take = async (page: Page, file: string): Promise<void> => {
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(
      () =>
        document.fonts.status === 'loaded' &&
        document.getAnimations().every(({ playState }) => playState !== 'running') &&
        [...document.images].every((image) => image.complete || image.loading === 'lazy'),
    );
    await page.screenshot({ path: file, caret: 'hide' });
  };
  const theme = async (page: Page, colorScheme: 'light' | 'dark'): Promise<void> => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.waitForFunction((it) => document.documentElement.dataset['theme'] === it, colorScheme);
  };
  return async (page, name) => {
    // A button under the mouse looks pressed.
    await page.mouse.move(0, WINDOW.height - 1);
    const folder = aside.has(name) ? look : into;
    if (folder !== undefined) await take(page, path.join(folder, `${name}.png`));
    if (!alsoDark.has(name) && look === undefined) return;
    await theme(page, 'dark');
    if (alsoDark.has(name)) await take(page, path.join(into, `${name}-dark.png`));
    if (look === undefined) return theme(page, 'light');
    await take(page, path.join(look, `${name}-dark.png`));
    await page.setViewportSize(SMALL);
    await take(page, path.join(look, `${name}-small-dark.png`));
    await theme(page, 'light');
    await take(page, path.join(look, `${name}-small.png`));
    await page.setViewportSize(WINDOW);
  };
}

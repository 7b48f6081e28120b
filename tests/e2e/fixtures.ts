import { test as base, type Browser, type TestInfo } from '@playwright/test';
import { appOf, type App } from './apps/app.ts';
import { openElectron } from './apps/electron.ts';
import { openLoopback } from './apps/loopback.ts';
import { electronFor, type Place } from './apps/places.ts';

export { expect } from '@playwright/test';
export type { App } from './apps/app.ts';

export interface AppOptions {
  /** Where this project's app runs. */
  place: Place;
}

export interface Opening {
  /** A folder of this test: the same name again is the same laptop. */
  readonly laptop?: string;
  readonly demo?: boolean;
  /** Session files that the system opens the app with; only a window of its own can be. */
  readonly files?: readonly string[];
  readonly keyring?: boolean;
}

interface Fixtures {
  /** Opens the app on another laptop, or once more on one whose app was closed. */
  openApp(opening?: Opening): Promise<App>;
  /** The laptop of the test, with an empty store. */
  app: App;
  /** A second laptop. */
  second: App;
}

interface WorkerFixtures {
  /** Starts the browser of the loopback shell when the first test needs it. */
  startBrowser(): Promise<Browser>;
}

export const test = base.extend<AppOptions & Fixtures, WorkerFixtures>({
  place: ['loopback', { option: true }],

  startBrowser: [
    async ({ playwright, launchOptions }, use) => {
      let browser = null as Promise<Browser> | null;
      await use(() => (browser ??= playwright.chromium.launch(launchOptions)));
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  openApp: async ({ place, startBrowser, locale, timezoneId }, use, testInfo) => {
    const program = place === 'loopback' ? null : programFor(place, testInfo);
    const apps: App[] = [];
    await use(async ({ laptop = 'laptop', demo = false, files = [], keyring = false } = {}) => {
      const options = { dataDir: testInfo.outputPath(laptop), demo, files, keyring };
      const opened = program
        ? await openElectron({ ...options, program, locale, timezoneId })
        : await openLoopback(await startBrowser(), options);
      const app = appOf(opened, options.dataDir);
      apps.push(app);
      return app;
    });
    for (const app of apps) await app.close();
  },

  app: async ({ openApp }, use) => use(await openApp()),

  second: async ({ openApp }, use) => use(await openApp({ laptop: 'second-laptop' })),
});

/** Reports the test as skipped, with the reason, where there is no such program. */
function programFor(place: Exclude<Place, 'loopback'>, testInfo: TestInfo): string {
  const found = electronFor(place);
  if ('program' in found) return found.program;
  testInfo.skip(true, found.missing);
  throw new Error(found.missing);
}

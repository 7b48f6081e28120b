import path from 'node:path';
import { defineConfig } from '@playwright/test';
import type { AppOptions } from './fixtures.ts';

const results = path.join(import.meta.dirname, '../../test-results');

/**
 * One suite, three places where the app runs. A test marked `@window` is about what only a window of its own has;
 * `@stand-in` is about what the real runtime shows to a person and not to a test; `@browser` is about the screens alone,
 * which are the same everywhere.
 */
export default defineConfig<AppOptions>({
  testDir: import.meta.dirname,
  testMatch: '*.spec.ts',
  outputDir: path.join(results, 'e2e'),
  preserveOutput: 'failures-only',
  // Two cores, and each test runs a program and a browser beside this one. Two at once took 21 minutes in place of 30, and
  // each of them was so slow that its waits could run out.
  workers: 1,
  forbidOnly: true,
  // A busy build machine can be slower than any wait allows for. What passes only at its second try is named at the
  // end and counted as such: it is to be mended all the same. On one's own machine there is no second try.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: path.join(results, 'e2e.json') }]],
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'ko-KR',
    timezoneId: 'Asia/Seoul',
    screenshot: 'only-on-failure',
    // A camera that shows a turning wheel; whether a page may use it is still asked.
    launchOptions: {
      args: ['--disable-quic', '--disable-gpu', '--use-fake-device-for-media-stream'],
      ...browser(),
    },
  },
  projects: [
    { name: 'loopback', use: { place: 'loopback' }, grepInvert: /@window|@stand-in/ },
    { name: 'stand-in', use: { place: 'stand-in' }, grepInvert: /@browser/ },
    { name: 'electron', use: { place: 'electron' }, grepInvert: /@stand-in|@browser/ },
  ],
});

/** The browser that the runner found, else Playwright's own. */
function browser(): { executablePath?: string } {
  const executablePath = process.env['DANGOL_BROWSER'];
  return executablePath ? { executablePath } : {};
}

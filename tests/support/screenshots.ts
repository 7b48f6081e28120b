import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { openLoopback } from '#tests/e2e/apps/loopback.ts';
import { appOf, type App } from '#tests/e2e/apps/app.ts';
import { cameraOf, WINDOW } from './screenshots/camera.ts';
import { inTheMarket } from './screenshots/market.ts';
import { atTheOffice } from './screenshots/office.ts';
import { kitsTaken, MOMENT, plannedAt } from './screenshots/scene.ts';
import { OUTBOX_PICTURES, sending } from './screenshots/sending.ts';

/**
 * Walks through a day with three laptops and takes the pictures of docs/a-day.md and the README on the way, so that they
 * stay true: `npm run exec -- node tests/support/screenshots.ts`, after `npm run build`. With `--look <folder>` it also
 * puts each screen there in a small window and in the dark, to be looked at.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

async function main(): Promise<void> {
  const root = path.join(import.meta.dirname, '..', '..');
  const into = path.join(root, 'docs', 'images', 'day');
  const [flag, folder] = process.argv.slice(2);
  const look = flag === '--look' ? folder : undefined;
  for (const each of look === undefined ? [into] : [into, look]) fs.mkdirSync(each, { recursive: true });

  // The program's clock; the window's is set below.
  process.env['TZ'] = 'Asia/Seoul';
  process.env['DANGOL_PICTURES_MOMENT'] = MOMENT;
  process.env['NODE_OPTIONS'] = `--import=${path.join(import.meta.dirname, 'screenshots', 'clock.ts')}`;
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-pictures-'));
  const browser = await chromium.launch({
    executablePath: process.env['DANGOL_BROWSER'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  const apps: App[] = [];
  const open = async (laptop: string, demo: boolean): Promise<App> => {
    const dataDir = path.join(data, laptop);
    const newContext = async () => {
      const context = await browser.newContext({
        viewport: WINDOW,
        deviceScaleFactor: 1,
        locale: 'ko-KR',
        timezoneId: 'Asia/Seoul',
        colorScheme: 'light',
        reducedMotion: 'reduce',
      });
      await context.clock.setSystemTime(MOMENT);
      return context;
    };
    const app = appOf(await openLoopback({ newContext }, { dataDir, demo }), dataDir);
    apps.push(app);
    return app;
  };
  try {
    const shot = cameraOf({
      into,
      alsoDark: new Set(['visit', 'search']),
      aside: new Set([
        ...['friends', 'late', 'survey-welcome', 'survey-thanks', 'survey-after', 'new-shop'],
        ...OUTBOX_PICTURES,
      ]),
      look,
    });
    const office = await open('office', true);
    const trainer = await open('trainer', false);
    const scene = await plannedAt(office);
    const other = await open('other', false);
    await kitsTaken(office, trainer, other, scene);
    await inTheMarket(trainer, scene, browser, shot);
    await atTheOffice(office, trainer, other, scene, shot);
    await sending(trainer, office, scene, path.join(data, 'shared'), shot);
  } finally {
    for (const app of apps) await app.close();
    await browser.close();
    fs.rmSync(data, { recursive: true });
  }
}

await main();

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { chromium, type Page } from 'playwright';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A store in Chromium over the loopback shell, at a path of the window, for as long as the work takes. */
export async function inBrowser<T>(
  dataDir: string,
  at: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const cli = path.join(import.meta.dirname, '../../src-main/shells/cli.ts');
  const server = spawn(process.execPath, [cli, '--data', dataDir, 'serve'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await chromium.launch({
    executablePath: process.env['DANGOL_BROWSER'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  try {
    const [url] = (await once(readline.createInterface(server.stdout), 'line')) as [string];
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ko-KR' });
    await page.goto(`${url}#${at}`);
    await page.locator('main h1').first().waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return await work(page);
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

export interface Scrolling {
  rows: number;
  frames: number;
  longTasks: number;
  longestTask: number;
  framesWithRows: number;
}

const FRAMES = 300;

/** Scrolls a list from its top, a step of pixels a frame; without a step, so that all of it is passed. */
export function scroll(
  page: Page,
  list: string,
  row: string,
  rowHeight: number,
  step: number | null,
): Promise<Scrolling> {
  return page.evaluate(
    async ([listed, rowed, height, pixels, frames]) => {
      const list = document.querySelector<HTMLElement>(listed)!;
      const tasks: number[] = [];
      const observer = new PerformanceObserver((entries) =>
        tasks.push(...entries.getEntries().map(({ duration }) => duration)),
      );
      observer.observe({ type: 'longtask' });
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const by = pixels ?? list.scrollHeight / frames;
      let seen = 0;
      list.scrollTop = 0;
      for (let at = 1; at <= frames; at += 1) {
        list.scrollTop = at * by;
        await frame();
        seen += list.querySelectorAll(rowed).length > 0 ? 1 : 0;
      }
      await frame();
      tasks.push(...observer.takeRecords().map(({ duration }) => duration));
      observer.disconnect();
      return {
        rows: Math.round((frames * by) / height),
        frames,
        longTasks: tasks.length,
        longestTask: Math.round(Math.max(0, ...tasks)),
        framesWithRows: seen,
      };
    },
    [list, row, rowHeight, step, FRAMES] as const,
  );
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';
import { chromium, type Page } from 'playwright';

export interface ScreenFigures {
  /** From the input event to the frame that shows the first rows of its answer, in milliseconds. */
  firstRows: { questions: number; p50: number; p95: number; max: number };
  /** Through all shops, a jump a frame; and some thousands of them as a wheel goes. */
  scrolling: {
    rows: number;
    frames: number;
    longTasks: number;
    longestTask: number;
    framesWithRows: number;
  }[];
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ROW_HEIGHT = 72;
const FRAMES = 300;

/** The list of shops in Chromium, over the loopback shell. */
export async function onScreen(dataDir: string, texts: readonly string[]): Promise<ScreenFigures> {
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
    await page.goto(`${url}#/stores`);
    await page.getByRole('listbox').getByRole('option').first().waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const times: number[] = [];
    for (const text of texts.slice(0, 120)) times.push(await timeToRows(page, text));
    await timeToRows(page, '');
    const whole = await scroll(page, null);
    const wheel = await scroll(page, 120);
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10;
    return {
      firstRows: { questions: times.length, p50: at(0.5), p95: at(0.95), max: at(1) },
      scrolling: [whole, wheel],
    };
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
}

/** Types a text at once; the clock stops in the task after the frame in which the answer to it was drawn. */
function timeToRows(page: Page, text: string): Promise<number> {
  return page.evaluate(async (typed) => {
    const field = document.querySelector<HTMLInputElement>('main input[type="search"]')!;
    const told = document.querySelector<HTMLElement>('[data-testid="found"]')!;
    if (field.value === typed) return 0;
    const answered = new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (told.dataset['typed'] !== typed) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(told, { attributes: true });
    });
    const from = performance.now();
    field.value = typed;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    await answered;
    await new Promise<void>((resolve) =>
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve();
        channel.port2.postMessage(null);
      }),
    );
    return performance.now() - from;
  }, text);
}

/** Scrolls a step a frame, from the top; without a step, so that all rows are passed. */
function scroll(page: Page, step: number | null): Promise<ScreenFigures['scrolling'][number]> {
  return page.evaluate(
    async ([pixels, frames, rowHeight]) => {
      const list = document.querySelector<HTMLElement>('main [role="listbox"]')!;
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
        seen += list.querySelectorAll('[role="option"]').length > 0 ? 1 : 0;
      }
      await frame();
      tasks.push(...observer.takeRecords().map(({ duration }) => duration));
      observer.disconnect();
      return {
        rows: Math.round((frames * by) / rowHeight),
        frames,
        longTasks: tasks.length,
        longestTask: Math.round(Math.max(0, ...tasks)),
        framesWithRows: seen,
      };
    },
    [step, FRAMES, ROW_HEIGHT] as const,
  );
}

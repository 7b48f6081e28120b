import type { Page } from 'playwright';
import { inBrowser, scroll, type Scrolling } from './in-browser.ts';

export interface ScreenFigures {
  /** From the input event to the frame that shows the first rows of its answer, in milliseconds. */
  firstRows: { questions: number; p50: number; p95: number; max: number };
  /** Through all shops, a jump a frame; and some thousands of them as a wheel goes. */
  scrolling: Scrolling[];
}

const LIST = 'main [role="listbox"]';
const ROW = '[role="option"]';
const ROW_HEIGHT = 72;

/** The list of shops in Chromium, over the loopback shell. */
export function onScreen(dataDir: string, texts: readonly string[]): Promise<ScreenFigures> {
  return inBrowser(dataDir, '/stores', async (page) => {
    await page.locator(`${LIST} ${ROW}`).first().waitFor();
    const times: number[] = [];
    for (const text of texts.slice(0, 120)) times.push(await timeToRows(page, text));
    await timeToRows(page, '');
    const whole = await scroll(page, LIST, ROW, ROW_HEIGHT, null);
    const wheel = await scroll(page, LIST, ROW, ROW_HEIGHT, 120);
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number): number =>
      Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10;
    return {
      firstRows: { questions: times.length, p50: at(0.5), p95: at(0.95), max: at(1) },
      scrolling: [whole, wheel],
    };
  });
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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

/**
 * `start-once.ts PROGRAM REPORT-FOLDER [ARGUMENT …]`: starts an installed program with a store of its own, waits for its
 * first screen, takes a picture and ends it. Its fuses refuse an inspector, so it is looked at through the page alone.
 */
const START_MS = 120_000;

async function startOnce(program: string, report: string, args: readonly string[]): Promise<void> {
  const store = mkdtempSync(path.join(os.tmpdir(), 'dangol-once-'));
  const child = spawn(program, [...args, `--data=${store}`, '--lang=ko-KR', '--remote-debugging-port=0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  try {
    const browser = await chromium.connectOverCDP(await addressOf(child.stderr, ended));
    const page = browser.contexts()[0]?.pages()[0] ?? (await browser.contexts()[0]!.waitForEvent('page'));
    await page.getByRole('heading').first().waitFor({ timeout: START_MS });
    mkdirSync(report, { recursive: true });
    await page.screenshot({ path: path.join(report, 'started.png') });
    console.log(`started: ${await page.getByRole('heading').first().innerText()}`);
    await browser.close();
  } finally {
    child.kill();
    await ended;
    rmSync(store, { recursive: true, force: true, maxRetries: 5 });
  }
}

function addressOf(errors: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<string> {
  return new Promise((resolve, reject) => {
    createInterface({ input: errors }).on('line', (line) => {
      const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (address) resolve(address);
    });
    void ended.then(() => reject(new Error('the program ended before it showed anything')));
  });
}

const [program, report, ...args] = process.argv.slice(2);
if (!program || !report) throw new Error('usage: start-once.ts PROGRAM REPORT-FOLDER [ARGUMENT …]');
await startOnce(program, report, args);

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import type { Answer } from '#shared/contract/call.ts';
import { decode, encode } from '#shared/contract/wire.ts';
import { showsItself, type Opened, type OpenOptions } from './app.ts';
import { root } from './places.ts';

/** Opens the app in the loopback shell: the program as the command line starts it, and its page in a browser. */
export async function openLoopback(
  browser: Pick<Browser, 'newContext'>,
  options: OpenOptions,
): Promise<Opened> {
  const { url, end, crash } = await serve(options);
  const context = await browser.newContext();
  const page = await context.newPage();
  await slowDown(page);
  async function close(): Promise<void> {
    await context.close();
    await end();
  }

  await page.goto(url).catch(() => undefined);
  await showsItself(page, close);
  return {
    page,
    ask: (method, input) => ask(context, url, method, input),
    async saved(begin) {
      const [download] = await Promise.all([page.waitForEvent('download'), begin()]);
      const file = await download.path();
      return { name: download.suggestedFilename(), file, bytes: await readFile(file) };
    },
    close,
    async kill() {
      await crash();
      await context.close();
    },
  };
}

/**
 * With `DANGOL_SLOW_BROWSER=4` the page has a quarter of the processor, as on a busy build machine: a test that looks
 * before the page has drawn is seen at one's own desk.
 */
async function slowDown(page: Page): Promise<void> {
  const rate = Number(process.env['DANGOL_SLOW_BROWSER'] || 1);
  if (rate === 1) return;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

/** Starts `dangol serve`; resolves with the address that it prints. */
async function serve({
  dataDir,
  demo,
}: OpenOptions): Promise<{ url: string; end: () => Promise<void>; crash: () => Promise<void> }> {
  const cli = path.join(root, 'src-main/shells/cli.ts');
  const args = ['--disable-warning=ExperimentalWarning', cli, '--data', dataDir, 'serve', '--port', '0'];
  const child = spawn(process.execPath, [...args, ...(demo ? ['--demo'] : [])], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A worker that is stopped in the middle of a test closes nothing.
  const kill = (): boolean => child.kill();
  process.once('exit', kill);
  const exited = once(child, 'exit').finally(() => process.off('exit', kill));
  const complaint = text(child.stderr);
  const url = await Promise.race([printedUrl(child), exited.then(() => null)]);
  if (url === null) throw new Error(`the loopback shell ended with ${child.exitCode}: ${await complaint}`);
  return {
    url,
    async end() {
      kill();
      await exited;
    },
    async crash() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function printedUrl({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let printed = '';
    stdout?.setEncoding('utf8').on('data', (more: string) => {
      printed += more;
      const [url] = /http:\/\/127\.0\.0\.1:\S+(?=\s)/.exec(printed) ?? [];
      if (url) resolve(url);
    });
  });
}

/** A call as the page makes it, with the token that the page was given. */
async function ask(context: BrowserContext, url: string, method: string, input: unknown): Promise<Answer> {
  const response = await context.request.post(new URL('./call', url).href, {
    headers: {
      'content-type': 'application/octet-stream',
      'x-dangol-token': new URL(url).searchParams.get('token') ?? '',
    },
    data: Buffer.from(encode({ method, input })),
  });
  if (!response.ok()) throw new Error(`the loopback shell answered ${response.status()}`);
  return decode(new Uint8Array(await response.body())) as Answer;
}

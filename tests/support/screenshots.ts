import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { chromium } from 'playwright';

/**
 * Takes the pictures of the README from the running program with the demo data, so that they stay true:
 * `npm run exec -- node tests/support/screenshots.ts`, after `npm run build`.
 */
const pictures = [
  { name: 'today', route: '/', dark: false, ready: '성과 공유회' },
  { name: 'figures', route: '/figures', dark: false, ready: '단골거리 2024' },
  { name: 'stores-dark', route: '/stores', dark: true, ready: '너울골목' },
] as const;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function main(): Promise<void> {
  const root = path.join(import.meta.dirname, '..', '..');
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-pictures-'));
  const server = spawn(process.execPath, ['src-main/shells/cli.ts', '--data', dataDir, 'serve', '--demo'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const browser = await chromium.launch({
    executablePath: process.env['DANGOL_BROWSER'] ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  try {
    const url = await new Promise<string>((resolve) =>
      readline.createInterface(server.stdout).once('line', resolve),
    );
    for (const { name, route, dark, ready } of pictures) {
      const page = await browser.newPage({
        viewport: { width: 1280, height: 800 },
        locale: 'ko-KR',
        timezoneId: 'Asia/Seoul',
        colorScheme: dark ? 'dark' : 'light',
      });
      await page.goto(`${url}#${route}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForFunction(() => document.fonts.status === 'loaded');
      await page.waitForLoadState('load');
      await page.getByRole('main').getByText(ready).filter({ visible: true }).first().waitFor();
      await page.screenshot({ path: path.join(root, 'docs', 'images', `${name}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
    fs.rmSync(dataDir, { recursive: true });
  }
}

await main();

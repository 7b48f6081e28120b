import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { icnsOf, icoOf, type Drawn } from './icon-files.ts';

/**
 * Draws the icons that the installers take from `resources/icon.svg` and `resources/file.svg`: run by hand when these have
 * changed (docs/packaging.md).
 */
const resources = path.join(import.meta.dirname, '../../resources');
const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;
/** Below this a label cannot be seen: the check mark alone is drawn, larger. */
const SMALL = 40;

async function draw(page: Page, svg: string, size: number): Promise<Buffer> {
  const hidden = size < SMALL ? 'large' : 'small';
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}.${hidden}{display:none}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

async function main(): Promise<void> {
  const executablePath = process.env['DANGOL_BROWSER'] || '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--force-color-profile=srgb'] });
  const page = await browser.newPage();
  for (const name of ['icon', 'file']) {
    const svg = await readFile(path.join(resources, `${name}.svg`), 'utf8');
    const drawn: Drawn[] = [];
    for (const size of SIZES) drawn.push({ size, png: await draw(page, svg, size) });
    await writeFile(path.join(resources, 'install', `${name}.ico`), icoOf(drawn));
    await writeFile(path.join(resources, 'install', `${name}.icns`), icnsOf(drawn));
    if (name === 'file') continue;
    await mkdir(path.join(resources, 'install/icons'), { recursive: true });
    for (const { size, png } of drawn) {
      if (size <= 512) await writeFile(path.join(resources, `install/icons/${size}x${size}.png`), png);
      // The window's own.
      if (size === 512) await writeFile(path.join(resources, 'icon.png'), png);
    }
  }
  await browser.close();
}

await main();

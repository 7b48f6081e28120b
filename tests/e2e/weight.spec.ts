import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { root } from './apps/places.ts';
import { expect, test } from './fixtures.ts';

/** What the first screen may weigh, packed as a web server would pack it, without fonts; in bytes. */
const FIRST_LOAD = 300_000;

const BUILT = path.join(root, 'out');
/**
 * What Electron starts, the window that it opens then, and the thread in which the core runs in both shells; by what their
 * built files are called, which for a part that is loaded on demand ends in its hash.
 */
const ENTRIES = {
  desktop: ['electron'],
  'electron-[^.]+': ['electron', 'zod'],
  'core-worker': ['better-sqlite3', 'uuid', 'yauzl', 'yazl', 'zod'],
};

/** Packages that an entry needs before it does anything: what is imported on demand is no part of it. */
function neededAtOnce(file: string, seen = new Map<string, Set<string>>()): Set<string> {
  const known = seen.get(file);
  if (known) return known;
  const packages = new Set<string>();
  seen.set(file, packages);
  for (const [, name] of fs.readFileSync(file, 'utf8').matchAll(STATIC_IMPORT)) {
    if (name!.startsWith('node:')) continue;
    if (!name!.startsWith('.')) packages.add(name!);
    else for (const one of neededAtOnce(path.join(path.dirname(file), name!), seen)) packages.add(one);
  }
  return packages;
}

/** As the bundler writes it: each on a line of its own. */
const STATIC_IMPORT = /^(?:import|export)\b[^'"\n]*?["']([^"'\n]+)["'];?$/gm;

for (const [entry, packages] of Object.entries(ENTRIES)) {
  test(`${entry} loads no more packages at once than it needs to open`, { tag: '@browser' }, () => {
    const named = new RegExp(`^${entry}\\.js$`);
    const file = fs.readdirSync(path.join(BUILT, 'main')).find((name) => named.test(name))!;
    expect([...neededAtOnce(path.join(BUILT, 'main', file))].sort()).toEqual(packages);
    // It can fail: the workbook's library is there to be loaded on demand.
    const all = fs.readdirSync(path.join(BUILT, 'main')).filter((name) => name.endsWith('.js'));
    const text = all.map((name) => fs.readFileSync(path.join(BUILT, 'main', name), 'utf8')).join('\n');
    for (const late of ['exceljs', 'age-encryption']) expect(text).toContain(`import("${late}")`);
  });
}

test(
  'the first screen weighs less than 300 KB and brings no charts',
  { tag: '@browser' },
  async ({ app }) => {
    await app.call('app.setUp', { name: '망원 1호', role: 'coordinator' });
    const first = await loadedBy(app.page, async () => {
      await app.page.reload();
      const search = app.page.getByRole('searchbox', { name: '지난 회차 찾기' });
      await search.fill('뷁쉙');
      await expect(app.page.getByText('‘뷁쉙’')).toBeVisible();
    });
    const weights = first.map(({ name, bytes }) => ({ name, bytes: gzipSync(bytes).byteLength }));
    const total = weights.reduce((sum, { bytes }) => sum + bytes, 0);
    const largest = weights.toSorted((a, b) => b.bytes - a.bytes).slice(0, 8);
    await test.info().attach('weight', { body: JSON.stringify({ total, largest }, null, 1) });
    expect(total, JSON.stringify(largest)).toBeLessThan(FIRST_LOAD);
    // A sum over nothing would pass too.
    expect(first.filter(({ name }) => name.endsWith('.css')).length).toBeGreaterThan(0);
    expect(total).toBeGreaterThan(50_000);
    expect(first.filter(({ name }) => isChart(name))).toEqual([]);
    expect(fs.readdirSync(path.join(BUILT, 'renderer/assets')).filter(isChart)).not.toEqual([]);
  },
);

const isChart = (name: string): boolean => /echarts/i.test(name);

/** Everything but fonts that the page fetches of its own files while something is done. */
async function loadedBy(page: Page, work: () => Promise<void>): Promise<{ name: string; bytes: Buffer }[]> {
  const names = new Set<string>();
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    const isOwn = ['document', 'script', 'stylesheet', 'image', 'other'].includes(request.resourceType());
    if (isOwn && request.method() === 'GET') names.add(pathname === '/' ? '/index.html' : pathname);
  });
  await work();
  // What is fetched beforehand for the next screen is part of it.
  await page.waitForLoadState('load');
  return [...names].map((name) => ({ name, bytes: fs.readFileSync(path.join(BUILT, 'renderer', name)) }));
}

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page, Request } from 'playwright';
import { openCore } from '#main/core.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { manyConflicts } from '#tests/support/many-conflicts.ts';
import { inBrowser, scroll, type Scrolling } from './in-browser.ts';

const CONFLICTS = 3000;
const FILES = 200;
const ROUNDS = 7;
/** Where each round comes from, when all that this screen asks for has been answered and drawn. */
const ELSEWHERE = '/settings';

export interface DeskFigures {
  load: number;
  conflicts: number;
  files: number;
  /**
   * From the change of the address to the frame in which the screen's own rows are drawn, in milliseconds: the first
   * time, with what is loaded and made then, and after that.
   */
  screens: Record<string, { first: number; median: number; max: number }>;
  scrolling: Record<string, Scrolling>;
}

/** A screen, what is there when it has answered, and its list where it has a long one. */
interface Screen {
  readonly name: string;
  readonly path: string;
  readonly there: string;
  readonly list?: { readonly at: string; readonly row: string; readonly height: number };
}

/** The coordinator's desk in Chromium: the national demo, 200 files, 3,000 conflicts. */
export async function desk(): Promise<DeskFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const dataDir = path.join(dir, 'store');
    const cli = path.join(import.meta.dirname, '../../src-main/shells/cli.ts');
    execFileSync(process.execPath, [cli, '--data', dataDir, 'demo', '--scale', 'national'], {
      stdio: 'ignore',
    });
    const opened = openCore({ dataDir, create: false });
    if (!opened.ok) throw new Error(opened.error.code);
    const core = opened.value;
    const call = async <M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>> => {
      const answer = await core.call(method, input);
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value as OutputOf<M>;
    };
    await call('app.setUp', { name: '사무실', role: 'coordinator' });
    const made = await manyConflicts({ call }, { count: CONFLICTS, files: FILES, dir });
    const imports = await call('imports.list', {});
    core.close();
    const load = Math.round(os.loadavg()[0]! * 100) / 100;
    const times = await inBrowser(dataDir, ELSEWHERE, (page) => walk(page, screensOf(imports)));
    return { load, conflicts: CONFLICTS, files: made.length, ...times };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

function screensOf(imports: OutputOf<'imports.list'>): Screen[] {
  const [newest, oldest] = [imports[0]!, imports.at(-1)!];
  return [
    { name: 'exchange', path: '/exchange', there: '[data-testid="past-imports"]' },
    { name: 'what a file brought', path: `/exchange/imports/${newest.id}`, there: '[data-testid="brought"]' },
    {
      name: 'what an evening changed',
      path: `/exchange/changes/${oldest.id}/${newest.id}`,
      there: '[data-testid="part"]',
    },
    { name: 'laptops', path: '/laptops', there: '[data-testid="laptop-row"]' },
    { name: 'late', path: '/laptops/late', there: 'main h1' },
    { name: 'state of the data', path: '/data-state', there: '[data-testid="data-lines"]' },
    {
      name: 'conflicts',
      path: '/conflicts',
      there: '[data-testid="conflict-option"]',
      list: { at: 'main [role="listbox"]', row: '[data-testid="conflict-row"]', height: 64 },
    },
    { name: 'duplicates', path: '/duplicates', there: '[data-testid="facts"], main .text-balance' },
    { name: 'kits', path: '/kits', there: '[data-testid="kit-line"]' },
    {
      name: 'shops',
      path: '/stores',
      there: 'main [role="option"]',
      list: { at: 'main [role="listbox"]', row: '[role="option"]', height: 72 },
    },
    { name: 'today', path: '/', there: 'main h1' },
  ];
}

async function walk(
  page: Page,
  screens: readonly Screen[],
): Promise<Pick<DeskFigures, 'screens' | 'scrolling'>> {
  const settled = whenSettled(page);
  const figures: DeskFigures['screens'] = {};
  const scrolling: DeskFigures['scrolling'] = {};
  for (const { name, path: at, there, list } of screens) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      times.push(await timeTo(page, at, there));
      if (list && round === 0) scrolling[name] = await scroll(page, list.at, list.row, list.height, null);
      await timeTo(page, ELSEWHERE, 'main h1');
      await settled();
    }
    const [first, ...later] = times;
    const sorted = later.toSorted((a, b) => a - b);
    figures[name] = {
      first: Math.round(first!),
      median: Math.round(sorted[Math.floor(sorted.length / 2)]!),
      max: Math.round(sorted.at(-1)!),
    };
  }
  return { screens: figures, scrolling };
}

/** Waits until a page has asked for nothing, has no answer to come and nothing to draw, twice in a row. */
function whenSettled(page: Page): () => Promise<void> {
  let asked = 0;
  let open = 0;
  // The stream of events stays open for as long as the page does.
  const isCall = (request: Request): boolean => new URL(request.url()).pathname.endsWith('/call');
  page.on('request', (request) => {
    if (!isCall(request)) return;
    asked += 1;
    open += 1;
  });
  const ended = (request: Request): void => {
    if (isCall(request)) open -= 1;
  };
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
  const idle = (): Promise<unknown> =>
    page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  return async () => {
    for (let before = -1, calm = 0; calm < 2; before = asked) {
      await idle();
      calm = asked === before && open <= 0 ? calm + 1 : 0;
    }
  };
}

/** Changes the address; the clock stops in the frame after the one in which what is waited for stands there. */
function timeTo(page: Page, at: string, there: string): Promise<number> {
  return page.evaluate(
    async ([path, selector]) => {
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      // What stands there now is of the screen before.
      const before = new Set(document.querySelectorAll(selector));
      const from = performance.now();
      location.hash = path;
      for (;;) {
        await frame();
        if ([...document.querySelectorAll(selector)].some((one) => !before.has(one))) break;
        if (performance.now() - from > 30_000) throw new Error(`${path} shows no ${selector}`);
      }
      return performance.now() - from;
    },
    [at, there] as const,
  );
}

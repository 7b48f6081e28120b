import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';
import { _electron, chromium, type Page } from 'playwright';
import { openCore } from '#main/core.ts';
import type { InputOf, Method, OutputOf } from '#shared/contract/contract.ts';
import { ko } from '../../src-renderer/features/today/i18n/ko.ts';
import { FLAGS } from './in-browser.ts';

/** What is opened: a store without a record, and the national demo with a visit day in a market today. */
const STORES = ['empty', 'national'] as const;
type StoreName = (typeof STORES)[number];

/** Where: the built command line's server with a page in a browser that runs already, and the stand-in for Electron. */
const PLACES = ['loopback', 'standIn'] as const;
type PlaceName = (typeof PLACES)[number];

export interface StartFigures {
  load: number;
  rounds: number;
  shops: number;
  /**
   * From the start of the process to the Today screen that answers: its day is drawn, and what is typed into its search
   * is answered by the core, in milliseconds. A round opens each store in each place once.
   */
  milliseconds: Record<PlaceName, Record<StoreName, number[]>>;
  medians: Record<PlaceName, Record<StoreName, number>>;
  /** National by empty of the same round. */
  ratios: Record<PlaceName, number[]>;
  /** Their median; at most 1.5 is wanted. */
  ratio: Record<PlaceName, number>;
}

const VISIT_DAY = '방문의 날';
/** No session is called like that. */
const NOWHERE = '뷁쉙';

const root = path.join(import.meta.dirname, '../..');

/** Time to the first screen with 66,000 shops and with none, in turn. The screens and the shells must be built. */
export async function start(rounds: number): Promise<StartFigures> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-bench-'));
  try {
    const stores = { empty: await emptyStore(dir), national: await nationalStore(dir) };
    const milliseconds: StartFigures['milliseconds'] = {
      loopback: { empty: [], national: [] },
      standIn: { empty: [], national: [] },
    };
    const load = Math.round(os.loadavg()[0]! * 100) / 100;
    // The first start of each fills the system's caches for all that follow, and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      for (const place of PLACES) {
        for (const name of round % 2 === 0 ? STORES : STORES.toReversed()) {
          const taken = await opened[place](stores[name]);
          if (round > 0) milliseconds[place][name].push(Math.round(taken));
        }
      }
    }
    const of = <T>(what: (place: PlaceName) => T): Record<PlaceName, T> => ({
      loopback: what('loopback'),
      standIn: what('standIn'),
    });
    const ratios = of((place) =>
      milliseconds[place].national.map((value, at) => hundredth(value / milliseconds[place].empty[at]!)),
    );
    return {
      load,
      rounds,
      shops: stores.national.shops,
      milliseconds,
      medians: of((place) => ({
        empty: median(milliseconds[place].empty),
        national: median(milliseconds[place].national),
      })),
      ratios,
      ratio: of((place) => median(ratios[place])),
    };
  } finally {
    fs.rmSync(dir, { recursive: true });
  }
}

interface Made {
  readonly dataDir: string;
  readonly shops: number;
  /** What the Today screen says of the day once it is drawn. */
  readonly day: string;
}

async function emptyStore(dir: string): Promise<Made> {
  const dataDir = path.join(dir, 'empty');
  return inCore(dataDir, async (call) => {
    const { counts } = await call('app.setUp', { name: '빈 노트북', role: 'trainer' });
    return { dataDir, shops: counts.stores, day: ko.nothingToday };
  });
}

async function nationalStore(dir: string): Promise<Made> {
  const dataDir = path.join(dir, 'national');
  return inCore(dataDir, async (call) => {
    await call('app.fillDemo', { scale: 'national', seed: 1 });
    const { counts, today } = await call('app.setUp', { name: '가득한 노트북', role: 'trainer' });
    const markets = await call('sites.search', { text: '시장', limit: 200 });
    const [largest] = markets
      .filter(({ kind }) => kind === 'traditionalMarket')
      .toSorted((a, b) => b.stores - a.stores);
    await call('sessions.plan', {
      site: largest!.id,
      kind: 'visitDay',
      title: VISIT_DAY,
      date: today,
    });
    return { dataDir, shops: counts.stores, day: VISIT_DAY };
  });
}

type Call = <M extends Method>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>;

async function inCore(dataDir: string, work: (call: Call) => Promise<Made>): Promise<Made> {
  const core = openCore({ dataDir, create: true });
  if (!core.ok) throw new Error(core.error.code);
  try {
    return await work(async (method, input) => {
      const answer = await core.value.call(method, input);
      if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
      return answer.value as OutputOf<typeof method>;
    });
  } finally {
    core.value.close();
  }
}

const opened: Record<PlaceName, (store: Made) => Promise<number>> = {
  async loopback({ dataDir, day }) {
    const browser = await chromium.launch({ executablePath: browserProgram(), args: FLAGS });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'ko-KR' });
      const from = Date.now();
      const server = spawn(
        process.execPath,
        [path.join(root, 'out/main/cli.js'), '--data', dataDir, 'serve', '--port', '0'],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
      try {
        const [url] = (await once(readline.createInterface(server.stdout), 'line')) as [string];
        await page.goto(url, { waitUntil: 'commit' });
        return (await todayAnswers(page, day)) - from;
      } finally {
        await ended(server);
      }
    } finally {
      await browser.close();
    }
  },

  async standIn({ dataDir, day }) {
    const from = Date.now();
    const app = await _electron.launch({
      executablePath: path.join(root, 'tests/support/electron-stand-in', STAND_IN),
      args: [root, '--lang=ko-KR', `--data=${dataDir}`, '--password-store=basic'],
      cwd: root,
      locale: 'ko-KR',
      timezoneId: 'Asia/Seoul',
    });
    try {
      return (await todayAnswers(await app.firstWindow(), day)) - from;
    } finally {
      await app.close();
    }
  },
};

const STAND_IN = process.platform === 'win32' ? 'electron.cmd' : 'electron';

function browserProgram(): string {
  return process.env['DANGOL_BROWSER'] ?? '/usr/bin/chromium';
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}

/**
 * When the screen was there and its search had answered a question that nothing answers to, in milliseconds since 1970.
 * The page is looked at in every frame, and typed into in the first that has the field.
 */
async function todayAnswers(page: Page, day: string): Promise<number> {
  const seen = await page.waitForFunction(
    ([said, typed]) => {
      const field = document.querySelector<HTMLInputElement>('main input[type="search"]');
      if (!field) return 0;
      if (field.value !== typed) {
        field.value = typed;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      const screen = document.querySelector('main')!.textContent;
      const past = document.querySelector('section[aria-labelledby="past"]')!.textContent;
      return screen.includes(said) && past.includes(typed) ? Date.now() : 0;
    },
    [day, NOWHERE] as const,
    { polling: 'raf' },
  );
  return seen.jsonValue();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}

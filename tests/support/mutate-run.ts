import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { readExchangeFile } from '#main/exchange/read.ts';
import { openDatabase } from '#main/store/sqlite.ts';
import { readKeyFile } from '#main/vault/key-file.ts';
import { Refusal, errorCodes } from '#shared/contract/errors.ts';
import { knownLine } from './damage-lines.ts';
import { dusk, exchangeFile, recordId, sha256 } from './exchange-builder.ts';
import { makeLaptop, makeScratchDir, type TestLaptop } from './laptop.ts';
import { goodFiles } from './mutate-good.ts';
import { mutationAt } from './mutate.ts';

/** More with DANGOL_MUTATED_FILES=100000; one alone with DANGOL_MUTATED_FILE=17. */
const FILES = Number(process.env['DANGOL_MUTATED_FILES'] ?? 10_000);
const ONLY = process.env['DANGOL_MUTATED_FILE'];
/** The whole of the data is looked at after so many files; a commit is noticed after each. */
const LOOK_EVERY = 500;

/** The codes that say something of a file; any other would be about this laptop. */
const FILE_CODES: readonly string[] = errorCodes.filter((code) => code.startsWith('FILE_'));

/** The numbers from 0 that leave `rest` when halved: two files share them, so that two processors do. */
export function indexesWith(rest: 0 | 1): number[] {
  const all = ONLY === undefined ? Array.from({ length: FILES }, (_none, i) => i) : [Number(ONLY)];
  return all.filter((index) => index % 2 === rest);
}

/** How many files met each end, by the kind of mutation. */
export type Tally = Map<string, Map<string, number>>;

/** Gives each mutated file to a laptop with work of its own, and holds what comes of it against what is allowed. */
export async function runMutations(indexes: readonly number[]): Promise<Tally> {
  const dir = makeScratchDir();
  const office = await officeIn(path.join(dir, 'office'));
  const watch = commitsOf(office);
  const tally: Tally = new Map();
  try {
    const look = async (): Promise<unknown> => {
      const seen = await held(office);
      // A dump is taken down in the record of access: that commit is the look's own.
      watch.commits();
      return seen;
    };
    const before = await look();
    const originals = new Set(await Promise.all(goodFiles().map(({ bytes }) => contentOf(bytes))));
    for (const [i, index] of indexes.entries()) {
      const { what, bytes } = mutationAt(index);
      const found = await endOf(office, index, originals).catch((error: unknown) => {
        throw new Error(`mutated file ${index} (${what}, ${bytes.length} bytes)`, { cause: error });
      });
      expect(watch.commits(), `mutated file ${index} (${what}) was written to the store`).toBe(0);
      count(tally, what, found);
      if (i % LOOK_EVERY === 0) expect(await look(), `before or at mutated file ${index}`).toEqual(before);
    }
    expect(await look()).toEqual(before);
  } finally {
    watch.close();
    office.close();
    fs.rmSync(dir, { recursive: true });
  }
  return tally;
}

/** What became of one file: the code of its refusal, `same` or `valid`. Throws when it may not be so. */
async function endOf(office: TestLaptop, index: number, originals: ReadonlySet<string>): Promise<string> {
  const { bytes, expected } = mutationAt(index);
  const content = await contentOf(bytes);
  const isRefused = FILE_CODES.includes(content);
  const isSame = originals.has(content);
  // What reads well says either what a good file says or, signed again, something else on purpose: that is tried out.
  const mayBeRefused = expected.outcome === 'refused' || expected.outcome === 'either';
  const dryRun = !(mayBeRefused && isRefused);
  const result = await office.call('exchange.import', { file: `${index}.dangol`, bytes, dryRun });
  if (result.status === 'refused') {
    const { code } = result.error!;
    expect(isRefused ? content : code).toBe(code);
    const codes: readonly string[] = expected.outcome === 'refused' ? expected.codes : FILE_CODES;
    expect(mayBeRefused ? codes : [expected.outcome]).toContain(code);
    return code;
  }
  expect(result).toMatchObject({ status: 'imported', import: null });
  expect(isSame ? ['same', 'either'] : ['valid']).toContain(expected.outcome);
  return isSame ? 'same' : 'valid';
}

/** What a reader gets out of a file, or the code that it is refused with. */
async function contentOf(bytes: Buffer): Promise<string> {
  try {
    const opened = await readExchangeFile('x', bytes);
    const blobs = [...opened.blobs].map(([name, blob]) => [name, sha256(blob)]).sort();
    return JSON.stringify([opened.manifestText, [...opened.changes()], blobs]);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.code;
  }
}

async function officeIn(dir: string): Promise<TestLaptop> {
  const office = makeLaptop('사무실', { dir });
  await office.call('records.write', {
    entity: 'site',
    id: recordId(1),
    set: { name: '망원시장 (우리 것)' },
  });
  const known = await office.take('dusk.dangol', exchangeFile({ author: dusk, lines: [knownLine] }));
  expect(known.status).toBe('imported');
  return office;
}

/** Everything that a refused file could have changed. */
async function held({ core, call, dump }: TestLaptop): Promise<unknown> {
  const { changes, records, blobs, faults } = await call('app.verify', {});
  const status = await core.call('app.status', {});
  return { dump: dump(), imports: await call('imports.list', {}), status, changes, records, blobs, faults };
}

/** How many times the store was written to since it was asked last, as another program sees it. */
function commitsOf({ dir }: TestLaptop): { commits(): number; close(): void } {
  const db = openDatabase(path.join(dir, 'store.db'), readKeyFile(dir), { mustExist: true });
  const version = (): number => db.pragma('data_version', { simple: true }) as number;
  let last = version();
  return {
    commits() {
      const now = version();
      const since = now - last;
      last = now;
      return since;
    },
    close: () => void db.close(),
  };
}

function count(tally: Tally, what: string, found: string): void {
  const ends = tally.get(what) ?? new Map<string, number>();
  tally.set(what, ends.set(found, (ends.get(found) ?? 0) + 1));
}

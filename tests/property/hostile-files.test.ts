import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownLine } from '#tests/support/damage-lines.ts';
import { changeIdAt, dawn, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { seal } from '#main/exchange/seal.ts';
import { hostileFiles, hostileInside } from '#tests/support/hostile-files.ts';
import type { ImportedAlone } from '#tests/support/import-alone.ts';
import { makeLaptop, makeScratchDir } from '#tests/support/laptop.ts';
import { keysIn } from '#tests/support/sealed.ts';

const ALONE = path.join(import.meta.dirname, '../support/import-alone.ts');

/** What a hostile file may cost; the time is the processor's, which does not depend on what else the machine does. */
const MAX_MEGABYTES = 512;
const MAX_SECONDS = 10;

let dir: string;
let before: unknown;

/** All that is in the laptop's store; it is open only meanwhile. */
async function held(fresh = false): Promise<unknown> {
  const office = makeLaptop('사무실', { dir: path.join(dir, 'office'), fresh });
  try {
    if (fresh) await office.take('dusk.dangol', exchangeFile({ author: dusk, lines: [knownLine] }));
    return {
      dump: office.dump(),
      imports: await office.call('imports.list', {}),
      verified: await office.call('app.verify', {}),
    };
  } finally {
    office.close();
  }
}

beforeAll(async () => {
  dir = makeScratchDir();
  before = await held(true);
});

afterAll(() => fs.rmSync(dir, { recursive: true }));

/** On a machine that does much else, ten seconds of the processor may take minutes. */
const PATIENCE = { timeout: 900_000 };

async function importAlone(store: string, file: string): Promise<ImportedAlone> {
  const run = await promisify(execFile)(process.execPath, [ALONE, store, file]);
  return JSON.parse(run.stdout) as ImportedAlone;
}

function expectCheap({ megabytes, seconds }: ImportedAlone): void {
  expect(megabytes).toBeLessThan(MAX_MEGABYTES);
  expect(seconds).toBeLessThan(MAX_SECONDS);
}

it.each(hostileFiles.map((one) => [one.what, one] as const))(
  '%s: refused within 512 MB and 10 seconds',
  PATIENCE,
  async (_what, { code, write }) => {
    const file = path.join(dir, 'hostile.dangol');
    write(file);
    const alone = await importAlone(path.join(dir, 'office'), file);
    expect(alone).toMatchObject({ status: 'refused', code });
    expectCheap(alone);
  },
);

it.each(hostileInside.map((one) => [one.what, one] as const))(
  '%s, sealed: refused within 512 MB and 10 seconds',
  PATIENCE,
  async (_what, { code, content, to }) => {
    const file = path.join(dir, 'hostile.dangol');
    const own = keysIn(path.join(dir, 'office')).publicKey;
    fs.writeFileSync(file, await seal(content(), to ?? [own]));
    const alone = await importAlone(path.join(dir, 'office'), file);
    expect(alone).toMatchObject({ status: 'refused', code });
    expectCheap(alone);
  },
);

it('none of them has left anything in the store', async () => {
  expect(before).toMatchObject({ verified: { faults: [] } });
  expect(await held()).toEqual(before);
});

it(
  'a record that 50,000 changes edit and 50,000 delete goes in within 512 MB and 10 seconds',
  PATIENCE,
  async () => {
    const file = path.join(dir, 'quarrel.dangol');
    const changes = Array.from({ length: 100_000 }, (_none, i) => ({
      id: changeIdAt(i >> 16, dawn, i & 0xffff),
      entity: 'store',
      record: recordId(2),
      set: i % 2 === 0 ? { note: `${i}` } : { deleted: true },
    }));
    fs.writeFileSync(file, exchangeFile({ lines: changes }));
    const store = path.join(dir, 'quarrel');
    makeLaptop('싸움', { dir: store }).close();
    const alone = await importAlone(store, file);
    expect(alone).toMatchObject({ status: 'imported' });
    expectCheap(alone);
  },
);

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFileWhole } from '#main/core.ts';
import { readExchangeFile } from '#main/exchange/read.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { messageOf } from '#shared/contract/messages.ts';
import { goodDraft, type DamageCase } from '#tests/support/damage.ts';
import { badEnvelopes } from '#tests/support/damage-envelopes.ts';
import { badLines, knownLine, rivals } from '#tests/support/damage-lines.ts';
import { badManifests } from '#tests/support/damage-manifests.ts';
import { changeIdAt, dusk, exchangeFile, recordId, sha256 } from '#tests/support/exchange-builder.ts';
import { makeLaptop, makeScratchDir, type TestLaptop } from '#tests/support/laptop.ts';

/** A laptop with work of its own that knows Dusk; every refusal must leave it as it is. */
let dir: string;
let office: TestLaptop;

beforeAll(async () => {
  dir = makeScratchDir();
  office = makeLaptop('사무실', { dir: path.join(dir, 'office') });
  await office.call('records.write', {
    entity: 'site',
    id: recordId(1),
    set: { name: '망원시장 (우리 것)' },
  });
  const known = await office.take('dusk.dangol', exchangeFile({ author: dusk, lines: [knownLine] }));
  expect(known.status).toBe('imported');
});

afterAll(() => {
  office.close();
  fs.rmSync(dir, { recursive: true });
});

/** Everything that a refused file could have changed. */
async function held(): Promise<unknown> {
  const { changes, records, blobs, faults } = await office.call('app.verify', {});
  const imports = await office.call('imports.list', {});
  return { dump: office.dump(), imports, changes, records, blobs, faults };
}

/** Imports a file from the disk in both ways that there are, and holds it against its refusal. */
async function expectRefused({ bytes, code, params = {} }: DamageCase): Promise<void> {
  const file = path.join(dir, 'from-the-market.dangol');
  const content = bytes();
  fs.writeFileSync(file, content);
  const before = await held();
  const error = { code, params: expect.objectContaining({ ...params }) as unknown };

  expect(await office.take(file, readFileWhole(file, content.length))).toMatchObject({
    status: 'refused',
    import: null,
    new: 0,
    error,
  });
  const run = office.core.importRun({ dryRun: false });
  await run.add(file, readFileWhole(file, content.length));
  expect(await run.finish()).toMatchObject([{ status: 'refused', import: null, new: 0, error }]);

  expect(await held()).toEqual(before);
  expect(fs.readFileSync(file).equals(content)).toBe(true);
}

const byWhat = (cases: readonly DamageCase[]): [string, DamageCase][] => cases.map((one) => [one.what, one]);

describe('a file is refused for its envelope', () => {
  it.each(byWhat(badEnvelopes))('%s', (_what, damage) => expectRefused(damage));
});

describe('a file is refused for its manifest', () => {
  it.each(byWhat(badManifests))('%s', (_what, damage) => expectRefused(damage));
});

describe('a file is refused for one line, and the lines before it do not go in', () => {
  it.each(byWhat(badLines))('%s', (_what, damage) => expectRefused(damage));
});

describe('a file is refused for what is known here', () => {
  it.each(byWhat(rivals))('%s', (_what, damage) => expectRefused(damage));

  it('a stranger in the name of this laptop', async () => {
    const { id } = (await office.call('app.status', {})).laptop;
    const impostor = { ...dusk, id };
    await expectRefused({
      what: 'impostor',
      code: 'LAPTOP_KEY_CHANGED',
      bytes: () => exchangeFile({ ...goodDraft, author: impostor }),
    });
  });

  it('until a person accepts the new key of a known laptop', async () => {
    const renewed = { ...dusk, key: goodDraft.author!.key };
    const line = { ...knownLine, id: changeIdAt(31, dusk), set: { name: '연남동시장' } };
    const bytes = exchangeFile({ author: renewed, lines: [line] });
    const refused = await office.take('renewed.dangol', bytes);
    expect(refused.error?.code).toBe('LAPTOP_KEY_CHANGED');
    await office.call('laptops.accept', {
      id: dusk.id,
      publicKey: String(refused.error?.params['publicKey']),
    });
    expect(await office.take('renewed.dangol', bytes)).toMatchObject({ status: 'imported', new: 1 });
    await office.call('imports.undo', { id: (await office.call('imports.list', {}))[0]!.id });
  });
});

describe('the rules that need no store', () => {
  const good = exchangeFile(goodDraft);

  /** What a reader gets out of a file, or the code that it is refused with. */
  async function contentOf(bytes: Buffer): Promise<string> {
    try {
      const opened = await readExchangeFile('x', bytes);
      const blobs = [...opened.blobs].map(([name, blob]) => [name, sha256(blob)]);
      return JSON.stringify([opened.manifestText, [...opened.changes()], blobs]);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return error.code;
    }
  }

  it('no beginning of a file is a file', async () => {
    for (let length = 0; length < good.length; length += 1) {
      const code = await contentOf(good.subarray(0, length));
      expect([length, code]).toEqual([length, length < 4 ? 'FILE_NOT_ZIP' : 'FILE_CUT_SHORT']);
    }
  });

  it('one altered bit anywhere is refused, or alters nothing that is read', async () => {
    const right = await contentOf(good);
    let refused = 0;
    for (let at = 0; at < good.length; at += 1) {
      const altered = Buffer.from(good);
      altered[at]! ^= 1 << (at % 8);
      const found = await contentOf(altered);
      if (found === right) continue;
      expect([at, found]).toEqual([at, expect.stringMatching(/^[A-Z_]+$/)]);
      refused += 1;
    }
    // What remains are times, modes and check sums of the zip itself: a small part.
    expect(refused).toBeGreaterThan(good.length * 0.7);
  });

  it('a file over the limit is not even read', () => {
    const file = path.join(dir, 'huge.dangol');
    fs.writeFileSync(file, '');
    fs.truncateSync(file, MAX_EXCHANGE_FILE + 1);
    expect(() => readFileWhole(file, MAX_EXCHANGE_FILE)).toThrow(
      expect.objectContaining({ code: 'FILE_TOO_LARGE' }),
    );
    fs.rmSync(file);
  });
});

describe('the sentence of a refusal', () => {
  it('does not let a file speak to the terminal, or without end', async () => {
    const name = `\u001b[31mred\u202e${'x'.repeat(5000)}`;
    const bytes = exchangeFile({
      ...goodDraft,
      parts: (parts) => [...parts, { name, content: Buffer.from('x') }],
    });
    const { error } = await office.take('loud.dangol', bytes);
    expect(error).toMatchObject({ code: 'FILE_ENTRY_FOREIGN', params: { entry: name } });
    const sentence = messageOf(error!, 'en');
    expect(sentence).toContain('red');
    expect(sentence).not.toMatch(/\p{Cc}|\u202e/u);
    expect(sentence.length).toBeLessThan(600);
  });
});

describe('what a file may hold', () => {
  it('the same file without damage goes in', async () => {
    const result = await office.take('good.dangol', exchangeFile(goodDraft));
    expect(result).toMatchObject({
      status: 'imported',
      new: 3,
      known: 0,
      conflicts: 1,
      records: { site: 1, store: 1, photo: 1 },
      laptop: { id: 'da0000000000000a', firstSeen: true },
    });
    expect((await office.call('app.verify', {})).faults).toEqual([]);
  });
});

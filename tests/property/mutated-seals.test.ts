import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isSealed, openSealed, type Opener } from '#main/exchange/seal.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { dawn } from '#tests/support/exchange-builder.ts';
import { befallen } from '#tests/support/mutate-bytes.ts';
import { seeded } from '#tests/support/random.ts';

const FIXTURES = path.join(import.meta.dirname, '../fixtures/exchange');
/** Sealed once, for Dawn and Dusk, and opened ever since: what lies on people's disks must not become unreadable. */
const sealed = fs.readFileSync(path.join(FIXTURES, 'day-v1-sealed.dangol'));
const inside = fs.readFileSync(path.join(FIXTURES, 'day-v1.dangol'));

const raw = (text: string | undefined): string => Buffer.from(text!, 'base64url').toString('base64');
const opener: Opener = {
  id: dawn.id,
  name: dawn.name,
  publicKey: raw(dawn.key.x),
  privateKey: raw(dawn.key.d),
};

const FILES = 5000;

it('a file that was sealed by an earlier version opens', async () => {
  expect(await openSealed('x', sealed, opener)).toEqual({ bytes: inside, recipients: 2 });
});

it(`of ${FILES} sealed files that something befell, each is refused or is what it was`, async () => {
  const found = new Map<string, number>();
  for (let index = 0; index < FILES; index += 1) {
    const { what, bytes } = befallen(seeded(index), sealed);
    const end = await endOf(bytes).catch((error: unknown) => {
      throw new Error(`file ${index} (${what})`, { cause: error });
    });
    if (end === 'same') expect(bytes.equals(sealed), `file ${index} (${what})`).toBe(true);
    found.set(end, (found.get(end) ?? 0) + 1);
  }
  // Each end is met, and nearly all of them are the payload's: that is most of the file.
  expect([...found.keys()].filter((end) => end !== 'same' && end !== 'other').sort()).toEqual([
    'FILE_CUT_SHORT',
    'FILE_NOT_ZIP',
    'FILE_SEALED',
    'FILE_SEALED_FOR_OTHERS',
  ]);
  expect(found.get('FILE_NOT_ZIP')).toBeGreaterThan(FILES / 2);
});

/** The code of the refusal; `same`: the content as it was; `other`: no seal is left, and it is for whoever reads zips. */
async function endOf(bytes: Buffer): Promise<string> {
  try {
    const opened = await openSealed('x', bytes, opener);
    if (!isSealed(bytes)) return 'other';
    expect(opened.bytes.equals(inside)).toBe(true);
    return 'same';
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('FILE_')) return error.code;
    throw error;
  }
}

import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { ErrorCode, ErrorParams } from '#shared/contract/errors.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { exchangeFile } from '#tests/support/exchange-builder.ts';
import { laptop } from '#tests/support/laptop.ts';

interface OnceBroke {
  readonly file: string;
  /** What came of it when it was let in. */
  readonly broke: string;
  readonly code: ErrorCode;
  readonly params: ErrorParams;
}

/** Files that mutation found, kept as they were. */
const onceBroke: readonly OnceBroke[] = [
  {
    file: 'field-of-every-object.dangol',
    broke: 'a field named isPrototypeOf: every reader of its record failed from then on',
    code: 'FILE_LINE_UNKNOWN',
    params: { line: 2, rule: 'field', at: 'set.isPrototypeOf' },
  },
  {
    file: 'manifest-byte-order-mark.dangol',
    broke: 'a byte order mark in front of the manifest: the list of imports could not be read from then on',
    code: 'FILE_MANIFEST_INVALID',
    params: { at: 'JSON' },
  },
];

it.each(onceBroke)('$broke', async ({ file, code, params }) => {
  const office = laptop('사무실');
  await office.take('good.dangol', exchangeFile(goodDraft));
  const before = office.dump();

  const bytes = fs.readFileSync(path.join(import.meta.dirname, '../fixtures/exchange', file));
  const result = await office.take(file, bytes);

  expect(result).toMatchObject({ status: 'refused', error: { code, params } });
  expect(office.dump()).toBe(before);
  expect(await office.call('imports.list', {})).toHaveLength(1);
  expect((await office.call('app.verify', {})).faults).toEqual([]);
});

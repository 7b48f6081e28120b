import { damaged, photoName, type DamageCase } from './damage.ts';
import { strangerKey, type FileDraft, type ManifestDraft } from './exchange-builder.ts';

/** One bit of an entry's content, which the zip then tells of rightly. */
const bitFlipped = (name: string, at: (content: Buffer) => number): Partial<FileDraft> => ({
  parts: (all) =>
    all.map((one) => {
      if (one.name !== name) return one;
      const content = Buffer.from(one.content);
      content[at(content)]! ^= 1;
      return { ...one, content };
    }),
});

const manifest = (edit: (manifest: ManifestDraft) => void): Partial<FileDraft> => ({
  manifest: (draft) => {
    edit(draft);
    return draft;
  },
});

const files = (draft: ManifestDraft): Record<string, Record<string, unknown>> =>
  draft['files'] as Record<string, Record<string, unknown>>;

/** What the manifest says, signed as it stands unless the signature is the damage. */
export const badManifests: readonly DamageCase[] = [
  damaged(
    'one bit of the manifest',
    'FILE_SIGNATURE_WRONG',
    bitFlipped('manifest.json', (content) => content.indexOf('2026-11-24')),
  ),
  damaged(
    'one bit of the signature',
    'FILE_SIGNATURE_WRONG',
    bitFlipped('manifest.sig', () => 10),
  ),
  damaged(
    'one bit of the lines',
    'FILE_HASH_WRONG',
    bitFlipped('changes.jsonl', () => 100),
    {
      entry: 'changes.jsonl',
    },
  ),
  damaged(
    'one bit of a photo',
    'FILE_HASH_WRONG',
    bitFlipped(photoName, () => 5),
    { entry: photoName },
  ),
  damaged('signed by another key', 'FILE_SIGNATURE_WRONG', { signer: strangerKey }),
  damaged('signed without its context', 'FILE_SIGNATURE_WRONG', { signed: (bytes) => bytes }),
  damaged('an empty signature', 'FILE_SIGNATURE_WRONG', { signature: () => '' }),
  damaged('a signature that is no base64', 'FILE_SIGNATURE_WRONG', { signature: (right) => `${right}!` }),
  damaged('a key that is no key', 'FILE_SIGNATURE_WRONG', {
    manifest: (draft) => ({ ...draft, device: { ...(draft['device'] as object), publicKey: 'AAAA' } }),
  }),
  damaged(
    'a later version',
    'FILE_VERSION_NEWER',
    manifest((draft) => (draft['version'] = 2)),
    { found: 2, known: 1 },
  ),
  invalid('a version that is a text', 'version', (draft) => (draft['version'] = '1')),
  invalid('another format', 'format', (draft) => (draft['format'] = 'zip')),
  invalid('an unknown purpose', 'purpose', (draft) => (draft['purpose'] = 'report')),
  invalid('a time that is none', 'createdAt', (draft) => (draft['createdAt'] = 'yesterday')),
  invalid('no laptop', 'device', (draft) => delete draft['device']),
  invalid('a laptop in capitals', 'device.id', (draft) => {
    draft['device'] = { ...(draft['device'] as object), id: 'DA0000000000000A' };
  }),
  invalid('fewer changes than none', 'counts.changes', (draft) => {
    draft['counts'] = { changes: -1, records: {} };
  }),
  invalid('no word of the lines', 'files.changes.jsonl', (draft) => delete files(draft)['changes.jsonl']),
  invalid('a listed file that no file may be', 'files.notes.txt', (draft) => {
    files(draft)['notes.txt'] = { bytes: 1, sha256: '0'.repeat(64) };
  }),
  invalid('a hash that is none', 'files.changes.jsonl.sha256', (draft) => {
    files(draft)['changes.jsonl']!['sha256'] = 'abc';
  }),
  damaged(
    'a manifest that is no JSON',
    'FILE_MANIFEST_INVALID',
    { manifest: () => '{"format":' },
    { at: 'JSON' },
  ),
  damaged('a manifest that is no text', 'FILE_MANIFEST_INVALID', {
    manifest: () => Buffer.from([0x22, 0xff, 0x22]),
  }),
  damaged('a manifest that is a list', 'FILE_MANIFEST_INVALID', { manifest: () => '[]' }),
  damaged('a manifest that is null', 'FILE_MANIFEST_INVALID', { manifest: () => 'null' }),
  damaged(
    'a bad hash',
    'FILE_HASH_WRONG',
    manifest((draft) => (files(draft)['changes.jsonl']!['sha256'] = '0'.repeat(64))),
    { entry: 'changes.jsonl' },
  ),
  damaged(
    'a photo listed under another hash',
    'FILE_HASH_WRONG',
    manifest((draft) => (files(draft)[photoName]!['sha256'] = '0'.repeat(64))),
    { entry: photoName },
  ),
  damaged(
    'a bad size',
    'FILE_SIZE_WRONG',
    manifest((draft) => (files(draft)['changes.jsonl']!['bytes'] = 1)),
    { entry: 'changes.jsonl' },
  ),
  damaged('a change more than counted', 'FILE_COUNT_WRONG', counted(2)),
  damaged('a change less than counted', 'FILE_COUNT_WRONG', counted(4)),
];

function invalid(what: string, at: string, edit: (manifest: ManifestDraft) => void): DamageCase {
  return damaged(what, 'FILE_MANIFEST_INVALID', manifest(edit), { at });
}

function counted(changes: number): Partial<FileDraft> {
  return manifest((draft) => (draft['counts'] = { changes, records: {} }));
}

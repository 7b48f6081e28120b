import { deflateRawSync } from 'node:zlib';
import { damaged, photoName, type DamageCase } from './damage.ts';
import type { FileDraft } from './exchange-builder.ts';
import type { ZipPart } from './zip-builder.ts';

function cutAt(share: number): DamageCase {
  return damaged(`cut short at ${share * 100}%`, 'FILE_CUT_SHORT', {
    bytes: (file) => file.subarray(0, Math.floor(file.length * share)),
  });
}

const parts = (edit: (parts: ZipPart[]) => ZipPart[]): Partial<FileDraft> => ({ parts: edit });
const part = (name: string, change: Partial<ZipPart>): Partial<FileDraft> =>
  parts((all) => all.map((one) => (one.name === name ? { ...one, ...change } : one)));
const without = (name: string): Partial<FileDraft> => parts((all) => all.filter((one) => one.name !== name));
const added = (...more: ZipPart[]): Partial<FileDraft> => parts((all) => [...all, ...more]);

const zeros = (): Buffer => Buffer.alloc(64 * 1024 * 1024);

/** The zip and its envelope. */
export const badEnvelopes: readonly DamageCase[] = [
  { what: 'empty', code: 'FILE_NOT_ZIP', bytes: () => Buffer.alloc(0), params: { reason: 'empty' } },
  { what: 'not a zip', code: 'FILE_NOT_ZIP', bytes: () => Buffer.from('상호,전화번호\n망원분식,\n') },
  {
    what: 'sealed, and cut off in its header',
    code: 'FILE_CUT_SHORT',
    bytes: () => Buffer.from('age-encryption.org/v1\n-> X25519 …\n'),
  },
  {
    what: 'sealed in a way of the future',
    code: 'FILE_SEALED',
    bytes: () => Buffer.from('age-encryption.org/v9\n-> moon\n'),
    params: { reason: 'age-encryption.org/v9' },
  },
  cutAt(0.1),
  cutAt(0.5),
  cutAt(0.99),
  damaged('its last byte gone', 'FILE_CUT_SHORT', { bytes: (file) => file.subarray(0, -1) }),
  damaged('bytes after its end', 'FILE_NOT_ZIP', {
    bytes: (file) => Buffer.concat([file, Buffer.from('x')]),
  }),
  damaged(
    'packed lines that are none',
    'FILE_NOT_ZIP',
    part('changes.jsonl', { packed: Buffer.alloc(40, 7) }),
  ),
  damaged(
    'an entry twice',
    'FILE_ENTRY_REPEATED',
    added({ name: 'changes.jsonl', content: Buffer.from('') }),
    {
      entry: 'changes.jsonl',
    },
  ),
  damaged('an entry of another program', 'FILE_ENTRY_FOREIGN', added(plain('notes.txt')), {
    entry: 'notes.txt',
  }),
  damaged('a blob by another name', 'FILE_ENTRY_FOREIGN', added(plain('blobs/photo.jpg'))),
  damaged('a blob with an upper-case name', 'FILE_ENTRY_FOREIGN', added(plain(`blobs/${'A'.repeat(64)}`))),
  damaged('a blob that the manifest lacks', 'FILE_ENTRY_FOREIGN', added(plain(`blobs/${'a'.repeat(64)}`))),
  damaged('a folder', 'FILE_ENTRY_FOREIGN', added(plain('blobs/'))),
  damaged('a name that leads out', 'FILE_ENTRY_FOREIGN', added(plain('../store.db')), {
    entry: '../store.db',
  }),
  damaged('a name from the root', 'FILE_ENTRY_FOREIGN', added(plain('/etc/passwd')), {
    entry: '/etc/passwd',
  }),
  damaged('a name of Windows', 'FILE_ENTRY_FOREIGN', added(plain('blobs\\..\\x')), { entry: 'blobs\\..\\x' }),
  damaged('a name with a null in it', 'FILE_ENTRY_FOREIGN', added(plain('manifest.json\0'))),
  damaged('no manifest', 'FILE_ENTRY_MISSING', without('manifest.json'), { entry: 'manifest.json' }),
  damaged('no signature', 'FILE_ENTRY_MISSING', without('manifest.sig'), { entry: 'manifest.sig' }),
  damaged('no lines', 'FILE_ENTRY_MISSING', without('changes.jsonl'), { entry: 'changes.jsonl' }),
  damaged('a photo missing', 'FILE_ENTRY_MISSING', without(photoName), { entry: photoName }),
  damaged('an encrypted entry', 'FILE_ENTRY_FOREIGN', part('changes.jsonl', { flags: 1 })),
  damaged('an unknown way of packing', 'FILE_ENTRY_FOREIGN', part('changes.jsonl', { method: 14 })),
  damaged(
    'a bomb: 64 MB of zeros',
    'FILE_ENTRY_BOMB',
    part('changes.jsonl', { content: zeros(), packed: deflateRawSync(zeros()) }),
  ),
  damaged(
    'a bomb that says it is small',
    'FILE_SIZE_WRONG',
    part('changes.jsonl', { packed: deflateRawSync(zeros()), size: 100 }),
  ),
  damaged('lines shorter than the zip says', 'FILE_SIZE_WRONG', part('changes.jsonl', { size: 9_999 })),
  damaged(
    'entries that overlap',
    'FILE_ENTRY_BOMB',
    parts((all) => [
      ...all,
      ...Array.from({ length: 20 }, (_none, i): ZipPart => ({
        ...plain(`blobs/${String(i).padStart(64, '0')}`),
        packed: Buffer.alloc(0),
        packedSize: 400,
        size: 400,
        offset: 0,
      })),
    ]),
  ),
  damaged(
    'too many entries',
    'FILE_ENTRY_BOMB',
    added(...Array.from({ length: 20_001 }, (_none, i) => plain(`blobs/${String(i).padStart(64, '0')}`))),
  ),
  damaged(
    'a signature of a megabyte',
    'FILE_ENTRY_BOMB',
    part('manifest.sig', { content: Buffer.alloc(2000, 65) }),
  ),
];

function plain(name: string): ZipPart {
  return { name, content: Buffer.from('x'), stored: true };
}

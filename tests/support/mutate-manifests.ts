import { exchangeFile, type ManifestDraft } from './exchange-builder.ts';
import type { GoodFile } from './mutate-good.ts';
import { refused, valid, type Expectation, type Mutate } from './mutation.ts';
import type { Random } from './random.ts';

/** JSON as it is to stand in the manifest, for what JavaScript cannot write. */
const raw = (text: string): string => `\u0001${text}\u0001`;
const RAW = /"\\u0001(.*?)\\u0001"/gs;

type Edit = (draft: ManifestDraft, random: Random) => unknown;
type Kind = readonly [expected: Expectation, edit: Edit];

const invalid = refused('FILE_MANIFEST_INVALID');

const at = (draft: ManifestDraft, member: string): ManifestDraft => draft[member] as ManifestDraft;
const lines = (draft: ManifestDraft): ManifestDraft => at(at(draft, 'files'), 'changes.jsonl');

/** Values of the wrong kind for any member. */
const WRONG = [
  'null',
  'true',
  '[]',
  '{}',
  '-1',
  '1.5',
  '1e999',
  '-1e999',
  '9007199254740993',
  '""',
  '"x"',
  '"\\ud800"',
];
const NO_NUMBERS = ['NaN', 'Infinity', '0x10', '01', '+1', '.5', '1.', "'1'", 'undefined', '1_000', ''];
const NO_COUNTS = ['null', 'true', '"1"', '[]', '{}', '-1', '1.5', '1e999', '9007199254740993'];

const kinds: Record<string, Kind> = {
  'a member less': [
    invalid,
    (draft, random) => {
      const member = random.pick(Object.keys(draft).filter((name) => name !== 'version'));
      delete draft[member];
    },
  ],
  'a member of the wrong kind': [
    invalid,
    (draft, random) => {
      draft[random.pick(['format', 'purpose', 'createdAt', 'device', 'counts', 'files'])] = raw(
        random.pick(WRONG),
      );
    },
  ],
  'a version': [
    refused('FILE_VERSION_NEWER', 'FILE_MANIFEST_INVALID'),
    (draft, random) => {
      draft['version'] = raw(
        random.pick(['0', '-1', '1.5', '2', '1e999', '"1"', 'null', '[1]', '9007199254740993']),
      );
    },
  ],
  'no JSON': [
    invalid,
    (draft, random) => {
      draft['more'] = raw(random.pick(NO_NUMBERS));
    },
  ],
  'a count': [
    invalid,
    (draft, random) => {
      at(draft, 'counts')[random.pick(['changes', 'records'])] = raw(
        random.pick(NO_COUNTS.filter((text) => text !== '{}')),
      );
    },
  ],
  'a count of records': [
    invalid,
    (draft, random) => {
      at(at(draft, 'counts'), 'records')['store'] = raw(random.pick(NO_COUNTS));
    },
  ],
  'more changes than there are': [
    refused('FILE_COUNT_WRONG', 'FILE_ENTRY_BOMB'),
    (draft, random) => {
      const counts = at(draft, 'counts');
      counts['changes'] =
        Number(counts['changes']) + random.pick([1, 2, 1000, 1_000_001, Number.MAX_SAFE_INTEGER - 1000]);
    },
  ],
  'a size': [
    refused('FILE_SIZE_WRONG', 'FILE_MANIFEST_INVALID'),
    (draft, random) => {
      lines(draft)['bytes'] = raw(
        random.pick([...NO_COUNTS, '0x10', '0', '1', '268435456', '9007199254740991']),
      );
    },
  ],
  'a hash': [
    refused('FILE_HASH_WRONG', 'FILE_MANIFEST_INVALID'),
    (draft, random) => {
      const hash = Buffer.from(random.bytes(32)).toString('hex');
      const wild = [hash, hash.toUpperCase(), hash.slice(1), `${hash}\n`, '', '__proto__'];
      lines(draft)['sha256'] = random.pick(wild);
    },
  ],
  'a file that is not there': [
    refused('FILE_ENTRY_MISSING', 'FILE_HASH_WRONG', 'FILE_MANIFEST_INVALID'),
    (draft, random) => {
      const hash = Buffer.from(random.bytes(32)).toString('hex');
      const name = random.pick([
        `blobs/${hash}`,
        'notes.txt',
        'manifest.json',
        'manifest.sig',
        '../x',
        '',
        'toString',
      ]);
      at(draft, 'files')[name] = {
        bytes: random.below(100),
        sha256: random.chance(0.8) ? hash : '0'.repeat(64),
      };
    },
  ],
  'no word of the lines': [
    invalid,
    (draft) => {
      delete at(draft, 'files')['changes.jsonl'];
    },
  ],
  'a laptop': [
    invalid,
    (draft, random) => {
      const id = random.pick([
        '',
        'x',
        'DA0000000000000A',
        'da0000000000000a\n',
        'da00000000000000a',
        '__proto__',
      ]);
      at(draft, 'device')['id'] = id;
    },
  ],
  'a key': [
    refused('FILE_SIGNATURE_WRONG', 'FILE_MANIFEST_INVALID'),
    (draft, random) => {
      const key = Buffer.from(random.bytes(random.pick([0, 1, 31, 32, 33, 48, 49, 500])));
      at(draft, 'device')['publicKey'] = key.toString(random.pick(['base64', 'base64url', 'hex']));
    },
  ],
  'half a surrogate pair': [
    invalid,
    (draft, random) => {
      const half = random.pick(['"\\ud83c"', '"\\udf3d\\ud83c"', '"망원\\udfff시장"']);
      const [home, member] = random.pick([
        [draft, 'title'],
        [draft, 'id'],
        [at(draft, 'device'), 'name'],
        [at(draft, 'device'), 'role'],
      ] as const);
      home[member] = raw(half);
    },
  ],
  'a text without end': [
    invalid,
    (draft, random) => {
      draft[random.pick(['title', 'id', 'createdAt'])] = 'ㅋ'.repeat(2000 + random.below(50_000));
    },
  ],
  'a time that is none': [
    invalid,
    (draft, random) => {
      draft['createdAt'] = random.pick([
        '2026-13-01T00:00:00Z',
        '2026-02-30T00:00:00Z',
        'now',
        '0',
        '2026-11-24',
      ]);
    },
  ],
  'too deep': [
    valid,
    (draft, random) => {
      const depth = 1000 + random.below(100_000);
      draft['more'] = raw('['.repeat(depth) + ']'.repeat(depth));
    },
  ],
  'a member twice': [
    valid,
    (draft) => {
      draft['more'] = raw('1,"title":"두 번째 제목"');
    },
  ],
  'unknown members': [
    valid,
    (draft, random) => {
      const names = ['__proto__', 'constructor', 'toString', 'then', '', 'more'];
      draft['more'] = raw(`1,${JSON.stringify(random.pick(names))}:{"polluted":true}`);
      at(draft, 'device')['more'] = raw('1,"__proto__":{"polluted":true}');
    },
  ],
  'wild texts': [
    valid,
    (draft, random) => {
      const texts = [
        '',
        ' ',
        '\u0000',
        '\u202e',
        '\ufeff',
        '<script>',
        '=1+1',
        "'; DROP TABLE change",
        '🥬'.repeat(50),
      ];
      draft['title'] = random.pick(texts);
      at(draft, 'device')['name'] = random.pick(texts);
      at(draft, 'device')['role'] = random.pick(texts.filter((text) => text.length < 40));
    },
  ],
  'counts of what nobody knows': [
    valid,
    (draft, random) => {
      const name = random.pick([
        '__proto__',
        'constructor',
        'toString',
        'isPrototypeOf',
        '',
        'a b',
        'weather',
      ]);
      at(draft, 'counts')['records'] = raw(`{${JSON.stringify(name)}:7}`);
    },
  ],
};

/** What the whole text of the manifest may be made into. */
const texts: Record<string, readonly [Expectation, (text: string) => string | Buffer]> = {
  'a byte order mark in front': [invalid, (text) => `\ufeff${text}`],
  'spaces and line feeds around': [valid, (text) => ` \r\n\t${text}\n\n`],
  'in UTF-16': [invalid, (text) => Buffer.from(text, 'utf16le')],
  'a null behind': [invalid, (text) => `${text}\0`],
  'another behind': [invalid, (text) => text + text],
  'half of it': [invalid, (text) => text.slice(0, text.length / 2)],
  'in no encoding': [
    invalid,
    (text) => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xed, 0xa0, 0x80, 0x7d])]),
  ],
  'in a list': [invalid, (text) => `[${text}]`],
  'a text': [invalid, (text) => JSON.stringify(text)],
  nothing: [invalid, () => ''],
  'only deep': [invalid, () => '{"files":'.repeat(100_000)],
};

export const changedManifest: Mutate = (random: Random, { draft }: GoodFile, index: number) => {
  // An id of its own, so that two that say the same are two files.
  const title = `${draft.title ?? '변형'} ${index}`;
  if (random.chance(0.2)) {
    const kind = random.pick(Object.keys(texts));
    const [expected, edit] = texts[kind]!;
    const bytes = exchangeFile({ ...draft, title, manifest: (manifest) => edit(JSON.stringify(manifest)) });
    return { what: `manifest: ${kind}`, bytes, expected };
  }
  const kind = random.pick(Object.keys(kinds));
  const [expected, edit] = kinds[kind]!;
  const bytes = exchangeFile({
    ...draft,
    title,
    manifest(manifest) {
      edit(manifest, random);
      return JSON.stringify(manifest).replace(RAW, (_all, text: string) => JSON.parse(`"${text}"`) as string);
    },
  });
  return { what: `manifest: ${kind}`, bytes, expected };
};

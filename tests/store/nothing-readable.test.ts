import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pass } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startCoreHost, type CoreHost } from '#main/shells/core-host.ts';
import { changeIdAt, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { scratchDir, valueOf } from '#tests/support/laptop.ts';
import { CANVAS_JPEG } from '#tests/support/pictures.ts';

const PASSPHRASE = '망원시장 앞 파란 우산';
const KNOWN = {
  shop: '아무도못읽을분식',
  owner: '홍길동아님',
  phone: '010-0000-7531',
  note: '사장님 손목이 아프심',
  draft: '쓰다 만 비밀 글',
  imported: '들어온상점이름',
  caption: '간판 옆 얼굴',
  search: '찾던사람이름',
  program: '아무도못읽을사업',
  english: 'Quite Readable Name',
};

/** Each as a program might have written it: UTF-8, both kinds of UTF-16, base64 would not be by accident. */
const spelled = Object.entries(KNOWN).flatMap(([what, text]) => {
  const wide = Buffer.from(text, 'utf16le');
  return [
    { what: `${what} in UTF-8`, bytes: Buffer.from(text, 'utf8') },
    { what: `${what} in UTF-16LE`, bytes: wide },
    { what: `${what} in UTF-16BE`, bytes: Buffer.from(wide).swap16() },
  ];
});
const sought = [
  ...spelled,
  { what: 'a photo', bytes: Buffer.from(CANVAS_JPEG).subarray(200, 264) },
  { what: 'the passphrase', bytes: Buffer.from(PASSPHRASE, 'utf8') },
  { what: 'an unencrypted database', bytes: Buffer.from('SQLite format 3\0') },
];

function readableIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      const held = fs.readFileSync(file);
      return sought.filter(({ bytes }) => held.includes(bytes)).map(({ what }) => `${entry.name}: ${what}`);
    });
}

async function fill(core: CoreHost): Promise<void> {
  const call = async (method: string, input: unknown): Promise<unknown> =>
    valueOf(await core.call(method, input));
  const write = (entity: string, n: number, set: object): Promise<unknown> =>
    call('records.write', { entity, id: recordId(n), set });
  await write('program', 1, { name: KNOWN.program, kind: 'street' });
  await write('site', 2, { program: recordId(1), name: '어느 거리', kind: 'street' });
  await write('store', 3, {
    site: recordId(2),
    name: KNOWN.shop,
    ownerName: KNOWN.owner,
    phone: KNOWN.phone,
  });
  await write('store', 4, { site: recordId(2), name: KNOWN.english, note: KNOWN.note });
  await call('photos.add', {
    bytes: new Uint8Array(CANVAS_JPEG),
    owner: recordId(3),
    ownerKind: 'store',
    caption: KNOWN.caption,
  });
  await call('drafts.put', { key: `store:${recordId(3)}:note`, value: KNOWN.draft });
  await call('place.put', { path: `/stores?text=${KNOWN.search}` });
}

it('nothing of a store can be read in its folder or in the temporary one, at work and at rest', async () => {
  const [dir, temporary] = [scratchDir(), scratchDir()];
  // What is not there is not found: the search itself must find something.
  fs.writeFileSync(path.join(temporary, 'plain.txt'), Buffer.from(KNOWN.phone, 'utf16le'));
  expect(readableIn(temporary)).toEqual(['plain.txt: phone in UTF-16LE']);
  fs.rmSync(path.join(temporary, 'plain.txt'));

  const usual = process.env['TMPDIR'];
  process.env['TMPDIR'] = temporary;
  expect(os.tmpdir()).toBe(temporary);
  const made = new Set<string>();
  const watcher = fs.watch(temporary, { recursive: true }, (_kind, name) => made.add(String(name)));
  try {
    const core = await startCoreHost({ dataDir: dir, create: true, unlock: { secret: PASSPHRASE } });
    await fill(core);
    expect(readableIn(dir)).toEqual([]);
    const lines = [
      { id: changeIdAt(7), entity: 'store', record: recordId(7), set: { name: KNOWN.imported } },
    ];
    const bytes = new Uint8Array(exchangeFile({ author: dusk, lines }));
    valueOf(await core.call('exchange.import', { file: 'one.dangol', bytes }));
    const report = core.call('report.workbook', {});
    const looked: string[] = [];
    let making = true;
    const looking = (async () => {
      while (making) {
        looked.push(...readableIn(dir));
        await pass(5);
      }
    })();
    valueOf(await report);
    making = false;
    await looking;
    expect(looked).toEqual([]);
    expect(fs.readdirSync(path.join(dir, 'backups'))).toHaveLength(1);
    await core.close();
  } finally {
    watcher.close();
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
  }
  expect(readableIn(dir)).toEqual([]);
  expect(fs.readdirSync(dir).sort()).toEqual(['backups', 'store.db', 'store.first', 'vault.json']);
  // Nothing was put into the temporary folder at any time, so nothing in it could be read.
  expect([...made]).toEqual([]);
});

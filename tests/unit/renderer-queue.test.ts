import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test } from 'vitest';
import type { FileSight, ImportedFile } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { fakeApi } from '#tests/support/fake-api.ts';
import { ApiError, setTransport } from '../../src-renderer/api.ts';
import type { Chosen } from '../../src-renderer/features/exchange/gather.ts';
import { useFileQueue } from '../../src-renderer/features/exchange/queue.ts';

const file = (name: string): Chosen => ({
  file: new File([name], `${name}.dangol`, { lastModified: 1 }),
  folder: '',
});

const bare = (bytes: Uint8Array, more: object = {}): FileSight =>
  ({
    manifest: { purpose: 'session' },
    laptop: {},
    sha256: new TextDecoder().decode(bytes),
    digest: { programs: [] },
    already: null,
    unknownPrograms: [],
    ...more,
  }) as unknown as FileSight;

const imported = (name: string, more: object = {}): ImportedFile => ({
  file: name,
  status: 'imported',
  import: name,
  new: 1,
  known: 0,
  conflicts: 0,
  clockSuspect: 0,
  records: {},
  laptop: null,
  unknownPrograms: [],
  ...more,
});

const stages = () =>
  useFileQueue().items.map(({ file: { name }, stage }) => `${name.slice(0, 1)} ${stage.at}`);

/** A core that looks at every file and merges as `merge` says; what disagrees is known when the job has ended. */
function core(
  merge: (name: string) => ImportedFile | Promise<ImportedFile>,
  conflicts = 0,
  see: (name: string) => object = () => ({}),
) {
  const added: ImportedFile[] = [];
  const api = fakeApi({
    'exchange.inspect': ({ file: name, bytes }) => {
      if (name.startsWith('x')) throw new Refusal('FILE_NOT_ZIP', { file: name, reason: '' });
      return bare(bytes, see(name));
    },
    'imports.begin': () => {
      added.length = 0;
      return { run: 'run' };
    },
    'imports.add': async ({ file: name }) => {
      const result = await merge(name);
      added.push(result);
      return result;
    },
    'imports.finish': () => added.map((result) => ({ ...result, conflicts })),
    'laptops.accept': ({ id }) => ({ id, name: '', fingerprint: '', firstSeen: false }),
  });
  setTransport(api);
  return api;
}

async function looked(names: readonly string[]) {
  const queue = useFileQueue();
  queue.add(names.map(file));
  await expect.poll(() => queue.pending).toBe(0);
  return queue;
}

beforeEach(() => setActivePinia(createPinia()));

describe('the chosen files', () => {
  test('are each looked at once, and merged only when told to', async () => {
    const api = core((name) => imported(name));
    const queue = await looked(['a', 'x', 'b', 'a']);
    expect(stages()).toEqual(['a ready', 'x refused', 'b ready']);
    expect(api.calls.map(({ method }) => method)).not.toContain('imports.add');
    await queue.merge();
    expect(stages()).toEqual(['a done', 'x refused', 'b done']);
    expect(queue.summary).toMatchObject({ merged: 2, refused: 1, new: 2 });
  });

  test('tell what disagrees when the last one is in', async () => {
    const api = core((name) => imported(name), 2);
    const queue = await looked(['a', 'b']);
    await queue.merge();
    expect(queue.summary).toMatchObject({ merged: 2, conflicts: 4 });
    expect(
      api.calls.filter(({ method }) => method.startsWith('imports.')).map(({ method }) => method),
    ).toEqual(['imports.begin', 'imports.add', 'imports.add', 'imports.finish']);
  });

  test('after a stop, the file under way goes in and the others stay ready', async () => {
    let finish = (): void => undefined;
    core((name) => new Promise((resolve) => (finish = () => resolve(imported(name)))));
    const queue = await looked(['a', 'b', 'c']);
    const run = queue.merge();
    await expect.poll(stages).toEqual(['a merging', 'b ready', 'c ready']);
    expect([queue.finished, queue.planned]).toEqual([0, 3]);
    queue.stop();
    finish();
    await run;
    expect(stages()).toEqual(['a done', 'b ready', 'c ready']);
    expect(queue.merging).toBe(false);
  });

  test('clearing the list leaves the file that is going in', async () => {
    let finish = (): void => undefined;
    core((name) => new Promise((resolve) => (finish = () => resolve(imported(name)))));
    const queue = await looked(['a', 'b', 'c']);
    const run = queue.merge();
    await expect.poll(stages).toEqual(['a merging', 'b ready', 'c ready']);
    queue.clear();
    finish();
    await run;
    expect(stages()).toEqual(['a done']);
  });

  test('a refused file keeps no other out', async () => {
    core((name) =>
      imported(
        name,
        name.startsWith('b')
          ? { status: 'refused', error: { code: 'CHANGE_ALTERED', params: {} } }
          : undefined,
      ),
    );
    const queue = await looked(['a', 'b', 'c']);
    await queue.merge();
    expect(stages()).toEqual(['a done', 'b refused', 'c done']);
  });

  test.each([
    ['a full disk', () => imported('b', { status: 'refused', error: { code: 'DISK_FULL', params: {} } })],
    ['a core that is gone', () => Promise.reject(new TypeError('fetch failed'))],
  ])('%s is no fault of the file: it stays ready, and so do the rest', async (_what, fail) => {
    let broken = true;
    core((name) => (name.startsWith('b') && broken ? fail() : imported(name)));
    const queue = await looked(['a', 'b', 'c']);
    await queue.merge();
    expect(stages()).toEqual(['a done', 'b ready', 'c ready']);
    expect(queue.error).not.toBeNull();
    broken = false;
    await queue.merge();
    expect(stages()).toEqual(['a done', 'b done', 'c done']);
    expect(queue.error).toBeNull();
  });

  test('a new key that a person accepts lets in what was refused for it, and nothing else', async () => {
    let accepted = false;
    const params = { laptop: 'b2', publicKey: 'new', name: '반송', fingerprint: '' };
    const api = core((name) => {
      if (name.startsWith('o')) {
        const error = { code: 'LAPTOP_KEY_CHANGED', params: { ...params, publicKey: 'other' } };
        return imported(name, { status: 'refused', error });
      }
      return accepted
        ? imported(name)
        : imported(name, { status: 'refused', error: { code: 'LAPTOP_KEY_CHANGED', params } });
    });
    const queue = await looked(['a', 'b', 'o']);
    await queue.merge();
    expect(stages()).toEqual(['a refused', 'b refused', 'o refused']);
    accepted = true;
    await queue.acceptKey(new ApiError({ code: 'LAPTOP_KEY_CHANGED', params }));
    expect(stages()).toEqual(['a ready', 'b ready', 'o refused']);
    await queue.merge();
    expect(stages()).toEqual(['a done', 'b done', 'o refused']);
    expect(api.calls.find(({ method }) => method === 'laptops.accept')?.input).toEqual({
      id: 'b2',
      publicKey: 'new',
    });
  });

  test('a file that cannot be read is refused with a reason', async () => {
    core((name) => imported(name));
    const folder = file('d');
    folder.file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    const queue = useFileQueue();
    queue.add([folder]);
    await expect.poll(stages).toEqual(['d refused']);
    const [item] = queue.items;
    expect(item?.stage).toMatchObject({
      error: { code: 'FILE_UNREADABLE', params: { reason: 'NotReadableError' } },
    });
  });

  test.each([
    ['empty', new File([], 'e.dangol'), { code: 'FILE_EMPTY', params: { file: 'e.dangol' } }],
    [
      'larger than any',
      Object.defineProperty(new File(['x'], 'e.dangol'), 'size', { value: 2 ** 40 }),
      { code: 'FILE_TOO_LARGE', params: { file: 'e.dangol', bytes: 2 ** 40 } },
    ],
  ])('a file that is %s is named so, and the core is not bothered with it', async (_what, odd, error) => {
    const api = core((name) => imported(name));
    const queue = useFileQueue();
    queue.add([{ file: odd, folder: '' }, file('a')]);
    await expect.poll(() => queue.pending).toBe(0);
    expect(queue.items[0]!.stage).toMatchObject({ at: 'refused', error });
    expect([queue.ready, api.calls.length]).toEqual([1, 1]);
  });

  test('the same content under another name is named, goes in once, and takes over when the first is taken off', async () => {
    const api = core((name) => imported(name));
    const queue = useFileQueue();
    const copy = { ...file('a'), file: new File(['a'], 'copy of a.dangol') };
    queue.add([file('a'), copy, { ...file('a'), folder: '어제' }, file('b')]);
    await expect.poll(() => queue.pending).toBe(0);
    expect(queue.ready).toBe(2);
    expect([...queue.standings.values()].map(({ is }) => is)).toEqual(['go', 'twin', 'twin', 'go']);
    expect(queue.standings.get(queue.items[1]!.key)).toEqual({ is: 'twin', of: 'a.dangol' });
    await queue.merge();
    expect(api.calls.filter(({ method }) => method === 'imports.add')).toHaveLength(2);
    expect(queue.summary).toMatchObject({ merged: 2, twins: 2 });
    queue.remove(queue.items[0]!.key);
    expect(queue.ready).toBe(1);
  });

  test('a file that was merged before is not merged again, unless that was undone meanwhile', async () => {
    let already: object | null = { import: 'id', file: 'old.dangol', importedAt: '2026-11-24T01:00:00.000Z' };
    const api = core(
      (name) => imported(name),
      0,
      (name) => ({ already: name.startsWith('a') ? already : null }),
    );
    const queue = await looked(['a', 'b']);
    await queue.merge();
    expect(stages()).toEqual(['a ready', 'b done']);
    expect(queue.summary).toMatchObject({ merged: 1, already: 1 });
    already = null;
    queue.lookAgainAt('another');
    expect(queue.ready).toBe(0);
    queue.lookAgainAt('id');
    await expect.poll(() => queue.ready).toBe(1);
    expect(api.calls.filter(({ method }) => method === 'exchange.inspect')).toHaveLength(3);
  });

  test('a file of another programme is left out until a person takes it, and keeps no other out', async () => {
    core(
      (name) => imported(name),
      0,
      (name) => ({ unknownPrograms: name.startsWith('f') ? [{ id: 'p', name: '남의 사업' }] : [] }),
    );
    const queue = await looked(['f', 'a']);
    await queue.merge();
    expect(stages()).toEqual(['f ready', 'a done']);
    expect(queue.summary).toMatchObject({ merged: 1, foreign: 1 });
    const { key } = queue.items[0]!;
    queue.take(key, true);
    expect(queue.ready).toBe(1);
    queue.take(key, false);
    expect(queue.ready).toBe(0);
    queue.take(key, true);
    await queue.merge();
    expect(stages()).toEqual(['f done', 'a done']);
  });

  test('a refused file that is chosen again is looked at again', async () => {
    const api = core((name) => imported(name));
    const queue = await looked(['x', 'a']);
    queue.add([file('x'), file('a')]);
    await expect.poll(() => queue.pending).toBe(0);
    expect(stages()).toEqual(['x refused', 'a ready']);
    expect(api.calls.filter(({ method }) => method === 'exchange.inspect')).toHaveLength(3);
  });

  test('two hundred are looked at with one in memory at a time, and taken off in the middle', async () => {
    core((name) => imported(name));
    const queue = useFileQueue();
    let held = 0;
    let most = 0;
    const many = Array.from({ length: 200 }, (_none, i): Chosen => {
      const one = file(`n${i}`);
      const read = one.file.arrayBuffer.bind(one.file);
      one.file.arrayBuffer = async () => {
        most = Math.max(most, (held += 1));
        const bytes = await read();
        held -= 1;
        return bytes;
      };
      return one;
    });
    queue.add(many);
    queue.remove(queue.items[150]!.key);
    await expect.poll(() => queue.pending).toBe(0);
    expect([queue.ready, most]).toEqual([199, 1]);
    queue.clear();
    expect(queue.items).toEqual([]);
  });
});

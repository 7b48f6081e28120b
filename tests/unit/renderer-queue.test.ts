import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, test } from 'vitest';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { fakeApi } from '#tests/support/fake-api.ts';
import { ApiError, setTransport } from '../../src-renderer/api.ts';
import { useFileQueue } from '../../src-renderer/features/exchange/queue.ts';

const file = (name: string): File => new File([name], `${name}.dangol`, { lastModified: 1 });

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
function core(merge: (name: string) => ImportedFile | Promise<ImportedFile>, conflicts = 0) {
  const added: ImportedFile[] = [];
  const api = fakeApi({
    'exchange.inspect': ({ file: name }) => {
      if (name.startsWith('x')) throw new Refusal('FILE_NOT_ZIP', { file: name, reason: '' });
      return { manifest: {}, laptop: {} } as never;
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
    folder.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'));
    const queue = useFileQueue();
    queue.add([folder]);
    await expect.poll(stages).toEqual(['d refused']);
    const [item] = queue.items;
    expect(item?.stage).toMatchObject({
      error: { code: 'FILE_UNREADABLE', params: { reason: 'NotReadableError' } },
    });
  });
});

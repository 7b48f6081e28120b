import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ImportedFile } from '#shared/contract/exchange.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { ApiError, call, Unreachable } from '../../api.ts';
import {
  countAt,
  importsOf,
  isSameFile,
  standingsOf,
  summaryOf,
  type QueuedFile,
  type Sight,
  type Stage,
} from './file-queue.ts';
import type { Chosen, Gathered } from './gather.ts';

/** What is wrong with this laptop and not with the file: the next one would fare no better, and this one is not at fault. */
const NOT_THE_FILE = ['DISK_FULL', 'DISK_FAILED', 'STORE_BUSY'];

/**
 * The files that a person chose, looked at and merged one after another. It outlives the screen: who goes to settle a
 * conflict while the rest goes in comes back to the same list.
 */
export const useFileQueue = defineStore('exchange-queue', () => {
  const items = shallowRef<readonly QueuedFile[]>([]);
  /** Files of other programmes that a person wants in, by key. */
  const taken = shallowRef<ReadonlySet<string>>(new Set());
  /** What was passed over when files were last dropped or chosen; null when that was nothing. */
  const passed = shallowRef<Omit<Gathered, 'chosen'> | null>(null);
  const merging = ref(false);
  const stopping = ref(false);
  /** All files are in; the tables are being brought up to date. */
  const tallying = ref(false);
  const finished = ref(0);
  /** Why the last run ended before its end; the files that it did not come to are still ready. */
  const error = shallowRef<unknown>(null);
  let looking = false;
  let last = 0;

  const pending = computed(() => countAt(items.value, 'waiting', 'looking'));
  const standings = computed(() => standingsOf(items.value, taken.value));
  const ready = computed(() => [...standings.value.values()].filter(({ is }) => is === 'go').length);
  /** How many go in, in the run under way; files may join it. */
  const planned = computed(() => finished.value + ready.value + countAt(items.value, 'merging'));
  const summary = computed(() => summaryOf(items.value, standings.value));
  const imports = computed(() => importsOf(items.value));

  function put(key: string, stage: Stage): void {
    items.value = items.value.map((item) => (item.key === key ? { ...item, stage } : item));
  }

  /** Takes up what was dropped or chosen, and remembers what of it was no session file. */
  function addGathered({ chosen, ...rest }: Gathered): void {
    const { others, closed, cut } = rest;
    passed.value = others.count > 0 || closed.length > 0 || cut || chosen.length === 0 ? rest : null;
    add(chosen);
  }

  function add(chosen: readonly Chosen[]): void {
    const fresh: QueuedFile[] = [];
    for (const one of chosen) {
      const { file, folder, unreadable } = one;
      const before = [...items.value, ...fresh].find((item) => isSameFile(item, one));
      // Who chooses a refused file again has mended something, or wants to see.
      if (before?.stage.at === 'refused') put(before.key, { at: 'waiting' });
      if (before) continue;
      last += 1;
      const error = unreadable === undefined ? null : notReadable(file, unreadable);
      const stage: Stage = error ? { at: 'refused', seen: null, error } : { at: 'waiting' };
      fresh.push({ key: String(last), file, folder, stage });
    }
    items.value = [...items.value, ...fresh];
    void lookAtAll();
  }

  /** A file that the system handed to the program and that could not be read. */
  function addRefused(name: string, error: unknown): void {
    last += 1;
    const stage: Stage = { at: 'refused', seen: null, error };
    items.value = [...items.value, { key: String(last), file: new File([], name), folder: '', stage }];
  }

  async function lookAtAll(): Promise<void> {
    if (looking) return;
    looking = true;
    for (let next = first('waiting'); next; next = first('waiting')) await look(next);
    looking = false;
  }

  function first(at: Stage['at']): QueuedFile | undefined {
    return items.value.find(({ stage }) => stage.at === at);
  }

  function nextToMerge(): QueuedFile | undefined {
    return items.value.find(({ key }) => standings.value.get(key)?.is === 'go');
  }

  async function look({ key, file }: QueuedFile): Promise<void> {
    put(key, { at: 'looking' });
    try {
      const bytes = await bytesOf(file);
      put(key, { at: 'ready', seen: await call('exchange.inspect', { file: file.name, bytes }) });
    } catch (why) {
      put(key, { at: 'refused', seen: null, error: why });
    }
  }

  /**
   * Merges what is ready as one job, file by file; what is wrong with one keeps no other out. When the last one is in,
   * or the person stopped, the tables are brought up to date, and then it is known what disagrees.
   */
  async function merge(): Promise<void> {
    if (merging.value) return;
    merging.value = true;
    stopping.value = false;
    error.value = null;
    finished.value = 0;
    try {
      const { run } = await call('imports.begin');
      const added: string[] = [];
      for (let next = nextToMerge(); next && !stopping.value; next = nextToMerge()) {
        if (await mergeOne(run, next)) added.push(next.key);
        finished.value += 1;
      }
      tallying.value = true;
      const results = await call('imports.finish', { run });
      added.forEach((key, i) => settle(key, results[i]!));
    } catch (why) {
      error.value = why;
    } finally {
      tallying.value = false;
      merging.value = false;
    }
  }

  /** Whether the core took the file into the job, be it to refuse it. */
  async function mergeOne(run: string, { key, file, stage }: QueuedFile): Promise<boolean> {
    if (stage.at !== 'ready') return false;
    const { seen } = stage;
    put(key, { at: 'merging', seen });
    try {
      const result = await call('imports.add', { run, file: file.name, bytes: await bytesOf(file) });
      settle(key, result);
      return true;
    } catch (why) {
      fail(key, seen, why);
      return false;
    }
  }

  /** What became of a file, as far as it is known: what disagrees comes with the end of the job. */
  function settle(key: string, result: ImportedFile): void {
    const stage = items.value.find((item) => item.key === key)?.stage;
    if (!stage || !('seen' in stage) || !stage.seen) return;
    if (result.error) fail(key, stage.seen, new ApiError(result.error));
    else put(key, { at: 'done', seen: stage.seen, result });
  }

  function fail(key: string, seen: Sight, why: unknown): void {
    if (isTheFile(why)) return put(key, { at: 'refused', seen, error: why });
    put(key, { at: 'ready', seen });
    error.value = why;
    stopping.value = true;
  }

  /** The file that is being merged goes in whole; the others stay as they are. */
  function stop(): void {
    stopping.value = true;
  }

  /** Takes the key that a known laptop has now, after a person has compared it; what was refused for it is ready then. */
  async function acceptKey({ params }: ApiError): Promise<void> {
    const [id, publicKey] = [String(params['laptop']), String(params['publicKey'])];
    await call('laptops.accept', { id, publicKey });
    for (const { key, stage } of items.value) {
      const isIt =
        stage.at === 'refused' &&
        stage.error instanceof ApiError &&
        stage.error.code === 'LAPTOP_KEY_CHANGED' &&
        stage.error.params['publicKey'] === publicKey;
      if (isIt && stage.seen) put(key, { at: 'ready', seen: stage.seen });
    }
  }

  /** Takes a file of another programme in with the others, or leaves it out again. */
  function take(key: string, wanted: boolean): void {
    const next = new Set(taken.value);
    if (wanted) next.add(key);
    else next.delete(key);
    taken.value = next;
  }

  /** An import was undone: the same file may go in once more. */
  function lookAgainAt(id: string): void {
    for (const { key, stage } of items.value) {
      if (stage.at === 'ready' && stage.seen.already?.import === id) put(key, { at: 'waiting' });
    }
    void lookAtAll();
  }

  function remove(key: string): void {
    items.value = items.value.filter((item) => item.key !== key);
  }

  function clear(): void {
    items.value = items.value.filter(({ stage }) => stage.at === 'merging');
    passed.value = null;
  }

  return {
    items,
    standings,
    taken,
    passed,
    imports,
    merging,
    stopping,
    tallying,
    planned,
    finished,
    error,
    pending,
    ready,
    summary,
    add,
    addGathered,
    addRefused,
    take,
    lookAgainAt,
    merge,
    stop,
    acceptKey,
    remove,
    clear,
  };
});

function isTheFile(why: unknown): boolean {
  return !(why instanceof Unreachable || (why instanceof ApiError && NOT_THE_FILE.includes(why.code)));
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MAX_EXCHANGE_FILE) {
    throw new ApiError({
      code: 'FILE_TOO_LARGE',
      params: { file: file.name, bytes: file.size, limit: MAX_EXCHANGE_FILE },
    });
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (bytes.length === 0) throw new ApiError({ code: 'FILE_EMPTY', params: { file: file.name } });
    return bytes;
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // A folder, or a file that was moved away after it was chosen.
    throw notReadable(file, error instanceof Error ? error.name : '');
  }
}

function notReadable({ name }: File, reason: string): ApiError {
  return new ApiError({ code: 'FILE_UNREADABLE', params: { file: name, reason } });
}

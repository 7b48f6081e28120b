import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { ApiError, call, Unreachable } from '../../api.ts';
import { countAt, isSameFile, summaryOf, type QueuedFile, type Stage } from './file-queue.ts';

/** What is wrong with this laptop and not with the file: the next one would fare no better, and this one is not at fault. */
const NOT_THE_FILE = ['DISK_FULL', 'STORE_BUSY'];

/**
 * The files that a person chose, looked at and merged one after another. It outlives the screen: who goes to settle a
 * conflict while the rest goes in comes back to the same list.
 */
export const useFileQueue = defineStore('exchange-queue', () => {
  const items = shallowRef<readonly QueuedFile[]>([]);
  const merging = ref(false);
  const stopping = ref(false);
  const finished = ref(0);
  /** Why the last run ended before its end; the files that it did not come to are still ready. */
  const error = shallowRef<unknown>(null);
  let looking = false;
  let last = 0;

  const pending = computed(() => countAt(items.value, 'waiting', 'looking'));
  const ready = computed(() => countAt(items.value, 'ready'));
  /** How many go in, in the run under way; files may join it. */
  const planned = computed(() => finished.value + countAt(items.value, 'ready', 'merging'));
  const summary = computed(() => summaryOf(items.value));

  function put(key: string, stage: Stage): void {
    items.value = items.value.map((item) => (item.key === key ? { ...item, stage } : item));
  }

  function add(files: Iterable<File>): void {
    const fresh: QueuedFile[] = [];
    for (const file of files) {
      if ([...items.value, ...fresh].some((item) => isSameFile(item.file, file))) continue;
      last += 1;
      fresh.push({ key: String(last), file, stage: { at: 'waiting' } });
    }
    items.value = [...items.value, ...fresh];
    void lookAtAll();
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

  async function look({ key, file }: QueuedFile): Promise<void> {
    put(key, { at: 'looking' });
    try {
      const bytes = await bytesOf(file);
      put(key, { at: 'ready', seen: await call('exchange.inspect', { file: file.name, bytes }) });
    } catch (why) {
      put(key, { at: 'refused', seen: null, error: why });
    }
  }

  /** Merges what is ready, file by file; what is wrong with one keeps no other out. */
  async function merge(): Promise<void> {
    if (merging.value) return;
    merging.value = true;
    stopping.value = false;
    error.value = null;
    finished.value = 0;
    for (let next = first('ready'); next && !stopping.value; next = first('ready')) {
      await mergeOne(next);
      finished.value += 1;
    }
    merging.value = false;
  }

  async function mergeOne({ key, file, stage }: QueuedFile): Promise<void> {
    if (stage.at !== 'ready') return;
    const { seen } = stage;
    put(key, { at: 'merging', seen });
    try {
      const result = await call('exchange.import', { file: file.name, bytes: await bytesOf(file) });
      if (result.error) throw new ApiError(result.error);
      put(key, { at: 'done', seen, result });
    } catch (why) {
      if (isTheFile(why)) return put(key, { at: 'refused', seen, error: why });
      put(key, { at: 'ready', seen });
      error.value = why;
      stopping.value = true;
    }
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

  function remove(key: string): void {
    items.value = items.value.filter((item) => item.key !== key);
  }

  function clear(): void {
    items.value = items.value.filter(({ stage }) => stage.at === 'merging');
  }

  return {
    items,
    merging,
    stopping,
    planned,
    finished,
    error,
    pending,
    ready,
    summary,
    add,
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
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    // A folder, or a file that was moved away after it was chosen.
    const reason = error instanceof Error ? error.name : '';
    throw new ApiError({ code: 'FILE_UNREADABLE', params: { file: file.name, reason } });
  }
}

/** Which of the things that a person dropped or chose are session files: folders are looked through, the rest is named. */

/** A session file as it was found. */
export interface Chosen {
  readonly file: File;
  /** The folders that it lies in, as far as they were dropped or chosen; empty where it was chosen by itself. */
  readonly folder: string;
  /** Why it could not even be opened: the system's own word. */
  readonly unreadable?: string;
}

export interface Gathered {
  readonly chosen: readonly Chosen[];
  /** Files of other kinds, by name: the first few, and how many there are. */
  readonly others: { readonly count: number; readonly names: readonly string[] };
  /** Folders that could not be opened, or lie too deep. */
  readonly closed: readonly string[];
  /** There is more than is taken at once; what is beyond was not looked at. */
  readonly cut: boolean;
}

/** An evening's files are dozens; a hard disk that is dropped by mistake is a million. */
export const MOST_FILES = 2_000;
const MOST_SEEN = 20_000;
export const DEEPEST = 8;
/** How many other files are called by their names. */
const NAMED = 3;

const OURS = /\.dangol$/i;
/** What systems leave in folders: nobody put it there. */
const LEFT_BEHIND = /^(\..*|~\$.*|thumbs\.db|desktop\.ini|__macosx)$/i;

/** 2호 before 10호. */
const byName = new Intl.Collator('ko', { numeric: true });

interface Gathering {
  full(): boolean;
  see(name: string): 'ours' | 'other' | 'hidden';
  take(chosen: Chosen): void;
  close(folder: string): void;
  done(): Gathered;
}

function startGathering(): Gathering {
  const chosen: Chosen[] = [];
  const names: string[] = [];
  const closed: string[] = [];
  let count = 0;
  let seen = 0;
  let cut = false;
  return {
    full() {
      cut ||= chosen.length >= MOST_FILES || seen >= MOST_SEEN;
      return cut;
    },
    see(name) {
      seen += 1;
      if (LEFT_BEHIND.test(name)) return 'hidden';
      if (OURS.test(name)) return 'ours';
      count += 1;
      if (names.length < NAMED) names.push(name);
      return 'other';
    },
    take: (one) => void chosen.push(one),
    close: (folder) => void closed.push(folder),
    done: () => ({ chosen, others: { count, names }, closed, cut }),
  };
}

/** Files from a picker; those of a chosen folder say where in it they lie. */
export function gatherFiles(files: Iterable<File>): Gathered {
  const gathering = startGathering();
  for (const file of inOrder(files)) {
    if (gathering.full()) break;
    const folders = file.webkitRelativePath.split('/').slice(0, -1);
    if (folders.some((name) => LEFT_BEHIND.test(name))) continue;
    if (gathering.see(file.name) === 'ours') gathering.take({ file, folder: folders.join('/') });
  }
  return gathering.done();
}

/** A folder's files come in no order; those that were chosen one by one keep theirs. */
function inOrder(files: Iterable<File>): File[] {
  const list = [...files];
  return list.some(({ webkitRelativePath }) => webkitRelativePath !== '')
    ? list.sort((a, b) => byName.compare(a.webkitRelativePath, b.webkitRelativePath))
    : list;
}

/**
 * What was dropped, folders and what is in them included. Must be called while the drop is being told: afterwards the
 * browser has forgotten it.
 */
export function gatherDropped(transfer: Pick<DataTransfer, 'items' | 'files'>): Promise<Gathered> {
  const dropped = [...transfer.items]
    .filter(({ kind }) => kind === 'file')
    .map((item) => item.webkitGetAsEntry() ?? item.getAsFile())
    .filter((one) => one !== null);
  return walk(dropped.length > 0 ? dropped : [...transfer.files]);
}

async function walk(dropped: readonly (FileSystemEntry | File)[]): Promise<Gathered> {
  const gathering = startGathering();
  for (const one of dropped) {
    if (!(one instanceof File)) await enter(one, '', 0);
    else if (!gathering.full() && gathering.see(one.name) === 'ours')
      gathering.take({ file: one, folder: '' });
  }
  return gathering.done();

  async function enter(entry: FileSystemEntry, folder: string, depth: number): Promise<void> {
    if (gathering.full()) return;
    if (entry.isDirectory) return open(entry as FileSystemDirectoryEntry, folder, depth);
    if (gathering.see(entry.name) !== 'ours') return;
    try {
      gathering.take({ file: await fileOf(entry as FileSystemFileEntry), folder });
    } catch (error) {
      gathering.take({ file: new File([], entry.name), folder, unreadable: reasonOf(error) });
    }
  }

  async function open(entry: FileSystemDirectoryEntry, folder: string, depth: number): Promise<void> {
    if (LEFT_BEHIND.test(entry.name)) return;
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (depth >= DEEPEST) return gathering.close(path);
    let entries: FileSystemEntry[];
    try {
      entries = await entriesOf(entry, () => gathering.full());
    } catch {
      return gathering.close(path);
    }
    // In the order of their names, and the files of a folder before its folders.
    entries.sort((a, b) => Number(a.isDirectory) - Number(b.isDirectory) || byName.compare(a.name, b.name));
    for (const inside of entries) await enter(inside, path, depth + 1);
  }
}

/** A browser gives a folder's entries a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry, full: () => boolean): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const more = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    entries.push(...more);
    if (more.length === 0 || entries.length >= MOST_SEEN || full()) return entries;
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

function reasonOf(error: unknown): string {
  return error instanceof DOMException || error instanceof Error ? error.name : '';
}

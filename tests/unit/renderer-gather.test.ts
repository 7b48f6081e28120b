import { describe, expect, test } from 'vitest';
import {
  DEEPEST,
  gatherDropped,
  gatherFiles,
  MOST_FILES,
  type Gathered,
} from '../../src-renderer/features/exchange/gather.ts';

/** A folder as a browser gives it: a hundred entries at a time. */
type Tree = { readonly [name: string]: Tree | string };

function entryOf(name: string, content: Tree | string, broken: readonly string[] = []): FileSystemEntry {
  if (typeof content === 'string') {
    return {
      name,
      isFile: true,
      isDirectory: false,
      file: (found: (file: File) => void, failed: (error: DOMException) => void) =>
        broken.includes(name)
          ? failed(new DOMException('it is gone', 'NotFoundError'))
          : found(new File([content], name)),
    } as unknown as FileSystemEntry;
  }
  return {
    name,
    isFile: false,
    isDirectory: true,
    createReader() {
      const left = Object.entries(content).map(([inside, of]) => entryOf(inside, of, broken));
      return {
        readEntries: (found: (entries: FileSystemEntry[]) => void, failed: (error: DOMException) => void) =>
          broken.includes(name)
            ? failed(new DOMException('no', 'SecurityError'))
            : found(left.splice(0, 100)),
      };
    },
  } as unknown as FileSystemEntry;
}

function drop(tree: Tree, broken: readonly string[] = []): Promise<Gathered> {
  const items = Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(name, content, broken),
  }));
  return gatherDropped({ items, files: [] } as unknown as DataTransfer);
}

const names = ({ chosen }: Gathered): string[] =>
  chosen.map(({ folder, file }) => [folder, file.name].filter(Boolean).join('/'));

describe('what is dropped', () => {
  test.each<[string, Tree, string[], number]>([
    ['a file', { 'a.dangol': 'a' }, ['a.dangol'], 0],
    ['in capitals', { 'A.DANGOL': 'a' }, ['A.DANGOL'], 0],
    ['another kind', { 'a.xlsx': 'x', 'dangol.txt': 't', dangol: 'x' }, [], 3],
    [
      'a folder, and folders in it',
      { 금요일: { '망원.dangol': 'a', '메모.txt': 't', 반송: { '반송.dangol': 'b', '사진.jpg': 'j' } } },
      ['금요일/망원.dangol', '금요일/반송/반송.dangol'],
      2,
    ],
    ['a folder called as a file', { 'x.dangol': { 'y.dangol': 'y' } }, ['x.dangol/y.dangol'], 0],
    [
      'what systems leave behind',
      {
        f: {
          '.DS_Store': 'd',
          '._a.dangol': 'r',
          'Thumbs.db': 't',
          __MACOSX: { 'a.dangol': 'a' },
          '~$b.xlsx': 'b',
        },
      },
      [],
      0,
    ],
    ['an empty folder', { f: {} }, [], 0],
  ])('%s', async (_what, tree, found, others) => {
    const gathered = await drop(tree);
    expect(names(gathered)).toEqual(found);
    expect(gathered.others.count).toBe(others);
    expect(gathered.cut).toBe(false);
  });

  test('names the first three of the others', async () => {
    const gathered = await drop({ f: { 'a.txt': '', 'b.txt': '', 'c.txt': '', 'd.txt': '' } });
    expect(gathered.others).toEqual({ count: 4, names: ['a.txt', 'b.txt', 'c.txt'] });
  });

  test('comes whole from a folder of hundreds, in the order of names', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 250 }, (_none, i) => [`${String(249 - i).padStart(3, '0')}.dangol`, 'x']),
    );
    const found = names(await drop({ f: tree }));
    expect(found).toHaveLength(250);
    expect(found).toEqual(found.toSorted());
  });

  test('stops at a number, and says so', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: MOST_FILES + 5 }, (_none, i) => [`${i}.dangol`, 'x']),
    );
    const gathered = await drop({ f: tree });
    expect([gathered.chosen.length, gathered.cut]).toEqual([MOST_FILES, true]);
  });

  test('does not go down without end, and names the folder where it stopped', async () => {
    let tree: Tree = { 'deep.dangol': 'x' };
    for (let i = 0; i < DEEPEST + 2; i += 1) tree = { d: tree };
    const gathered = await drop(tree);
    expect(names(gathered)).toEqual([]);
    expect(gathered.closed).toEqual([
      Array<string>(DEEPEST + 1)
        .fill('d')
        .join('/'),
    ]);
  });

  test('a folder that cannot be opened is named, a file that is gone is one that cannot be read', async () => {
    const gathered = await drop({ f: { 'a.dangol': 'a', locked: { 'b.dangol': 'b' }, 'c.dangol': 'c' } }, [
      'locked',
      'c.dangol',
    ]);
    expect(names(gathered)).toEqual(['f/a.dangol', 'f/c.dangol']);
    expect(gathered.chosen.map(({ unreadable }) => unreadable)).toEqual([undefined, 'NotFoundError']);
    expect(gathered.closed).toEqual(['f/locked']);
  });

  test('a text that was dragged is nothing, and files without entries are taken as they are', async () => {
    const items = [
      { kind: 'string', webkitGetAsEntry: () => null },
      { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => new File(['a'], 'a.dangol') },
    ];
    expect(names(await gatherDropped({ items, files: [] } as unknown as DataTransfer))).toEqual(['a.dangol']);
    const files = [new File(['b'], 'b.dangol'), new File(['c'], 'c.txt')];
    const gathered = await gatherDropped({ items: [], files } as unknown as DataTransfer);
    expect([names(gathered), gathered.others.count]).toEqual([['b.dangol'], 1]);
  });
});

test('what is chosen as a folder says where it lies, without hidden folders', () => {
  const at = (path: string): File => {
    const file = new File(['x'], path.split('/').at(-1)!);
    Object.defineProperty(file, 'webkitRelativePath', { value: path });
    return file;
  };
  const gathered = gatherFiles(
    ['금/망원.dangol', '금/안/반송.dangol', '금/.git/x.dangol', '금/a.txt'].map(at),
  );
  expect(names(gathered)).toEqual(['금/망원.dangol', '금/안/반송.dangol']);
  expect(gathered.others).toEqual({ count: 1, names: ['a.txt'] });
});

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn, openedFiles } from '#main/shells/electron-files.ts';
import { scratchDir } from '#tests/support/laptop.ts';

const cwd = path.resolve('/home/t');
const at = (...parts: string[]): string => path.resolve('/home/t', ...parts);

describe('the session files that a command line names', () => {
  it.each<[string, string[], string[]]>([
    ['none', ['/opt/app', '--data=x.dangol', '.'], []],
    ['one, from the root', ['/opt/app', path.resolve('/a/망원.dangol')], [path.resolve('/a/망원.dangol')]],
    ['one, from where it was started', ['/opt/app', 'a/b.dangol'], [at('a/b.dangol')]],
    [
      'several, each once, whatever the case',
      ['a.dangol', './a.dangol', 'B.DANGOL'],
      [at('a.dangol'), at('B.DANGOL')],
    ],
    ['no other kinds', ['a.xlsx', 'dangol', 'a.dangol.txt'], []],
    ['no switches', ['-x.dangol', '--x.dangol'], []],
  ])('%s', (_name, args, files) => {
    expect(filesIn(args, cwd)).toEqual(files);
  });
});

describe('files that wait for the page', () => {
  it('are told of, read one by one, each once, and known by name alone', () => {
    const dir = scratchDir();
    fs.writeFileSync(path.join(dir, '망원.dangol'), 'PK');
    let told = 0;
    const files = openedFiles(() => (told += 1));
    files.add([]);
    expect([told, files.next()]).toEqual([0, null]);
    files.add([path.join(dir, '망원.dangol'), path.join(dir, '없음.dangol')]);
    files.add([path.join(dir, '망원.dangol')]);
    expect(told).toBe(2);
    expect(files.next()).toEqual({ file: '망원.dangol', bytes: new Uint8Array([0x50, 0x4b]) });
    expect(files.next()).toEqual({
      file: '없음.dangol',
      error: { code: 'FILE_UNREADABLE', params: { file: '없음.dangol', reason: 'ENOENT' } },
    });
    expect(files.next()).toBeNull();
  });
});

import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placesOf } from '#main/shells/electron-places.ts';

const [cwd, defaultDataDir, userData] = ['cwd', 'share/dangol/data', 'config/app'].map((name) =>
  path.resolve('/home/t', name),
) as [string, string, string];
const here = { cwd, defaultDataDir, userData };
const at = (...parts: string[]): string => path.resolve('/home/t', ...parts);

describe('the folders of a start', () => {
  it.each([
    ['nothing', [], defaultDataDir, userData, false],
    ['the demo', ['--demo'], at('share/dangol/demo'), at('config/app/demo'), true],
    [
      'a folder',
      ['--data=/else/where'],
      path.resolve('/else/where'),
      path.resolve('/else/where/window'),
      false,
    ],
    ['a folder from here', ['--data=mine'], at('cwd/mine'), at('cwd/mine/window'), false],
    ['the last folder', ['--data=a', '--data=b'], at('cwd/b'), at('cwd/b/window'), false],
    ['a folder with the demo', ['--data=d', '--demo'], at('cwd/d'), at('cwd/d/window'), true],
    ['an empty folder name', ['--data='], defaultDataDir, userData, false],
    ["Electron's own switches", ['/exe', '--inspect=0', '.'], defaultDataDir, userData, false],
  ])('%s', (_name, args, dataDir, profileDir, demo) => {
    expect(placesOf(args, here)).toEqual({ dataDir, profileDir, demo });
  });
});

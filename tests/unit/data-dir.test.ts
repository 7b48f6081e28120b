import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { defaultDataDir } from '#main/shells/data-dir.ts';

const home = os.homedir();

it.each<[string, NodeJS.Platform, NodeJS.ProcessEnv, string]>([
  ['what is asked for', 'linux', { DANGOL_DATA: '/srv/수첩', XDG_DATA_HOME: '/x' }, '/srv/수첩'],
  ['not an empty wish', 'linux', { DANGOL_DATA: '' }, path.join(home, '.local/share/dangol/data')],
  ['Linux', 'linux', {}, path.join(home, '.local/share/dangol/data')],
  ['Linux with its own place', 'linux', { XDG_DATA_HOME: '/xdg' }, path.join('/xdg', 'dangol/data')],
  ['macOS', 'darwin', { XDG_DATA_HOME: '/xdg' }, path.join(home, 'Library/Application Support/dangol/data')],
  [
    'Windows',
    'win32',
    { APPDATA: 'C:\\Users\\kim\\AppData\\Roaming' },
    path.join('C:\\Users\\kim\\AppData\\Roaming', 'dangol', 'data'),
  ],
  ['Windows without its variable', 'win32', {}, path.join(home, 'AppData', 'Roaming', 'dangol', 'data')],
])('the folder of the store: %s', (_what, platform, env, dir) => {
  expect(defaultDataDir(env, platform)).toBe(dir);
});

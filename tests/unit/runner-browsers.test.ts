import { expect, test } from 'vitest';
import { browserPlaces } from '../../.config/runner/browsers.mjs';

test('on Linux the folders of PATH are searched, Chromium first, a snap never', () => {
  const path = ['/usr/local/bin', '/snap/bin', '', '/usr/bin'];
  const places = browserPlaces({ platform: 'linux', env: {}, home: '/home/kim', path });
  expect(places.slice(0, 2)).toEqual(['/usr/local/bin/chromium', '/usr/bin/chromium']);
  expect(places).toContain('/usr/bin/google-chrome');
  expect(places.filter((place: string) => place.includes('snap'))).toEqual([]);
});

test('on macOS both folders of applications are searched', () => {
  const places = browserPlaces({ platform: 'darwin', env: {}, home: '/Users/kim', path: [] });
  expect(places[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(places).toContain('/Users/kim/Applications/Chromium.app/Contents/MacOS/Chromium');
});

test('on Windows the folders that the environment names are searched', () => {
  const env = { PROGRAMFILES: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Users\\kim\\AppData\\Local' };
  const places = browserPlaces({ platform: 'win32', env, home: 'C:\\Users\\kim', path: [] });
  expect(places[0]).toBe('C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe');
  expect(places).toContain('C:\\Users\\kim\\AppData\\Local\\Microsoft\\Edge\\Application\\msedge.exe');
  expect(places).toHaveLength(6);
});

import { describe, expect, test } from 'vitest';
import { contentStamp, installStamp, sameInstall } from '../../.config/runner/stamp.mjs';

test('an installation is good for one lock file, platform and processor', () => {
  const stamp = installStamp('lock', 'linux', 'x64');
  expect(installStamp(Buffer.from('lock'), 'linux', 'x64')).toBe(stamp);
  const others = [
    installStamp('lock2', 'linux', 'x64'),
    installStamp('lock', 'darwin', 'x64'),
    installStamp('lock', 'linux', 'arm64'),
  ];
  expect(new Set([stamp, ...others]).size).toBe(4);
});

describe('a hand-typed installation is the same', () => {
  const linux = { platform: 'linux', arch: 'x64', libc: 'glibc' };
  const vue = { version: '3.5.0' };
  const windows = { version: '1.0.0', optional: true, os: ['win32'], cpu: ['x64'] };
  const here = { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] };
  test.each([
    ['nothing wanted', {}, {}, true],
    ['all there', { vue }, { vue }, true],
    ['one missing', { vue }, {}, false],
    ['another version', { vue }, { vue: { version: '3.4.0' } }, false],
    ['more than wanted', {}, { vue }, true],
    ['optional, for another machine', { windows }, {}, true],
    ['optional, for this machine', { here }, {}, false],
    ['optional, there in another version', { windows }, { windows: vue }, false],
    [
      'optional, for any machine: came with one that is not for this',
      { o: { version: '1', optional: true } },
      {},
      true,
    ],
    ['optional, another C library', { o: { ...here, libc: ['musl'] } }, {}, true],
    ['optional, this C library', { o: { ...here, libc: ['glibc'] } }, {}, false],
    ['optional, any system but this', { o: { ...here, os: ['!linux'] } }, {}, true],
    ['optional, any system but another', { o: { ...here, os: ['!win32'] } }, {}, false],
    ['optional, its system not in a list', { o: { ...here, os: 'darwin' } }, {}, true],
    ['the project itself does not count', { '': vue }, {}, true],
  ])('%s', (_case, wanted, installed, same) => {
    expect(sameInstall({ packages: wanted }, { packages: installed }, linux)).toBe(same);
  });

  test('not when there is no list of packages', () => {
    expect(sameInstall({ packages: { vue } }, {}, linux)).toBe(false);
  });
});

describe('the stamp of files', () => {
  const a = { name: 'a', content: '1' };
  const b = { name: 'b', content: '2' };

  test('does not depend on their order', () => {
    expect(contentStamp([b, a])).toBe(contentStamp([a, b]));
  });

  test.each([
    ['a content', [a, { name: 'b', content: '3' }]],
    ['a name', [a, { name: 'c', content: '2' }]],
    ['a file less', [a]],
    ['where one ends and the next begins', [{ name: 'a', content: '1b\u00001\u00002' }]],
  ])('changes with %s', (_case, files) => {
    expect(contentStamp(files)).not.toBe(contentStamp([a, b]));
  });
});

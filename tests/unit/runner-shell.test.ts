import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { chooseShell, demoFolder, sandboxTrouble } from '../../.config/runner/shell.mjs';

const laptop = {
  platform: 'linux',
  display: true,
  root: false,
  port: false,
  override: undefined,
  runtime: true,
  noSandbox: null,
  notToBeHad: null,
};

describe('which shell opens', () => {
  test.each([
    ['a laptop with a runtime', {}, 'electron', 'installed'],
    ['no display', { display: false }, 'loopback', 'no display'],
    ['no display counts before root', { display: false, root: true }, 'loopback', 'no display'],
    ['root with a display', { root: true }, 'loopback', 'root'],
    ['a port asked for', { port: true }, 'loopback', 'port'],
    ['Linux without user namespaces', { noSandbox: 'no namespace' }, 'loopback', 'no namespace'],
    ['no runtime yet', { runtime: false }, 'getElectron', 'not installed yet'],
    ['no runtime to be had', { runtime: false, notToBeHad: 'no answer' }, 'loopback', 'no answer'],
    ['a failure remembered, a runtime since', { notToBeHad: 'no answer' }, 'electron', 'installed'],
    ['a runtime of one’s own', { override: '/opt/e' }, 'electron', '/opt/e'],
    [
      'a runtime of one’s own that is not there',
      { override: '/opt/e', runtime: false },
      'loopback',
      '/opt/e',
    ],
    ['one’s own runtime, one’s own sandbox', { override: '/opt/e', noSandbox: 'none' }, 'electron', '/opt/e'],
    [
      'one’s own runtime still needs a display',
      { override: '/opt/e', display: false },
      'loopback',
      'display',
    ],
    ['root on macOS', { platform: 'darwin', root: true }, 'electron', 'installed'],
    ['Windows without a runtime', { platform: 'win32', runtime: false }, 'getElectron', 'not installed yet'],
  ])('%s', (_case, facts, shell, reason) => {
    const choice = chooseShell({ ...laptop, ...facts });
    expect(choice.shell).toBe(shell);
    expect(choice.reason).toContain(reason);
  });
});

describe('the sandbox on Linux', () => {
  const apparmor = 'kernel/apparmor_restrict_unprivileged_userns';
  test.each([
    ['nothing set', {}, false, null],
    ['allowed', { [apparmor]: '0', 'kernel/unprivileged_userns_clone': '1' }, false, null],
    ['held back by AppArmor', { [apparmor]: '1' }, false, 'apparmor_restrict_unprivileged_userns'],
    ['switched off', { 'kernel/unprivileged_userns_clone': '0' }, false, 'are off'],
    ['none allowed', { 'user/max_user_namespaces': '0' }, false, 'are off'],
    ['held back, with the setuid helper', { [apparmor]: '1' }, true, null],
  ])('%s', (_case, settings: Record<string, string>, helper, trouble) => {
    const said = sandboxTrouble((name: string) => settings[name] ?? null, helper);
    if (trouble === null) expect(said).toBeNull();
    else expect(said).toContain(trouble);
  });
});

describe('the folder of the demo', () => {
  test.each([
    ['linux', {}, '/home/kim', '/home/kim/.local/share/dangol/demo'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/kim', '/data/dangol/demo'],
    ['darwin', {}, '/Users/kim', '/Users/kim/Library/Application Support/dangol/demo'],
  ])('on %s with %o', (platform, env, home, folder) => {
    expect(demoFolder(platform, env, home, path.posix.join)).toBe(folder);
  });

  test('on Windows', () => {
    const env = { APPDATA: 'C:\\Users\\kim\\AppData\\Roaming' };
    const folder = demoFolder('win32', env, 'C:\\Users\\kim', path.win32.join);
    expect(folder).toBe('C:\\Users\\kim\\AppData\\Roaming\\dangol\\demo');
    expect(demoFolder('win32', {}, 'C:\\Users\\kim', path.win32.join)).toBe(folder);
  });
});

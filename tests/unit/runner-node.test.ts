import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isNewEnough, ownNodePath, withNode } from '../../.config/runner/own-node.mjs';

test.each([
  ['20.20.2', false],
  ['22.17.1', false],
  ['22.18.0', true],
  ['24.0.0', true],
  ['9.99.0', false],
])('Node %s runs TypeScript: %s', (version, enough) => {
  expect(isNewEnough(version)).toBe(enough);
});

test('every Node that the project brings is one of its optional dependencies', () => {
  const file = path.join(import.meta.dirname, '../../package.json');
  const { optionalDependencies } = JSON.parse(fs.readFileSync(file, 'utf8'));
  const machines = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64'].map((machine) => {
    const [platform = '', arch = ''] = machine.split('-');
    return ownNodePath(platform, arch)?.split('/')[0];
  });
  expect(machines.toSorted()).toEqual(Object.keys(optionalDependencies).toSorted());
  expect(ownNodePath('freebsd', 'x64')).toBeNull();
});

describe('the environment of what is started', () => {
  const node = path.resolve('/n/bin/node');

  test.each(['PATH', 'Path'])('its %s begins with the chosen Node, then the tools', (key) => {
    const env = withNode(node, { [key]: 'usual', LANG: 'ko_KR.UTF-8' });
    const folders = env[key]?.split(path.delimiter) ?? [];
    expect(folders[0]).toBe(path.dirname(node));
    expect(folders[1]).toMatch(/node_modules.\.bin$/);
    expect(folders.slice(2)).toEqual(['usual']);
    expect(Object.keys(env).toSorted()).toEqual(['LANG', 'NODE_COMPILE_CACHE', key].toSorted());
    expect(env['LANG']).toBe('ko_KR.UTF-8');
  });

  test('a missing PATH gets no empty folder, which would mean the current one', () => {
    expect(withNode(node, {}).PATH?.split(path.delimiter)).toHaveLength(2);
  });
});

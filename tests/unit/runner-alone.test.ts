import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alone } from '../../.config/runner/lock.mjs';

let folder: string;
let lock: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-lock-'));
  lock = path.join(folder, 'made on the way', 'lock');
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test('two who come at once work one after the other', async () => {
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} in`);
    await new Promise((resolve) => setImmediate(resolve));
    seen.push(`${name} out`);
    return name;
  };
  const both = await Promise.all([alone(lock, 'a test', work('a')), alone(lock, 'a test', work('b'))]);
  expect(both).toEqual(['a', 'b']);
  expect(seen).toEqual(['a in', 'a out', 'b in', 'b out']);
  expect(fs.readdirSync(path.dirname(lock))).toEqual([]);
});

test('work that fails lets the next one in', async () => {
  const broken = alone(lock, 'a test', () => Promise.reject(new Error('no network')));
  await expect(broken).rejects.toThrow('no network');
  expect(await alone(lock, 'a test', () => Promise.resolve('done'))).toBe('done');
});

test('the lock of a process that is gone is taken over', async () => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  fs.mkdirSync(lock, { recursive: true });
  fs.writeFileSync(path.join(lock, 'owner'), String(gone));
  expect(await alone(lock, 'a test', () => Promise.resolve('done'))).toBe('done');
});

test('a lock that never got an owner is taken over once it is old', async () => {
  fs.mkdirSync(lock, { recursive: true });
  fs.utimesSync(lock, 0, 0);
  expect(await alone(lock, 'a test', () => Promise.resolve('done'))).toBe('done');
});

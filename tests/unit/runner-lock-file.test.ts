import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/**
 * npm leaves a platform's package out of the lock file, without a word, when the registry does not have it yet:
 * then `npm ci` refuses the lock file on every machine that has it.
 */
test('the lock file holds every platform’s package of every package that has such', () => {
  const file = path.join(import.meta.dirname, '../../package-lock.json');
  const { packages } = JSON.parse(fs.readFileSync(file, 'utf8')) as { packages: Record<string, Locked> };
  const names = new Set(Object.keys(packages).map((place) => place.split('node_modules/').at(-1)));
  const missing = Object.values(packages)
    .flatMap((locked) => Object.entries(locked.optionalDependencies ?? {}))
    .filter(([name]) => !names.has(name))
    .map(([name, version]) => `${name}@${version}`);
  expect(missing).toEqual([]);
});

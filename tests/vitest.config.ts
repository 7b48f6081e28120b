import path from 'node:path';
import { defineConfig } from 'vitest/config';

const ALL = 'tests/{unit,store,property}/**/*.test.ts';
/** What holds the processor's time against a promise: with nothing beside it, for two busy cores are each slower than one. */
const ALONE = ['tests/property/hostile-files.test.ts'];

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    // Real files, a real database and thousands of random fleets on a small laptop that does other things too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A test that was narrowed to itself by hand hides all others.
    allowOnly: false,
    // All cores: the default leaves one free, which on two is half of them.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { name: 'beside', include: [ALL], exclude: ALONE, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});

import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.join(import.meta.dirname, '..'),
  test: {
    include: ['tests/{unit,store,property}/**/*.test.ts'],
    // Real files, a real database and thousands of random fleets on a small laptop that does other things too.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // All cores: the default leaves one free, which on two is half of them.
    maxWorkers: '100%',
    // A test that was narrowed to itself by hand hides all others.
    allowOnly: false,
  },
});

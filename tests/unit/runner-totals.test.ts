import { expect, test } from 'vitest';
import {
  add,
  honest,
  NOTHING,
  playwrightTotals,
  skipReasons,
  totalsLine,
  vitestTotals,
} from '../../.config/runner/totals.mjs';

test('both reports are counted the same way', () => {
  const vitest = { numPassedTests: 10, numFailedTests: 1, numPendingTests: 2, numTodoTests: 3 };
  const playwright = { stats: { expected: 4, flaky: 1, unexpected: 2, skipped: 3 } };
  expect(vitestTotals(vitest)).toEqual({ passed: 10, failed: 1, skipped: 5 });
  expect(playwrightTotals(playwright)).toEqual({ passed: 5, failed: 2, skipped: 3 });
  const sum = add(vitestTotals(vitest), playwrightTotals(playwright));
  expect(totalsLine(sum)).toBe('15 passed, 3 failed, 8 skipped');
});

test.each([
  ['a failed step without a failed test is one failure', NOTHING, false, 1],
  ['a failed step with failed tests has these', { passed: 1, failed: 2, skipped: 0 }, false, 2],
  ['a step that went well has none', NOTHING, true, 0],
])('%s', (_case, totals, ok, failed) => {
  expect(honest(totals, ok).failed).toBe(failed);
});

test('says why tests were skipped, and how many for each reason', () => {
  const skipped = (description?: string) => ({
    status: 'skipped',
    annotations: [{ type: 'tag' }, { type: 'skip', ...(description ? { description } : {}) }],
  });
  const suite = (...tests: object[]) => ({ specs: [{ tests }] });
  const report = {
    suites: [
      { ...suite(skipped('no runtime')), suites: [suite(skipped('no runtime'), skipped())] },
      suite({ status: 'expected', annotations: [] }, { status: 'skipped', annotations: [] }),
    ],
  };
  expect(skipReasons(report)).toEqual(['2 skipped: no runtime', '2 skipped: no reason given']);
  expect(skipReasons({ suites: [] })).toEqual([]);
});

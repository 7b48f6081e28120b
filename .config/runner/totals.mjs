/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** @type {Totals} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0 };

/**
 * @param {any} report Vitest's JSON report
 * @returns {Totals}
 */
export function vitestTotals(report) {
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @param {any} report Playwright's JSON report
 * @returns {Totals} a test that passed at its second try has passed
 */
export function playwrightTotals({ stats }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** How many tests passed at their second try only. @param {any} report Playwright's JSON report @returns {number} */
export function secondTries({ stats }) {
  return stats.flaky;
}

/**
 * Why tests were skipped, and how many for each reason: the list of a run names them without it.
 * @param {any} report Playwright's JSON report
 * @returns {string[]} such as `31 skipped: no Electron runtime in …`
 */
export function skipReasons(report) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @param {any} suite */
  const walk = (suite) => {
    for (const { tests } of suite.specs ?? []) {
      for (const { status, annotations } of tests) {
        if (status !== 'skipped') continue;
        const [{ description = 'no reason given' } = {}] = annotations.filter(isSkip);
        counts.set(description, (counts.get(description) ?? 0) + 1);
      }
    }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  walk(report);
  return [...counts].map(([reason, count]) => `${count} skipped: ${reason}`);
}

/** @param {{ type: string }} annotation */
function isSkip({ type }) {
  return type === 'skip' || type === 'fixme';
}

/** @param {Totals} a @param {Totals} b @returns {Totals} */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/**
 * A step that failed without a failed test (a linter, a test file that does not load, a crash) counts as one:
 * `0 failed` is said only when nothing failed.
 * @param {Totals} totals
 * @param {boolean} ok
 * @returns {Totals}
 */
export function honest(totals, ok) {
  return ok || totals.failed > 0 ? totals : { ...totals, failed: 1 };
}

/** The last line of `npm test`, in a form that other programs read. @param {Totals} totals */
export function totalsLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

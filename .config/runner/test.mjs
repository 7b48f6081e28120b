import { readTestArgs } from './args.mjs';
import { say, since, Stop } from './say.mjs';
import { CHECKS, STEPS } from './steps.mjs';
import { add, honest, NOTHING, totalsLine } from './totals.mjs';

/** @typedef {import('./tool.mjs').Ground} Ground */
/** @typedef {import('./steps.mjs').Step} Step */

/**
 * All steps up to the first that fails; then how many tests passed, failed and were skipped.
 * @param {string[]} args
 * @param {Ground} ground
 * @returns {Promise<number>} the exit code
 */
export async function test(args, ground) {
  const { only, rest } = readTestArgs(args);
  let totals = NOTHING;
  const chosen = STEPS.filter((step) => only.includes(step.name));
  const code = await inOrder(chosen, ground, rest, (more) => (totals = add(totals, more)));
  process.stdout.write(`${totalsLine(totals)}\n`);
  return code;
}

/** The steps that need no running program. @param {Ground} ground @returns {Promise<number>} the exit code */
export function check(ground) {
  const chosen = STEPS.filter((step) => CHECKS.includes(step.name));
  return inOrder(chosen, ground, [], () => {});
}

/**
 * @param {Step[]} steps
 * @param {Ground} ground
 * @param {string[]} rest
 * @param {(totals: import('./totals.mjs').Totals) => void} count
 */
async function inOrder(steps, ground, rest, count) {
  for (const [index, step] of steps.entries()) {
    const from = performance.now();
    const { code, totals, note } = await outcome(step, ground, rest);
    count(honest(totals, code === 0));
    const place = `[${index + 1}/${steps.length}] ${step.name}`;
    if (code !== 0) {
      say(`${place}: FAILED after ${since(from)} (code ${code})`);
      return code;
    }
    say(`${place}: ok, ${since(from)}${note ? ` (${note})` : ''}`);
  }
  return 0;
}

/** @param {Step} step @param {Ground} ground @param {string[]} rest */
async function outcome(step, ground, rest) {
  try {
    return await step.run(ground, rest);
  } catch (error) {
    say(error instanceof Stop ? error.message : String(error instanceof Error ? error.stack : error));
    return { code: error instanceof Stop ? error.code : 1, totals: NOTHING, note: undefined };
  }
}

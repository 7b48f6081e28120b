import { parseArgs } from 'node:util';
import { Stop } from './say.mjs';

/** @typedef {{ demo: boolean, port: string | undefined, data: string | undefined }} StartArgs */

export const STEP_NAMES = /** @type {const} */ ([
  'prettier',
  'eslint',
  'knip',
  'vue-tsc',
  'tools',
  'vitest',
  'build',
  'playwright',
]);
/** @typedef {(typeof STEP_NAMES)[number]} StepName */

const START_USAGE = 'usage: npm start -- [--demo] [--port N] [--data FOLDER]';
const TEST_USAGE = `usage: npm test -- [--only STEP[,STEP] [what one tool takes …]]; steps: ${STEP_NAMES.join(' ')}`;

/**
 * @param {string[]} args
 * @returns {StartArgs}
 * @throws {Stop} wrong usage
 */
export function readStartArgs(args) {
  /** @type {{ demo?: boolean, port?: string, data?: string }} */
  let values;
  try {
    values = parseArgs({
      args,
      options: { demo: { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n${START_USAGE}`, 2);
  }
  const { demo = false, port, data } = values;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) < 65_536)) {
    throw new Stop(`--port takes a number from 0 to 65535, not ${port}\n${START_USAGE}`, 2);
  }
  if (data === '') throw new Stop(`--data takes a folder\n${START_USAGE}`, 2);
  return { demo, port, data };
}

/**
 * `--only vitest,build` takes these steps alone; with one step, what follows goes to its tool.
 * @param {string[]} args
 * @returns {{ only: readonly StepName[], rest: string[] }}
 * @throws {Stop} wrong usage
 */
export function readTestArgs(args) {
  if (args.length === 0) return { only: STEP_NAMES, rest: [] };
  const [flag, names = '', ...rest] = args;
  const only = names.split(',').map((name) => STEP_NAMES.find((step) => step === name));
  if (flag !== '--only' || !only.every((name) => name !== undefined)) throw new Stop(TEST_USAGE, 2);
  if (rest.length > 0 && only.length !== 1) throw new Stop(TEST_USAGE, 2);
  // The end-to-end tests have nothing to run on without a browser and the built screens.
  return { only: only.includes('playwright') ? [...only, 'tools', 'build'] : only, rest };
}

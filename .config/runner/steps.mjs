import fs from 'node:fs';
import path from 'node:path';
import { inRoot, ROOT } from './place.mjs';
import { ensureRenderer } from './renderer.mjs';
import { Stop } from './say.mjs';
import { capture, run } from './spawn.mjs';
import { shownLater, toolFile } from './tool.mjs';
import { ensureTools } from './tools.mjs';
import { NOTHING, playwrightTotals, secondTries, skipReasons, vitestTotals } from './totals.mjs';

/** @typedef {import('./args.mjs').StepName} StepName */
/** @typedef {import('./tool.mjs').Ground} Ground */
/** @typedef {import('./totals.mjs').Totals} Totals */
/** @typedef {{ code: number, totals: Totals, note?: string }} Outcome */
/** @typedef {{ name: StepName, run: (ground: Ground, rest: string[]) => Promise<Outcome> }} Step */

const RESULTS = inRoot('test-results');

/** Every step of `npm test`, in its order: the quick ones first. @type {Step[]} */
export const STEPS = [
  quiet('prettier', ['--check', '--log-level', 'warn', '.']),
  quiet('eslint', ['--config', '.config/eslint.config.js', '--max-warnings', '0', '.']),
  quiet('knip', ['--config', '.config/knip.ts', '--no-progress']),
  quiet('vue-tsc', ['--noEmit']),
  { name: 'tools', run: findTools },
  { name: 'vitest', run: vitest },
  { name: 'build', run: build },
  { name: 'playwright', run: playwright },
];

/** The steps of `npm run check`. @type {readonly StepName[]} */
export const CHECKS = ['prettier', 'eslint', 'knip', 'vue-tsc'];

/** A checker: what it says is shown when it finds something. @param {StepName} name @param {string[]} args @returns {Step} */
function quiet(name, args) {
  return {
    name,
    async run({ node, env }, rest) {
      const all = [toolFile(name), ...args, ...rest];
      const end = await capture(node, all, { cwd: ROOT, env: shownLater(env) });
      if (end.code !== 0) process.stderr.write(end.output);
      return { code: end.code, totals: NOTHING };
    },
  };
}

/** @param {Ground} ground @returns {Promise<Outcome>} */
async function findTools(ground) {
  const browser = await ensureTools(ground);
  ground.env.DANGOL_BROWSER = browser;
  return { code: 0, totals: NOTHING, note: browser };
}

/** @param {Ground} ground @returns {Promise<Outcome>} */
async function build(ground) {
  await ensureRenderer(ground);
  return { code: 0, totals: NOTHING };
}

/** @param {Ground} ground @param {string[]} rest @returns {Promise<Outcome>} */
async function vitest({ node, env }, rest) {
  const report = freshReport('vitest.json');
  const args = ['run', '--config', 'tests/vitest.config.ts', '--reporter=default', '--reporter=json'];
  const all = [toolFile('vitest'), ...args, `--outputFile.json=${report}`, ...rest];
  const end = await run(node, all, { cwd: ROOT, env, stdio: ['ignore', 'inherit', 'inherit'] });
  return { code: end.code, totals: read(report, vitestTotals) ?? NOTHING };
}

/** A browser without a UTF-8 locale cannot give a file a Korean name; a bare machine has none set. @param {NodeJS.ProcessEnv} env */
function utf8(env) {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale) ? {} : { LC_ALL: 'C.UTF-8' };
}

/** @param {Ground} ground @param {string[]} rest @returns {Promise<Outcome>} */
async function playwright({ node, env }, rest) {
  const report = freshReport('playwright.json');
  const args = ['test', '--config', 'tests/e2e/playwright.config.ts', '--reporter=list,json'];
  const end = await run(node, [toolFile('@playwright/test', 'playwright'), ...args, ...rest], {
    cwd: ROOT,
    env: { ...env, ...utf8(env), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const flaky = read(report, secondTries) ?? 0;
  const notes = [
    ...(flaky > 0 ? [`${flaky} only at the second try, named above`] : []),
    ...(read(report, skipReasons) ?? []),
  ];
  const note = notes.join('; ');
  return { code: end.code, totals: read(report, playwrightTotals) ?? NOTHING, ...(note && { note }) };
}

/** The report of an earlier run must not be read as this one's. @param {string} name */
function freshReport(name) {
  fs.mkdirSync(RESULTS, { recursive: true });
  const file = path.join(RESULTS, name);
  fs.rmSync(file, { force: true });
  return file;
}

/**
 * What a report says, or null when it was not written.
 * @template T
 * @param {string} file @param {(report: any) => T} what @returns {T | null}
 */
function read(file, what) {
  try {
    return what(JSON.parse(fs.readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Stop(`${path.relative(ROOT, file)} is no whole report`);
    return null;
  }
}

import { spawn } from 'node:child_process';
import os from 'node:os';
import { Stop } from './say.mjs';

/**
 * @typedef {{ code: number, signal: NodeJS.Signals | null, asked: boolean }} Ending
 *   `asked`: this process was told to stop meanwhile (Ctrl-C, SIGTERM).
 */
/** @typedef {{ env?: NodeJS.ProcessEnv, cwd?: string, stdio?: import('node:child_process').StdioOptions, shell?: boolean, limitMs?: number }} Options */

const PARENT_LOOK_MS = 500;
const PASSED_ON = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Starts a program and waits for its end. Signals reach it, and this process outlives it.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options] `limitMs`: killed after that time
 * @returns {Promise<Ending>} rejects when the program cannot be started
 */
export function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: 'inherit', ...spawnOptions(options) });
  return ending(child, options.limitMs);
}

/**
 * The same, its output (both streams, in the order they came) kept and not shown.
 * @param {string} command
 * @param {string[]} args
 * @param {Options} [options]
 * @returns {Promise<Ending & { output: string }>}
 * @throws {Stop} when a person stopped it: what it did not finish is no answer
 */
export async function capture(command, args, options = {}) {
  const child = spawn(command, args, { ...spawnOptions(options), stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const pieces = [];
  child.stdout.on('data', (piece) => pieces.push(piece));
  child.stderr.on('data', (piece) => pieces.push(piece));
  const end = await ending(child, options.limitMs);
  if (end.asked) throw new Stop('stopped', end.code);
  return { ...end, output: Buffer.concat(pieces).toString('utf8') };
}

/** @param {Options} options */
function spawnOptions({ limitMs: _limitMs, ...rest }) {
  return { windowsHide: true, ...rest };
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {number | undefined} limitMs
 * @returns {Promise<Ending>}
 */
function ending(child, limitMs) {
  let asked = false;
  const atTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  const listeners = PASSED_ON.map((signal) => {
    const listener = () => {
      asked = true;
      // A terminal's Ctrl-C goes to the whole group: passed on, the child would get it twice.
      if (signal !== 'SIGINT' || !atTerminal) child.kill(signal);
    };
    process.on(signal, listener);
    return /** @type {const} */ ([signal, listener]);
  });
  // npm starts a shell that starts this: ended by a signal, npm ends the shell, and the shell passes nothing on.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.env.npm_lifecycle_event === undefined || process.ppid === parent) return;
    clearInterval(watch);
    asked = true;
    child.kill('SIGTERM');
  }, PARENT_LOOK_MS);
  const timer = limitMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limitMs);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: exitCode(code, signal), signal, asked }));
  }).finally(() => {
    clearInterval(watch);
    clearTimeout(timer);
    for (const [signal, listener] of listeners) process.off(signal, listener);
  });
}

/** As a shell counts: 128 and the signal's number. @param {number | null} code @param {NodeJS.Signals | null} signal */
function exitCode(code, signal) {
  return code ?? 128 + (signal === null ? 0 : os.constants.signals[signal]);
}

/** Ends this process the way the child ended. @param {Ending} end */
export function endLike({ code, signal }) {
  process.exitCode = code;
  if (signal !== null && process.platform !== 'win32') process.kill(process.pid, signal);
}

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readStartArgs } from './args.mjs';
import { electronProgram, getElectron, hasSandboxHelper, rememberedTrouble } from './electron.mjs';
import { ROOT, typedFrom } from './place.mjs';
import { ensureRenderer } from './renderer.mjs';
import { say, since, Stop } from './say.mjs';
import { chooseShell, demoFolder, sandboxTrouble } from './shell.mjs';
import { run } from './spawn.mjs';
import { NODE_OPTIONS, script } from './tool.mjs';

/** @typedef {import('./tool.mjs').Ground} Ground */
/** @typedef {import('./spawn.mjs').Ending} Ending */

/** A window that ends with an error sooner than this never opened. */
const OPENING_MS = 5_000;

/**
 * Opens the app: the window, or the loopback shell and its address.
 * @param {string[]} args
 * @param {Ground} ground
 * @returns {Promise<Ending>}
 */
export async function start(args, ground) {
  const { demo, port, data } = readStartArgs(args);
  const folder = dataFolder(demo, data);
  await ensureRenderer(ground);

  let facts = look(port !== undefined, ground.env);
  let choice = chooseShell(facts);
  if (choice.shell === 'getElectron') {
    const notToBeHad = await getElectron(ground, Date.now());
    facts = { ...facts, runtime: notToBeHad === null, notToBeHad };
    choice = chooseShell(facts);
  }

  const common = demo ? ['--demo'] : [];
  if (choice.shell === 'electron') {
    say(`opening the window: ${choice.reason}`);
    const options = folder === null ? common : [...common, `--data=${folder}`];
    const window = await openWindow(options, facts.override, ground.env);
    if (window.end !== null) return window.end;
    choice = { shell: 'loopback', reason: window.reason };
  }

  say(`opening in the browser: ${choice.reason}`);
  const options = [
    ...common,
    ...(folder === null ? [] : ['--data', folder]),
    ...(port === undefined ? [] : ['--port', port]),
    ...(facts.display ? ['--open'] : []),
  ];
  const cli = script('src-main/shells/cli.ts');
  return run(ground.node, [...NODE_OPTIONS, cli, 'serve', ...options], { env: ground.env });
}

/** @param {boolean} demo @param {string | undefined} data as typed @returns {string | null} null: the shell's own */
function dataFolder(demo, data) {
  if (data !== undefined) return path.resolve(typedFrom(), data);
  return demo ? demoFolder(process.platform, process.env, os.homedir(), path.join) : null;
}

/** @param {boolean} port @param {NodeJS.ProcessEnv} env @returns {import('./shell.mjs').ShellFacts} */
function look(port, env) {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH || undefined;
  const linux = process.platform === 'linux';
  return {
    platform: process.platform,
    display: !linux || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY),
    root: process.getuid?.() === 0,
    port,
    override,
    runtime: electronProgram(override) !== null,
    noSandbox: linux ? sandboxTrouble(readSetting, hasSandboxHelper()) : null,
    notToBeHad: rememberedTrouble(Date.now()),
  };
}

/** @param {string} name below /proc/sys */
function readSetting(name) {
  try {
    return fs.readFileSync(path.join('/proc/sys', name), 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * @param {string[]} options
 * @param {string | undefined} override
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ end: Ending } | { end: null, reason: string }>} no end: it never opened, and why
 */
async function openWindow(options, override, env) {
  const file = electronProgram(override);
  if (file === null) throw new Stop('the Electron runtime is gone: type the command again');
  // Some editors set it in their terminals, and it turns Electron into a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...rest } = env;
  const from = performance.now();
  const end = await run(file, [ROOT, ...options], { env: rest, cwd: ROOT }).catch(
    (error) => `the window did not open: ${error.message}`,
  );
  if (typeof end === 'string') return { end: null, reason: end };
  if (end.code === 0 || end.asked || performance.now() - from > OPENING_MS) return { end };
  return { end: null, reason: `the window ended with ${end.signal ?? end.code} after ${since(from)}` };
}

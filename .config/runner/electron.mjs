import fs from 'node:fs';
import path from 'node:path';
import { alone } from './lock.mjs';
import { inRoot } from './place.mjs';
import { answers, throughProxy } from './reach.mjs';
import { say, since } from './say.mjs';
import { capture } from './spawn.mjs';

const HOME = inRoot('node_modules', 'electron');
const MEMORY = inRoot('node_modules', '.dangol-electron.json');
const DAY_MS = 24 * 60 * 60 * 1000;
const PROBE_MS = 3_000;
/** No answer, found out sooner than this, costs nothing to find out again; anything slower is remembered. */
const QUICK_MS = 500;
const DOWNLOAD_MS = 15 * 60_000;

/** The program inside a runtime's folder. @param {string} folder @param {string} platform */
function program(folder, platform) {
  if (platform === 'darwin') return path.join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
}

/**
 * The runtime's program, or null when there is none.
 * @param {string | undefined} override ELECTRON_OVERRIDE_DIST_PATH
 */
export function electronProgram(override) {
  const file = program(override ?? path.join(HOME, 'dist'), process.platform);
  // Electron's installer writes path.txt last: without it the folder may hold half a runtime.
  const whole = override !== undefined || fs.existsSync(path.join(HOME, 'path.txt'));
  return whole && fs.existsSync(file) ? file : null;
}

/** Chromium's setuid helper, for a Linux without user namespaces, works only when root owns it. */
export function hasSandboxHelper() {
  const helper = fs.statSync(path.join(HOME, 'dist', 'chrome-sandbox'), { throwIfNoEntry: false });
  return helper !== undefined && helper.uid === 0 && (helper.mode & 0o4000) !== 0;
}

/** Why the runtime could not be had, when that was found out less than a day ago. @param {number} now */
export function rememberedTrouble(now) {
  try {
    const { at, reason } = JSON.parse(fs.readFileSync(MEMORY, 'utf8'));
    return now - at < DAY_MS && now >= at ? `${reason} (tried within the last day)` : null;
  } catch {
    return null;
  }
}

/**
 * Gets the runtime with Electron's own installer.
 * @param {import('./tool.mjs').Ground} ground
 * @param {number} now
 * @returns {Promise<string | null>} null when it is here now, else why not
 */
export async function getElectron(ground, now) {
  const source = new URL(mirror(ground.env));
  const from = performance.now();
  if (!(await answers(source.origin, PROBE_MS, ground))) {
    const reason = `no Electron runtime, and ${source.hostname} does not answer`;
    if (performance.now() - from > QUICK_MS) remember({ at: now, reason });
    return reason;
  }
  if (!canWrite(HOME)) return `no Electron runtime, and this person may not write to ${HOME}`;
  const reason = await alone(path.join(HOME, '.lock-download'), 'the Electron runtime', () =>
    download(ground),
  );
  if (reason !== null) remember({ at: now, reason });
  return reason;
}

/** @param {string} folder */
function canWrite(folder) {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {{ at: number, reason: string }} trouble */
function remember(trouble) {
  try {
    fs.writeFileSync(MEMORY, JSON.stringify(trouble));
  } catch {
    // Somebody else's checkout, which this person may only read: then it is tried again next time.
  }
}

/** @param {import('./tool.mjs').Ground} ground */
async function download(ground) {
  // Another start may have got it while this one waited.
  if (electronProgram(undefined) !== null) return null;
  const from = performance.now();
  say('getting the Electron runtime (about 120 MB, once) …');
  const end = await capture(ground.node, [path.join(HOME, 'install.js')], {
    env: throughProxy(ground.env),
    limitMs: DOWNLOAD_MS,
  });
  if (end.code === 0 && electronProgram(undefined) !== null) {
    say(`got the Electron runtime in ${since(from)}`);
    return null;
  }
  const said = end.output.split('\n').find((line) => line.trim() !== '') ?? `code ${end.code}`;
  return `the Electron runtime could not be downloaded: ${said.trim()}`;
}

/** Electron's installer knows the same variables. @param {NodeJS.ProcessEnv} env */
function mirror(env) {
  return env.npm_config_electron_mirror || env.ELECTRON_MIRROR || 'https://github.com/';
}

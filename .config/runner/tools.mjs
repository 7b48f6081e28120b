import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { browserPlaces } from './browsers.mjs';
import { answers } from './reach.mjs';
import { ROOT } from './place.mjs';
import { say, since, Stop } from './say.mjs';
import { capture } from './spawn.mjs';
import { toolFile } from './tool.mjs';

/** @typedef {import('./tool.mjs').Ground} Ground */

/** The servers alone, without Debian's services around them: the tests start their own. */
const MOD_DAV = '/usr/lib/apache2/modules/mod_dav.so';
const POSTGRES = '/usr/lib/postgresql/15/bin/postgres';
const PROBE_MS = 3_000;
const DOWNLOAD_MS = 10 * 60_000;
const PLAYWRIGHT_HOST = 'https://cdn.playwright.dev';

/**
 * What the tests need besides packages: a browser, and on Debian as root also Korean fonts, LibreOffice, pdftotext, age,
 * Apache (its WebDAV), PostgreSQL, openssl and strace. Elsewhere a test that needs one of these says that it was skipped.
 * @param {Ground} ground
 * @returns {Promise<string>} the browser's program
 * @throws {Stop} when there is no browser and none can be had
 */
export async function ensureTools(ground) {
  const browser = (await installedBrowser(ground)) ?? (await playwrightBrowser(ground));
  const wanted = debianAsRoot(ground) ? await missingPackages(ground, browser === null) : [];
  if (wanted.length > 0) await aptInstall(wanted, ground);
  const found = browser ?? (await installedBrowser(ground));
  if (found === null) {
    throw new Stop('no browser for the tests: install Chromium or Chrome, or name one in CHROMIUM_PATH');
  }
  return found;
}

/** @param {Ground} ground */
async function installedBrowser(ground) {
  const named = ground.env.CHROMIUM_PATH;
  if (named) {
    if (await starts(named, ground)) return named;
    throw new Stop(`CHROMIUM_PATH names no browser that starts: ${named}`);
  }
  const facts = {
    platform: process.platform,
    env: ground.env,
    home: os.homedir(),
    path: pathFolders(ground.env),
  };
  for (const file of browserPlaces(facts)) {
    if (fs.existsSync(file) && (await starts(file, ground))) return file;
  }
  return null;
}

/** A file may be there and not start: a stub that asks for another package, a missing library. @param {string} file @param {Ground} ground */
async function starts(file, { env }) {
  // On Windows `--version` opens a window.
  if (process.platform === 'win32') return fs.existsSync(file);
  const end = await capture(file, ['--version'], { env, limitMs: 15_000 }).catch(notStarted);
  return end.code === 0;
}

/** @param {unknown} error */
function notStarted(error) {
  if (error instanceof Stop) throw error;
  return { code: 127, output: String(error) };
}

/** Playwright's own, downloaded when it is not there yet. @param {Ground} ground */
async function playwrightBrowser(ground) {
  const file = await playwrightPath(ground);
  if (fs.existsSync(file) && (await starts(file, ground))) return file;
  const host = ground.env.PLAYWRIGHT_CHROMIUM_DOWNLOAD_HOST || ground.env.PLAYWRIGHT_DOWNLOAD_HOST;
  if (!(await answers(host || PLAYWRIGHT_HOST, PROBE_MS, ground))) return null;

  const from = performance.now();
  say('getting a browser for the tests (playwright install chromium) …');
  const args = [toolFile('playwright'), 'install', 'chromium'];
  const end = await capture(ground.node, args, { cwd: ROOT, env: ground.env, limitMs: DOWNLOAD_MS });
  if (end.code !== 0) {
    say(`Playwright's browser could not be had (code ${end.code})`);
    return null;
  }
  say(`got a browser in ${since(from)}`);
  return (await starts(file, ground)) ? file : null;
}

/** @param {Ground} ground */
async function playwrightPath({ node, env }) {
  const ask = "process.stdout.write(require('playwright').chromium.executablePath())";
  const end = await capture(node, ['-e', ask], { cwd: ROOT, env });
  return end.output.trim();
}

/** @param {Ground} ground */
function debianAsRoot({ env }) {
  return process.getuid?.() === 0 && fs.existsSync('/etc/debian_version') && onPath('apt-get', env);
}

/** @param {Ground} ground @param {boolean} noBrowser */
async function missingPackages({ env }, noBrowser) {
  const korean = await capture('fc-list', [':lang=ko'], { env }).catch(notStarted);
  return [
    ...(noBrowser ? ['chromium'] : []),
    ...(korean.code === 0 && korean.output.trim() !== '' ? [] : ['fonts-noto-cjk']),
    ...(onPath('soffice', env) ? [] : ['libreoffice-calc-nogui']),
    ...(onPath('pdftotext', env) ? [] : ['poppler-utils']),
    ...(onPath('age', env) ? [] : ['age']),
    ...(fs.existsSync(MOD_DAV) ? [] : ['apache2-bin']),
    ...(fs.existsSync(POSTGRES) ? [] : ['postgresql-15']),
    ...(onPath('openssl', env) ? [] : ['openssl']),
    ...(onPath('strace', env) ? [] : ['strace']),
  ];
}

/** @param {string[]} packages @param {Ground} ground */
async function aptInstall(packages, ground) {
  const from = performance.now();
  say(`installing Debian packages for the tests: ${packages.join(' ')} …`);
  const env = { ...ground.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = ['-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300'];
  for (const args of [
    ['update', ...options],
    ['install', ...options, ...packages],
  ]) {
    const end = await capture('apt-get', args, { env });
    if (end.code !== 0) {
      process.stderr.write(end.output);
      throw new Stop(`apt-get ${args[0]} ended with ${end.code}: see above`);
    }
  }
  say(`installed them in ${since(from)}`);
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function onPath(name, env) {
  return pathFolders(env).some((folder) => fs.existsSync(path.join(folder, name)));
}

/** @param {NodeJS.ProcessEnv} env */
function pathFolders(env) {
  return (env.PATH ?? '').split(path.delimiter);
}

import fs from 'node:fs';
import path from 'node:path';
import { alone } from './lock.mjs';
import { inRoot, ROOT } from './place.mjs';
import { say, since, Stop } from './say.mjs';
import { capture } from './spawn.mjs';
import { contentStamp } from './stamp.mjs';
import { shownLater, toolFile } from './tool.mjs';

/** What the build reads. A folder that is not there yet counts as empty. */
const SOURCES = [
  'src-renderer',
  'src-shared',
  'src-main',
  'resources',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
const STAMP = inRoot('out', '.built');
/** What must be there after it: the page that both shells show, and the window's own start. */
const RESULTS = [inRoot('out', 'renderer', 'index.html'), inRoot('out', 'main', 'desktop.js')];

/**
 * Builds the renderer and the Electron shell into `out/` when a source has changed since the last build.
 * @param {import('./tool.mjs').Ground} ground
 * @throws {Stop} when the build fails
 */
export async function ensureRenderer(ground) {
  const stamp = contentStamp(sources());
  if (isBuilt(stamp)) return;
  await alone(inRoot('out', '.lock-build'), 'the build', async () => {
    if (!isBuilt(stamp)) await build(ground, stamp);
  });
}

/** @param {import('./tool.mjs').Ground} ground @param {string} stamp taken before, so that a change meanwhile is built next time */
async function build({ node, env }, stamp) {
  const from = performance.now();
  say('building the screens (electron-vite build) …');
  fs.rmSync(STAMP, { force: true });
  const args = [toolFile('electron-vite'), 'build', '--logLevel', 'warn'];
  const end = await capture(node, args, { cwd: ROOT, env: shownLater(env) });
  const missing = RESULTS.filter((file) => !fs.existsSync(file)).map((file) => path.relative(ROOT, file));
  if (end.code !== 0 || missing.length > 0) {
    process.stderr.write(end.output);
    throw new Stop(
      end.code === 0
        ? `the build made no ${missing.join(', ')}`
        : `the build ended with ${end.code}: see above`,
      end.code || 1,
    );
  }
  fs.writeFileSync(STAMP, stamp);
  say(`built in ${since(from)}`);
}

/** @param {string} stamp */
function isBuilt(stamp) {
  if (!RESULTS.every((file) => fs.existsSync(file))) return false;
  return fs.existsSync(STAMP) && fs.readFileSync(STAMP, 'utf8') === stamp;
}

function sources() {
  return SOURCES.flatMap((name) => filesUnder(inRoot(name))).map((file) => ({
    name: path.relative(ROOT, file),
    content: fs.readFileSync(file),
  }));
}

/** @param {string} place a file or a folder @returns {string[]} */
function filesUnder(place) {
  const found = fs.statSync(place, { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (found.isFile()) return [place];
  return fs.readdirSync(place).flatMap((name) => filesUnder(path.join(place, name)));
}

import { ensureInstalled } from './install.mjs';
import { withNode } from './own-node.mjs';
import { typedFrom } from './place.mjs';
import { ensureRenderer } from './renderer.mjs';
import { say, Stop } from './say.mjs';
import { endLike, run } from './spawn.mjs';
import { start } from './start.mjs';
import { check, test } from './test.mjs';
import { findCommand, NODE_OPTIONS, script } from './tool.mjs';

/**
 * What the commands of package.json call, under whatever Node the machine has: it installs what is missing, then
 * runs the command with the project's own Node. Plain JavaScript without packages, because nothing is installed
 * before it has run.
 *
 * @typedef {import('./tool.mjs').Ground} Ground
 * @typedef {import('./spawn.mjs').Ending} Ending
 * @typedef {(args: string[], ground: Ground) => Promise<Ending>} Command
 */

/** @type {Record<string, Command>} */
const COMMANDS = {
  start,
  test: async (args, ground) => exit(await test(args, ground)),
  check: async (_args, ground) => exit(await check(ground)),
  dangol,
  bench,
  exec,
};

/** A large import drops millions of small objects: V8's own choice costs it 100 MB more and saves no time. */
const NURSERY = '--max-semi-space-size=8';

/** The command line; its server shows the screens, so these are built first. @type {Command} */
async function dangol(args, ground) {
  if (args.includes('serve')) await ensureRenderer(ground);
  const cli = script('src-main/shells/cli.ts');
  return run(ground.node, [...NODE_OPTIONS, NURSERY, cli, ...args], { env: ground.env, cwd: typedFrom() });
}

/** Some of it is measured on the screens. @type {Command} */
async function bench(args, ground) {
  await ensureRenderer(ground);
  return run(ground.node, [...NODE_OPTIONS, script('tests/bench/run.ts'), ...args], { env: ground.env });
}

/** @type {Command} */
async function exec([name, ...args], ground) {
  if (name === undefined) throw new Stop('usage: npm run exec -- COMMAND [ARGUMENT …]', 2);
  const found = findCommand(name, ground);
  return run(found.command, [...found.args, ...args], { env: ground.env, shell: found.shell });
}

/** @param {number} code @returns {Ending} */
function exit(code) {
  return { code, signal: null, asked: false };
}

/** @param {string[]} argv */
async function main([name = '', ...args]) {
  const command = COMMANDS[name];
  if (command === undefined) throw new Stop(`usage: run.mjs ${Object.keys(COMMANDS).join('|')} …`, 2);
  const node = await ensureInstalled();
  endLike(await command(args, { node, env: withNode(node, process.env) }));
}

main(process.argv.slice(2)).catch((error) => {
  say(error instanceof Stop ? error.message : String(error?.stack ?? error));
  process.exitCode = error instanceof Stop ? error.code : 1;
});

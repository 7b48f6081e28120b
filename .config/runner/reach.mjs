import { capture } from './spawn.mjs';

/** A download that a proxy serves, where there is one: Node's own fetch minds the proxy's variables when told to. @param {NodeJS.ProcessEnv} env */
export function throughProxy(env) {
  return { ...env, NODE_USE_ENV_PROXY: '1' };
}

/**
 * Whether an address answers, whatever it answers. Asked in a process of its own: a name that no server resolves
 * would hold this one until the resolver gives up.
 * @param {string} url
 * @param {number} limitMs
 * @param {import('./tool.mjs').Ground} ground
 */
export async function answers(url, limitMs, { node, env }) {
  const ask = `fetch(process.argv[1], { method: 'HEAD', redirect: 'manual' }).then(() => process.exit(0), () => process.exit(1))`;
  const end = await capture(node, ['-e', ask, url], { env: throughProxy(env), limitMs });
  return end.code === 0;
}

/**
 * @typedef {object} ShellFacts
 * @property {string} platform as Node names it
 * @property {boolean} display a person can see a window here
 * @property {boolean} root runs as the superuser
 * @property {boolean} port a port was asked for
 * @property {string | undefined} override ELECTRON_OVERRIDE_DIST_PATH
 * @property {boolean} runtime an Electron runtime is here (in the override's folder, when there is one)
 * @property {string | null} noSandbox why Linux lets no program make a sandbox, null when it does
 * @property {string | null} notToBeHad why a runtime could not be had when it was last tried, null when it was not
 */
/** @typedef {{ shell: 'electron' | 'loopback' | 'getElectron', reason: string }} ShellChoice */

/**
 * Which shell opens, and why: the Electron window wherever it can be had, else the loopback shell.
 * `getElectron` means: try to get the runtime, then ask again with what came of it.
 * @param {ShellFacts} facts
 * @returns {ShellChoice}
 */
export function chooseShell(facts) {
  const linux = facts.platform === 'linux';
  if (facts.port) return loopback('a port was asked for');
  if (linux && !facts.display) return loopback('no display: neither DISPLAY nor WAYLAND_DISPLAY is set');
  if (linux && facts.root) return loopback("Electron's sandbox does not run as root");
  if (facts.override !== undefined) {
    return facts.runtime
      ? electron(`the runtime in ${facts.override}`)
      : loopback(`ELECTRON_OVERRIDE_DIST_PATH has no runtime: ${facts.override}`);
  }
  if (linux && facts.noSandbox !== null) return loopback(facts.noSandbox);
  if (facts.runtime) return electron('the runtime is installed');
  if (facts.notToBeHad !== null) return loopback(facts.notToBeHad);
  return { shell: 'getElectron', reason: 'the runtime is not installed yet' };
}

/** @param {string} reason @returns {ShellChoice} */
function loopback(reason) {
  return { shell: 'loopback', reason };
}

/** @param {string} reason @returns {ShellChoice} */
function electron(reason) {
  return { shell: 'electron', reason };
}

/**
 * Why Electron could make no sandbox on this Linux, or null. Switching the sandbox off is no way out: the
 * screens show what others wrote.
 * @param {(file: string) => string | null} read the trimmed text of a file below /proc/sys, null when there is none
 * @param {boolean} helper the sandbox helper beside the runtime belongs to root and is setuid
 */
export function sandboxTrouble(read, helper) {
  if (helper) return null;
  if (read('kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return "this Linux gives Electron's sandbox no user namespace (kernel.apparmor_restrict_unprivileged_userns is 1)";
  }
  if (read('kernel/unprivileged_userns_clone') === '0' || read('user/max_user_namespaces') === '0') {
    return "this Linux gives Electron's sandbox no user namespace (unprivileged user namespaces are off)";
  }
  return null;
}

/**
 * The folder of the demo when none is named: beside the person's own store, never in it.
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} env
 * @param {string} home
 * @param {(...parts: string[]) => string} join
 */
export function demoFolder(platform, env, home, join) {
  return join(appData(platform, env, home, join), 'dangol', 'demo');
}

/** @param {string} platform @param {NodeJS.ProcessEnv} env @param {string} home @param {(...parts: string[]) => string} join */
function appData(platform, env, home, join) {
  if (platform === 'win32') return env.APPDATA || join(home, 'AppData', 'Roaming');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return env.XDG_DATA_HOME || join(home, '.local', 'share');
}

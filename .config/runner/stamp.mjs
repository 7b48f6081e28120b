import { createHash } from 'node:crypto';

/** @typedef {{ platform: string, arch: string, libc: string | null }} Machine `libc` is `glibc`, `musl`, or null off Linux */
/** @typedef {{ version?: string, optional?: boolean, os?: string | string[], cpu?: string | string[], libc?: string | string[] }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} LockFile `package-lock.json`, or npm's own copy of it in `node_modules` */

/**
 * What an installed `node_modules` is good for: this lock file on this kind of machine.
 * @param {Buffer | string} lockFile
 * @param {string} platform
 * @param {string} arch
 */
export function installStamp(lockFile, platform, arch) {
  return `${platform}-${arch}-${createHash('sha256').update(lockFile).digest('hex')}`;
}

/**
 * Whether what npm says it installed is what the lock file asks for, so that a hand-typed `npm install`
 * or `npm ci` is not done a second time.
 * @param {LockFile} wanted
 * @param {LockFile} installed
 * @param {Machine} machine
 */
export function sameInstall(wanted, installed, machine) {
  const there = installed.packages ?? {};
  return Object.entries(wanted.packages ?? {}).every(([place, locked]) => {
    if (place === '' || there[place]?.version === locked.version) return true;
    return locked.optional === true && there[place] === undefined && !madeFor(locked, machine);
  });
}

/**
 * An optional package that names its machines is missed on one of those only; one that names none comes with
 * an optional package that does.
 * @param {LockedPackage} locked
 * @param {Machine} machine
 */
function madeFor(locked, machine) {
  if (locked.os === undefined && locked.cpu === undefined) return false;
  return (
    allows(locked.os, machine.platform) &&
    allows(locked.cpu, machine.arch) &&
    (machine.libc === null || allows(locked.libc, machine.libc))
  );
}

/** npm's lists: names, or names with `!` in front. @param {string | string[] | undefined} list @param {string} name */
function allows(list, name) {
  if (list === undefined) return true;
  const names = [list].flat();
  if (names.includes(`!${name}`)) return false;
  return names.every((entry) => entry.startsWith('!')) || names.includes(name) || names.includes('any');
}

/**
 * One hash over files: names and contents, so that a copy or a checkout with new times is still the same.
 * @param {{ name: string, content: Buffer | string }[]} files in any order
 */
export function contentStamp(files) {
  const hash = createHash('sha256');
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    hash.update(`${file.name}\0${Buffer.byteLength(file.content)}\0`).update(file.content);
  }
  return hash.digest('hex');
}

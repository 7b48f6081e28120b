import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { say } from './say.mjs';

const LOOK_AGAIN_MS = 250;
/** A lock without an owner in it: its maker died between two calls, or is in between them now. */
const OWNERLESS_MS = 10_000;

/**
 * Does `work` while no other runner of this checkout does the same: two starts at once must not wipe each
 * other's `node_modules`. The lock is a folder, because making one is atomic everywhere.
 * @template T
 * @param {string} folder
 * @param {string} what said when somebody else is at it
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(folder, what, work) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  let told = false;
  while (!take(folder)) {
    if (dropDead(folder)) continue;
    if (!told) say(`waiting: another start is at ${what} (${path.relative('.', folder) || folder})`);
    told = true;
    await wait(LOOK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} folder */
function take(folder) {
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
  fs.writeFileSync(path.join(folder, 'owner'), String(process.pid));
  return true;
}

/** Takes away a lock whose owner runs no more. @param {string} folder */
function dropDead(folder) {
  const owner = ownerOf(folder);
  if (owner === null || runs(owner)) return false;
  // Renamed first: of two who find it dead, one gets it, and neither deletes a lock made meanwhile.
  const grave = `${folder}.${process.pid}`;
  try {
    fs.renameSync(folder, grave);
  } catch {
    return true;
  }
  fs.rmSync(grave, { recursive: true, force: true });
  return true;
}

/** The process id, 0 for a lock that nobody owns, null when it cannot be told yet. @param {string} folder */
function ownerOf(folder) {
  try {
    const text = fs.readFileSync(path.join(folder, 'owner'), 'utf8');
    if (text !== '') return Number(text);
  } catch {
    // Just made, or just gone: its age decides.
  }
  const made = fs.statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  return made !== undefined && Date.now() - made > OWNERLESS_MS ? 0 : null;
}

/** @param {number} pid */
function runs(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

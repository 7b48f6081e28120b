import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root, wherever it was copied to. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** @param {string[]} parts */
export function inRoot(...parts) {
  return path.join(ROOT, ...parts);
}

/**
 * The folder in which the person typed the command: npm moves every script to the root and leaves the
 * folder in INIT_CWD, and a path such as `--data ./mine` means the person's folder.
 */
export function typedFrom() {
  const here = process.cwd();
  return here === ROOT ? (process.env.INIT_CWD ?? here) : here;
}

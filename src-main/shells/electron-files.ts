import path from 'node:path';
import type { OpenedFile } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { readFileWhole } from '../before-core.ts';

/** The session files that a command line names, as Windows and Linux hand over what was double-clicked. */
export function filesIn(args: readonly string[], cwd: string): string[] {
  const named = args.filter((arg) => !arg.startsWith('-') && /\.dangol$/i.test(arg));
  return [...new Set(named.map((file) => path.resolve(cwd, file)))];
}

/** Files that wait for the page to take them up; none is read before it is asked for, and the page learns no folder. */
export interface OpenedFiles {
  add(files: readonly string[]): void;
  next(): OpenedFile | null;
}

/** `tell` hears that there is something to take. */
export function openedFiles(tell: () => void): OpenedFiles {
  const waiting: string[] = [];
  return {
    add(files) {
      for (const file of files) if (!waiting.includes(file)) waiting.push(file);
      if (files.length > 0) tell();
    },
    next() {
      const file = waiting.shift();
      return file === undefined ? null : read(file);
    },
  };
}

function read(file: string): OpenedFile {
  const name = path.basename(file);
  try {
    return { file: name, bytes: new Uint8Array(readFileWhole(file, MAX_EXCHANGE_FILE)) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { file: name, error: { code: error.code, params: { ...error.params, file: name } } };
  }
}

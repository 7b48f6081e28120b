import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { argsOf } from './electron.ts';
import { electronFor, type Place } from './places.ts';

/** Starts the app beside what runs already, as a person does who clicks the icon, or files that belong to it. */
export function startAgain(
  place: Place,
  dataDir: string,
  files: readonly string[] = [],
): { code: Promise<number>; said: Promise<string> } {
  const found = electronFor(place === 'loopback' ? 'stand-in' : place);
  if ('missing' in found) throw new Error(found.missing);
  const child = spawn(found.program, argsOf({ dataDir, demo: false, files }), {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return { code: once(child, 'exit').then(([code]) => code as number), said: text(child.stderr) };
}

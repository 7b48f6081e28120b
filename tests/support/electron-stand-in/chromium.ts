import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { connect, type Connection } from './cdp.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--force-color-profile=srgb',
  '--password-store=basic',
  // A camera that shows a turning wheel: the machines that test have none. Who may use it is asked all the same.
  '--use-fake-device-for-media-stream',
  // Whatever asks for it, the network is not there.
  '--host-resolver-rules=MAP * ~NOTFOUND',
];

export interface Chromium {
  readonly connection: Connection;
  readonly ended: Promise<void>;
}

/**
 * Starts Chromium with two doors: a pipe for the stand-in, which also ends Chromium when the stand-in is killed, and a
 * port for whoever tests the app, announced on stderr as Electron does.
 */
export function startChromium(profileDir: string, language: string): Chromium {
  const program = process.env['DANGOL_BROWSER'] || '/usr/bin/chromium';
  const doors = ['--remote-debugging-pipe', '--remote-debugging-port=0', `--user-data-dir=${profileDir}`];
  const child = spawn(program, [...flags, ...doors, `--lang=${language}`], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  createInterface({ input: child.stderr as Readable }).on('line', (line) => {
    if (line.startsWith('DevTools listening on')) process.stderr.write(line + '\n');
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => resolve());
  });
  const [, , , input, output] = child.stdio;
  return { connection: connect(input as Writable, output as Readable), ended };
}

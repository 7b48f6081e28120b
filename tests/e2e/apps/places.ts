import path from 'node:path';
import { electronProgram } from '../../../.config/runner/electron.mjs';

export const root = path.join(import.meta.dirname, '../../..');

/** Where the app of a test runs: in a browser, in Electron's stand-in, in Electron. */
export type Place = 'loopback' | 'stand-in' | 'electron';

/** Which program plays Electron, or why there is none. */
export function electronFor(place: Exclude<Place, 'loopback'>): { program: string } | { missing: string } {
  if (place === 'stand-in') {
    const name = process.platform === 'win32' ? 'electron.cmd' : 'electron';
    return { program: path.join(root, 'tests/support/electron-stand-in', name) };
  }
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'] || undefined;
  const program = electronProgram(override) as string | null;
  if (!program) return { missing: `no Electron runtime in ${override ?? 'node_modules/electron/dist'}` };
  const display = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (process.platform === 'linux' && !display) {
    return { missing: 'no display for Electron: neither DISPLAY nor WAYLAND_DISPLAY is set' };
  }
  return { program };
}

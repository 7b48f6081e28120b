import os from 'node:os';
import path from 'node:path';

/** Where the store lies unless `--data` or `DANGOL_DATA` says otherwise: the system's place for an application's data. */
export function defaultDataDir(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  const asked = env['DANGOL_DATA'];
  if (asked) return asked;
  const home = os.homedir();
  if (platform === 'win32')
    return path.join(env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming'), 'dangol', 'data');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'dangol', 'data');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'dangol', 'data');
}

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { fakeElectron } from './fake-electron.ts';

const root = path.join(import.meta.dirname, '../../..');

export interface Target {
  readonly platform: 'win32' | 'darwin' | 'linux';
  readonly arch: 'x64' | 'arm64';
}

/** An app directory as it would lie on a person's machine. */
export interface Packed {
  readonly folder: string;
  /** Where the archive and what stands beside it lie. */
  readonly resources: string;
  readonly asar: string;
  /** What a person starts, and whose fuses are set; on macOS a folder. */
  readonly program: string;
}

/**
 * Packs what is in `out/` for a system around a runtime that is none (`fake-electron.ts`): electron-builder does all that
 * it does for a real one, but for the signature and the installer around it.
 */
export async function packFor({ platform, arch }: Target, folder: string): Promise<Packed> {
  const electron = path.join(folder, 'electron');
  await fakeElectron(electron, platform);
  const flag = { win32: '--win', darwin: '--mac', linux: '--linux' }[platform];
  const cli = path.join(root, 'node_modules/electron-builder/cli.js');
  const config = path.join(root, '.config/packaging/electron-builder.ts');
  const args = ['--dir', flag, `--${arch}`, '--publish', 'never', '--config', config];
  const over = [`-c.electronDist=${electron}`, `-c.directories.output=${path.join(folder, 'dist')}`];
  await promisify(execFile)(process.execPath, [cli, ...args, ...over], {
    cwd: root,
    env: { ...process.env, CSC_IDENTITY_AUTO_DISCOVERY: 'false', ELECTRON_BUILDER_OFFLINE: 'true' },
  }).catch((error: Error & { stdout?: string; stderr?: string }) => {
    throw new Error(`electron-builder did not pack:\n${error.stdout ?? ''}${error.stderr ?? ''}`);
  });
  return placesOf(path.join(folder, 'dist'), { platform, arch });
}

function placesOf(dist: string, { platform, arch }: Target): Packed {
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'darwin') {
    const folder = path.join(dist, `mac${suffix}`);
    const program = path.join(folder, 'Dangol Fieldbook.app');
    const resources = path.join(program, 'Contents/Resources');
    return { folder, resources, asar: path.join(resources, 'app.asar'), program };
  }
  const folder = path.join(dist, `${platform === 'win32' ? 'win' : 'linux'}${suffix}-unpacked`);
  const resources = path.join(folder, 'resources');
  const name = platform === 'win32' ? 'Dangol Fieldbook.exe' : 'dangol-fieldbook';
  return { folder, resources, asar: path.join(resources, 'app.asar'), program: path.join(folder, name) };
}

export interface DebPlan {
  /** Of the tool that makes the package: among them `FILE=PLACE`. */
  readonly args: readonly string[];
  readonly desktop: string;
  readonly mime: string;
}

/** What a package for Debian would be made of, from what was packed. */
export async function debPlan({ folder }: Packed, output: string): Promise<DebPlan> {
  const program = path.join(import.meta.dirname, 'deb-plan.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, folder, output];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
  return JSON.parse(stdout.split('\n').find((line) => line.startsWith('{'))!) as DebPlan;
}

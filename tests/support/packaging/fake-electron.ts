import { chmod, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

/** What the real runtime carries before its fuses: `@electron/fuses` looks for it. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** Electron's own settings: run-as-node, NODE_OPTIONS, inspect and the privileges of `file:` on, the rest off. */
const FUSES_AS_SHIPPED = '10110001';
const WIRE = Buffer.concat([
  Buffer.from(SENTINEL),
  Buffer.from([1, FUSES_AS_SHIPPED.length]),
  Buffer.from(FUSES_AS_SHIPPED),
]);
const LOCALES = ['de', 'en', 'en-US', 'ja', 'ko'];

/**
 * The folder of an Electron runtime with nothing in it that runs: the files that a packer moves, renames and edits, and the
 * fuses. Electron's own cannot be had everywhere.
 */
export async function fakeElectron(folder: string, platform: string): Promise<void> {
  if (platform === 'darwin') return fakeMac(path.join(folder, 'Electron.app/Contents'));
  const program = path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
  await mkdir(path.join(folder, 'locales'), { recursive: true });
  for (const locale of LOCALES) await writeFile(path.join(folder, 'locales', `${locale}.pak`), '');
  await writeFile(program, platform === 'win32' ? windowsProgram() : WIRE);
  await chmod(program, 0o755);
  if (platform === 'linux') await writeFile(path.join(folder, 'chrome-sandbox'), '');
}

/** A program of Windows with a version and without a line of code. */
function windowsProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resource = NtExecutableResource.from(program);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resource.entries);
  // As a resource, which every editor of resources keeps; where it lies does not matter to the fuses.
  resource.entries.push({
    type: 'FUSES',
    id: 1,
    lang: 1033,
    codepage: 1200,
    bin: new Uint8Array(WIRE).buffer,
  });
  resource.outputResource(program);
  return Buffer.from(program.generate());
}

async function fakeMac(contents: string): Promise<void> {
  const framework = path.join(contents, 'Frameworks/Electron Framework.framework');
  const frameworkResources = path.join(framework, 'Versions/A/Resources');
  for (const locale of LOCALES) {
    for (const resources of [path.join(contents, 'Resources'), frameworkResources]) {
      await mkdir(path.join(resources, `${locale}.lproj`), { recursive: true });
      await writeFile(path.join(resources, `${locale}.lproj`, 'locale.pak'), '');
    }
  }
  await writeFile(path.join(framework, 'Electron Framework'), WIRE);
  await bundle(contents, 'Electron');
  for (const kind of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${kind}`;
    await bundle(path.join(contents, `Frameworks/${name}.app/Contents`), name);
  }
}

async function bundle(contents: string, name: string): Promise<void> {
  await mkdir(path.join(contents, 'MacOS'), { recursive: true });
  await writeFile(path.join(contents, 'MacOS', name), '');
  await chmod(path.join(contents, 'MacOS', name), 0o755);
  await writeFile(
    path.join(contents, 'Info.plist'),
    `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>CFBundleExecutable</key><string>${name}</string></dict></plist>`,
  );
}

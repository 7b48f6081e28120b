import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, constants, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { _electron, expect, test as base } from '@playwright/test';
import { hashInWindowsProgram, hashOfArchive } from '#tests/support/packaging/integrity.ts';
import { debPlan, packFor, type DebPlan, type Packed, type Target } from '#tests/support/packaging/pack.ts';
import { showsItself } from './apps/app.ts';
import { electronFor } from './apps/places.ts';

/**
 * The program as it is packed for each system, but for the runtime within and the installer around it. It runs on the
 * stand-in, so the tests are of that place alone.
 */
const MB = 1024 * 1024;
const ON = '1'.charCodeAt(0);
const OFF = '0'.charCodeAt(0);

const targets: readonly Target[] = [
  { platform: 'win32', arch: 'x64' },
  { platform: 'darwin', arch: 'arm64' },
  { platform: 'darwin', arch: 'x64' },
  { platform: 'linux', arch: 'x64' },
];

/** A folder far from the project: what lies below it would find the project's own packages. */
const test = base.extend<{ far: string }>({
  far: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'dangol-packed-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
});

for (const target of targets) {
  const { platform, arch } = target;
  test(`packed for ${platform} on ${arch} it holds what it needs and no more @stand-in`, async ({ far }) => {
    const packed = await packFor(target, far);
    const listed = listPackage(packed.asar, { isPack: false }).map((file) =>
      file.slice(1).replaceAll('\\', '/'),
    );

    expect(listed.filter((file) => !file.includes('/')).sort()).toEqual([
      'node_modules',
      'out',
      'package.json',
      'resources',
    ]);
    expect(listed.filter((file) => /^(out|resources)\/[^/]+$/.test(file)).sort()).toEqual([
      'out/main',
      'out/preload',
      'out/renderer',
      'resources/dragged.png',
      'resources/icon.png',
    ]);
    for (const needed of ['out/main/desktop.js', 'out/main/core-worker.js', 'out/renderer/index.html']) {
      expect(listed).toContain(needed);
    }
    // One native binary, and beside the archive, where the system's loader finds it.
    const native = `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`;
    expect(listed.filter((file) => file.endsWith('.node'))).toEqual([native]);
    const unpacked = path.join(packed.resources, 'app.asar.unpacked');
    const files = await readdir(unpacked, { recursive: true, withFileTypes: true });
    expect(files.filter((file) => file.isFile()).map((file) => file.name)).toEqual([path.basename(native)]);
    // Neither the project's own Node nor what only builds and tests it.
    const modules = new Set(listed.map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(file)?.[1]));
    for (const foreign of [
      'electron',
      'vue',
      'vitest',
      'playwright',
      'electron-builder',
      'echarts',
      'hucre',
    ]) {
      expect(modules.has(foreign), foreign).toBe(false);
    }
    expect([...modules].filter((name) => name && /^node-/.test(name))).toEqual([]);
    expect(listed.filter((file) => /\.(ts|map|vue)$/.test(file))).toEqual([]);

    expect((await stat(packed.asar)).size).toBeLessThan(28 * MB);
    expect((await stat(path.join(unpacked, native))).size).toBeLessThan(4 * MB);

    expect(await fusesOf(packed)).toEqual({
      RunAsNode: OFF,
      EnableNodeOptionsEnvironmentVariable: OFF,
      EnableNodeCliInspectArguments: OFF,
      GrantFileProtocolExtraPrivileges: OFF,
      EnableCookieEncryption: ON,
      EnableEmbeddedAsarIntegrityValidation: ON,
      OnlyLoadAppFromAsar: ON,
    });
    await expectWhatIsOf(target, packed);
    if (platform === 'linux') expectDebian(await debPlan(packed, path.join(far, 'deb')));
  });
}

async function fusesOf({ program }: Packed): Promise<Record<string, number>> {
  const wire = await getCurrentFuseWire(program);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const named = names.map((name) => [name, wire[FuseV1Options[name as keyof typeof FuseV1Options]]] as const);
  // Which of two snapshots V8 starts from is no matter of safety here.
  return Object.fromEntries(
    named.filter(([name]) => name !== 'LoadBrowserProcessSpecificV8Snapshot'),
  ) as Record<string, number>;
}

async function expectWhatIsOf({ platform }: Target, packed: Packed): Promise<void> {
  const launcher = path.join(packed.resources, 'bin', platform === 'win32' ? 'dangol.cmd' : 'dangol');
  expect(await readFile(launcher, 'utf8')).toContain('--command-line -- ');
  if (platform !== 'win32') await access(launcher, constants.X_OK);

  if (platform === 'win32') {
    expect(await hashInWindowsProgram(packed.program)).toBe(hashOfArchive(packed.asar));
  }
  if (platform === 'darwin') {
    const plist = await readFile(path.join(packed.resources, '../Info.plist'), 'utf8');
    expect(plist).toContain(hashOfArchive(packed.asar));
    expect(plist).toMatch(/<key>CFBundleTypeExtensions<\/key>\s*<array>\s*<string>dangol<\/string>/);
    expect(plist).toContain('<string>file.icns</string>');
    for (const [language, name] of [
      ['ko', '단골수첩'],
      ['en', 'Dangol Fieldbook'],
    ] as const) {
      const strings = path.join(packed.resources, `${language}.lproj/InfoPlist.strings`);
      expect(await readFile(strings, 'utf8')).toContain(`CFBundleDisplayName = "${name}"`);
    }
  } else {
    const locales = await readdir(path.join(packed.folder, 'locales'));
    expect(locales.sort()).toEqual(['en-US.pak', 'en.pak', 'ko.pak']);
  }
}

function expectDebian({ args, desktop, mime }: DebPlan): void {
  expect(args).toContain('resources/install/dangol=/usr/bin/dangol');
  expect(args.filter((arg) => arg.includes('=/usr/share/icons/'))).toHaveLength(8);
  const lines = desktop.split('\n');
  for (const line of [
    'Name=단골수첩',
    'Name[en]=Dangol Fieldbook',
    // Paths, since the program takes no URLs.
    'Exec="/opt/Dangol Fieldbook/dangol-fieldbook" %F',
    'MimeType=application/x-dangol;',
  ]) {
    expect(lines).toContain(line);
  }
  expect(mime).toContain('<mime-type type="application/x-dangol">');
  expect(mime).toContain('<glob pattern="*.dangol"/>');
}

test('the packed program opens its window, and is a command line with its mark @stand-in', async ({
  far,
}) => {
  const found = electronFor('stand-in');
  if ('missing' in found) throw new Error(found.missing);
  const here = { platform: process.platform, arch: process.arch } as Target;
  const packed = await packFor(here, path.join(far, 'pack'));
  const app = path.join(far, 'app');
  extractAll(packed.asar, app);
  const store = path.join(far, 'store');
  const run = (words: readonly string[]): ReturnType<typeof commandOf> =>
    commandOf(found.program, app, words);

  const made = await run(['--json', '--data', store, 'init', '--name', '--command-line']);
  expect(made, made.errors).toMatchObject({ code: 0 });
  expect(JSON.parse(made.said)).toMatchObject({ laptop: { name: '--command-line' } });
  expect(await run(['--json', '--data', store, 'verify'])).toMatchObject({ code: 0 });
  expect(await run(['--data', store, 'no-such-command'])).toMatchObject({ code: 2, said: '' });
  expect(await run(['--json', '--data', store, 'inspect', 'no-such-file'])).toMatchObject({ code: 1 });

  await expectToServe(found.program, app, store);

  const electron = await _electron.launch({
    executablePath: found.program,
    args: [app, '--lang=ko-KR', `--data=${store}`, '--password-store=basic'],
    cwd: app,
  });
  const page = await electron.firstWindow();
  await showsItself(page, () => electron.close());
  const status = await page.evaluate(() => window.dangol!.call('app.status', {}));
  expect(status).toMatchObject({ ok: true });
  await electron.close();
});

async function commandOf(
  program: string,
  app: string,
  words: readonly string[],
): Promise<{ code: number; said: string; errors: string }> {
  const child = spawn(program, [app, '--command-line', '--', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], said, errors] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code: code as number, said, errors };
}

/** The packed page over loopback, and an end that closes the store: the window opens it right after. */
async function expectToServe(program: string, app: string, store: string): Promise<void> {
  const words = ['--json', '--data', store, 'serve', '--port', '0'];
  const child = spawn(program, [app, '--command-line', '--', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(child, 'exit');
  const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  expect(await (await fetch(url)).text()).toContain('dangol-token');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
}

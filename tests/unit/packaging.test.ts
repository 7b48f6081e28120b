import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Data } from 'resedit';
import { afterEach, describe, expect, it } from 'vitest';
import { configFor } from '../../.config/packaging/electron-builder.ts';
import { feedOf } from '../../.config/packaging/feed.ts';
import { staged } from '../../.config/packaging/stage.ts';
import { commandWords } from '#main/shells/desktop-words.ts';
import { fakeElectron } from '#tests/support/packaging/fake-electron.ts';

const root = path.join(import.meta.dirname, '../..');
const install = path.join(root, 'resources/install');
const folders: string[] = [];

function newFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-packaging-'));
  folders.push(folder);
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true });
});

const feedEnv = { DANGOL_UPDATE_URL: 'https://dangol.invalid/feed/', DANGOL_PUBLISHER: 'Market Office' };

describe('the configuration', () => {
  // Not a part of electron-builder's door: the same check that it makes before it packs.
  const builder = createRequire(createRequire(import.meta.url).resolve('electron-builder'));
  const { validateConfiguration } = builder('app-builder-lib/out/util/config/config.js') as {
    validateConfiguration(config: unknown, log: { isEnabled: boolean; add(): void }): Promise<void>;
  };
  const validate = (config: unknown): Promise<void> =>
    validateConfiguration(config, { isEnabled: false, add: () => undefined });

  it('is what electron-builder takes, with a feed and without', async () => {
    await validate(configFor({}));
    await validate(configFor(feedEnv));
  });

  it('would not be with a word that electron-builder does not know', async () => {
    await expect(validate({ ...configFor({}), electronFuze: {} })).rejects.toThrow('electronFuze');
  });

  it('asks nobody for a newer program unless an address is given, and then signs or fails', () => {
    expect(configFor({})).toMatchObject({ publish: null });
    for (const system of ['win', 'mac'] as const) {
      expect(configFor({})[system]).not.toHaveProperty('publish');
      expect(configFor(feedEnv)[system]).toMatchObject({
        publish: [{ provider: 'generic', url: feedEnv.DANGOL_UPDATE_URL, channel: 'latest' }],
        forceCodeSigning: true,
      });
    }
    expect(configFor(feedEnv).win).toMatchObject({
      verifyUpdateCodeSignature: true,
      signtoolOptions: { publisherName: 'Market Office' },
    });
    expect(configFor(feedEnv)).toMatchObject({ publish: null });
    expect(configFor(feedEnv).linux).not.toHaveProperty('publish');
  });

  it('signs for itself alone on macOS without a certificate, and hardens with one', () => {
    expect(configFor({}).mac).toMatchObject({ identity: '-', hardenedRuntime: false });
    for (const env of [feedEnv, { CSC_LINK: 'file.p12' }, { CSC_NAME: 'Market Office' }]) {
      expect(configFor(env).mac).toMatchObject({ hardenedRuntime: true });
      expect(configFor(env).mac).not.toHaveProperty('identity');
    }
  });

  it('names files that are there', () => {
    const named = JSON.stringify(configFor({})).match(/resources\/install\/[\w./]+/g) ?? [];
    expect(named.length).toBeGreaterThan(5);
    for (const file of named) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
  });
});

describe('the feed', () => {
  it('is none without an address', () => {
    expect(feedOf({ DANGOL_PUBLISHER: 'Market Office' })).toBeNull();
  });

  it.each([
    ['over an open line', { ...feedEnv, DANGOL_UPDATE_URL: 'http://dangol.invalid/' }, 'https'],
    ['that is no address', { ...feedEnv, DANGOL_UPDATE_URL: 'feed' }, 'https'],
    ['without a publisher', { DANGOL_UPDATE_URL: feedEnv.DANGOL_UPDATE_URL }, 'DANGOL_PUBLISHER'],
  ])('is refused %s', (_what, env, reason) => {
    expect(() => feedOf(env)).toThrow(reason);
  });

  it('is offered to a share of the laptops, then to all', () => {
    const feed = "version: 1.2.3\nfiles:\n  - url: a.exe\n    sha512: 'eA=='\n";
    const tenth = staged(feed, 10);
    expect(tenth).toBe("version: 1.2.3\nfiles:\n  - url: a.exe\n    sha512: 'eA=='\nstagingPercentage: 10\n");
    expect(staged(staged(tenth, 50), 100)).toBe(feed);
    for (const share of [0, 101, 1.5, Number.NaN]) expect(() => staged(feed, share)).toThrow('1 to 100');
    expect(() => staged('nothing: here', 10)).toThrow('no feed');
  });
});

describe('the command line of the installed program', () => {
  it('is asked for by its mark alone', () => {
    expect(commandWords(['program'])).toBeNull();
    expect(commandWords(['program', '--data=x', 'a.dangol'])).toBeNull();
    expect(commandWords(['program', '--ozone-platform=headless', '--command-line', '--', 'kpis'])).toEqual([
      'kpis',
    ]);
    expect(commandWords(['program', '--command-line', 'kpis', '--', 'x'])).toEqual(['kpis', '--', 'x']);
    expect(commandWords(['program', '--command-line'])).toEqual([]);
  });

  const places = [
    ['Linux', 'resources/bin/dangol', 'dangol-fieldbook'],
    ['macOS', 'Contents/Resources/bin/dangol', 'Contents/MacOS/Dangol Fieldbook'],
  ] as const;
  it.skipIf(process.platform === 'win32').each(places)(
    'starts the program beside it on %s',
    (_system, at, program) => {
      const folder = newFolder();
      for (const file of [at, program])
        fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.copyFileSync(path.join(install, 'dangol'), path.join(folder, at));
      fs.writeFileSync(path.join(folder, program), '#!/bin/sh\nfor word; do echo "[$word]"; done\nexit 3\n', {
        mode: 0o755,
      });
      // As `/usr/local/bin/dangol` would be one.
      fs.symlinkSync(path.join(folder, at), path.join(folder, 'link'));
      const words = ['import', '내 파일.dangol', '--no-sandbox', ''];
      const run = (): unknown => execFileSync(path.join(folder, 'link'), words, { encoding: 'utf8' });
      const said = words.map((word) => `[${word}]`).join('\n');
      expect(run).toThrow(expect.objectContaining({ status: 3 }));
      try {
        run();
      } catch (error) {
        expect((error as { stdout: string }).stdout).toMatch(new RegExp('\\[--command-line\\]\n\\[--\\]\n'));
        expect((error as { stdout: string }).stdout.endsWith(`${said}\n`)).toBe(true);
      }
    },
  );
});

describe('what the installers show', () => {
  it('is said in Korean and in English', () => {
    const text = fs.readFileSync(path.join(install, 'installer.nsh'), 'utf8');
    const said = [...text.matchAll(/LangString (\w+) \$\{LANG_(\w+)\} "(.+)"/g)];
    const languagesOf = (name: string): (string | undefined)[] =>
      said.filter(([, of]) => of === name).map(([, , language]) => language);
    const shown = [...text.matchAll(/"\$\((\w+)\)"/g)].map(([, name]) => name!);
    expect(shown).toHaveLength(4);
    for (const name of shown) expect(languagesOf(name)).toEqual(['KOREAN', 'ENGLISH']);
    for (const [, , language, sentence] of said) {
      if (language === 'ENGLISH') expect(sentence).toMatch(/^[ -~]+$/);
      else expect(sentence).toMatch(/[가-힣]/);
    }
  });

  it.each(['icon', 'file'])('has the %s picture in every size that a system asks for', (name) => {
    const ico = Data.IconFile.from(fs.readFileSync(path.join(install, `${name}.ico`)));
    expect(ico.icons.map(({ width }) => width || 256)).toEqual([16, 24, 32, 48, 64, 128, 256]);
    const icns = fs.readFileSync(path.join(install, `${name}.icns`));
    const kinds: string[] = [];
    expect(icns.readUInt32BE(4)).toBe(icns.length);
    for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
      kinds.push(icns.toString('latin1', at, at + 4));
      expect(icns.toString('latin1', at + 9, at + 12)).toBe('PNG');
    }
    expect(kinds).toHaveLength(11);
  });
});

it.each(['win32', 'darwin', 'linux'] as const)(
  'a runtime that is none carries the fuses as shipped on %s',
  async (platform) => {
    const folder = newFolder();
    await fakeElectron(folder, platform);
    const program = { win32: 'electron.exe', darwin: 'Electron.app', linux: 'electron' }[platform];
    const wire = await getCurrentFuseWire(path.join(folder, program));
    const at = (name: FuseV1Options): string => String.fromCharCode(wire[name] as number);
    expect([at(FuseV1Options.RunAsNode), at(FuseV1Options.OnlyLoadAppFromAsar)]).toEqual(['1', '0']);
  },
);

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { askForUpdate, type Updater } from '#main/shells/electron-update.ts';

let resources = '';

beforeEach(() => {
  resources = fs.mkdtempSync(path.join(os.tmpdir(), 'dangol-update-'));
  fs.writeFileSync(path.join(resources, 'app-update.yml'), 'provider: generic\n');
});

afterEach(() => fs.rmSync(resources, { recursive: true }));

type Found = Awaited<ReturnType<Updater['checkForUpdates']>>;

/** An updater that finds version 2, or none. */
function updaterThat(found: boolean, download: () => Promise<string[]> = () => Promise.resolve([])): Updater {
  const updateInfo = { version: '2.0.0', files: [{ url: 'a.exe', sha512: '', size: 91_234_567 }] };
  return {
    autoDownload: true,
    autoInstallOnAppQuit: false,
    disableWebInstaller: false,
    checkForUpdates: () => Promise.resolve({ isUpdateAvailable: found, updateInfo } as unknown as Found),
    downloadUpdate: vi.fn(download),
  };
}

async function asked(
  updater: Updater,
  choice = 0,
  language: 'ko' | 'en' = 'ko',
): Promise<[string, string[]]> {
  const said: string[] = [];
  const ask = (message: string): Promise<number> => Promise.resolve(said.push(message)).then(() => choice);
  const load = (): Promise<Updater> => Promise.resolve(updater);
  return [await askForUpdate({ ask, resources, language, load }), said];
}

it('without an address nothing is loaded, and a person is told whom to ask', async () => {
  fs.rmSync(path.join(resources, 'app-update.yml'));
  const updater = updaterThat(true);
  const [came, said] = await asked(updater);
  expect(came).toBe('noFeed');
  expect(said).toEqual([expect.stringContaining('물어봐 주세요')]);
  expect(updater.autoDownload).toBe(true);
});

it('nothing is downloaded before a person has said so', async () => {
  const updater = updaterThat(true);
  const [came, said] = await asked(updater, 1);
  expect(came).toBe('later');
  expect(said).toEqual([expect.stringContaining('새 버전 2.0.0이 나왔어요. 92 MB를')]);
  expect(updater.autoDownload).toBe(false);
  expect(updater.downloadUpdate).not.toHaveBeenCalled();
});

it('what was downloaded waits until the program is closed', async () => {
  const updater = updaterThat(true);
  const [came, said] = await asked(updater, 0, 'en');
  expect(came).toBe('ready');
  expect(said).toEqual([
    expect.stringContaining('92 MB will be downloaded'),
    expect.stringContaining('when you have finished'),
  ]);
  expect(updater.autoInstallOnAppQuit).toBe(true);
  // There is no member by which it could end the program.
  expect(Object.keys(updater)).not.toContain('quitAndInstall');
});

it('the newest version is said to be that', async () => {
  expect(await asked(updaterThat(false))).toEqual(['newest', ['가장 새로운 버전을 쓰고 있어요.']]);
});

it('a signature that is another’s, or a network that is gone, leaves all as it was', async () => {
  const complaint = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const refused = updaterThat(true, () => Promise.reject(new Error('not signed by the application owner')));
  const [came, said] = await asked(refused);
  complaint.mockRestore();
  expect(came).toBe('failed');
  expect(said.at(-1)).toContain('기록과 지금 쓰는 프로그램은 그대로예요');
});

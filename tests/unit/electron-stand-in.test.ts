import fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import * as standIn from '#tests/support/electron-stand-in/electron.ts';
import { makeCodec } from '#tests/support/electron-stand-in/codec.ts';
import { emitterOf, preventable } from '#tests/support/electron-stand-in/emitter.ts';
import { invoke, ipcMain } from '#tests/support/electron-stand-in/ipc-main.ts';
import { fromChromium, protocol, toChromium } from '#tests/support/electron-stand-in/protocol.ts';
import { onlyKnown, strict } from '#tests/support/electron-stand-in/strict.ts';

const { dialog, Menu, Notification } = standIn;

type Event = Parameters<typeof invoke>[1];

describe('what the stand-in does not know', () => {
  const object = strict('app', { name: 'x', quit: () => 'quit' });

  it('throws on a member that is not there, read or written', () => {
    expect(object.quit()).toBe('quit');
    expect(() => (object as unknown as { getVersion(): void }).getVersion()).toThrow('no app.getVersion');
    expect(() => Object.assign(object, { other: 1 })).toThrow('no app.other');
  });

  it('lets a test replace a member, and a promise hold the object', async () => {
    object.name = 'y';
    expect((await Promise.resolve(object)).name).toBe('y');
  });

  it('throws on an event that is not there', () => {
    const emitter = emitterOf('app', ['ready'], () => 'self');
    expect(emitter.face.on('ready', () => undefined)).toBe('self');
    expect(() => emitter.face.on('reddy', () => undefined)).toThrow("no event app 'reddy'");
  });

  it('throws on an option that nothing looks at', () => {
    expect(() => onlyKnown('options', { width: 1, frame: false }, ['width'])).toThrow('options: frame');
  });

  it('throws on a member of an event that is not there', () => {
    const event = preventable({ url: 'x' });
    expect(event.url).toBe('x');
    expect(() => (event as unknown as { initiator: unknown }).initiator).toThrow('no event.initiator');
  });

  it.each(Object.entries(standIn))('throws on what %s does not have', (_name, module) => {
    const unknown = (): unknown => (module as unknown as Record<string, unknown>)['noSuchThing'];
    if (module === Notification)
      expect(() => new Notification({ title: 'x', silent: true })).toThrow('silent');
    else expect(unknown).toThrow('noSuchThing');
  });

  it('has nothing but what the app imports, and the one module that only a tester’s tool asks for', () => {
    const shells = fs.globSync('src-main/shells/*.ts').map((file) => fs.readFileSync(file, 'utf8'));
    const imported = shells.flatMap((text) =>
      [...text.matchAll(/import \{([^}]*)\} from 'electron'/g)].flatMap(([, names]) =>
        names!
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '' && !name.startsWith('type ')),
      ),
    );
    const inPreload = ['contextBridge', 'ipcRenderer'];
    const used = new Set(imported.filter((name) => !inPreload.includes(name)));
    // Playwright finds a window’s contents by it.
    expect(Object.keys(standIn).sort()).toEqual([...used, 'webContents'].sort());
  });

  it.each<[string, () => unknown]>([
    ['a key that Electron does not know', () => Menu.buildFromTemplate([{ accelerator: 'Strg+O' }])],
    ['a menu’s option', () => Menu.buildFromTemplate([{ label: 'x', visible: false }])],
    ['a dialog’s option', () => dialog.showOpenDialog({ message: 'x' })],
    ['a box’s option', () => dialog.showMessageBox({ message: 'x', checkboxLabel: 'y' })],
  ])('throws on %s', (_name, use) => {
    expect(use).toThrow('the stand-in');
  });

  it('hears when a listener prevents the default', () => {
    const event = preventable({ url: 'x' });
    expect(event.defaultPrevented).toBe(false);
    event.preventDefault();
    expect(event.defaultPrevented).toBe(true);
  });
});

describe('the wire to the page', () => {
  const { encode, decode } = makeCodec();

  it.each([
    ['nothing', undefined],
    ['plain values', { a: null, b: 'ㄱ', c: true, d: 1.5, e: [undefined, -0, NaN, Infinity] }],
    ['what looks like the wire', ['plain', ['map', [1]], { 0: 'undefined' }]],
    ['a big number', 123456789012345678901234567890n],
    ['a date', new Date(0)],
    ['a map', new Map<unknown, unknown>([[{ a: 1 }, new Set([1, 'x'])]])],
    ['bytes', new Uint8Array(100_000).map((_zero, at) => at % 251)],
    ['a part of a buffer', new Uint16Array([1, 2, 3, 4]).subarray(1, 3)],
    ['a buffer', new Uint8Array([1, 2]).buffer],
  ])('carries %s', (_name, value) => {
    expect(decode(encode(value))).toStrictEqual(value);
  });

  it('carries an error by name and message', () => {
    const error = decode(encode(new RangeError('too far'))) as Error;
    expect([error instanceof Error, error.name, error.message]).toEqual([true, 'RangeError', 'too far']);
  });

  it('refuses functions and symbols', () => {
    expect(() => encode({ f: () => undefined })).toThrow('An object could not be cloned.');
    expect(() => encode([Symbol('s')])).toThrow('An object could not be cloned.');
  });
});

describe('ipcMain', () => {
  const event = {} as Event;

  it('answers with a copy', async () => {
    const kept = { list: [1] };
    ipcMain.handle('copy', () => kept);
    const answer = await invoke('copy', event, []);
    expect(answer).toEqual(kept);
    expect(answer).not.toBe(kept);
  });

  it('fails in the words of Electron', async () => {
    const handler = vi.fn(() => {
      throw new TypeError('no');
    });
    ipcMain.handle('fails', handler);
    ipcMain.handle('gives a function', () => () => undefined);
    await expect(invoke('fails', event, [1, 2])).rejects.toThrow(
      "Error invoking remote method 'fails': TypeError: no",
    );
    expect(handler).toHaveBeenCalledWith(event, 1, 2);
    await expect(invoke('gives a function', event, [])).rejects.toThrow('An object could not be cloned.');
    await expect(invoke('none', event, [])).rejects.toThrow("No handler registered for 'none'");
    expect(() => ipcMain.handle('fails', handler)).toThrow("second handler for 'fails'");
  });
});

describe('the scheme that Chromium does not know', () => {
  it('is refused unless it behaves as https does, and mapped there and back', () => {
    const answer = (): Response => new Response();
    expect(() => protocol.handle('plain', answer)).toThrow('only standard, secure schemes');
    protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
    protocol.handle('app', answer);
    expect(toChromium('app://host/a/b?c#d')).toBe('https://host.app.invalid/a/b?c#d');
    expect(fromChromium('https://host.app.invalid/a/b?c#d')).toBe('app://host/a/b?c#d');
    for (const url of ['https://example.com/', 'https://host.else.invalid/', 'about:blank', 'no url']) {
      expect(fromChromium(url)).toBe(url);
    }
  });
});

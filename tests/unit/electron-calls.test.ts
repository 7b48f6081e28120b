import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer } from '#shared/contract/call.ts';
import type { CoreHost } from '#main/shells/core-host.ts';
import { channel } from '#main/shells/channel.ts';
import { pageUrl } from '#main/shells/electron-protocol.ts';
import { openGate, type Gate } from '#main/gate.ts';
import { invoke, ipcMain } from '#tests/support/electron-stand-in/ipc-main.ts';
import { scratchDir, valueOf } from '#tests/support/laptop.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in/electron.ts'));
const { passCalls } = await import('#main/shells/electron-calls.ts');

type Sender = Parameters<typeof invoke>[1];
const from = (senderFrame: unknown): Sender => ({ senderFrame }) as Sender;
const page = from({ url: pageUrl, parent: null });

let gate: Gate;
let own: string[];

/** Over a real core, so that what is refused here is what the core refuses. */
beforeEach(() => {
  gate = valueOf(openGate({ dataDir: scratchDir(), create: true, window: true }));
  own = [];
  ipcMain.removeHandler(channel.call);
  const did = (name: string) => (): null => (own.push(name), null);
  passCalls(Promise.resolve(gate as unknown as CoreHost), {
    'exchange.opened': did('opened'),
    'desktop.speak': did('speak'),
    'desktop.chooseFiles': did('choose'),
    'desktop.dragOut': did('drag'),
    'desktop.showSaved': did('show'),
  });
  return () => gate.close();
});

const ask = (sender: Sender, ...args: unknown[]): Promise<Answer> =>
  invoke(channel.call, sender, args) as Promise<Answer>;

describe('a call of the window', () => {
  it.each<[string, unknown]>([
    ['another page', { url: 'https://example.com/', parent: null }],
    ['another file of the app', { url: `${pageUrl}assets/main.js`, parent: null }],
    ['a frame within the page', { url: pageUrl, parent: { url: pageUrl, parent: null } }],
    ['a frame that is gone', null],
  ])('from %s is not answered', async (_name, frame) => {
    await expect(ask(from(frame), 'app.status', {})).rejects.toThrow('only the app’s own page may call');
    await expect(ask(from(frame), 'desktop.chooseFiles', {})).rejects.toThrow('only the app');
    expect(own).toEqual([]);
  });

  it.each<[string, unknown[], string]>([
    ['no method', [], 'UNKNOWN_METHOD'],
    ['a method that is no text', [{ toString: 'app.status' }, {}], 'UNKNOWN_METHOD'],
    ['a method that is not in the contract', ['toString', {}], 'UNKNOWN_METHOD'],
    ['a field too many', ['desktop.dragOut', { file: 'a', path: '/etc/passwd' }], 'INVALID_INPUT'],
    ['a field of another kind', ['desktop.dragOut', { file: 5 }], 'INVALID_INPUT'],
    ['a language that there is not', ['desktop.speak', { language: 'fr' }], 'INVALID_INPUT'],
    ['something that is no object', ['desktop.chooseFiles', 'x'], 'INVALID_INPUT'],
  ])('with %s is refused before anything is done', async (_name, args, code) => {
    expect(await ask(page, ...args)).toMatchObject({ ok: false, error: { code } });
    expect(own).toEqual([]);
  });

  it('that the core lets through is done by the shell', async () => {
    expect(await ask(page, 'desktop.speak', { language: 'en' })).toEqual({ ok: true, value: null });
    expect(await ask(page, 'desktop.dragOut', { file: '망원.dangol' })).toEqual({ ok: true, value: null });
    expect(own).toEqual(['speak', 'drag']);
  });

  it('is not done while the window is locked: no dialog, no file', async () => {
    await ask(page, 'pin.set', { pin: '4826' });
    await ask(page, 'lock.now', {});
    for (const [method, input] of [
      ['exchange.opened', {}],
      ['desktop.chooseFiles', {}],
      ['desktop.dragOut', { file: 'a' }],
      ['desktop.showSaved', { file: 'a' }],
    ] as const) {
      expect(await ask(page, method, input)).toMatchObject({ error: { code: 'APP_LOCKED' } });
    }
    expect(own).toEqual([]);
  });
});

import type { WebContents } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { emitterOf, preventable } from '#tests/support/electron-stand-in/emitter.ts';
import { shell } from '#tests/support/electron-stand-in/shell.ts';

vi.mock('electron', () => import('#tests/support/electron-stand-in/electron.ts'));
const { confine } = await import('#main/shells/electron-window.ts');

type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];

function confined() {
  const emitter = emitterOf('webContents', ['will-frame-navigate', 'will-attach-webview'], () => null);
  let open: OpenHandler | null = null;
  confine({
    ...emitter.face,
    setWindowOpenHandler: (handler: OpenHandler) => void (open = handler),
  } as unknown as WebContents);
  function isStopped(event: string, details: object): boolean {
    const asked = preventable(details);
    emitter.emit(event, asked);
    return asked.defaultPrevented;
  }
  const opens = (url: string) => open!({ url } as Parameters<OpenHandler>[0]);
  return { isStopped, opens };
}

describe('a window is kept on its page', () => {
  it('and shows no page within the page', () => {
    expect(confined().isStopped('will-attach-webview', {})).toBe(true);
  });

  it.each([
    ['app://dangol/#/visits', true, false],
    ['app://dangol/assets/main.js', true, true],
    ['https://example.com/', true, true],
    ['file:///C:/Users/a.html', true, true],
    ['app://dangol/', false, true],
  ])('%s, main frame %s: stopped %s', (url, isMainFrame, stopped) => {
    expect(confined().isStopped('will-frame-navigate', { url, isMainFrame })).toBe(stopped);
  });

  it('opens no window, whatever it may hand to the browser', () => {
    const opened: string[] = [];
    const open = vi.spyOn(shell, 'openExternal').mockImplementation((url) => {
      opened.push(url);
      return Promise.resolve();
    });
    const { opens } = confined();
    for (const url of [
      'https://pf.kakao.com/_a',
      'https://example.com/',
      'file:///etc/passwd',
      'about:blank',
    ])
      expect(opens(url)).toEqual({ action: 'deny' });
    expect(opened).toEqual(['https://pf.kakao.com/_a']);
    open.mockRestore();
  });
});

import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App, BrowserWindow, Session } from 'electron';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { tellDeliveries } from '#main/shells/electron-news.ts';
import { closeBeforeQuitting } from '#main/shells/electron-quit.ts';
import { offerReload, type Trouble } from '#main/shells/electron-rescue.ts';
import { askWhere, type SavedFiles } from '#main/shells/electron-saving.ts';
import { speechOf } from '#main/shells/electron-words.ts';
import { preventable } from '#tests/support/electron-stand-in/emitter.ts';

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('quitting', () => {
  function scene() {
    const emitter = new EventEmitter();
    const ended: string[] = [];
    const { promise: closed, resolve: finish } = Promise.withResolvers<void>();
    let asked = 0;
    const quit = (): void => {
      const event = preventable({});
      emitter.emit('will-quit', event);
      if (!event.defaultPrevented) ended.push('quit');
    };
    const app = Object.assign(emitter, { quit, exit: () => ended.push('exit') }) as unknown as App;
    const host = { close: () => ((asked += 1), closed) };
    return { app, ended, finish, host, quit, asked: () => asked };
  }

  it('waits for what is running, however often it is asked', async () => {
    const { app, ended, finish, host, quit, asked } = scene();
    closeBeforeQuitting(app, Promise.resolve(host), 1000);
    quit();
    quit();
    await vi.advanceTimersByTimeAsync(900);
    expect([ended, asked()]).toEqual([[], 1]);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(ended).toEqual(['quit']);
  });

  it('waits no longer than its limit', async () => {
    const { app, ended, host, quit } = scene();
    closeBeforeQuitting(app, Promise.resolve(host), 1000);
    quit();
    await vi.advanceTimersByTimeAsync(1000);
    expect(ended).toEqual(['exit']);
  });

  it('ends where the core never opened, and where it does not close', async () => {
    const never = scene();
    closeBeforeQuitting(never.app, Promise.reject(new Error('no store')), 1000);
    never.quit();
    await vi.advanceTimersByTimeAsync(0);
    expect(never.ended).toEqual(['quit']);
    const broken = scene();
    closeBeforeQuitting(
      broken.app,
      Promise.resolve({ close: () => Promise.reject(new Error('disk')) }),
      1000,
    );
    broken.quit();
    await vi.advanceTimersByTimeAsync(0);
    expect(broken.ended).toEqual(['exit']);
  });
});

describe('a screen in trouble', () => {
  function scene() {
    const done: string[] = [];
    const asked: { trouble: Trouble; over: AbortSignal; answer: (again: boolean) => void }[] = [];
    const contents = Object.assign(new EventEmitter(), {
      forcefullyCrashRenderer: () => done.push('crash'),
    });
    const window = Object.assign(new EventEmitter(), { webContents: contents });
    offerReload(window as unknown as BrowserWindow, {
      ask: (trouble, over) => new Promise((answer) => asked.push({ trouble, over, answer })),
      reload: () => done.push('reload'),
      quit: () => done.push('quit'),
    });
    const gone = (reason: string): boolean => contents.emit('render-process-gone', {}, { reason });
    const answer = async (again: boolean): Promise<void> => {
      asked.at(-1)!.answer(again);
      await vi.advanceTimersByTimeAsync(0);
    };
    return { done, asked, window, gone, answer };
  }

  it.each(['crashed', 'oom', 'killed', 'launch-failed'])('is offered anew: %s', async (reason) => {
    const { done, asked, gone, answer } = scene();
    gone(reason);
    expect(asked.map(({ trouble }) => trouble)).toEqual(['gone']);
    await answer(true);
    expect(done).toEqual(['reload']);
    gone(reason);
    await answer(false);
    expect(done).toEqual(['reload', 'quit']);
  });

  it('is none when it ended well', () => {
    const { asked, gone } = scene();
    gone('clean-exit');
    expect(asked).toEqual([]);
  });

  it('that hangs is ended and opened anew without a second question, or waited for', async () => {
    const { done, asked, window, gone, answer } = scene();
    window.emit('unresponsive');
    window.emit('unresponsive');
    expect(asked.map(({ trouble }) => trouble)).toEqual(['stuck']);
    await answer(false);
    expect(done).toEqual([]);
    window.emit('unresponsive');
    await answer(true);
    gone('crashed');
    expect([done, asked.length]).toEqual([['crash', 'reload'], 2]);
  });

  it('is not asked about any more once it answers again, or has ended after all', async () => {
    const { done, asked, window, gone, answer } = scene();
    window.emit('unresponsive');
    window.emit('responsive');
    expect(asked[0]!.over.aborted).toBe(true);
    await answer(true);
    expect(done).toEqual([]);
    window.emit('unresponsive');
    gone('oom');
    expect(asked.map(({ over }) => over.aborted)).toEqual([true, true, false]);
    await answer(true);
    expect(done).toEqual(['reload']);
  });
});

describe('news of deliveries', () => {
  it('are told together, by their places alone, when nobody looks', () => {
    const shown: (readonly string[])[] = [];
    let inFront = false;
    const hear = tellDeliveries(
      () => inFront,
      (places) => shown.push(places),
    );
    hear({ kind: 'outbox' });
    hear({ kind: 'delivered', destination: '사무실' });
    vi.advanceTimersByTime(1000);
    hear({ kind: 'delivered', destination: '공유 폴더' });
    expect(shown).toEqual([]);
    vi.advanceTimersByTime(500);
    expect(shown).toEqual([['사무실', '공유 폴더']]);
    inFront = true;
    hear({ kind: 'delivered', destination: '사무실' });
    vi.runAllTimers();
    expect(shown).toHaveLength(1);
  });
});

describe('where a file of the page is saved', () => {
  function scene() {
    const emitter = new EventEmitter();
    const saved: SavedFiles = new Map();
    const told: CoreEvent[] = [];
    const speech = speechOf(
      () => 'ko',
      () => undefined,
    );
    askWhere(emitter as unknown as Session, speech, saved, (event) => told.push(event));
    function download(url: string, name: string, to: string) {
      const event = preventable({});
      const options: object[] = [];
      const item = Object.assign(new EventEmitter(), {
        getURL: () => url,
        getFilename: () => name,
        getSavePath: () => to,
        setSaveDialogOptions: (given: object) => options.push(given),
      });
      emitter.emit('will-download', event, item);
      return {
        allowed: !event.defaultPrevented,
        options,
        done: (state: string) => item.emit('done', {}, state),
      };
    }
    return { saved, told, download };
  }

  it('is asked in the language of the app, the next time in the same folder', () => {
    const { saved, told, download } = scene();
    const first = download('blob:app://dangol/1', '망원.dangol', '/usb/망원 1.dangol');
    expect(first.options).toEqual([
      {
        title: '어디에 둘까요?',
        buttonLabel: '여기에 두기',
        defaultPath: '망원.dangol',
        filters: [{ name: '단골수첩 파일', extensions: ['dangol'] }],
      },
    ]);
    first.done('completed');
    expect([told, saved.get('망원 1.dangol')]).toEqual([
      [{ kind: 'saved', file: '망원 1.dangol' }],
      '/usb/망원 1.dangol',
    ]);
    const next = download('blob:app://dangol/2', '보고서.xlsx', '/usb/보고서.xlsx');
    expect(next.options).toMatchObject([
      { defaultPath: '/usb/보고서.xlsx', filters: [{ name: 'Excel 파일', extensions: ['xlsx'] }] },
    ]);
  });

  it('says nothing when the person changes their mind, and what went wrong when the disk does', () => {
    const { saved, told, download } = scene();
    download('blob:app://dangol/1', '망원.dangol', '').done('cancelled');
    expect(told).toEqual([]);
    download('blob:app://dangol/1', '망원.dangol', '/usb/망원.dangol').done('interrupted');
    expect(told).toMatchObject([{ kind: 'note', error: { code: 'FILE_UNWRITABLE' } }]);
    expect(saved.size).toBe(0);
  });

  it.each(['https://example.com/a.exe', 'blob:https://example.com/1', 'blob:app://else/1', 'data:,x'])(
    'is no question for what is not the page’s own: %s',
    (url) => {
      expect(scene().download(url, 'a', '/a').allowed).toBe(false);
    },
  );
});

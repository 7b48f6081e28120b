import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BrowserWindow } from 'electron';
import {
  keepStands,
  readStands,
  whereItOpens,
  type Area,
  type Stands,
} from '#main/shells/electron-stands.ts';
import { scratchDir } from '#tests/support/laptop.ts';

const laptop: Area = { x: 0, y: 0, width: 1366, height: 728 };
const desk: Area = { x: 0, y: 25, width: 1920, height: 1015 };
const right: Area = { x: 1920, y: 0, width: 2560, height: 1400 };
const left: Area = { x: -1366, y: 0, width: 1366, height: 728 };

const stood = (x: number, y: number, width: number, height: number, maximized = false): Stands => ({
  ...{ x, y, width, height },
  maximized,
});

describe('where the window opens', () => {
  it.each<[string, Stands | null, [Area, ...Area[]], object]>([
    ['the first time', null, [desk], { width: 1280, height: 800 }],
    ['the first time, on a small screen', null, [laptop], { width: 1280, height: 728 }],
    ['as it stood', stood(200, 100, 1200, 750), [desk], { x: 200, y: 100, width: 1200, height: 750 }],
    [
      'on the display where it stood',
      stood(2100, 90, 1400, 900),
      [desk, right],
      { x: 2100, y: 90, width: 1400, height: 900 },
    ],
    [
      'left of the first',
      stood(-1300, 10, 1100, 700),
      [desk, left],
      { x: -1300, y: 10, width: 1100, height: 700 },
    ],
    ['its display is gone', stood(2100, 90, 1400, 900), [desk], { width: 1400, height: 900 }],
    [
      'its display is gone, and the one left is small',
      stood(2100, 90, 1900, 1200),
      [laptop],
      { width: 1366, height: 728 },
    ],
    [
      'across two: where most of it was, and wholly there',
      stood(1500, 100, 1280, 800),
      [desk, right],
      { x: 1920, y: 100, width: 1280, height: 800 },
    ],
    [
      'below the edge of a display that became smaller',
      stood(300, 500, 1280, 800),
      [laptop],
      { x: 86, y: 0, width: 1280, height: 728 },
    ],
    ['above a menu bar', stood(100, -300, 1100, 700), [desk], { x: 100, y: 25, width: 1100, height: 700 }],
    ['by a sliver only', stood(1890, 100, 1100, 700), [desk], { width: 1100, height: 700 }],
  ])('%s', (_name, last, displays, opens) => {
    expect(whereItOpens(last, displays)).toEqual({ maximized: false, ...opens });
  });

  it('maximized again, wherever', () => {
    expect(whereItOpens(stood(200, 100, 1200, 750, true), [desk]).maximized).toBe(true);
    expect(whereItOpens(stood(9000, 100, 1200, 750, true), [desk]).maximized).toBe(true);
  });
});

describe('how it stood', () => {
  afterEach(() => vi.useRealTimers());

  function scene() {
    vi.useFakeTimers();
    const file = path.join(scratchDir(), 'window.json');
    const emitter = new EventEmitter();
    const state = { bounds: { x: 1, y: 2, width: 1100, height: 700 }, maximized: false };
    const window = Object.assign(emitter, {
      getNormalBounds: () => state.bounds,
      isMaximized: () => state.maximized,
    }) as unknown as BrowserWindow;
    keepStands(window, file);
    return { file, emitter, state };
  }

  it('is written when it has come to rest, and read again', () => {
    const { file, emitter, state } = scene();
    expect(readStands(file)).toBeNull();
    for (let step = 0; step < 50; step += 1) {
      state.bounds = { ...state.bounds, x: step };
      emitter.emit('move');
      vi.advanceTimersByTime(10);
    }
    expect(fs.existsSync(file)).toBe(false);
    vi.advanceTimersByTime(400);
    expect(readStands(file)).toEqual({ x: 49, y: 2, width: 1100, height: 700, maximized: false });
  });

  it('is written when it closes, without a rest', () => {
    const { file, emitter, state } = scene();
    state.maximized = true;
    emitter.emit('maximize');
    emitter.emit('close');
    emitter.emit('closed');
    expect(readStands(file)).toMatchObject({ maximized: true });
  });

  it('does not stop the window from closing where it cannot be written', () => {
    const { file, emitter } = scene();
    fs.mkdirSync(file);
    const told = vi.spyOn(console, 'error').mockReturnValue();
    emitter.emit('close');
    expect(told).toHaveBeenCalledOnce();
    told.mockRestore();
  });

  it.each(['', '{', '{"x":1}', '{"x":1,"y":2,"width":"9","height":3,"maximized":false}', '[]'])(
    'is forgotten when its file says %s',
    (text) => {
      const file = path.join(scratchDir(), 'window.json');
      fs.writeFileSync(file, text);
      expect(readStands(file)).toBeNull();
    },
  );
});

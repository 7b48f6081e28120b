import { readFileSync } from 'node:fs';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { writeFileAtomic } from '../before-core.ts';

/** A part of the desktop, in its own points. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How the window stood the last time: its size and place when it is not maximized, and whether it was. */
const stands = z.strictObject({
  x: z.int(),
  y: z.int(),
  width: z.int().positive(),
  height: z.int().positive(),
  maximized: z.boolean(),
});
export type Stands = z.output<typeof stands>;

/** Where it is to open; without a place, in the middle of the first display. */
export type Opens = Pick<Area, 'width' | 'height'> &
  Partial<Pick<Area, 'x' | 'y'>> & { readonly maximized: boolean };

const FIRST = { width: 1280, height: 800 };

/** The least of a window that one can still see and take hold of. */
const SEEN = { width: 120, height: 60 };

/**
 * Where the window opens: as it stood, wholly within the display that shows most of it; where no display does any more,
 * in the middle of the first. The laptops in the market have screens of 1366 by 768: it must not begin below their edge.
 *
 * @param displays what each display leaves free of task bars, the primary one first
 */
export function whereItOpens(last: Stands | null, displays: readonly [Area, ...Area[]]): Opens {
  const [primary] = displays;
  const { width, height } = last ?? FIRST;
  const maximized = last?.maximized ?? false;
  const home = last && displays.map((one) => [one, shared(last, one)] as const).sort(byArea)[0];
  if (!last || !home || home[1].width < SEEN.width || home[1].height < SEEN.height) {
    return { width: Math.min(width, primary.width), height: Math.min(height, primary.height), maximized };
  }
  const [display] = home;
  const size = { width: Math.min(width, display.width), height: Math.min(height, display.height) };
  return {
    ...size,
    x: clamp(last.x, display.x, display.x + display.width - size.width),
    y: clamp(last.y, display.y, display.y + display.height - size.height),
    maximized,
  };
}

function shared(a: Area, b: Area): { width: number; height: number } {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return { width: Math.max(0, width), height: Math.max(0, height) };
}

type Shared = readonly [Area, { width: number; height: number }];
const byArea = ([, a]: Shared, [, b]: Shared): number => b.width * b.height - a.width * a.height;

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** How it stood, from its file; null where there is none that can be read: then it opens as for the first time. */
export function readStands(file: string): Stands | null {
  try {
    return stands.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** Somebody who drags an edge moves it a hundred times. */
const PAUSE_MS = 400;

/** Writes down how the window stands, whenever it has come to rest and before it goes. */
export function keepStands(
  window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized'>,
  file: string,
): void {
  let timer: NodeJS.Timeout | undefined;

  function write(): void {
    clearTimeout(timer);
    const state: Stands = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileAtomic(file, Buffer.from(JSON.stringify(state)));
    } catch (error) {
      // On a full disk: it opens as it did before.
      console.error('how the window stands was not kept', error);
    }
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(write, PAUSE_MS);
  }

  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', write);
  window.on('closed', () => clearTimeout(timer));
}

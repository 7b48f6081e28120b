import type { Display, Screen } from 'electron';
import { strict } from './strict.ts';

export const workArea = { x: 0, y: 0, width: 1920, height: 1040 };

const display = strict('Display', { id: 1, workArea } satisfies Pick<Display, 'id' | 'workArea'>);

export const screen = strict('screen', {
  getPrimaryDisplay: () => display as Display,
  getAllDisplays: () => [display as Display],
} satisfies Pick<Screen, 'getPrimaryDisplay' | 'getAllDisplays'>);

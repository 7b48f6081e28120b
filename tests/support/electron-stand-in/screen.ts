import type { Display, Screen } from 'electron';
import { strict } from './strict.ts';

const display = strict('Display', {
  workAreaSize: { width: 1920, height: 1040 },
} satisfies Pick<Display, 'workAreaSize'>);

export const screen = strict('screen', {
  getPrimaryDisplay: () => display as Display,
} satisfies Pick<Screen, 'getPrimaryDisplay'>);

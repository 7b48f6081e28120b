import type { Menu as ElectronMenu } from 'electron';
import { strict } from './strict.ts';

let current: ElectronMenu | null = null;

export const Menu = strict('Menu', {
  setApplicationMenu: (menu) => void (current = menu),
  getApplicationMenu: () => current,
} satisfies Pick<typeof ElectronMenu, 'setApplicationMenu' | 'getApplicationMenu'>);

import type { Shell } from 'electron';
import { strict } from './strict.ts';

/** Nothing is started from a test: what would be is said on stderr. */
export const shell = strict('shell', {
  async openExternal(url) {
    process.stderr.write(`[shell] open ${url}\n`);
  },
  showItemInFolder: (file) => void process.stderr.write(`[shell] show ${file}\n`),
} satisfies Pick<Shell, 'openExternal' | 'showItemInFolder'>);

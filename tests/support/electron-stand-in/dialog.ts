import type { Dialog } from 'electron';
import { strict } from './strict.ts';

/** Nobody is there to look: what a dialog would say goes to stderr, and tests put in the answers they need. */
export const dialog = strict('dialog', {
  showErrorBox: (title, content) => void process.stderr.write(`[dialog] ${title}: ${content}\n`),
} satisfies Pick<Dialog, 'showErrorBox'>);

import { z } from 'zod';
import { call } from './call.ts';
import { none } from './shapes.ts';

/** What a person chooses in the menu or on a notification, and the window does. */
export const desktopActs = [
  'undo',
  'redo',
  'find',
  'open',
  'today',
  'stores',
  'exchange',
  'outbox',
  'figures',
  'settings',
] as const;
export type DesktopAct = (typeof desktopActs)[number];

/** The name of a file, as the event `saved` told it. */
const savedFile = z.strictObject({ file: z.string().min(1).max(255) });

/**
 * What only a desktop app can do. A shell that is one does it after the core has let it through, which does nothing
 * itself; in any other shell nothing happens.
 */
export const desktop = {
  /** The language of the screens: menu, dialogs and notifications speak it too. */
  'desktop.speak': call<null>()(z.strictObject({ language: z.enum(['ko', 'en']) })),
  /** Asks the person for session files, in the system's own dialog; they come by `exchange.opened`. */
  'desktop.chooseFiles': call<null>()(none),
  /** Lets a file that was saved since the program was started be dragged out of the window; unknown ones are left. */
  'desktop.dragOut': call<null>()(savedFile),
  /** Shows such a file in its folder. */
  'desktop.showSaved': call<null>()(savedFile),
};

import type { BaseWindow, Dialog, MessageBoxOptions, OpenDialogOptions } from 'electron';
import { onlyKnown, strict } from './strict.ts';

const openOptions = ['title', 'buttonLabel', 'filters', 'properties'];
const boxOptions = ['type', 'title', 'message', 'detail', 'signal', 'buttons', 'defaultId', 'cancelId'];

/** Nobody is there to look: what a dialog would say goes to stderr, and tests put in the answers they need. */
export const dialog = strict('dialog', {
  showErrorBox: (title, content) => say(title, content),
  showOpenDialog(window: BaseWindow | OpenDialogOptions, given?: OpenDialogOptions) {
    const options = given ?? (window as OpenDialogOptions);
    onlyKnown('showOpenDialog options', options, openOptions);
    say(options.title, 'open');
    return Promise.resolve({ canceled: true, filePaths: [] });
  },
  showMessageBox(window: BaseWindow | MessageBoxOptions, given?: MessageBoxOptions) {
    const options = given ?? (window as MessageBoxOptions);
    onlyKnown('showMessageBox options', options, boxOptions);
    say(options.title, `${options.message} [${options.buttons?.join('] [')}]`);
    return Promise.resolve({ response: options.cancelId ?? 0, checkboxChecked: false });
  },
} satisfies Pick<Dialog, 'showErrorBox' | 'showOpenDialog' | 'showMessageBox'>);

function say(title: string | undefined, text: string): void {
  process.stderr.write(`[dialog] ${title}: ${text}\n`);
}

import path from 'node:path';
import type { FileFilter, Session } from 'electron';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { isOwnFile } from './electron-protocol.ts';
import type { Speech, Words } from './electron-words.ts';

/**
 * Where the files lie that the person has put somewhere since the program was started, the last of each name; the page
 * knows them by name alone.
 */
export type SavedFiles = Map<string, string>;

/** Has the system ask where a file that the page made is to lie, and tells the page when it lies there. */
export function askWhere(
  session: Pick<Session, 'on'>,
  speech: Speech,
  saved: SavedFiles,
  tell: (event: CoreEvent) => void,
): void {
  let folder = '';

  session.on('will-download', (event, item) => {
    // The page makes its files itself; nothing is fetched from elsewhere.
    if (!isOwnFile(item.getURL())) return event.preventDefault();
    const name = item.getFilename();
    const { save, kinds } = speech.words;
    item.setSaveDialogOptions({
      title: save.title,
      buttonLabel: save.button,
      // Where the last one went; the system's own choice for the first.
      defaultPath: path.join(folder, name),
      filters: filtersOf(name, kinds),
    });
    item.once('done', (_done, state) => {
      const file = item.getSavePath();
      if (state === 'completed') {
        folder = path.dirname(file);
        saved.set(path.basename(file), file);
        tell({ kind: 'saved', file: path.basename(file) });
      } else if (state === 'interrupted') {
        tell({ kind: 'note', error: { code: 'FILE_UNWRITABLE', params: { file: name, reason: state } } });
      }
    });
  });
}

function filtersOf(name: string, kinds: Words['kinds']): FileFilter[] {
  const extension = path.extname(name).slice(1).toLowerCase();
  if (extension === '') return [];
  const known = extension === 'dangol' || extension === 'xlsx' ? extension : 'other';
  return [{ name: kinds[known], extensions: [extension] }];
}

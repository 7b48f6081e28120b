/** What the packaged program's `dangol` puts before the words of the command line (resources/install/dangol). */
const MARK = '--command-line';

/**
 * The words of the command line, or null when the program was opened for its window. The mark and no guess decides: a
 * session file may be called `dump`. A `--` after it keeps Chromium from taking the words for its own switches.
 *
 * @param args the whole of `process.argv`
 */
export function commandWords(args: readonly string[]): string[] | null {
  const at = args.indexOf(MARK);
  if (at === -1) return null;
  return args.slice(args[at + 1] === '--' ? at + 2 : at + 1);
}

import path from 'node:path';
import { app } from 'electron';
import { commandWords } from './desktop-words.ts';

/**
 * What Electron starts: the window, or the command line in a program that may not be run as Node
 * (docs/decisions/0029-packaging.md). Awaited, because Electron is not ready before its main file is through: the window's
 * profile must be set by then, and a command is done before Chromium has started anything.
 */
const words = commandWords(process.argv);
if (words === null) await import('./electron.ts');
else await runCommand(words);

async function runCommand(given: readonly string[]): Promise<void> {
  // Beside the window's own profile: both may run at once.
  app.setPath('userData', path.join(app.getPath('userData'), 'command-line'));
  // Ctrl+C is Electron's here: `serve` is to hear of it and close its store.
  app.on('will-quit', (event) => {
    if (process.listenerCount('SIGINT') === 0) return;
    event.preventDefault();
    process.emit('SIGINT');
  });
  process.argv = [process.execPath, 'dangol', ...given];
  await import('./cli.ts');
  await flushed(process.stdout);
  app.exit(Number(process.exitCode ?? 0));
}

/** On Windows a pipe is written to behind the program's back. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

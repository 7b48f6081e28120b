import type { ImportedFile } from '#shared/contract/exchange.ts';
import { Refusal } from '#shared/contract/errors.ts';
import { MAX_EXCHANGE_FILE } from '#shared/contract/limits.ts';
import { readFileWhole } from '../core.ts';
import { withCore, type Outcome, type Place } from './cli-commands.ts';
import { errorDocument } from './cli-output.ts';

/** Told between two files and while what came in is projected. */
export interface ImportTold {
  /** `stage` is 'file' while files come in, 'tables' while they are projected, 'parcel' to and from a hub. */
  progress(stage: 'file' | 'tables' | 'parcel', done: number, total: number): void;
  /** Whether the person asked to stop: no further file is begun. */
  stopped(): boolean;
}

/**
 * Merges files in one run. Each is durable when its turn is over; what is wrong with one keeps no other out; after a stop
 * the rest come back as refused with CANCELLED and are as they were.
 */
export function importFiles(
  place: Place,
  files: readonly string[],
  dryRun: boolean,
  told: ImportTold,
): Promise<Outcome> {
  return withCore(place, async (core) => {
    const run = core.importRun({ dryRun });
    const notAdded = new Map<number, ImportedFile>();
    for (const [i, file] of files.entries()) {
      if (told.stopped()) {
        notAdded.set(i, notRead(file, new Refusal('CANCELLED', { file })));
        continue;
      }
      try {
        await run.add(file, readFileWhole(file, MAX_EXCHANGE_FILE));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        notAdded.set(i, notRead(file, error));
      }
      told.progress('file', i + 1, files.length);
      // A signal is heard only between two turns of the event loop.
      await new Promise(setImmediate);
    }
    const added = await run.finish((done, total) => told.progress('tables', done, total));
    const results = files.map((_file, i) => notAdded.get(i) ?? added.shift()!);
    const documents = results.map(({ error, ...rest }) =>
      error ? { ...rest, ...errorDocument(error, place.language) } : rest,
    );
    // The first refusal stands where that of any other command stands too.
    const first = results.find(({ status }) => status === 'refused')?.error;
    const value = { files: documents, ...(first && errorDocument(first, place.language)) };
    return { value, refused: first !== undefined };
  });
}

function notRead(file: string, error: Refusal): ImportedFile {
  return {
    file,
    status: 'refused',
    import: null,
    new: 0,
    known: 0,
    conflicts: 0,
    clockSuspect: 0,
    records: {},
    laptop: null,
    unknownPrograms: [],
    error: { code: error.code, params: error.params },
  };
}

/** Progress on a terminal's last line, and Ctrl+C as the wish to stop; a second Ctrl+C ends the program at once. */
export function onTerminal(stderr: NodeJS.WriteStream): ImportTold & { end(): void } {
  let asked = false;
  let shown = 0;
  const stop = (): void => {
    asked = true;
    process.off('SIGINT', stop);
  };
  process.on('SIGINT', stop);
  return {
    progress(stage, done, total) {
      const now = performance.now();
      if (!stderr.isTTY || (done < total && now - shown < 100)) return;
      shown = now;
      stderr.write(`\r\u001b[K${stage} ${done} / ${total}${done === total ? '\n' : ''}`);
    },
    stopped: () => asked,
    end: () => void process.off('SIGINT', stop),
  };
}

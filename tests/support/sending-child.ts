import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { openCore } from '#main/core.ts';

/**
 * Runs the outbox once (`node sending-child.ts DIR STEP`) and kills itself, as a power cut would, before the given one of
 * the calls that change something on the disk or in the store. Ends with 0 when there were not so many, and prints how
 * many there were.
 */
const [dir = '', step] = process.argv.slice(2);
let done = 0;

function count(): void {
  done += 1;
  if (done === Number(step)) process.kill(process.pid, 'SIGKILL');
}

for (const name of ['rm', 'link', 'rename', 'open'] as const) {
  const real = fsPromises[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(fsPromises, {
    [name]: (...args: unknown[]) => {
      count();
      return real.apply(fsPromises, args);
    },
  });
}

const opened = openCore({ dataDir: dir, create: false });
if (!opened.ok) throw new Error(opened.error.code);
// Each change of state tells of itself after it is in the store: between the arrival and the mark there is none.
opened.value.on(({ kind }) => kind === 'outbox' && count());
const run = await opened.value.runOutbox();
if (!run.ok) throw new Error(run.error.code);
opened.value.close();
fs.writeSync(1, String(done));

import fs from 'node:fs';
import { openCore, restore } from '#main/core.ts';

/**
 * Makes a backup or restores one (`node killed-child.ts backup|restore DIR FILE STEP`), sets a passphrase (`passphrase
 * DIR 'OLD/NEW' STEP`; OLD is empty where the key is plain), or opens a store (`open DIR '' STEP`), and kills itself, as a power cut would, before the given one of the calls that change something on the disk. Ends with 0 when there were not so many.
 */
const [what, dir = '', file = '', step] = process.argv.slice(2);

const CHANGING = ['renameSync', 'rmSync', 'copyFileSync', 'mkdirSync', 'fsyncSync'] as const;
let done = 0;
for (const name of CHANGING) {
  const real = fs[name] as (...args: unknown[]) => unknown;
  Object.assign(fs, {
    [name]: (...args: unknown[]) => {
      done += 1;
      if (done === Number(step)) process.kill(process.pid, 'SIGKILL');
      return real(...args);
    },
  });
}

async function run(): Promise<void> {
  if (what === 'open') {
    const opened = openCore({ dataDir: dir, create: true });
    if (!opened.ok) throw new Error(opened.error.code);
    opened.value.close();
    return;
  }
  if (what === 'restore') {
    const restored = restore(dir, file);
    if (!restored.ok) throw new Error(restored.error.code);
    return;
  }
  const [old, fresh] = what === 'passphrase' ? file.split('/') : [];
  const opened = openCore({ dataDir: dir, create: false, unlock: { secret: old } });
  if (!opened.ok) throw new Error(opened.error.code);
  const saved = fresh
    ? await opened.value.call('vault.setPassphrase', { passphrase: fresh, ...(old ? { proof: old } : {}) })
    : opened.value.saveBackup(file);
  if (!saved.ok) throw new Error(saved.error.code);
  opened.value.close();
}

await run();

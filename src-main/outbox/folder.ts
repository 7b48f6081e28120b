import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { ErrorCode } from '#shared/contract/errors.ts';
import type { Place } from '#shared/contract/outbox.ts';
import { DeliveryFailure, type Parcel, type Transport } from './transport.ts';

type FolderPlace = Extract<Place, { kind: 'folder' }>;

/** Written between two looks at whether it should stop. */
const PIECE = 1024 * 1024;
const TEST_KEY = 'test';

/**
 * A folder: a network share, a synchronised one, a stick. The file is written whole under a name that nobody takes for a
 * result, and then given its own name, which replaces nothing.
 */
export function openFolder({ path: folder }: FolderPlace): Transport {
  async function send(parcel: Parcel, signal: AbortSignal): Promise<'arrived' | 'already'> {
    const { name, sha256, key } = parcel;
    const target = path.join(folder, name);
    const part = path.join(folder, partName(key));
    await reach(folder);
    // What an earlier try of this delivery left behind; nobody else's has this name.
    await fs.rm(part, { force: true });
    if (await isThere(target, name, sha256)) {
      // Once more: a folder that was away for an instant a moment ago let it stand, and no other try will come.
      await fs.rm(part, { force: true });
      return 'already';
    }
    try {
      await write(part, parcel.bytes, signal);
      signal.throwIfAborted();
      const given = await giveName(part, target);
      if (!given && (await isThere(target, name, sha256))) return 'already';
      if (!given)
        throw new DeliveryFailure('DELIVERY_FOLDER_DIFFERS', { folder, file: name }, { lasting: false });
    } finally {
      await fs.rm(part, { force: true }).catch(() => undefined);
    }
    await syncFolder(folder);
    if ((await hashOf(target)) !== sha256) {
      // A network share that lost a part of it: what stands there is ours, made a moment ago, and no result.
      await fs.rm(target, { force: true });
      throw new DeliveryFailure('DELIVERY_FOLDER_DIFFERS', { folder, file: name }, { lasting: false });
    }
    return 'arrived';
  }

  async function test(signal: AbortSignal): Promise<void> {
    const bytes = Buffer.from('단골수첩\n');
    const part = path.join(folder, partName(`${TEST_KEY}-${process.pid}-${Date.now()}`));
    await reach(folder);
    try {
      await write(part, bytes, signal);
      if (!(await fs.readFile(part)).equals(bytes)) {
        throw new DeliveryFailure(
          'DELIVERY_FOLDER_DIFFERS',
          { folder, file: path.basename(part) },
          { lasting: false },
        );
      }
    } finally {
      await fs.rm(part, { force: true }).catch(() => undefined);
    }
  }

  const inWords =
    <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> =>
      work(...args).catch((error: unknown) => {
        throw asFailure(error, folder);
      });
  return { send: inWords(send), test: inWords(test) };
}

/** Hidden, and named by the delivery: whoever finds one knows whose it is. */
function partName(key: string): string {
  return `.dangol-${key}.part`;
}

/**
 * Refuses as offline when the folder is not there: a stick that is not plugged in leaves none, and it must not be made on
 * the disk beneath. Only here: once there was a folder, something may stand in it, whatever happens then.
 */
async function reach(folder: string): Promise<void> {
  try {
    if ((await fs.stat(folder)).isDirectory()) return;
  } catch (error) {
    const failure = asFailure(error, folder);
    if (!failure.lasting)
      throw new DeliveryFailure(failure.code, failure.params, { lasting: false, offline: true }, error);
    throw failure;
  }
  throw new DeliveryFailure('DELIVERY_FOLDER_MISSING', { folder }, { lasting: false, offline: true });
}

/** Whether this very file stands there; refuses when another one has its name. */
async function isThere(target: string, name: string, sha256: string): Promise<boolean> {
  let found: string;
  try {
    found = await hashOf(target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    if (codeOf(error) !== 'EISDIR') throw error;
    found = 'a folder';
  }
  if (found === sha256) return true;
  throw new DeliveryFailure(
    'DELIVERY_FOLDER_TAKEN',
    { folder: path.dirname(target), file: name },
    { lasting: true },
  );
}

async function write(file: string, bytes: Uint8Array, signal: AbortSignal): Promise<void> {
  const handle = await fs.open(file, 'wx', 0o644);
  try {
    for (let at = 0; at < bytes.byteLength; at += PIECE) {
      signal.throwIfAborted();
      await handle.writeFile(bytes.subarray(at, at + PIECE));
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Gives the written file its own name unless something has it: a second name, which never replaces, and then the first
 * is taken away. Sticks and some shares know no second names; there, looking and renaming must do, which leaves an
 * instant in which another program's file of the very same name, hash included, would be replaced.
 */
async function giveName(part: string, target: string): Promise<boolean> {
  try {
    await fs.link(part, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(codeOf(error) ?? '')) throw error;
    return moveTo(part, target);
  }
  // A folder that is gone at this instant may be there again for the reading back, with both names in it: then this try
  // has not ended well, and the next one takes the first away. Who may not remove leaves it.
  await fs.rm(part).catch((error: unknown) => {
    if (asFailure(error, '').code === 'DELIVERY_FOLDER_MISSING') throw error;
  });
  return true;
}

async function moveTo(part: string, target: string): Promise<boolean> {
  const taken = await fs.stat(target).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
  if (!taken) await fs.rename(part, target);
  return !taken;
}

const NO_LINKS = new Set([
  'EPERM',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
  'EINVAL',
  'UNKNOWN',
  'EISDIR',
]);

/** In pieces: a file of someone else's under that name may be of any size. */
async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  const handle = await fs.open(file, 'r');
  try {
    for await (const piece of handle.createReadStream({ autoClose: false })) hash.update(piece as Buffer);
  } finally {
    await handle.close();
  }
  return hash.digest('hex');
}

/** Makes the new name durable where that can be asked for; Windows and many shares have no way to. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // The file itself is on the disk, which is as much as such a folder can promise.
  }
}

/** What the errors of the system mean in words, and whether trying again is of any use. */
const MEANINGS: Readonly<Record<string, readonly [ErrorCode, 'lasting' | 'passing']>> = {
  ...Object.fromEntries(
    [
      'ENOENT',
      'ENOTDIR',
      'ENODEV',
      'ENXIO',
      'ENOTCONN',
      'EHOSTDOWN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'ESTALE',
    ].map((code) => [code, ['DELIVERY_FOLDER_MISSING', 'passing'] as const]),
  ),
  EACCES: ['DELIVERY_FOLDER_FORBIDDEN', 'lasting'],
  EPERM: ['DELIVERY_FOLDER_FORBIDDEN', 'lasting'],
  EROFS: ['DELIVERY_FOLDER_READ_ONLY', 'lasting'],
  ENOSPC: ['DELIVERY_FOLDER_FULL', 'passing'],
  EDQUOT: ['DELIVERY_FOLDER_FULL', 'passing'],
};

function asFailure(error: unknown, folder: string): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  const reason = codeOf(error) ?? (error instanceof Error ? error.name : 'unknown');
  const [code, kind] = MEANINGS[reason] ?? (['DELIVERY_FOLDER_FAILED', 'passing'] as const);
  const params = code === 'DELIVERY_FOLDER_FAILED' ? { folder, reason } : { folder };
  return new DeliveryFailure(code, params, { lasting: kind === 'lasting' }, error);
}

/** The system's name for an error, such as ENOENT; an abort has a number there. */
function codeOf(error: unknown): string | undefined {
  const code: unknown = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openFolder } from '#main/outbox/folder.ts';
import type { DeliveryFailure, Parcel } from '#main/outbox/transport.ts';
import { scratchDir } from '#tests/support/laptop.ts';
import { smallDisk, whyNoSmallDisk } from '#tests/support/small-disk.ts';

const noMounts = whyNoSmallDisk();

function parcel(content: string | Buffer, key = 'one'): Parcel {
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = `보고서-${sha256.slice(0, 12)}.xlsx`;
  const about = {
    title: '보고서',
    contentType: 'application/octet-stream',
    queuedAt: '2026-11-24T01:00:00.000Z',
  };
  return { name, bytes, size: bytes.byteLength, sha256, key, ...about };
}

const never = (): AbortSignal => new AbortController().signal;
const to = (folder: string) => openFolder({ kind: 'folder', path: folder });

async function failing(
  work: Promise<unknown>,
): Promise<Pick<DeliveryFailure, 'code' | 'lasting' | 'offline'>> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown as DeliveryFailure,
  );
  return { code: error!.code, lasting: error!.lasting, offline: error!.offline };
}

/** A file system on which nobody writes, as a stick with its lock closed. */
function readOnlyDisk(): string {
  const { dir } = smallDisk(1);
  execFileSync('mount', ['-o', 'remount,ro', dir]);
  return dir;
}

describe('a folder', () => {
  it('gets the whole file under its own name and nothing else', async () => {
    const dir = scratchDir();
    const sent = parcel(Buffer.alloc(3_000_000, 'x'));
    expect(await to(dir).send(sent, never())).toBe('arrived');
    expect(fs.readdirSync(dir)).toEqual([sent.name]);
    expect(fs.readFileSync(path.join(dir, sent.name)).equals(sent.bytes)).toBe(true);
  });

  it('that is away for an instant right after the file got its name keeps nothing hidden', async () => {
    const dir = path.join(scratchDir(), 'usb');
    fs.mkdirSync(dir);
    const sent = parcel('a');
    const { link, open } = fsPromises;
    const linked = vi.spyOn(fsPromises, 'link').mockImplementation(async (...names) => {
      await link(...names);
      fs.renameSync(dir, `${dir} away`);
      // There again for whoever looks next.
      vi.spyOn(fsPromises, 'open').mockImplementation((...file) => {
        if (!fs.existsSync(dir)) fs.renameSync(`${dir} away`, dir);
        return open(...file);
      });
    });
    onTestFinished(() => void vi.restoreAllMocks());
    const first = await to(dir)
      .send(sent, never())
      .catch((error: DeliveryFailure) => error.code);
    expect(linked).toHaveBeenCalledTimes(1);
    if (!fs.existsSync(dir)) fs.renameSync(`${dir} away`, dir);
    expect(first).toBe('DELIVERY_FOLDER_MISSING');
    expect(await to(dir).send(sent, never())).toBe('already');
    expect(fs.readdirSync(dir)).toEqual([sent.name]);
  });

  it('knows a file that arrived before, and leaves it untouched', async () => {
    const dir = scratchDir();
    const sent = parcel('a');
    await to(dir).send(sent, never());
    const { mtimeMs, ino } = fs.statSync(path.join(dir, sent.name));
    expect(await to(dir).send(sent, never())).toBe('already');
    expect(fs.statSync(path.join(dir, sent.name))).toMatchObject({ mtimeMs, ino });
    expect(fs.readdirSync(dir)).toEqual([sent.name]);
  });

  it('replaces nothing: another content under the name is a person’s matter', async () => {
    const dir = scratchDir();
    const sent = parcel('a');
    fs.writeFileSync(path.join(dir, sent.name), 'b');
    expect(await failing(to(dir).send(sent, never()))).toEqual({
      ...{ code: 'DELIVERY_FOLDER_TAKEN', lasting: true, offline: false },
    });
    expect(fs.readFileSync(path.join(dir, sent.name), 'utf8')).toBe('b');
    const other = parcel('c');
    fs.mkdirSync(path.join(dir, other.name));
    expect((await failing(to(dir).send(other, never()))).code).toBe('DELIVERY_FOLDER_TAKEN');
    expect(fs.readdirSync(dir).sort()).toEqual([sent.name, other.name].sort());
  });

  it('two at once with one content: one file, and both know that it is there', async () => {
    const dir = scratchDir();
    const ways = await Promise.all([
      to(dir).send(parcel('a', 'one'), never()),
      to(dir).send(parcel('a', 'two'), never()),
    ]);
    expect(ways).toContain('arrived');
    expect(fs.readdirSync(dir)).toEqual([parcel('a').name]);
  });

  it('is cleared of what a crash left of this delivery, and of no other', async () => {
    const dir = scratchDir();
    fs.writeFileSync(path.join(dir, '.dangol-one.part'), 'ha');
    fs.writeFileSync(path.join(dir, '.dangol-two.part'), 'other');
    const sent = parcel('half');
    await to(dir).send(sent, never());
    expect(fs.readdirSync(dir).sort()).toEqual(['.dangol-two.part', sent.name]);
  });

  it('told to stop in the middle, it leaves nothing', async () => {
    const dir = scratchDir();
    const stop = new AbortController();
    const sent = parcel(Buffer.alloc(64 * 1024 * 1024));
    const sending = to(dir).send(sent, stop.signal);
    await expect.poll(() => fs.existsSync(path.join(dir, '.dangol-one.part')), { interval: 1 }).toBe(true);
    stop.abort();
    expect(await failing(sending)).toMatchObject({ code: 'DELIVERY_FOLDER_FAILED', lasting: false });
    expect(fs.readdirSync(dir)).toEqual([]);
  });

  it('that is not there is offline, and is not made', async () => {
    const dir = path.join(scratchDir(), 'usb');
    const offline = { code: 'DELIVERY_FOLDER_MISSING', lasting: false, offline: true };
    expect(await failing(to(dir).send(parcel('a'), never()))).toEqual(offline);
    expect(await failing(to(dir).test(never()))).toEqual(offline);
    expect(fs.existsSync(dir)).toBe(false);
    fs.writeFileSync(dir, 'a file');
    expect(await failing(to(dir).send(parcel('a'), never()))).toEqual(offline);
    fs.rmSync(dir);
    fs.mkdirSync(dir);
    expect(await to(dir).send(parcel('a'), never())).toBe('arrived');
  });

  it('is tested with a file that goes again', async () => {
    const dir = scratchDir();
    await to(dir).test(never());
    expect(fs.readdirSync(dir)).toEqual([]);
  });
});

describe.skipIf(noMounts !== null)(`a disk of its own${noMounts ? ` (skipped: ${noMounts})` : ''}`, () => {
  it('that is full says so, keeps no half file, and takes it once there is room', async () => {
    const disk = smallDisk(4);
    disk.fillBut(1_000_000);
    const sent = parcel(Buffer.alloc(2_000_000, 'x'));
    const full = { code: 'DELIVERY_FOLDER_FULL', lasting: false, offline: false };
    expect(await failing(to(disk.dir).send(sent, never()))).toEqual(full);
    expect(fs.readdirSync(disk.dir)).toEqual(['ballast']);
    disk.empty();
    expect(await to(disk.dir).send(sent, never())).toBe('arrived');
  });

  it('that is read-only says so, and waits for a person', async () => {
    const dir = readOnlyDisk();
    const locked = { code: 'DELIVERY_FOLDER_READ_ONLY', lasting: true, offline: false };
    expect(await failing(to(dir).send(parcel('a'), never()))).toEqual(locked);
    expect(await failing(to(dir).test(never()))).toEqual(locked);
  });
});

/** Root may write anywhere, but not into the folder of a process. */
const noSuchFolder =
  process.platform === 'linux' ? null : 'it needs a folder in which not even root may write';

it.skipIf(noSuchFolder !== null)('a folder in which one may not write says so', async () => {
  if (process.getuid?.() !== 0) {
    const dir = scratchDir();
    fs.chmodSync(dir, 0o500);
    onTestFinished(() => fs.chmodSync(dir, 0o700));
    expect(await failing(to(dir).send(parcel('a'), never()))).toMatchObject({
      ...{ code: 'DELIVERY_FOLDER_FORBIDDEN', lasting: true },
    });
    return;
  }
  const said = await failing(to('/sys/kernel').test(never()));
  expect(['DELIVERY_FOLDER_FORBIDDEN', 'DELIVERY_FOLDER_READ_ONLY']).toContain(said.code);
  expect(said).toMatchObject({ lasting: true, offline: false });
});

import { createHash } from 'node:crypto';
import { Refusal } from '#shared/contract/errors.ts';
import { LIMITS } from '../../exchange/format.ts';
import { openSealed, seal, type Opened, type Opener } from '../../exchange/seal.ts';
import { blobPieces } from '../../hub/blob-statements.ts';
import type { HubLink } from '../../hub/connection.ts';
import { isCollision } from '../../hub/failure.ts';
import type { StreamKey } from '../../hub/parcel.ts';

/** How often the same is tried anew when others write the same at the same time. */
export const TRIES = 20;

/** A blob as it goes to the hub: sealed where its parcel is. */
export async function sealBlob(bytes: Buffer, keys: readonly string[] | null): Promise<Buffer> {
  return keys ? seal(bytes, keys) : bytes;
}

/**
 * The blobs that a parcel names, as they were before they were sealed, and for how many laptops each is. Refuses with
 * HUB_PARCEL_FORGED one that is missing or not what its name says, and with FILE_SEALED_FOR_OTHERS.
 */
export async function fetchBlobs(
  link: HubLink,
  parcel: string,
  stream: StreamKey,
  wanted: ReadonlyMap<string, number>,
  opener: Opener,
): Promise<Map<string, Opened>> {
  const blobs = new Map<string, Opened>();
  for (const [name, bytes] of wanted) {
    if (bytes > LIMITS.blob) throw new Refusal('HUB_PARCEL_FORGED', { parcel, rule: 'blob size' });
    const pieces = await link.rows<{ bytes: Buffer }>(...blobPieces(stream, name));
    if (pieces.length === 0)
      throw new Refusal('HUB_PARCEL_FORGED', { parcel, rule: `blob ${name.slice(0, 8)}` });
    const whole = Buffer.concat(pieces.map((piece) => piece.bytes));
    const content = stream.sealed ? await openSealed(parcel, whole, opener) : { bytes: whole, recipients: 0 };
    const isIt = createHash('sha256').update(content.bytes).digest('hex') === name;
    if (content.bytes.length !== bytes || !isIt) {
      throw new Refusal('HUB_PARCEL_FORGED', { parcel, rule: `blob ${name.slice(0, 8)}` });
    }
    blobs.set(name, content);
  }
  return blobs;
}

/** Does something again for as long as somebody else does the same at the same time, within bounds. */
export async function untilAlone(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isCollision(error) || tries === TRIES) throw error;
    }
  }
}

import { setImmediate as aTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { Refusal } from '#shared/contract/errors.ts';
import type { Change } from '#shared/merge/change.ts';
import { BLOB_PREFIX, CHANGES, LIMITS } from '../exchange/format.ts';
import { isSignedBy, SIGNED } from '../exchange/keys.ts';
import { parseLines } from '../exchange/lines.ts';
import { openSealed, type Opener } from '../exchange/seal.ts';
import {
  digestOfIds,
  digestOfLines,
  digestOfText,
  MOST_ROW,
  PARCEL,
  parcelSchema,
  SALT_BYTES,
  type ParcelManifest,
  type StreamKey,
} from './parcel.ts';
import type { Roster } from './roster.ts';

const inflated = promisify(inflateRaw);
/** Lines that are looked at before other calls may come in between. */
const LINES = 2000;

/** A parcel as it lies in the hub. */
export interface ParcelRow extends StreamKey {
  readonly number: number;
  readonly digest: string;
  readonly manifest: string;
  readonly signature: string;
  readonly mendedManifest: string | null;
  readonly mendedSignature: string | null;
  readonly revision: number;
  readonly content: Buffer;
}

/** A parcel after every check but those of its blobs. */
export interface OpenParcel {
  /** Of whoever vouches for the content: who pushed it, or mended it. */
  readonly manifest: ParcelManifest;
  readonly manifestText: string;
  /** Of the first manifest: what the next parcel names. */
  readonly digest: string;
  /** Lines in id order, as one text. */
  readonly lines: Buffer;
  /** Sizes by SHA-256. */
  readonly blobs: ReadonlyMap<string, number>;
  /** Of the laptop that pushed it, whoever mended it since. */
  readonly pusherKey: string;
  /** For how many laptops it is sealed; 0 where it is not. */
  readonly recipients: number;
  changes(): IterableIterator<Change>;
}

export interface OpenWith {
  readonly roster: Roster;
  readonly opener: Opener;
  /** The digest of the parcel before it, null for a first one; undefined where nobody asks. */
  readonly previous: string | null | undefined;
}

/** What a person calls a parcel. */
export function parcelName({ laptop, number }: Pick<ParcelRow, 'laptop' | 'number'>, device = ''): string {
  return `hub/${device || laptop}/${number}`;
}

/**
 * Opens what lies in the hub; nothing of it is believed before. Refuses with HUB_PARCEL_FORGED what was altered, moved,
 * exchanged or blanked by somebody who may not, with FILE_SEALED_FOR_OTHERS what is not sealed for this laptop, and with
 * the refusals of a file whose lines are no changes.
 */
export async function openParcel(
  row: ParcelRow,
  { roster, opener, previous }: OpenWith,
): Promise<OpenParcel> {
  const forged = (rule: string, cause?: unknown): Refusal =>
    new Refusal('HUB_PARCEL_FORGED', { parcel: parcelName(row), rule }, cause);
  const first = signedManifest(row.manifest, row.signature, forged);
  const digest = digestOfText(row.manifest);
  if (digest !== row.digest) throw forged('digest');
  const { parcel } = first;
  const isItsPlace =
    parcel.hub === roster.hub &&
    parcel.programme === row.programme &&
    parcel.laptop === row.laptop &&
    parcel.laptop === first.device.id &&
    parcel.sealed === row.sealed &&
    parcel.number === row.number &&
    parcel.mends === undefined;
  if (!isItsPlace) throw forged('place');
  if (previous !== undefined && parcel.previous !== previous) throw forged('previous');
  const isMended = row.mendedManifest !== null;
  const manifest = isMended ? mendedManifest(row, first, digest, roster, forged) : first;
  const { lines, recipients } = await linesOf(row, manifest, opener, forged);
  const name = parcelName(row, manifest.device.name);
  const changes = (): IterableIterator<Change> =>
    parseLines(name, { sha256: '', isLarge: false, pieces: () => [lines].values() }, manifest.counts.changes);
  const extra = new Set(manifest.parcel.mends?.extra);
  const ids: Buffer[] = [];
  for (const { id, erase } of changes()) {
    if (!extra.has(id)) ids.push(idBytes(id));
    else if (!erase) throw forged('extra');
    if (ids.length % LINES === 0) await aTurn();
  }
  if (digestOfIds(ids) !== parcel.ids) throw forged('ids');
  return {
    manifest,
    manifestText: isMended ? row.mendedManifest! : row.manifest,
    digest,
    lines,
    blobs: blobsOf(manifest),
    pusherKey: first.device.publicKey,
    recipients,
    changes,
  };
}

/** The 16 bytes of a change's id, whose order is the text's order. */
function idBytes(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

type Forged = (rule: string, cause?: unknown) => Refusal;

function signedManifest(text: string, signature: string, forged: Forged): ParcelManifest {
  if (text.length > LIMITS.manifest) throw forged('manifest');
  let manifest: ParcelManifest;
  try {
    manifest = parcelSchema.parse(JSON.parse(text));
  } catch (error) {
    throw forged('manifest', error);
  }
  if (!isSignedBy(Buffer.from(text), signature, manifest.device.publicKey, SIGNED.parcel)) {
    throw forged('signature');
  }
  return manifest;
}

/** Mending is for whoever pushed it and for the coordinators whom the hub's founder named. */
function mendedManifest(
  row: ParcelRow,
  first: ParcelManifest,
  digest: string,
  roster: Roster,
  forged: Forged,
): ParcelManifest {
  const mended = signedManifest(row.mendedManifest!, row.mendedSignature ?? '', forged);
  const { id, publicKey } = mended.device;
  const may = [first.device, ...roster.coordinators].some(
    (one) => one.id === id && one.publicKey === publicKey,
  );
  if (!may) throw forged('mended by');
  const { mends, ...place } = mended.parcel;
  const { mends: _none, ...before } = first.parcel;
  if (mends?.digest !== digest || JSON.stringify(place) !== JSON.stringify(before)) throw forged('mended');
  return mended;
}

async function linesOf(
  row: ParcelRow,
  manifest: ParcelManifest,
  opener: Opener,
  forged: Forged,
): Promise<Pick<OpenParcel, 'lines' | 'recipients'>> {
  const { bytes, sha256 } = manifest.files[CHANGES] ?? {};
  const fits =
    bytes !== undefined &&
    bytes <= PARCEL.bytes + LIMITS.line &&
    manifest.counts.changes <= 2 * PARCEL.changes &&
    row.content.length <= MOST_ROW;
  if (!fits) throw forged('size');
  const name = parcelName(row, manifest.device.name);
  const { bytes: packed, recipients } = row.sealed
    ? await openSealed(name, row.content, opener)
    : { bytes: row.content, recipients: 0 };
  let lines: Buffer;
  try {
    lines = await inflated(packed.subarray(SALT_BYTES), { maxOutputLength: Math.max(1, bytes) });
  } catch (error) {
    throw forged('content', error);
  }
  if (lines.length !== bytes || digestOfLines(packed.subarray(0, SALT_BYTES), lines) !== sha256) {
    throw forged('content');
  }
  return { lines, recipients };
}

function blobsOf(manifest: ParcelManifest): Map<string, number> {
  const blobs = new Map<string, number>();
  for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
    if (name.startsWith(BLOB_PREFIX)) blobs.set(sha256, bytes);
  }
  return blobs;
}

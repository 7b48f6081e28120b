import type { Manifest } from '#shared/contract/exchange.ts';
import type { Change } from '#shared/merge/change.ts';
import { writeExchangeFile } from '../exchange/write.ts';
import type { Selection } from '../store/chosen-records.ts';
import { lineOf } from '../store/codec.ts';
import { selectLines } from '../store/selection.ts';
import { dayOf, freshId, type Deps } from './deps.ts';
import { sealFor } from './sealing.ts';
import { receiptsFor } from './kits/receipts.ts';

export interface Package {
  readonly purpose: Manifest['purpose'];
  readonly selection: Selection;
  /** What it is called, between the laptop's name and the day. */
  readonly what: string;
  readonly isNew?: (change: Change, n: number) => boolean;
  /** The person whom a kit is for. */
  readonly recipient?: string;
  /** Where the trainer of a kit may send files. */
  readonly destinations?: Manifest['destinations'];
  /** Laptops known here: only they and this one can open it. Without them, everybody can. */
  readonly sealFor?: readonly string[];
}

export interface Packed {
  /** Of the manifest. */
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** A name that every file system takes. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly changes: number;
  readonly records: Readonly<Record<string, number>>;
  /** Where the log ended. */
  readonly lastN: number;
}

/** Kits that a session file names: more than a trainer was given since the coordinator last heard of them. */
const KITS_TOLD = 5;

/** Writes the chosen part of the log, with the blobs that it names, as a signed exchange file, sealed where it is to be. */
export async function pack(
  deps: Deps,
  { purpose, selection, what, isNew, recipient, destinations, sealFor: laptops }: Package,
): Promise<Packed> {
  const { store } = deps;
  store.projector.catchUp();
  const lastN = store.projector.progress().total;
  const lines: string[] = [];
  const records = new Map<string, Set<string>>();
  const blobs = new Map<string, Uint8Array>();
  for (const { id, body, change } of selectLines(store, selection, isNew ?? (() => true))) {
    lines.push(lineOf(id, body));
    const ids = records.get(change.entity) ?? new Set();
    records.set(change.entity, ids.add(change.record));
    collectBlobs(deps, change, blobs);
  }
  const laptop = store.laptop();
  const counts = Object.fromEntries([...records].map(([entity, ids]) => [entity, ids.size]));
  const title = titleOf(deps, what);
  const { bytes, manifest } = await writeExchangeFile({
    id: freshId(deps),
    purpose,
    title,
    createdAt: new Date(deps.now()).toISOString(),
    device: { id: laptop.id, name: laptop.name, role: laptop.role, publicKey: laptop.publicKey },
    privateKey: laptop.privateKey,
    lines,
    records: counts,
    blobs,
    ...(purpose === 'session' && { kits: store.kits.taken(KITS_TOLD) }),
    ...(recipient !== undefined && { recipient }),
    ...(destinations && { destinations }),
    ...(purpose === 'kit' && { receipts: receiptsFor(deps, recipient ?? onlyOne(selection.trainers)) }),
  });
  const { id, createdAt } = manifest;
  return {
    id,
    createdAt,
    name: `${fileSafe(title)}.dangol`,
    bytes: laptops ? await sealFor(deps, bytes, laptops) : bytes,
    changes: lines.length,
    records: counts,
    lastN,
  };
}

function onlyOne<T>(some: readonly T[] | undefined): T | undefined {
  return some?.length === 1 ? some[0] : undefined;
}

/** Characters of a session's or programme's name in the title: a file is refused whose title is too long. */
const MAX_TITLE = 200;

/** A field that this version does not know may name a blob too, so every value that could be one is looked up. */
function collectBlobs({ store }: Deps, change: Change, blobs: Map<string, Uint8Array>): void {
  for (const field in change.set) {
    const value = change.set[field];
    if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value) || blobs.has(value)) continue;
    const bytes = store.blobs.get(value);
    if (bytes) blobs.set(value, bytes);
  }
}

function titleOf({ store, now }: Deps, what: string): string {
  const parts = [store.laptop().name, [...what].slice(0, MAX_TITLE).join(''), dayOf(now())];
  return parts.filter((part) => part !== '').join(' ');
}

export function fileSafe(title: string): string {
  return title.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_').slice(0, 120);
}

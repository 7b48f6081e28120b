import type { CheckedOf } from '#shared/contract/contract.ts';
import type { FileDigest, FileSight, LaptopSight, Manifest } from '#shared/contract/exchange.ts';
import { startDigest } from '#shared/incoming/digest.ts';
import { startPrograms, unknownPrograms } from '#shared/incoming/programs.ts';
import { fingerprintOf } from '../exchange/keys.ts';
import { readExchangeFile, type ExchangeFile } from '../exchange/read.ts';
import { idToBytes } from '../store/codec.ts';
import type { Db } from '../store/sqlite.ts';
import type { Store } from '../store/store.ts';
import type { Deps } from './deps.ts';
import { knownOrRefused } from './laptops.ts';
import { destinationsIn } from './outbox/from-kits.ts';
import { unsealed } from './sealing.ts';

/** Changes that are looked up one by one: a day's file has hundreds, a kit of everything 200,000. */
const LOOKED_UP = 50_000;

/** Reads the whole file, every line included, and stores nothing. */
export async function inspect(
  deps: Deps,
  { file, bytes }: CheckedOf<'exchange.inspect'>,
): Promise<FileSight> {
  const { store } = deps;
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { bytes: inside, recipients } = await unsealed(deps, file, given);
  const opened = await readExchangeFile(file, inside);
  store.projector.catchUp();
  const { digest, programs } = digestOf(opened, store);
  const known = knownOrRefused(deps, '', opened.manifest, false);
  const already = store.imports.bySha256(opened.sha256);
  const { device, purpose } = opened.manifest;
  const unknown = unknownPrograms(programs, purpose, {
    known: programsHere(store.db),
    metBefore: known?.publicKey === device.publicKey,
  });
  return {
    ...shownOf(opened.manifest),
    laptop: sightOf(opened, known === undefined),
    sha256: opened.sha256,
    sealed: recipients > 0,
    recipients,
    digest,
    already: already ? { import: already.id, file: already.file, importedAt: already.importedAt } : null,
    unknownPrograms: unknown,
  };
}

/** The manifest without what is sealed in it, and where a kit says that files can be sent. */
export function shownOf(whole: Manifest): Pick<FileSight, 'manifest' | 'destinations'> {
  const { destinations, ...manifest } = whole;
  return { manifest, ...(destinations && { destinations: destinationsIn(whole) }) };
}

/** The programmes of a store, deleted ones too: a deleted one is no stranger. */
export function programsHere(db: Db): Set<string> {
  return new Set(db.prepare('SELECT id FROM r_program').pluck().all() as string[]);
}

/** What is in a file; without a store, as far as the file itself tells. */
export function digestOf(
  opened: Pick<ExchangeFile, 'manifest' | 'changes'>,
  store: Store | null,
): { digest: FileDigest; programs: ReturnType<typeof startPrograms> } {
  const { manifest } = opened;
  const sum = startDigest(manifest.device.id);
  const programs = startPrograms(store?.laptop().id ?? null);
  const isHere = store?.db.prepare('SELECT 1 FROM change WHERE id = ?').pluck();
  let fresh: number | null = isHere && manifest.counts.changes <= LOOKED_UP ? 0 : null;
  for (const change of opened.changes()) {
    sum.see(change);
    programs.see(change);
    if (fresh !== null && isHere!.get(idToBytes(change.id)) === undefined) fresh += 1;
  }
  const { trainers, names, stores, ...counts } = sum.done();
  const nameHere = store?.db.prepare('SELECT name FROM r_person WHERE id = ?').pluck();
  const storeHere = store?.db.prepare('SELECT 1 FROM r_store WHERE id = ?').pluck();
  let newStores: number | null = storeHere ? 0 : null;
  if (storeHere) for (const id of stores) if (storeHere.get(id) === undefined) newStores! += 1;
  return {
    digest: {
      trainers: trainers.map((id) => ({
        id,
        name: names.get(id) ?? ((nameHere?.get(id) as string | null | undefined) || null),
      })),
      ...counts,
      newStores,
      fresh,
      programs: programs.all(),
    },
    programs,
  };
}

function sightOf({ manifest }: ExchangeFile, firstSeen: boolean): LaptopSight {
  const { id, name, publicKey } = manifest.device;
  return { id, name, fingerprint: fingerprintOf(publicKey), firstSeen };
}

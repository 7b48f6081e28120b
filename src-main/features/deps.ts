import { Refusal } from '#shared/contract/errors.ts';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { isFact, newId } from '#shared/model/ids.ts';
import type { RenewedCopies } from '#shared/contract/retention.ts';
import type { EntityName, PatchOf } from '#shared/model/model.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { Store } from '../store/store.ts';
import type { Auditor } from './audit/auditor.ts';
import type { OpenVault } from '../vault/vault.ts';

/** What every feature works with; the clock and the randomness come from outside. */
export interface Deps {
  readonly store: Store;
  /** How the store is opened. */
  readonly vault: OpenVault;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  /** The program's version. */
  readonly version: string;
  readonly tell: (event: CoreEvent) => void;
  readonly audit: Auditor;
  /** What lies beside the store from before an erasure; absent where no copies are made. */
  readonly copies?: Copies | undefined;
  /** Makes a copy of the store if one is due; never refuses, and is absent where no copies are made. */
  readonly beforeImport?: (() => Promise<void>) | undefined;
}

export interface Copies {
  /** How many copies the program made by itself there are, and how many folders a restore set aside. */
  count(): { copies: number; aside: number };
  /** Makes a copy of the store as it is now, and removes those that still hold what was erased since. */
  renew(): Promise<RenewedCopies>;
}

const seoulDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Seoul' });

/** The day in Asia/Seoul of a time in milliseconds since 1970, as YYYY-MM-DD. */
export function dayOf(ms: number): string {
  return seoulDay.format(ms);
}

export function freshId(deps: Deps): string {
  return newId(deps.now(), deps.random(16));
}

/**
 * Sets fields of a record, or makes it; null clears a field, undefined leaves it. A fact that was taken back is there
 * again when it is recorded again: its id is the same.
 */
export function writeRecord<E extends EntityName>(
  deps: Deps,
  entity: E,
  id: string,
  set: PatchOf<E> & { deleted?: boolean },
): void {
  const again = isFact(entity) && deps.store.projector.table(entity).get(id)?.fields['deleted'] === true;
  const whole = again ? { deleted: false, ...set } : set;
  deps.store.log.write([{ entity, id, set: whole as Record<string, Json> }]);
  deps.tell({ kind: 'changed', entities: [entity] });
}

/** Refuses with NOT_FOUND unless the record is here and not deleted. */
export function mustBeLive(deps: Deps, entity: EntityName, id: string): void {
  const found = deps.store.db.prepare(`SELECT 1 FROM live_${entity} WHERE id = ?`).get(id);
  if (!found) throw new Refusal('NOT_FOUND', { entity, id });
}

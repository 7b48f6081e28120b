import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import type { ImportedFile, ImportRow, Manifest, UndoPreview } from '#shared/contract/exchange.ts';
import { entityNames } from '#shared/model/model.ts';
import { rehearse } from '../store/sqlite.ts';
import { titleOf } from '../store/titles.ts';
import { startImportRun } from './import-run.ts';
import type { Deps } from './deps.ts';
import { inspect } from './inspect.ts';
import { withdrawOffers } from './outbox/from-kits.ts';

type Methods =
  | 'exchange.opened'
  | 'exchange.inspect'
  | 'exchange.import'
  | 'imports.list'
  | 'imports.preview'
  | 'imports.undo';

export function importHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'exchange.opened': () => null,
    'exchange.inspect': (input) => inspect(deps, input),
    'exchange.import': (input) => importOne(deps, input),
    'imports.list': () => list(deps),
    'imports.preview': ({ id }) => preview(deps, id),
    'imports.undo': ({ id }) => undo(deps, id),
  };
}

async function importOne(deps: Deps, input: CheckedOf<'exchange.import'>): Promise<ImportedFile> {
  const run = startImportRun(deps, { dryRun: input.dryRun, atOnce: true });
  await run.add(input.file, asBuffer(input.bytes));
  const [result] = await run.finish();
  if (result!.status === 'imported' && !input.dryRun)
    deps.tell({ kind: 'changed', entities: [...entityNames] });
  // What came may say that something arrived.
  deps.tell({ kind: 'outbox' });
  return result!;
}

function list({ store }: Deps): ImportRow[] {
  return store.imports.list().map((record) => {
    const manifest = JSON.parse(record.manifest) as Manifest;
    return {
      id: record.id,
      file: record.file,
      title: manifest.title,
      purpose: manifest.purpose,
      laptop: { id: record.laptop, name: manifest.device.name },
      importedAt: record.importedAt,
      undoneAt: record.undoneAt,
      changes: record.added,
      known: record.known,
      clockSuspect: record.clockSuspect,
    };
  });
}

/** How many records a preview names; the rest are in its counts. */
const PREVIEW_ROWS = 200;

/** Undoes the import and rolls it back: the preview cannot differ from the deed. */
function preview({ store, now }: Deps, id: string): UndoPreview {
  return rehearse(store.db, () => {
    const undone = store.imports.undo(id, new Date(now()).toISOString());
    const left = undone.touched.map(
      ({ entity, record }) => store.projector.table(entity).get(record) !== undefined,
    );
    return () => {
      const byEntity: Record<string, number> = {};
      for (const { entity } of undone.touched) byEntity[entity] = (byEntity[entity] ?? 0) + 1;
      const rows = undone.touched.slice(0, PREVIEW_ROWS).map(({ entity, record }, i) => ({
        entity,
        record,
        ...titleOf(store, entity, record),
        vanishes: !left[i],
      }));
      const { removed, kept, records } = undone;
      return { removed, kept, records, byEntity, rows };
    };
  });
}

function undo(deps: Deps, id: string): OutputOf<'imports.undo'> {
  const { removed, kept, records } = deps.store.imports.undo(id, new Date(deps.now()).toISOString());
  const destinations = withdrawOffers(deps, id);
  deps.tell({ kind: 'changed', entities: [...entityNames] });
  deps.tell({ kind: 'outbox' });
  return { removed, kept, records, ...(destinations && { destinations }) };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

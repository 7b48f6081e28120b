import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { HistoryEntry, RecordView } from '#shared/contract/records.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { historyOf } from '../store/history.ts';
import { freshId, type Deps } from './deps.ts';

type Methods =
  | 'records.get'
  | 'records.history'
  | 'records.write'
  | 'records.delete'
  | 'records.erase'
  | 'records.restore';

export function recordHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'records.get': (input) => get(deps, input),
    'records.history': (input): HistoryEntry[] => historyOf(deps.store, input, deps.now()),
    'records.write': (input) => write(deps, input),
    'records.delete': (input) => setDeleted(deps, input, true),
    'records.erase': (input) => erase(deps, input),
    'records.restore': (input) => setDeleted(deps, input, false),
  };
}

function get({ store }: Deps, { entity, id }: CheckedOf<'records.get'>): RecordView {
  const row = store.projector.table(entity).get(id);
  if (!row) throw new Refusal('NOT_FOUND', { entity, id });
  return { entity, id, fields: row.fields, conflicts: row.conflicts };
}

/** A certificate is written by the decision that it tells of, and by nobody else. */
function mustBeWritable(entity: string): void {
  if (entity === 'destruction') throw new Refusal('CERTIFICATE_FIXED');
}

function write(deps: Deps, input: CheckedOf<'records.write'>): { id: string; change: string } {
  const { entity } = input;
  mustBeWritable(entity);
  const set = input.set as Record<string, Json>;
  const id = input.id ?? freshId(deps);
  const [change] = deps.store.log.write([{ entity, id, set }]);
  deps.tell({ kind: 'changed', entities: [entity] });
  return { id, change: change ?? '' };
}

function setDeleted(
  deps: Deps,
  { entity, id }: CheckedOf<'records.delete'>,
  deleted: boolean,
): { change: string } {
  mustBeWritable(entity);
  if (!deps.store.projector.table(entity).get(id)) throw new Refusal('NOT_FOUND', { entity, id });
  const [change] = deps.store.log.write([{ entity, id, set: { deleted } }]);
  deps.tell({ kind: 'changed', entities: [entity] });
  return { change: change ?? '' };
}

function erase(deps: Deps, { entity, id, fields }: CheckedOf<'records.erase'>): { change: string } {
  mustBeWritable(entity);
  if (!deps.store.projector.table(entity).get(id)) throw new Refusal('NOT_FOUND', { entity, id });
  const [change] = deps.store.log.write([{ entity, id, erase: fields }]);
  deps.tell({ kind: 'changed', entities: [entity] });
  return { change: change ?? '' };
}

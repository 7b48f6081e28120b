import type { StepView } from '#shared/contract/undo.ts';
import type { Change } from '#shared/merge/change.ts';
import { isFact } from '#shared/model/ids.ts';
import { fieldOf } from '#shared/model/model.ts';
import { checklistItems } from '#shared/model/templates.ts';
import type { Step } from '../../store/steps.ts';
import { getVisit } from '../../store/visit-queries.ts';
import type { Deps } from '../deps.ts';

/** What a step did to one record. */
export interface OfRecord {
  readonly entity: string;
  readonly id: string;
  /** All changes of the record, in the order of their arrival. */
  readonly all: readonly Change[];
  /** The ids of those that the step made. */
  readonly ofStep: ReadonlySet<string>;
}

/** Calls that settle many conflicts: these are told by their number, for the first of them says little. */
const SETTLE_MANY = new Set(['conflicts.settleAll', 'conflicts.resolve']);

/** The step as far as it can be told without reading every record that it touched. */
export function viewOfMany({ store }: Deps, step: Step): StepView | null {
  if (!SETTLE_MANY.has(step.action)) return null;
  const changes = store.projector.changesAt(store.steps.placesOf(step));
  // What opens a conflict again is a change for each of its values.
  const fields = changes.flatMap(({ entity, record, set = {} }) =>
    Object.keys(set).map((field) => `${entity} ${record} ${field}`),
  );
  const count = new Set(fields).size;
  if (count < 2) return null;
  return { kind: 'settled', entity: '', title: '', fields: [], item: null, others: count - 1 };
}

/** The records of a step in the order in which it first touched them. */
export function changesByRecord({ store }: Deps, step: Step): OfRecord[] {
  const changes = store.projector.changesAt(store.steps.placesOf(step));
  const groups = Map.groupBy(changes, ({ entity, record }) => `${entity} ${record}`);
  return [...groups.values()].map((own) => {
    const { entity, record: id } = own[0]!;
    const all = store.projector.changesAt(store.projector.table(entity).places(id));
    return { entity, id, all, ofStep: new Set(own.map((change) => change.id)) };
  });
}

/** What the step was about: its first record, and what it set there. */
export function viewOfStep(deps: Deps, records: readonly OfRecord[]): StepView | null {
  const [first, ...rest] = records;
  if (!first) return null;
  const mine = first.all.filter((change) => first.ofStep.has(change.id));
  const fields = tellingFields(first.entity, mine);
  return {
    kind: kindOf(first, mine, fields),
    entity: first.entity,
    title: nameOf(deps, first.entity, first.id),
    fields,
    item: first.entity === 'check' ? itemOf(deps, first.id) : null,
    others: rest.filter(({ entity }) => entity === first.entity).length,
  };
}

function kindOf({ entity, all }: OfRecord, mine: readonly Change[], fields: string[]): StepView['kind'] {
  const deleted = mine.at(-1)?.set?.['deleted'];
  const made = all[0] === mine[0] && mine.length > 0;
  // The first mark of a fact makes it, and is told as the mark that it is.
  if (isFact(entity) && fields.length > 0 && deleted !== true) return 'edited';
  if (made) return 'made';
  if (deleted === true) return 'deleted';
  return deleted === false ? 'restored' : 'edited';
}

/** The fields that tell what was done: not the references that place a fact, nor the time beside an outcome. */
function tellingFields(entity: string, mine: readonly Change[]): string[] {
  const set = [...new Set(mine.flatMap((change) => Object.keys(change.set ?? {})))];
  const own = set.filter((field) => field !== 'deleted' && !(isFact(entity) && isPart(entity, field)));
  const timeless = own.filter((field) => fieldOf(entity, field)?.kind !== 'instant');
  return timeless.length > 0 ? timeless : own;
}

const PARTS = new Set(['session', 'person', 'visit', 'item', 'owner', 'ownerKind', 'date', 'left', 'right']);

function isPart(entity: string, field: string): boolean {
  return PARTS.has(field) || fieldOf(entity, field)?.kind === 'ref';
}

/** Fields that name a record, and those that lead to the record it is known by, nearest first. */
const NAMES = ['name', 'title', 'caption'];
const PARENTS: readonly (readonly [field: string, entity: string])[] = [
  ['person', 'person'],
  ['store', 'store'],
  ['owner', 'store'],
  ['owner', 'site'],
  ['visit', 'visit'],
  ['left', 'store'],
  ['site', 'site'],
  ['session', 'session'],
];

/** What a person calls the record: its own name, or that of the shop, person or market it is about. */
export function nameOf(deps: Deps, entity: string, id: string, depth = 0): string {
  const fields = deps.store.projector.table(entity).get(id)?.fields ?? {};
  const own = NAMES.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '');
  if (own !== undefined || depth === 3) return String(own ?? '');
  for (const [field, parent] of PARENTS) {
    const to = fields[field];
    const found = typeof to === 'string' ? nameOf(deps, parent, to, depth + 1) : '';
    if (found !== '') return found;
  }
  return '';
}

function itemOf({ store }: Deps, id: string): string | null {
  const fields = store.projector.table('check').get(id)?.fields;
  const visit = getVisit(store.db, String(fields?.['visit']));
  const item = String(fields?.['item']);
  return checklistItems(visit?.items).find(({ key }) => key === item)?.label ?? null;
}

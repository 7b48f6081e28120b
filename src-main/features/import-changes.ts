import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ChangeRow, ImportChanges, ImportSummary } from '#shared/contract/exchange.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { fieldOf } from '#shared/model/model.ts';
import { calledBy } from '../store/history.ts';
import { batchOf, beforeAfter, sourceIn, type Batch } from '../store/import-effects.ts';
import type { Store } from '../store/store.ts';
import { titleOf } from '../store/titles.ts';
import { chosenFrom, outcomeOf, type Outcome } from './import-changes/outcome.ts';
import type { Deps } from './deps.ts';
import { whileUnchanged } from './unchanged.ts';

type Methods = 'imports.summary' | 'imports.changes';

interface Looked {
  readonly key: string;
  readonly batch: Batch;
  readonly outcome: Promise<Outcome | null>;
}

/** What merged files changed, over any number of them as one. */
export function importChangesHandlers(deps: Deps): Pick<Handlers, Methods> {
  // Later writes alter nothing of it, and whoever looks at it asks for part after part and page after page.
  let last: Looked | null = null;
  const unchanged = whileUnchanged(deps.store);
  const files = deps.store.db.prepare('SELECT count(*) FROM import').pluck();
  const undone = deps.store.db.prepare('SELECT count(undoneAt) FROM import').pluck();

  async function look(ids: readonly string[]): Promise<{ batch: Batch; outcome: Outcome }> {
    for (;;) {
      const records = [...new Set(ids)].map((id) => deps.store.imports.get(id));
      const live = records.filter((record) => record !== undefined && record.undoneAt === null);
      if (live.length === 0) throw new Refusal('NOT_FOUND', { entity: 'import', id: ids[0] ?? '' });
      const state = undone.get();
      const key = JSON.stringify([state, live.map((record) => record!.id).sort()]);
      if (last?.key !== key) last = start(key, batchOf(live as never), () => undone.get() !== state);
      const mine = last;
      const outcome = await mine.outcome.catch((error: unknown) => {
        if (last === mine) last = null;
        throw error;
      });
      if (outcome && undone.get() === state) return { batch: mine.batch, outcome };
      if (last === mine) last = null;
    }
  }

  function start(key: string, batch: Batch, stale: () => boolean): Looked {
    const progress = (done: number, total: number): void =>
      deps.tell({ kind: 'progress', job: 'changes', done, total });
    return { key, batch, outcome: outcomeOf(deps.store, batch, { stale, progress }) };
  }

  return {
    'imports.summary': ({ imports }) =>
      // A laptop may come by another name in a file that brings nothing else.
      unchanged.onceMade(JSON.stringify([files.get(), imports]), async () => {
        const { batch, outcome } = await look(imports);
        return summary(deps.store, batch, outcome);
      }),
    async 'imports.changes'(input) {
      const { batch, outcome } = await look(input.imports);
      return page(deps.store, batch, outcome, input);
    },
  };
}

function summary(store: Store, { imports }: Batch, { counts, groups }: Outcome): ImportSummary {
  const named = groups.map(({ site, by, counts: own }) => ({
    site: site === null ? null : { id: site, name: titleOf(store, 'site', site).title },
    by: {
      ...by,
      name: by.kind === 'person' ? titleOf(store, 'person', by.id).title : laptopName(store, by.id),
    },
    counts: own,
  }));
  // What belongs to no market stands last.
  const rank = ({ site, by }: (typeof named)[number]): string =>
    `${site ? ' ' : '~'}${site?.name ?? ''} ${by.name}`;
  const order = new Intl.Collator('ko');
  return {
    files: imports.length,
    importedAt: imports.reduce((latest, { importedAt }) => (importedAt > latest ? importedAt : latest), ''),
    counts,
    groups: named.sort((a, b) => order.compare(rank(a), rank(b))),
  };
}

function page(
  store: Store,
  batch: Batch,
  outcome: Outcome,
  { part, group, limit, after }: CheckedOf<'imports.changes'>,
): ImportChanges {
  store.projector.catchUp();
  const wanted = chosenFrom(outcome, part, group);
  const from = after ?? 0;
  const rows = wanted.slice(from, from + limit).map((effect) => rowOf(store, batch, effect));
  return { rows, total: wanted.length, next: from + limit < wanted.length ? from + limit : null };
}

function rowOf(store: Store, batch: Batch, effect: Outcome['effects'][number]): ChangeRow {
  const { entity, record, field, part, n } = effect;
  const source = sourceIn(batch, n)!;
  const row = {
    part,
    entity,
    record,
    field,
    ...titleOf(store, entity, record),
    import: source.id,
    file: source.file,
  };
  if (field === null) return { ...row, before: null, after: null, values: [], names: {} };
  const { before, after } = beforeAfter(store, batch, entity, record);
  const shown = (value: Json | undefined): Json => withoutSecrets(entity, field, value ?? null);
  const was = shown(before?.fields[field]);
  const is = shown(after.fields[field]);
  const values = part === 'conflict' ? (after.conflicts[field] ?? []).map(shown) : [];
  return {
    ...row,
    before: was,
    after: is,
    values,
    names: namesOf(store, entity, field, [was, is, ...values]),
  };
}

/** What a merchant answered is for no list: only how many answers there are. */
function withoutSecrets(entity: string, field: string, value: Json): Json {
  if (!fieldOf(entity, field)?.confidential || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.keys(value).map((key) => [key, null]));
}

function namesOf(
  store: Store,
  entity: string,
  field: string,
  values: readonly Json[],
): Record<string, string> {
  const to = fieldOf(entity, field)?.to;
  if (to === undefined || to === '*') return {};
  const ids = values.flat().filter((id) => typeof id === 'string');
  return Object.fromEntries(
    ids.map((id) => [id, calledBy(titleOf(store, to, id))]).filter(([, name]) => name !== ''),
  ) as Record<string, string>;
}

function laptopName(store: Store, id: string): string {
  const own = store.laptop();
  return (id === own.id ? own.name : store.laptops.get(id)?.name) ?? '';
}

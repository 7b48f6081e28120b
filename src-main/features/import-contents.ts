import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { ImportContents } from '#shared/contract/exchange.ts';
import { broughtBy, type BroughtRecord } from '../store/import-contents.ts';
import { titleOf } from '../store/titles.ts';
import type { Deps } from './deps.ts';
import { whileUnchanged } from './unchanged.ts';

export function importContentsHandlers(deps: Deps): Pick<Handlers, 'imports.contents'> {
  // What a live import brought never changes, and whoever looks at it asks for page after page.
  const unchanged = whileUnchanged(deps.store);
  let last: { readonly id: string; readonly brought: readonly BroughtRecord[] } | null = null;

  function brought(id: string): readonly BroughtRecord[] {
    const record = deps.store.imports.get(id);
    if (!record || record.undoneAt !== null) throw new Refusal('NOT_FOUND', { entity: 'import', id });
    if (last?.id !== id) last = { id, brought: broughtBy(deps.store.db, record) };
    return last.brought;
  }

  return {
    'imports.contents': (input) => {
      const all = brought(input.id);
      // What things are called is asked for row by row: the same page is made once as long as nothing is written.
      return unchanged.once(JSON.stringify(input), () => contents(deps, all, input));
    },
  };
}

function contents(
  { store }: Deps,
  brought: readonly BroughtRecord[],
  { entity, limit, after }: CheckedOf<'imports.contents'>,
): ImportContents {
  store.projector.catchUp();
  const counts: Record<string, number> = {};
  for (const row of brought) counts[row.entity] = (counts[row.entity] ?? 0) + 1;
  const wanted = entity === undefined ? brought : brought.filter((row) => row.entity === entity);
  const from = after === undefined ? 0 : wanted.findIndex((row) => keyOf(row) === after) + 1;
  const page = wanted.slice(from, from + limit);
  return {
    counts,
    rows: page.map((row) => ({
      ...row,
      ...titleOf(store, row.entity, row.record),
      deleted: store.projector.table(row.entity).get(row.record)?.fields['deleted'] === true,
    })),
    next: from + limit < wanted.length ? keyOf(page.at(-1)!) : null,
  };
}

function keyOf({ entity, record }: BroughtRecord): string {
  return `${entity} ${record}`;
}

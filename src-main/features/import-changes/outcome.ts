import { noCounts, type Part, type PartCounts } from '#shared/incoming/effects.ts';
import { parseChangeId } from '#shared/merge/clock.ts';
import { effectsOfBatch, type Batch, type PlacedEffect } from '../../store/import-effects.ts';
import type { Store } from '../../store/store.ts';
import { attributionIn, type Worker } from './attribute.ts';

/** The work of one trainer in one market, as far as the batch brought it. */
export interface Group {
  readonly site: string | null;
  readonly by: Worker;
  readonly counts: PartCounts;
}

/** Everything that a batch did. Values are not held: they are read again when a page is looked at. */
export interface Outcome {
  readonly counts: PartCounts;
  readonly groups: readonly Group[];
  /** In the order in which they came, each with its group. */
  readonly effects: readonly (PlacedEffect & { readonly group: Group })[];
}

interface Told extends PlacedEffect {
  readonly site: string | null;
  readonly by: Worker;
  readonly laptop: string;
}

/** Null when an import was undone meanwhile. */
export async function outcomeOf(
  store: Store,
  batch: Batch,
  meanwhile: { stale: () => boolean; progress: (done: number, total: number) => void },
): Promise<Outcome | null> {
  const { siteOf, workerOf } = attributionIn(store.db);
  const told: Told[] = [];
  /** Who is named on a laptop, to say whose the rest of its work is. */
  const named = new Map<string, Set<string>>();
  const done = await effectsOfBatch(
    store,
    batch,
    (effect, { before, after, brought }) => {
      const { entity, record } = effect;
      const fields = { ...before?.fields, ...after.fields };
      const change = brought.find(({ n }) => n === effect.n)!.change;
      const by = workerOf(entity, fields, change);
      const { laptop } = parseChangeId(change.id);
      if (by.kind === 'person') named.set(laptop, (named.get(laptop) ?? new Set()).add(by.id));
      told.push({ ...effect, site: siteOf(entity, record, fields), by, laptop });
    },
    meanwhile,
  );
  return done && gathered(told, named);
}

function gathered(told: readonly Told[], named: ReadonlyMap<string, ReadonlySet<string>>): Outcome {
  const counts = noCounts();
  const groups = new Map<string, Group>();
  const effects = told
    .toSorted((a, b) => a.n - b.n)
    .map(({ site, by, laptop, ...effect }) => {
      const people = named.get(laptop);
      const worker: Worker =
        by.kind === 'laptop' && people?.size === 1 ? { kind: 'person', id: [...people][0]! } : by;
      const key = `${site} ${worker.kind} ${worker.id}`;
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { site, by: worker, counts: noCounts() }));
      counts[effect.part] += 1;
      group.counts[effect.part] += 1;
      return { ...effect, group };
    });
  return { counts, groups: [...groups.values()], effects };
}

/** The effects of one part, of one group, or all. */
export function chosenFrom(
  { effects }: Outcome,
  part: Part | undefined,
  group: { readonly site: string | null; readonly by: string } | undefined,
): Outcome['effects'] {
  if (!part && !group) return effects;
  return effects.filter(
    (effect) =>
      (!part || effect.part === part) &&
      (!group || (effect.group.site === group.site && effect.group.by.id === group.by)),
  );
}

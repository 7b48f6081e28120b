import { z } from 'zod';
import type { Certificate } from '#shared/contract/retention.ts';
import type { Change } from '#shared/merge/change.ts';
import { model } from '#shared/model/model.ts';
import { originOf } from '../../store/history.ts';
import { dayOf, type Deps } from '../deps.ts';

const kinds = z.array(z.object({ entity: z.string(), field: z.string(), records: z.number() }));
const rules = z.array(
  z.object({
    id: z.string(),
    name: z.string(),
    endsOn: z.string().nullable(),
    months: z.number().nullable(),
    keptUntil: z.string().nullable(),
  }),
);
const sent = z.array(
  z.object({
    to: z.string(),
    kind: z.enum(['session', 'kit']),
    files: z.number(),
    from: z.string(),
    until: z.string(),
  }),
);

/**
 * The record of destruction, the newest first: each entry as its first change has it, whatever was written later. What
 * another program put there in another form is left out of the entry.
 */
export function certificatesOf(
  deps: Deps,
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
): Certificate[] {
  const { store } = deps;
  store.projector.catchUp();
  const ids = store.db.prepare('SELECT id FROM r_destruction').pluck().all() as string[];
  return ids
    .flatMap((id) => certificateOf(deps, id) ?? [])
    .filter(({ at, destroyedOn }) => {
      const day = destroyedOn ?? dayOf(Date.parse(at));
      return (from === undefined || day >= from) && (to === undefined || day <= to);
    })
    .sort((a, b) => (a.at === b.at ? (a.id < b.id ? 1 : -1) : a.at < b.at ? 1 : -1));
}

function certificateOf({ store, now }: Deps, id: string): Certificate | null {
  const table = store.projector.table('destruction');
  const changes = store.projector.changesAt(table.places(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const first = changes.find(({ set }) => set !== undefined);
  if (!first) return null;
  const { at, laptop, author } = originOf(store, first, now());
  const basis = textOf(first, 'basis');
  return {
    ...{ id, at, laptop, altered: changes.length > 1 },
    destroyedOn: textOf(first, 'destroyedOn'),
    basis:
      basis !== null && basis in model.destruction.fields.basis.codes!
        ? (basis as Certificate['basis'])
        : null,
    reason: textOf(first, 'reason') ?? '',
    by: author,
    rules: rules.safeParse(first.set!['rules']).data ?? [],
    kinds: kinds.safeParse(first.set!['kinds']).data ?? [],
    records: Number(first.set!['records'] ?? 0),
    sent: sent.safeParse(first.set!['sent']).data ?? [],
  };
}

function textOf({ set }: Change, field: string): string | null {
  const value = set?.[field];
  return typeof value === 'string' ? value : null;
}

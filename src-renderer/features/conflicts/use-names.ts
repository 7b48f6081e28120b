import { shallowRef, watch } from 'vue';
import type { ConflictView } from '#shared/contract/conflicts.ts';
import { fieldOf } from '#shared/model/model.ts';
import { call } from '../../api.ts';

/** Fields that name a record, best first. */
const NAMES = ['name', 'title', 'date'];

/** The names of the records that a conflict's values point to, by id; what is not here stays without one. */
export function useNames(row: () => ConflictView | undefined) {
  const names = shallowRef<ReadonlyMap<string, string>>(new Map());

  async function look(of: ConflictView): Promise<void> {
    const to = fieldOf(of.entity, of.field)?.to;
    if (to === undefined || to === '*') return;
    const ids = new Set(of.sides.flatMap(({ value }) => (Array.isArray(value) ? value : [value])));
    await Promise.all(
      [...ids].map(async (id) => {
        if (typeof id !== 'string' || names.value.has(id)) return;
        const name = await nameOf(to, id);
        if (name !== null) names.value = new Map(names.value).set(id, name);
      }),
    );
  }

  watch(row, (of) => of && void look(of), { immediate: true });
  return names;
}

/** Null when the record is not here, or has no name; the id then stands for it. */
async function nameOf(entity: string, id: string): Promise<string | null> {
  try {
    const { fields } = await call('records.get', { entity, id });
    const name = NAMES.map((field) => fields[field]).find(
      (value) => typeof value === 'string' && value !== '',
    );
    return typeof name === 'string' ? name : null;
  } catch {
    return null;
  }
}

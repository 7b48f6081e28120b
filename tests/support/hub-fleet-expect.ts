import type { Change } from '#shared/merge/change.ts';

/**
 * Who may know what of a hub with the seal 'personal', a second time, from decision 30 alone; nothing is shared with
 * src-main/features/hub. Pure.
 */

/** Where a change lies in the hub, as the owner of the database sees it. */
export interface HeldChange {
  readonly id: string;
  /** Who pushed it. */
  readonly laptop: string;
  readonly programme: string;
  readonly sealed: boolean;
}

export interface Knower {
  /** 16 digits. */
  readonly laptop: string;
  readonly kind: 'coordinator' | 'trainer';
  /** '*': all. */
  readonly programmes: readonly string[];
  /** The changes that files brought here. */
  readonly byFile: ReadonlySet<string>;
}

/** Marked as personal in the model; and what the model does not have, since it may be. */
const PERSONAL: Readonly<Record<string, readonly string[]>> = {
  store: ['phone', 'ownerName', 'colourOfTheDoor'],
  person: ['name', 'phone'],
  photo: ['blob'],
};

/** Whether a change, as it was written, tells something that is for the coordinators alone. */
export function personalFields({ entity, set }: Change): string[] {
  return (PERSONAL[entity] ?? []).filter((field) => (set?.[field] ?? null) !== null);
}

/** Every change that somebody must have in the end, and no other. */
export function mayKnow(
  { laptop, kind, programmes, byFile }: Knower,
  changes: ReadonlyMap<string, Change>,
  held: readonly HeldChange[],
): Change[] {
  const read = held.filter(({ id, programme, sealed }) => {
    if (kind === 'coordinator' || writerOf(id) === laptop || byFile.has(id)) return true;
    if (sealed || programme === '?') return false;
    return programme === '' || programmes.includes(programme) || programmes.includes('*');
  });
  return read.map(({ id }) => changes.get(id)!);
}

/** The laptop in a change's id. */
function writerOf(id: string): string {
  return id.replaceAll('-', '').slice(16);
}

/**
 * The programme of a change and whether it was sealed is as whoever pushed it saw it then, which the history does not tell.
 * So the database is asked for both, and this says which of its answers cannot be: a seal that is missing or too much, a
 * programme in which the record never was, an erasure that is not for everybody.
 */
export function misplaced(changes: ReadonlyMap<string, Change>, held: readonly HeldChange[]): string[] {
  const all = [...changes.values()];
  return held.flatMap(({ id, programme, sealed }) => {
    const change = changes.get(id);
    if (!change) return [`${id} was never written`];
    const personal = personalFields(change);
    // Pushed after it was destroyed where it was pushed from, it tells nothing.
    const isBlank = personal.every((field) => isErased(change, field, all));
    const faults = [];
    if (sealed ? personal.length === 0 : !isBlank) faults.push(`${id} sealed: ${sealed}`);
    if (!programmesOf(change, all).has(programme)) faults.push(`${id} in the programme '${programme}'`);
    return faults;
  });
}

function isErased({ entity, record, prior }: Change, field: string, all: readonly Change[]): boolean {
  return all.some(
    (one) =>
      one.entity === entity &&
      one.record === record &&
      one.erase?.includes(field) &&
      !(prior?.[field] ?? []).includes(one.id),
  );
}

/** Every programme in which somebody may have seen the record of a change. */
function programmesOf({ entity, record, erase }: Change, all: readonly Change[]): Set<string> {
  if (erase) return new Set(['']);
  if (entity === 'program') return new Set([record]);
  const above = {
    site: ['program', 'program'],
    store: ['site', 'site'],
    person: ['store', 'store'],
    photo: ['owner', 'store'],
  }[entity]!;
  const [field, next] = above as [string, string];
  const found = new Set(['?']);
  for (const one of all) {
    if (one.entity !== entity || one.record !== record) continue;
    const value = one.set?.[field];
    if (typeof value === 'string') {
      const upper: Change = { ...one, entity: next, record: value };
      for (const programme of programmesOf(upper, all)) found.add(programme);
    }
    const kind = one.set?.['kind'];
    if (entity === 'person' && (kind === 'trainer' || kind === 'coordinator')) found.add('');
  }
  return found;
}

/** The pictures that changes name and that none of them destroyed: no fewer and no more are to be where they are known. */
export function picturesOf(changes: readonly Change[], all: readonly Change[] = changes): Set<string> {
  const erasures = all.filter(({ entity, erase }) => entity === 'photo' && erase);
  const named = changes.filter(
    (change) => change.entity === 'photo' && change.set?.['blob'] && !isErased(change, 'blob', erasures),
  );
  return new Set(named.map(({ set }) => set!['blob'] as string));
}

/** Where in the hub which picture is to lie, as `programme laptop sealed sha256`. */
export function picturesIn(changes: ReadonlyMap<string, Change>, held: readonly HeldChange[]): Set<string> {
  const streams = new Map<string, Change[]>();
  for (const { id, programme, laptop, sealed } of held) {
    const key = `${programme} ${laptop} ${sealed}`;
    streams.set(key, [...(streams.get(key) ?? []), changes.get(id)!]);
  }
  const all = [...changes.values()];
  return new Set(
    [...streams].flatMap(([key, own]) => [...picturesOf(own, all)].map((sha256) => `${key} ${sha256}`)),
  );
}

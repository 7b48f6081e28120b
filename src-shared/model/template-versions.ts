/**
 * How the versions of a template hang together (docs/decisions/0011-template-versions.md). A version names the one that
 * it was made from; what state it is in follows from what points to it, so that no flag can disagree with the data.
 */

export type TemplateKind = 'checklist' | 'survey';

/**
 * draft: nothing was answered under it and no programme uses it, so it may be edited · used: a programme uses it ·
 * past: something was answered under it, or a later version was made from it.
 */
export type TemplateState = 'draft' | 'used' | 'past';

export interface TemplateLink {
  readonly id: string;
  readonly version: number;
  readonly basedOn: string | null;
}

export interface TemplateUses {
  readonly programs: number;
  /** Visits or responses that were given to it, deleted ones too: they may come back. */
  readonly answered: boolean;
}

export function stateOf(
  id: string,
  { programs, answered }: TemplateUses,
  all: readonly TemplateLink[],
): TemplateState {
  if (programs > 0) return 'used';
  return answered || all.some(({ basedOn }) => basedOn === id) ? 'past' : 'draft';
}

/** The versions of one template, oldest first, with its drafts. A version that is not here still joins those made from it. */
export function familyOf<T extends TemplateLink>(id: string, all: readonly T[]): T[] {
  const byId = new Map(all.map((template) => [template.id, template]));
  const root = rootOf(id, byId);
  return all
    .filter((template) => rootOf(template.id, byId) === root)
    .sort((a, b) => a.version - b.version || (a.id < b.id ? -1 : 1));
}

/** The number after all published versions of the family; two laptops that publish at once both come to the same. */
export function nextVersion(
  family: readonly (Pick<TemplateLink, 'version'> & { readonly state: TemplateState })[],
): number {
  return 1 + Math.max(0, ...family.filter(({ state }) => state !== 'draft').map(({ version }) => version));
}

/** Where the line of versions begins. A line that runs in a circle, which only a forged file can bring, begins at its least id. */
function rootOf(id: string, byId: ReadonlyMap<string, TemplateLink>): string {
  const seen = new Set<string>();
  let at = id;
  for (;;) {
    seen.add(at);
    const before = byId.get(at)?.basedOn ?? null;
    if (before === null) return at;
    if (seen.has(before)) return [...seen].sort()[0]!;
    at = before;
  }
}

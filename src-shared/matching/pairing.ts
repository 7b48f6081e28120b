/** One way to recognise that a row and a record mean the same thing. */
export interface PairRule<T> {
  readonly why: string;
  /** Equal keys speak for the same thing; where a rule does not apply it gives none. */
  readonly keys: (side: T) => readonly string[];
  /** What speaks against it all the same. */
  readonly unless?: (row: T, record: T) => boolean;
}

export interface Candidate<T> {
  readonly id: string;
  /** Records of one group are one thing, as somebody decided; a record without is a group of its own. */
  readonly group?: string;
  readonly side: T;
}

export interface Pair {
  readonly id: string;
  readonly why: string;
}

/**
 * Finds the record that each row means, each record at most once: rule by rule, the surest first, and within a rule
 * pool by pool. A pair counts only where each is the other's only candidate among those still free, so the order of
 * rows or records makes no difference, and what is doubtful is left alone. Between records of one group there is no doubt:
 * the first by id is meant. Returns pairs by the row's index.
 */
export function pair<T>(
  rows: readonly T[],
  pools: readonly (readonly Candidate<T>[])[],
  rules: readonly PairRule<T>[],
): Map<number, Pair> {
  const pairs = new Map<number, Pair>();
  const taken = new Set<string>();
  for (const rule of rules) {
    for (const pool of pools) {
      const freeRows = [...rows.keys()].filter((row) => !pairs.has(row));
      const freeRecords = pool.filter(({ id }) => !taken.has(id));
      for (const [row, id] of mutualOnly(candidatesOf(rule, rows, freeRows, freeRecords))) {
        pairs.set(row, { id, why: rule.why });
        taken.add(id);
      }
    }
  }
  return pairs;
}

function candidatesOf<T>(
  rule: PairRule<T>,
  rows: readonly T[],
  freeRows: readonly number[],
  records: readonly Candidate<T>[],
): Map<number, Set<string>> {
  const byKey = new Map<string, Candidate<T>[]>();
  for (const record of records) {
    for (const key of new Set(rule.keys(record.side))) {
      const list = byKey.get(key);
      if (list) list.push(record);
      else byKey.set(key, [record]);
    }
  }
  const candidates = new Map<number, Set<string>>();
  for (const row of freeRows) {
    const side = rows[row] as T;
    const like = rule.keys(side).flatMap((key) => byKey.get(key) ?? []);
    const possible = like.filter((record) => !rule.unless?.(side, record.side));
    if (possible.length > 0) candidates.set(row, meant(possible));
  }
  return candidates;
}

/** The ids of the records that may be meant; of one group only the first. */
function meant<T>(possible: readonly Candidate<T>[]): Set<string> {
  const ids = possible.map(({ id }) => id).sort();
  const groups = new Set(possible.map(({ id, group }) => group ?? id));
  return new Set(groups.size === 1 ? ids.slice(0, 1) : ids);
}

function mutualOnly(candidates: ReadonlyMap<number, ReadonlySet<string>>): [row: number, id: string][] {
  const askedBy = new Map<string, number>();
  for (const ids of candidates.values()) for (const id of ids) askedBy.set(id, (askedBy.get(id) ?? 0) + 1);
  return [...candidates].flatMap(([row, ids]): [number, string][] => {
    const [id] = ids;
    return id !== undefined && ids.size === 1 && askedBy.get(id) === 1 ? [[row, id]] : [];
  });
}

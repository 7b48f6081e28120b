import type { Change } from '#shared/merge/change.ts';
import { changeId, CLOCK_START, tick, type Clock } from '#shared/merge/clock.ts';
import type { Draft } from './book.ts';

/** What one change did to a record, as far as a later one has to know. */
interface Line {
  readonly id: string;
  readonly at: number;
  readonly laptop: string;
  readonly fields: readonly string[];
  readonly prior: Readonly<Record<string, readonly string[]>> | undefined;
}

/**
 * Turns drafts into changes: gives each the next id of its laptop's clock, and names in `prior` what its author saw and
 * replaces. Drafts of one laptop come in the order of time.
 */
export class Writer {
  readonly #clocks = new Map<string, Clock>();
  readonly #lines = new Map<string, Line[]>();

  write(draft: Draft): Change {
    const lines = this.#lines.get(draft.record) ?? [];
    const fields = Object.keys(draft.set);
    const prior = priorOf(draft, fields, lines);
    const change = this.#stamp(draft, prior);
    lines.push({ id: change.id, at: draft.at, laptop: draft.by.laptop, fields, prior });
    this.#lines.set(draft.record, lines);
    return change;
  }

  /** Writes a record that nobody will change: keeps nothing of it, so that any number fits in memory. */
  writeOnce(draft: Draft): Change {
    return this.#stamp(draft, undefined);
  }

  *writeAll(drafts: readonly Draft[]): Generator<Change> {
    for (const draft of drafts) yield this.write(draft);
  }

  /** Drops what is known of records; those written so far are not changed any more. */
  forget(): void {
    this.#lines.clear();
  }

  #stamp(draft: Draft, prior: Change['prior']): Change {
    const { laptop, person } = draft.by;
    const clock = tick(this.#clocks.get(laptop) ?? CLOCK_START, draft.at);
    this.#clocks.set(laptop, clock);
    const change: Change = {
      id: changeId(clock, laptop),
      author: person,
      entity: draft.entity,
      record: draft.record,
      set: draft.set,
    };
    return prior ? { ...change, prior } : change;
  }
}

function priorOf(draft: Draft, fields: readonly string[], lines: readonly Line[]): Line['prior'] {
  if (lines.length === 0) return undefined;
  const { seenUntil = Infinity } = draft;
  const seen = lines.filter((line) => line.laptop === draft.by.laptop || line.at <= seenUntil);
  // A deletion names the heads of all fields; any other change those of its fields, and a deletion that it knows of.
  const named =
    draft.set['deleted'] === true
      ? [...new Set(seen.flatMap((line) => line.fields))]
      : [...new Set([...fields, 'deleted'])];
  const prior: Record<string, readonly string[]> = {};
  for (const field of named) {
    const heads = headIds(field, seen);
    if (heads.length > 0) prior[field] = heads;
  }
  return Object.keys(prior).length > 0 ? prior : undefined;
}

function headIds(field: string, lines: readonly Line[]): string[] {
  const setters = lines.filter((line) => line.fields.includes(field));
  const replaced = new Set(setters.flatMap((line) => line.prior?.[field] ?? []));
  return setters.map((line) => line.id).filter((id) => !replaced.has(id));
}

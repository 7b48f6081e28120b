import type { Change } from '../merge/change.ts';

/** A programme that a file is about; the name is null where the file does not say it. */
export interface NamedProgram {
  readonly id: string;
  readonly name: string | null;
}

export interface ProgramsSeen {
  see(change: Change): void;
  /** Those of the file, in the order in which they stand in it. */
  all(): NamedProgram[];
  /** Those that nothing says to be ours: no change of them in the file was written on this laptop. */
  foreign(): NamedProgram[];
}

/** More than any office runs; a file that names more is judged by these. */
const MOST = 1_000;

/** Collects the programmes that a file holds or belongs to, change by change; `own` is the id of this laptop. */
export function startPrograms(own: string | null): ProgramsSeen {
  const names = new Map<string, string | null>();
  const ours = new Set<string>();

  function meet(id: string, name: string | null): void {
    if (names.size >= MOST && !names.has(id)) return;
    names.set(id, name ?? names.get(id) ?? null);
  }

  return {
    see({ id, entity, record, set }) {
      if (entity === 'program') {
        const name = set?.['name'];
        meet(record, typeof name === 'string' && name !== '' ? name : null);
        // Given out by a kit of this laptop, be it that the store was restored from an older copy since.
        if (own !== null && id.endsWith(own)) ours.add(record);
      } else if (entity === 'session' || entity === 'site' || entity === 'grant' || entity === 'award') {
        const program = set?.['program'];
        if (typeof program === 'string') meet(program, null);
      }
    },
    all: () => [...names].map(([id, name]) => ({ id, name })),
    foreign: () => [...names].filter(([id]) => !ours.has(id)).map(([id, name]) => ({ id, name })),
  };
}

/** What is known where a file arrives. */
export interface Receiver {
  /** The programmes that are here, deleted ones too. */
  readonly known: ReadonlySet<string>;
  /** The laptop that made the file has been met before, under the same key. */
  readonly metBefore: boolean;
}

/**
 * The programmes of a file that are somebody else's (docs/decisions/0019-files-in.md). Where no programme is known nothing
 * can be foreign, and a kit of a laptop that one knows is how a new programme comes.
 */
export function unknownPrograms(
  seen: Pick<ProgramsSeen, 'foreign'>,
  purpose: 'session' | 'kit',
  { known, metBefore }: Receiver,
): NamedProgram[] {
  if (known.size === 0 || (purpose === 'kit' && metBefore)) return [];
  return seen.foreign().filter(({ id }) => !known.has(id));
}

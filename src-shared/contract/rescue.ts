import { call } from './call.ts';
import { none } from './shapes.ts';

/** What the program did by itself when it found its store damaged on opening. Times are ISO 8601 UTC. */
export interface Rescue {
  at: string;
  /** What was wrong, in the engine's word. */
  damage: string;
  /** The copy that was restored, when it was made, and how many changes were in it. */
  copy: { file: string; at: string; changes: number };
  /** Newer copies that were no good. */
  skipped: number;
  /** The log of what was recorded last was gone: how much stood in it nobody can tell. */
  logGone: boolean;
  /** The folder that holds the damaged files; null where nothing was left of them. */
  aside: string | null;
  /**
   * What the copy lacked and the damaged files still gave. `lost`: changes that could not be read, at most so many;
   * `lostBlobs`: pictures and signatures; null where nobody can tell. Null: they could not be read at all.
   */
  recovered: { changes: number; imports: number; lost: number | null; lostBlobs: number | null } | null;
  /** When the newest change was written that was recorded on this laptop and is here; null where there is none. */
  newest: string | null;
  /** Whether a person has said that they know. */
  seen: boolean;
}

export const rescue = {
  /** The last one; null where there was none. */
  'rescue.last': call<Rescue | null>()(none),
  /** A person was told. */
  'rescue.seen': call<Rescue | null>()(none),
};

import type { Pattern, Wanted } from './question.ts';
import { soundOf } from './sound.ts';

/** Folded text, unit by unit, and beside it what each unit begins with. */
export interface Scanned {
  readonly codes: Uint16Array;
  readonly sounds: Uint8Array;
}

/** Where something wanted stands, in order, and 1 where only its half-typed reading does. Made once, filled often. */
export interface Hits {
  count: number;
  places: Uint32Array;
  halves: Uint8Array;
}

export function noHits(): Hits {
  return { count: 0, places: new Uint32Array(256), halves: new Uint8Array(256) };
}

export function scanned(codes: readonly number[]): Scanned {
  return { codes: Uint16Array.from(codes), sounds: Uint8Array.from(codes, soundOf) };
}

/**
 * Fills `hits` with the places between two others at which something wanted stands. A million units are read for one
 * question: this loop is what a question costs. It looks for one place of the question, the one whose sound is rarest
 * by `counts`, and only where that stands at the others.
 */
export function scan(
  { codes, sounds }: Scanned,
  from: number,
  to: number,
  { whole, halfTyped, loose }: Wanted,
  hits: Hits,
  counts?: Uint32Array,
): Hits {
  hits.count = 0;
  const anchor = counts ? rarest(loose, counts) : 0;
  const sound = loose.sounds[anchor]!;
  const last = to - loose.low.length + anchor;
  for (let at = from + anchor; at <= last; at += 1) {
    if (sounds[at] !== sound) continue;
    const place = at - anchor;
    if (!soundsAt(sounds, place, loose)) continue;
    let half = 0;
    if (!loose.initials) {
      if (!standsAt(codes, place, loose)) continue;
      if (!standsAt(codes, place, whole)) {
        if (!halfTyped || !standsAt(codes, place, halfTyped)) continue;
        half = 1;
      }
    }
    if (hits.count === hits.places.length) grow(hits);
    hits.places[hits.count] = place;
    hits.halves[hits.count] = half;
    hits.count += 1;
  }
  return hits;
}

/** The place of a pattern whose sound is the rarest. */
export function rarest({ sounds }: Pattern, counts: Uint32Array): number {
  let best = 0;
  for (let i = 1; i < sounds.length; i += 1) {
    if (counts[sounds[i]!]! < counts[sounds[best]!]!) best = i;
  }
  return best;
}

function soundsAt(text: Uint8Array, at: number, { sounds }: Pattern): boolean {
  for (let i = 0; i < sounds.length; i += 1) if (text[at + i] !== sounds[i]) return false;
  return true;
}

function standsAt(codes: Uint16Array, at: number, { low, high, also }: Pattern): boolean {
  for (let i = 0; i < low.length; i += 1) {
    // Behind the end there is nothing, which is neither less nor more.
    const code = codes[at + i]!;
    if (!(code >= low[i]! && code <= high[i]!) && code !== also[i]!) return false;
  }
  return true;
}

function grow(hits: Hits): void {
  const [{ places, halves }, length] = [hits, hits.places.length * 2];
  hits.places = new Uint32Array(length);
  hits.places.set(places);
  hits.halves = new Uint8Array(length);
  hits.halves.set(halves);
}

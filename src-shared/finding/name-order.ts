/** Where the names stand: folded, each from its start to the next 0. */
export interface Names {
  codes(): Uint16Array;
  startOf(slot: number): number;
  /** Tells equal names apart. */
  idOf(slot: number): string;
}

/** Slots in the order of their names, kept while shops come and go. */
export interface NameOrder {
  /** Many slots at once, as often as wanted before `settle`. Their sorting is spread over the calls. */
  add(slots: number[]): void;
  settle(): void;
  insert(slot: number): void;
  /** Before the slot's name is taken away. */
  remove(slot: number): void;
  slots(): readonly number[];
}

export function nameOrder(names: Names): NameOrder {
  /** Each sorted; the longer ones first. One is left when it is settled. */
  const runs: number[][] = [[]];
  /** The first letters of each name as one number: that tells most of them apart without looking at the names. */
  const prefixes: number[] = [];

  function byName(a: number, b: number): number {
    const [prefixA, prefixB] = [prefixes[a]!, prefixes[b]!];
    if (prefixA !== prefixB) return prefixA - prefixB;
    const codes = names.codes();
    const [startA, startB] = [names.startOf(a), names.startOf(b)];
    for (let i = 0; ; i += 1) {
      const [one, other] = [codes[startA + i]!, codes[startB + i]!];
      if (one !== other) return weightOf(one) - weightOf(other);
      if (one === 0) return names.idOf(a) < names.idOf(b) ? -1 : 1;
    }
  }

  /** Nothing stands before every name that it begins, but shops without any name come last. */
  function prefixOf(slot: number): number {
    const [codes, start] = [names.codes(), names.startOf(slot)];
    if (codes[start] === 0) return Infinity;
    let [prefix, ended] = [0, false];
    for (let i = 0; i < 3; i += 1) {
      ended ||= codes[start + i] === 0;
      prefix = prefix * 0x20000 + (ended ? 0 : weightOf(codes[start + i]!));
    }
    return prefix;
  }

  function mergeLastTwo(): void {
    const [b, a] = [runs.pop()!, runs.pop()!];
    const merged = new Array<number>(a.length + b.length);
    let [i, j] = [0, 0];
    for (let at = 0; at < merged.length; at += 1) {
      const fromA = j === b.length || (i < a.length && byName(a[i]!, b[j]!) < 0);
      merged[at] = fromA ? a[i++]! : b[j++]!;
    }
    runs.push(merged);
  }

  /** Where the slot stands, or would stand. */
  function placeOf(slot: number): number {
    const order = runs[0]!;
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order[middle] !== slot && byName(order[middle]!, slot) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(slots) {
      for (const slot of slots) prefixes[slot] = prefixOf(slot);
      runs.push(slots.sort(byName));
      while (runs.length > 1 && runs.at(-2)!.length < 2 * runs.at(-1)!.length) mergeLastTwo();
    },
    settle() {
      while (runs.length > 1) mergeLastTwo();
    },
    insert(slot) {
      prefixes[slot] = prefixOf(slot);
      runs[0]!.splice(placeOf(slot), 0, slot);
    },
    remove: (slot) => void runs[0]!.splice(placeOf(slot), 1),
    slots: () => runs[0]!,
  };
}

/** The order of a Korean list: digits, then Hangul, then other letters. Nothing comes before all. */
function weightOf(code: number): number {
  if (code === 0 || (code >= 0x30 && code <= 0x39)) return code;
  if (code >= 0xac00 && code <= 0xd7a3) return code - 0xac00 + 0x200;
  if (code >= 0x3131 && code <= 0x3163) return code - 0x3131 + 0x100;
  return code + 0x10000;
}

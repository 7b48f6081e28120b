/**
 * A stream of numbers that a seed and a label alone decide. The generator is sfc32 by Chris Doty-Humphrey (PractRand,
 * public domain); the label is spread over its state with FNV-1a. Each subject of the demo draws from a stream of its
 * own, so that more rows of one kind do not shift the values of another.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: number, label: string) {
    this.#a = Math.trunc(seed) | 0;
    this.#b = fnv1a(label, 0x811c9dc5);
    this.#c = fnv1a(label, 0x01000193 ^ this.#a);
    for (let round = 0; round < 15; round++) this.next();
  }

  /** A whole number from 0 to 2^32 - 1. */
  next(): number {
    const result = (this.#a + this.#b + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + result) | 0;
    return result >>> 0;
  }

  /** A number from 0 to less than 1. */
  share(): number {
    return this.next() / 0x1_0000_0000;
  }

  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.share() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.share() < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!;
  }

  /** A new list in another order (Fisher and Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const result = [...list];
    for (let last = result.length - 1; last > 0; last--) {
      const other = this.int(0, last);
      [result[last], result[other]] = [result[other]!, result[last]!];
    }
    return result;
  }

  /** `count` different members of the list. */
  sample<T>(list: readonly T[], count: number): T[] {
    if (count > list.length) throw new RangeError(`${count} of ${list.length}`);
    return this.shuffled(list).slice(0, count);
  }

  /** 16 bytes, as an id takes them. */
  bytes(): Uint8Array {
    const words = Uint32Array.from({ length: 4 }, () => this.next());
    const bytes = new Uint8Array(16);
    words.forEach((word, place) => new DataView(bytes.buffer).setUint32(place * 4, word));
    return bytes;
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits) text += this.next().toString(16).padStart(8, '0');
    return text.slice(0, digits);
  }

  /** `parts` whole numbers from `least` to `most` that add up to `total`. */
  spread(total: number, parts: number, least: number, most: number): number[] {
    if (total < parts * least || total > parts * most) throw new RangeError(`${total} over ${parts}`);
    const result = Array.from({ length: parts }, () => least);
    for (let rest = total - parts * least; rest > 0;) {
      const part = this.int(0, parts - 1);
      if (result[part]! === most) continue;
      result[part]! += 1;
      rest -= 1;
    }
    return result;
  }
}

function fnv1a(text: string, basis: number): number {
  let hash = basis | 0;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

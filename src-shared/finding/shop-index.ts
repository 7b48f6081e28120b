import { fold } from './fold.ts';
import { nameOrder } from './name-order.ts';
import type { Question, Wanted } from './question.ts';
import { scan } from './scan.ts';

/** What of a shop is searched. */
export interface ListedShop {
  readonly id: string;
  readonly site: string | null;
  readonly status: string | null;
  readonly name: string | null;
  readonly ownerName: string | null;
  readonly phone: string | null;
}

export interface ShopQuestion {
  /** Null wants every shop. */
  readonly question: Question | null;
  /** Shops of this site alone. */
  readonly site: string | null;
  readonly status: string | null;
  /** Shops of this site before the others that answer as well. */
  readonly near: string | null;
  /** The sites that each word of the question names, in the order of its words. */
  readonly sitesOfWords: readonly ReadonlySet<string>[];
}

/**
 * Tens of thousands of shops to be searched within a frame. All folded names, owners and phones stand in one array that
 * is read from end to end for each question. It knows nothing of where the shops come from.
 */
export interface ShopIndex {
  /** Puts shops in that are not there yet, many at a time; `settle` before the first question. */
  add(shops: readonly ListedShop[]): void;
  settle(): void;
  /** Puts one shop in, or in place of what was known of it. */
  put(shop: ListedShop): void;
  remove(id: string): void;
  size(): number;
  /** The ids of the shops that answer, best first, those that answer alike by name. */
  find(question: ShopQuestion): string[];
}

/** What stands at a unit of the array: the first of a word, the first of a field, and which field it is of. */
const WORD = 1;
const FIELD = 2;
const FIELD_SHIFT = 2;

/** How a shop answers, best first. */
const NAME_BEGINS = 0;
const WORD_BEGINS = 1;
const NAME_CONTAINS = 2;
/** And of a phone one more. */
const OWNER = 3;
const HALF_TYPED = 5;
/** Its words stand here and there. */
const SPREAD = 6;
const CLASSES = 7;
const NONE = 255;

export function shopIndex(): ShopIndex {
  let codes = new Uint16Array(1 << 16);
  let marks = new Uint8Array(1 << 16);
  let slotAt = new Uint32Array(1 << 16);
  let used = 0;
  /** Units that belong to no shop any more. */
  let wasted = 0;
  /** By the shop's slot: where its units begin and end. */
  let starts = new Uint32Array(1 << 10);
  let ends = new Uint32Array(1 << 10);
  let sites = new Uint32Array(1 << 10);
  let statuses = new Uint32Array(1 << 10);
  const ids: (string | null)[] = [];
  const slots = new Map<string, number>();
  const free: number[] = [];
  const numbers = new Map<string, number>();
  const order = nameOrder({
    codes: () => codes,
    startOf: (slot) => starts[slot]!,
    idOf: (slot) => ids[slot]!,
  });

  /** Sites and statuses as numbers; 0 is none. */
  function numberOf(code: string | null): number {
    if (code === null) return 0;
    let number = numbers.get(code);
    if (number === undefined) numbers.set(code, (number = numbers.size + 1));
    return number;
  }

  function store(shop: ListedShop): number {
    const slot = free.pop() ?? ids.length;
    if (slot >= starts.length) {
      [starts, ends, sites, statuses] = [grown(starts), grown(ends), grown(sites), grown(statuses)];
    }
    ids[slot] = shop.id;
    slots.set(shop.id, slot);
    sites[slot] = numberOf(shop.site);
    statuses[slot] = numberOf(shop.status);
    starts[slot] = used;
    append(slot, 0, shop.name);
    append(slot, 1, shop.ownerName);
    append(slot, 2, shop.phone);
    ends[slot] = used;
    return slot;
  }

  /** The field and, behind it, one unit that nothing asks for: nothing is found across two fields. */
  function append(slot: number, field: number, text: string | null): void {
    const folded = text === null ? null : fold(text);
    const length = folded?.codes.length ?? 0;
    while (used + length + 1 > codes.length) {
      [codes, marks, slotAt] = [grown(codes), grown(marks), grown(slotAt)];
    }
    for (let i = 0; i < length; i += 1) {
      codes[used] = folded!.codes[i]!;
      marks[used] = folded!.begins[i]! * WORD + (i === 0 ? FIELD : 0) + (field << FIELD_SHIFT);
      slotAt[used] = slot;
      used += 1;
    }
    codes[used] = 0;
    used += 1;
  }

  function remove(id: string): void {
    const slot = slots.get(id);
    if (slot === undefined) return;
    order.remove(slot);
    // What was deleted or destroyed does not linger here either.
    codes.fill(0, starts[slot], ends[slot]);
    wasted += ends[slot]! - starts[slot]!;
    ids[slot] = null;
    slots.delete(id);
    free.push(slot);
  }

  function put(shop: ListedShop): void {
    remove(shop.id);
    if (wasted > used / 4 + 1024) closeUp();
    order.insert(store(shop));
  }

  /** Moves everything together, over what is wasted. */
  function closeUp(): void {
    let to = 0;
    for (const slot of [...slots.values()].sort((a, b) => starts[a]! - starts[b]!)) {
      const [start, end] = [starts[slot]!, ends[slot]!];
      for (const array of [codes, marks, slotAt]) array.copyWithin(to, start, end);
      starts[slot] = to;
      to += end - start;
      ends[slot] = to;
    }
    codes.fill(0, to, used);
    used = to;
    wasted = 0;
  }

  /** How each slot answers, whatever its site and status. */
  function classesFor({ all, words }: Question, sitesOfWords: ShopQuestion['sitesOfWords']): Uint8Array {
    const classes = new Uint8Array(ids.length).fill(NONE);
    function answer(at: number, kind: number): void {
      const slot = slotAt[at]!;
      if (kind < classes[slot]!) classes[slot] = kind;
    }
    scan(codes, 0, used, all, (at, half) => answer(at, half ? HALF_TYPED : classAt(marks[at]!)));
    if (words.length > 0) {
      for (const slot of spread(words, sitesOfWords)) {
        if (classes[slot] === NONE) classes[slot] = SPREAD;
      }
    }
    return classes;
  }

  /** The slots in which every word stands somewhere, or in the name of its site, and at least one in the shop itself. */
  function spread(words: readonly Wanted[], sitesOfWords: ShopQuestion['sitesOfWords']): number[] {
    const named = words.map((_word, at) => new Set([...(sitesOfWords[at] ?? [])].map(numberOf)));
    const own = new Uint8Array(ids.length);
    scan(codes, 0, used, words[0]!, (place) => (own[slotAt[place]!] = 1));
    let left: number[] = [];
    for (let slot = 0; slot < own.length; slot += 1) {
      if (own[slot] === 1 || (named[0]!.size > 0 && named[0]!.has(sites[slot]!))) left.push(slot);
    }
    // Few are left for the other words: it is enough to read these.
    for (let at = 1; at < words.length; at += 1) {
      left = left.filter((slot) => {
        let stands = false;
        scan(codes, starts[slot]!, ends[slot]!, words[at]!, () => (stands = true));
        if (stands) own[slot] = 1;
        return stands || named[at]!.has(sites[slot]!);
      });
    }
    return left.filter((slot) => own[slot] === 1);
  }

  function find({ question, site, status, near, sitesOfWords }: ShopQuestion): string[] {
    const classes = question ? classesFor(question, sitesOfWords) : new Uint8Array(ids.length);
    const [siteIs, statusIs, nearIs] = [numberOf(site), numberOf(status), numberOf(near)];
    // Every class gets a stretch of the answer, near ones first, and is filled in the order of the names.
    const counts = new Uint32Array(2 * CLASSES);
    for (const slot of order.slots()) {
      if (siteIs !== 0 && sites[slot] !== siteIs) classes[slot] = NONE;
      else if (statusIs !== 0 && statuses[slot] !== statusIs) classes[slot] = NONE;
      if (classes[slot] === NONE) continue;
      classes[slot] = 2 * classes[slot]! + (nearIs !== 0 && sites[slot] === nearIs ? 0 : 1);
      counts[classes[slot]!]! += 1;
    }
    let total = 0;
    const next = counts.map((count) => (total += count) - count);
    const answer = new Array<string>(total);
    for (const slot of order.slots()) {
      const kind = classes[slot]!;
      if (kind !== NONE) answer[next[kind]!++] = ids[slot]!;
    }
    return answer;
  }

  return {
    add: (shops) => order.add(shops.map(store)),
    settle: () => order.settle(),
    put,
    remove,
    size: () => slots.size,
    find,
  };
}

function classAt(mark: number): number {
  const field = mark >> FIELD_SHIFT;
  if (field > 0) return OWNER + field - 1;
  if (mark & FIELD) return NAME_BEGINS;
  return mark & WORD ? WORD_BEGINS : NAME_CONTAINS;
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}

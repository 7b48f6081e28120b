import { fold } from './fold.ts';
import { nameOrder } from './name-order.ts';
import type { Question, Wanted } from './question.ts';
import { noHits, rarest, scan } from './scan.ts';
import { soundOf } from './sound.ts';

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
  /** The shops that answer, best first, those that answer alike by name. */
  find(question: ShopQuestion): FoundShops;
}

export interface FoundShops {
  readonly total: number;
  /** The ids of a stretch; to be asked for before the index changes again. */
  ids(from: number, to: number): string[];
}

/** Fewer shops than that are read one by one. */
const FEW = 8_000;

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
  let sounds = new Uint8Array(1 << 16);
  /** How a shop answers that is found at this unit. */
  let kinds = new Uint8Array(1 << 16);
  let slotAt = new Uint32Array(1 << 16);
  let used = 0;
  /** Units that belong to no shop any more. */
  let wasted = 0;
  /** How often each sound was put in: which is rare, not more. */
  const counts = new Uint32Array(256);
  const hits = noHits();
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
      [codes, sounds, kinds, slotAt] = [grown(codes), grown(sounds), grown(kinds), grown(slotAt)];
    }
    for (let i = 0; i < length; i += 1) {
      const code = folded!.codes[i]!;
      const sound = soundOf(code);
      counts[sound]! += 1;
      codes[used] = code;
      sounds[used] = sound;
      kinds[used] = kindOf(field, i, folded!.begins[i] === 1);
      slotAt[used] = slot;
      used += 1;
    }
    sounds[used] = 0;
    codes[used] = 0;
    used += 1;
  }

  function remove(id: string): void {
    const slot = slots.get(id);
    if (slot === undefined) return;
    order.remove(slot);
    // What was deleted or destroyed does not linger here either.
    codes.fill(0, starts[slot], ends[slot]);
    sounds.fill(0, starts[slot], ends[slot]);
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
      for (const array of [codes, sounds, kinds, slotAt]) array.copyWithin(to, start, end);
      starts[slot] = to;
      to += end - start;
      ends[slot] = to;
    }
    codes.fill(0, to, used);
    sounds.fill(0, to, used);
    used = to;
    wasted = 0;
  }

  /** How each slot answers, whatever its site and status. */
  function classesFor({ all, words }: Question, sitesOfWords: ShopQuestion['sitesOfWords']): Uint8Array {
    const classes = new Uint8Array(ids.length).fill(NONE);
    const { count, places, halves } = scan({ codes, sounds }, 0, used, all, hits, counts);
    for (let i = 0; i < count; i += 1) {
      const at = places[i]!;
      const [slot, kind] = [slotAt[at]!, halves[i] === 1 ? HALF_TYPED : kinds[at]!];
      if (kind < classes[slot]!) classes[slot] = kind;
    }
    if (words.length > 0) {
      const everyWord = spread(words, sitesOfWords);
      for (let slot = 0; slot < classes.length; slot += 1) {
        if (everyWord[slot] === 1 && classes[slot] === NONE) classes[slot] = SPREAD;
      }
    }
    return classes;
  }

  /** 1 for slots in which every word stands somewhere, or in the name of its site, and at least one in the shop itself. */
  function spread(words: readonly Wanted[], sitesOfWords: ShopQuestion['sitesOfWords']): Uint8Array {
    // One site may have most of the shops: a word that names one says little.
    const sought = words
      .map((word, at) => ({ word, named: sitesOfWords[at] ?? new Set<string>() }))
      .sort((a, b) => a.named.size - b.named.size || frequency(a.word) - frequency(b.word));
    const [own, left, siteOf] = [new Uint8Array(ids.length), new Uint8Array(ids.length).fill(1), sites];
    let count = ids.length;
    for (const { word, named } of sought) {
      const stands = standing(word, count < FEW ? left : null);
      const byNumber = new Uint8Array(numbers.size + 1);
      for (const site of named) byNumber[numberOf(site)] = 1;
      count = 0;
      for (let slot = 0; slot < left.length; slot += 1) {
        if (left[slot] === 0) continue;
        if (stands[slot] === 1) own[slot] = 1;
        else if (byNumber[siteOf[slot]!] === 0) left[slot] = 0;
        count += left[slot]!;
      }
    }
    for (let slot = 0; slot < left.length; slot += 1) if (own[slot] === 0) left[slot] = 0;
    return left;
  }

  /** 1 for the slots in which a word stands: of a few they are read one by one, else the array from end to end. */
  function standing(word: Wanted, among: Uint8Array | null): Uint8Array {
    const stands = new Uint8Array(ids.length);
    const text = { codes, sounds };
    if (among) {
      for (let slot = among.indexOf(1); slot >= 0; slot = among.indexOf(1, slot + 1)) {
        if (scan(text, starts[slot]!, ends[slot]!, word, hits).count > 0) stands[slot] = 1;
      }
    } else {
      const { count, places } = scan(text, 0, used, word, hits, counts);
      for (let i = 0; i < count; i += 1) stands[slotAt[places[i]!]!] = 1;
    }
    return stands;
  }

  function frequency({ loose }: Wanted): number {
    return counts[loose.sounds[rarest(loose, counts)]!]!;
  }

  function find({ question, site, status, near, sitesOfWords }: ShopQuestion): FoundShops {
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
    const answer = new Uint32Array(total);
    for (const slot of order.slots()) {
      const kind = classes[slot]!;
      if (kind !== NONE) answer[next[kind]!++] = slot;
    }
    return { total, ids: (from, to) => Array.from(answer.subarray(from, to), (slot) => ids[slot]!) };
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

/** Of a shop found at the `at`th unit of a field: name, owner, phone. */
function kindOf(field: number, at: number, beginsWord: boolean): number {
  if (field > 0) return OWNER + field - 1;
  if (at === 0) return NAME_BEGINS;
  return beginsWord ? WORD_BEGINS : NAME_CONTAINS;
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array>(array: T): T {
  const larger = new (array.constructor as new (length: number) => T)(array.length * 2);
  larger.set(array);
  return larger;
}

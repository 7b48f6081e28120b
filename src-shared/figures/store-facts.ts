import { earliest, realDay } from './days.ts';
import type { FigureRows, StoreRow } from './rows.ts';
import { onlyOnce, type Mark, type Scope } from './scope.ts';

/** One shop in one programme: a group of same shops is one row in each programme where it has a member. */
export interface StoreFact<R extends StoreRow = StoreRow> {
  /** The member that stands for the group here, the first one that takes part. */
  readonly row: R;
  readonly program: string | null;
  readonly group: string;
  /** Records in the group that take part, in all programmes. */
  readonly members: number;
  /** The earliest of all members that take part. */
  readonly channelOpenedOn: string | null;
  readonly mapRegisteredOn: string | null;
  /** 1 if it is so for any member. */
  readonly firstOnline: Mark | null;
  readonly inTotal: Mark;
  readonly inProgram: Mark;
}

/** What is known of a group over all its members. */
interface Shop {
  members: number;
  channelOpenedOn: string | null;
  mapRegisteredOn: string | null;
  firstOnline: Mark | null;
}

/** Shops of the programmes' sites. Declined ones are listed but do not count, and lend their group nothing. */
export function storeFacts<R extends StoreRow>(
  rows: FigureRows & { readonly stores: readonly R[] },
  scope: Scope,
): StoreFact<R>[] {
  const { groups } = scope;
  const shops = new Map<string, Shop>();
  for (const row of rows.stores) {
    if (!groups.isJoined(row.id) || !takesPart(row)) continue;
    const group = groups.of(row.id);
    shops.set(group, joined(shops.get(group), row));
  }
  const firstInTotal = onlyOnce();
  const facts: StoreFact<R>[] = [];
  /** Where the row of a group in a programme stands in `facts`. */
  const standing = new Map<string, number>();
  for (const row of rows.stores) {
    const program = scope.programOfSite(row.site);
    if (!scope.keeps(program)) continue;
    if (!groups.isJoined(row.id)) {
      const counts = takesPart(row);
      facts.push(factOf(row, program, row.id, joined(undefined, row), counts, counts ? 1 : 0));
      continue;
    }
    const group = groups.of(row.id);
    const place = `${program ?? ''} ${group}`;
    const at = standing.get(place);
    // A member that declined stands for the group only where no other does.
    if (at !== undefined && (takesPart(facts[at]!.row) || !takesPart(row))) continue;
    const counts = takesPart(row);
    const shop = (counts ? shops.get(group) : undefined) ?? joined(undefined, row);
    const fact = factOf(row, program, group, shop, counts, counts ? firstInTotal(group) : 0);
    standing.set(place, at ?? facts.length);
    if (at === undefined) facts.push(fact);
    else facts[at] = fact;
  }
  return facts;
}

function factOf<R extends StoreRow>(
  row: R,
  program: string | null,
  group: string,
  { members, channelOpenedOn, mapRegisteredOn, firstOnline }: Shop,
  counts: boolean,
  inTotal: Mark,
): StoreFact<R> {
  const inProgram = counts && program !== null ? 1 : 0;
  return {
    row,
    program,
    group,
    members: counts ? members : 0,
    channelOpenedOn,
    mapRegisteredOn,
    firstOnline,
    inTotal,
    inProgram,
  };
}

function takesPart(store: StoreRow): boolean {
  return store.status !== 'declined';
}

function joined(shop: Shop | undefined, row: StoreRow): Shop {
  const mark = asMark(row.firstOnline);
  if (!shop) {
    return {
      members: 1,
      channelOpenedOn: realDay(row.channelOpenedOn),
      mapRegisteredOn: realDay(row.mapRegisteredOn),
      firstOnline: mark,
    };
  }
  shop.members += 1;
  shop.channelOpenedOn = earliest(shop.channelOpenedOn, realDay(row.channelOpenedOn));
  shop.mapRegisteredOn = earliest(shop.mapRegisteredOn, realDay(row.mapRegisteredOn));
  if (mark !== null) shop.firstOnline = shop.firstOnline === 1 ? 1 : mark;
  return shop;
}

function asMark(flag: number | null): Mark | null {
  if (flag === null) return null;
  return flag === 0 ? 0 : 1;
}

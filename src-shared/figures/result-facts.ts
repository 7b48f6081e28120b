import { isWithin, realDay } from './days.ts';
import type { AwardRow, FigureRows, FriendReadingRow, GrantRow } from './rows.ts';
import { onlyOnce, type Mark, type Scope } from './scope.ts';

export interface GrantFact<G extends GrantRow = GrantRow> {
  readonly row: G;
  readonly program: string | null;
  /** The shop's group; null when the grant names no shop. */
  readonly group: string | null;
  readonly amount: number;
  /** 1 at the first grant of a shop. */
  readonly holderInTotal: Mark;
  readonly holderInProgram: Mark;
}

/** Grants of the period. What was paid to a shop that declined later was still paid. */
export function grantFacts<G extends GrantRow>(
  rows: FigureRows & { readonly grants: readonly G[] },
  scope: Scope,
): GrantFact<G>[] {
  const firstInTotal = onlyOnce();
  const firstInProgram = onlyOnce();
  const facts: GrantFact<G>[] = [];
  for (const row of rows.grants) {
    if (row.store !== null && rows.deleted.stores.has(row.store)) continue;
    const program = scope.knownProgram(row.program);
    if (!scope.keeps(program) || !isWithin(realDay(row.grantedOn), scope.period)) continue;
    const group = row.store === null ? null : scope.groups.of(row.store);
    facts.push({
      row,
      program,
      group,
      amount: row.amount ?? 0,
      holderInTotal: group === null ? 0 : firstInTotal(group),
      holderInProgram: group === null || program === null ? 0 : firstInProgram(group, program),
    });
  }
  return facts;
}

export interface AwardFact<A extends AwardRow = AwardRow> {
  readonly row: A;
  readonly program: string | null;
}

export function awardFacts<A extends AwardRow>(
  rows: FigureRows & { readonly awards: readonly A[] },
  scope: Scope,
): AwardFact<A>[] {
  const facts: AwardFact<A>[] = [];
  for (const row of rows.awards) {
    if (row.store !== null && rows.deleted.stores.has(row.store)) continue;
    const program = scope.knownProgram(row.program);
    if (scope.keeps(program) && isWithin(realDay(row.awardedOn), scope.period)) facts.push({ row, program });
  }
  return facts;
}

/** A count of channel friends, in one programme of the shop or site that it belongs to. */
export interface FriendFact<R extends FriendReadingRow = FriendReadingRow> {
  readonly row: R;
  readonly program: string | null;
  /** Where that is: the site itself, or the one of the shop's record in this programme. */
  readonly site: string | null;
  /** The shop's group or the site. */
  readonly owner: string;
  readonly friends: number;
  /** 1 at the owner's latest reading up to the end of the period. */
  readonly latestInTotal: Mark;
  readonly latestInProgram: Mark;
  /** More friends than at the owner's reading before, all of them at its first: the sum up to a day is `friends` then. */
  readonly gained: number;
}

/**
 * Readings up to the end of the period; its start does not matter, for the count of a channel stands until the next one.
 * A group of same shops that works in two programmes has its readings in both.
 */
export function friendFacts<R extends FriendReadingRow>(
  rows: FigureRows & { readonly friendReadings: readonly R[] },
  scope: Scope,
): FriendFact<R>[] {
  const placesOf = placesByOwner(rows, scope);
  const latest = new Map<string, R>();
  const kept: { row: R; owner: string }[] = [];
  for (const row of rows.friendReadings) {
    const owner = ownerOf(row, rows, scope);
    if (owner === null || !isWithin(realDay(row.date), { to: scope.period.to })) continue;
    kept.push({ row, owner });
    const best = latest.get(owner);
    if (!best || isLater(row, best)) latest.set(owner, row);
  }
  const firstInTotal = onlyOnce();
  const gains = gainsOf(kept);
  const facts: FriendFact<R>[] = [];
  for (const { row, owner } of kept) {
    let gained = gains.get(row) ?? 0;
    for (const [program, site] of placesOf.get(owner) ?? NOWHERE) {
      if (!scope.keeps(program)) continue;
      const isLatest = latest.get(owner) === row;
      facts.push({
        row,
        program,
        site,
        owner,
        friends: row.friends ?? 0,
        latestInTotal: isLatest ? firstInTotal(owner) : 0,
        latestInProgram: isLatest && program !== null ? 1 : 0,
        gained,
      });
      // A shop that works in two programmes has the reading in both; it gained once.
      gained = 0;
    }
  }
  return facts;
}

/** The programmes of an owner, each with the site that stands for it there. */
type Places = Map<string | null, string | null>;

const NOWHERE: Places = new Map([[null, null]]);

function ownerOf(row: FriendReadingRow, { deleted }: FigureRows, scope: Scope): string | null {
  if (row.owner === null || row.friends === null || realDay(row.date) === null) return null;
  if (deleted.stores.has(row.owner) || deleted.sites.has(row.owner)) return null;
  return row.ownerKind === 'site' ? row.owner : scope.groups.of(row.owner);
}

function placesByOwner(rows: FigureRows, scope: Scope): Map<string, Places> {
  const places = new Map<string, Places>();
  const add = (owner: string, program: string | null, site: string | null): void => {
    const known = places.get(owner);
    if (!known) places.set(owner, new Map([[program, site]]));
    else if (!known.has(program)) known.set(program, site);
  };
  // Only owners with readings: a support centre has tens of thousands of shops without a count.
  const owners = new Set(rows.friendReadings.map((row) => row.owner && scope.groups.of(row.owner)));
  for (const { id, site } of rows.stores) {
    const group = scope.groups.of(id);
    if (owners.has(group)) add(group, scope.programOfSite(site), site);
  }
  for (const { id } of rows.sites) if (owners.has(id)) add(id, scope.programOfSite(id), id);
  return places;
}

/** What each reading has more than the one of its owner before it. */
function gainsOf<R extends FriendReadingRow>(readings: readonly { row: R; owner: string }[]): Map<R, number> {
  const byOwner = new Map<string, R[]>();
  for (const { row, owner } of readings) {
    const list = byOwner.get(owner);
    if (list) list.push(row);
    else byOwner.set(owner, [row]);
  }
  const gains = new Map<R, number>();
  for (const list of byOwner.values()) {
    list.sort((a, b) => (isLater(a, b) ? 1 : -1));
    let before = 0;
    for (const row of list) {
      gains.set(row, (row.friends ?? 0) - before);
      before = row.friends ?? 0;
    }
  }
  return gains;
}

/** A later day wins; on one day, which only same shops can share, the greater count. */
function isLater(row: FriendReadingRow, best: FriendReadingRow): boolean {
  if (row.date !== best.date) return (row.date ?? '') > (best.date ?? '');
  return (row.friends ?? 0) > (best.friends ?? 0);
}

import type { CheckedOf, Handlers, OutputOf } from '#shared/contract/contract.ts';
import type { DuplicateDecision, DuplicateLink } from '#shared/contract/duplicates.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { Candidate } from '#shared/matching/candidates.ts';
import { decidedBy, wayBetween, type Decided } from '#shared/matching/decisions.ts';
import { businessNumberKey } from '#shared/matching/likeness.ts';
import { idFromParts } from '#shared/model/ids.ts';
import {
  allMatches,
  matchState,
  shopById,
  shopsWithBusinessNumber,
  type MatchRow,
} from '../store/duplicate-queries.ts';
import type { Write } from '../store/log.ts';
import { mustBeLive, type Deps } from './deps.ts';
import { candidateSearch, type CandidateSearch } from './duplicates/search.ts';
import { pairViews, type PairViews } from './duplicates/views.ts';

type Methods =
  | 'duplicates.list'
  | 'duplicates.bulkOffer'
  | 'duplicates.decide'
  | 'duplicates.decideAll'
  | 'duplicates.takeBack'
  | 'duplicates.decided';

/** Two shops that may be one, or that were decided on. */
interface Two {
  readonly left: string;
  readonly right: string;
}

export function duplicateHandlers(deps: Deps): Pick<Handlers, Methods> {
  const search = candidateSearch(deps);
  return {
    'duplicates.list': (input) => list(deps, search, input),
    'duplicates.bulkOffer': (input) => bulkOffer(deps, search, input),
    'duplicates.decide': (input) => decide(deps, input),
    'duplicates.decideAll': (input) => decideAll(deps, input),
    'duplicates.takeBack': (input) => takeBack(deps, input),
    'duplicates.decided': (input) => decided(deps, input),
  };
}

async function list(
  deps: Deps,
  search: CandidateSearch,
  { site, min, limit, after, masked }: CheckedOf<'duplicates.list'>,
): Promise<OutputOf<'duplicates.list'>> {
  if (site !== undefined) mustBeLive(deps, 'site', site);
  const { shops, found, surroundings } = await search.now();
  const atSite = ({ left, right }: Candidate): boolean =>
    site === undefined || shops[left]!.site === site || shops[right]!.site === site;
  const wanted = found.candidates.filter((candidate) => candidate.score >= min && atSite(candidate));
  const open = undecided(
    wanted.map(({ left, right, score }) => ({ left: shops[left]!.id, right: shops[right]!.id, score })),
    decidedBy(allMatches(deps.store.db)),
  );
  const from = after === undefined ? 0 : open.findIndex((pair) => isAfter(pair, after));
  const page = from < 0 ? [] : open.slice(from, from + limit);
  const views = pairViews(deps.store.db, { masked, surroundings });
  return {
    total: open.length,
    pairs: page.flatMap((pair) => views.pair(pair.left, pair.right) ?? []),
    next: from >= 0 && from + limit < open.length ? cursorOf(page.at(-1)!) : null,
    compared: found.compared,
    skipped: found.skipped,
  };
}

/** The pairs that are still to be asked: between two groups only the first, for its answer answers the others. */
function undecided<T extends Two>(pairs: readonly T[], decided: Decided): T[] {
  const asked = new Set<string>();
  return pairs.filter(({ left, right }) => {
    if (decided.isDecided(left, right)) return false;
    const between = [decided.groupOf(left), decided.groupOf(right)].sort().join('\n');
    const isFirst = !asked.has(between);
    asked.add(between);
    return isFirst;
  });
}

type Scored = Two & { readonly score: number };

function cursorOf({ score, left, right }: Scored): string {
  return `${score} ${left} ${right}`;
}

/** Pages go on behind the last pair even when it has been decided meanwhile. */
function isAfter(pair: Scored, cursor: string): boolean {
  const [score = '', left = '', right = ''] = cursor.split(' ');
  const lower = Number(score) - pair.score;
  return lower > 0 || (lower === 0 && `${pair.left} ${pair.right}` > `${left} ${right}`);
}

async function bulkOffer(
  deps: Deps,
  search: CandidateSearch,
  { limit, masked }: CheckedOf<'duplicates.bulkOffer'>,
): Promise<OutputOf<'duplicates.bulkOffer'>> {
  deps.store.projector.catchUp();
  const { db } = deps.store;
  const matches = allMatches(db);
  const decidedNow = decidedBy(matches);
  const byNumber = Map.groupBy(shopsWithBusinessNumber(db), (shop) => offerKey(shop));
  byNumber.delete('');
  const pairs = [...byNumber.values()].flatMap((shops) =>
    chainOf(
      shops.map(({ id }) => id),
      decidedNow,
    ),
  );
  const views = pairViews(db, { masked, surroundings: (await search.now()).surroundings });
  return {
    total: pairs.length,
    pairs: pairs.slice(0, limit).flatMap(({ left, right }) => views.pair(left, right) ?? []),
  };
}

/** Equal for shops of one site with one valid business number; empty where that cannot be said. */
function offerKey({ site, businessNumber }: { site: string | null; businessNumber: string | null }): string {
  const number = businessNumberKey(businessNumber ?? '');
  return number === '' || !site ? '' : `${site}\n${number}`;
}

/**
 * The pairs that join all shops of one number. Where somebody told two of them apart, none is offered: joining both
 * with a third would contradict that.
 */
function chainOf(ids: readonly string[], decided: Decided): Two[] {
  const groups = [...new Map(ids.map((id) => [decided.groupOf(id), id])).values()];
  const [first, ...others] = groups;
  const told = groups.some((a, at) => groups.slice(at + 1).some((b) => decided.isDecided(a, b)));
  return first === undefined || told ? [] : others.map((id) => sorted(first, id));
}

function decide(
  deps: Deps,
  { left, right, decision, reason }: CheckedOf<'duplicates.decide'>,
): { match: string } {
  deps.store.projector.catchUp();
  const write = decisionWrite(deps, sorted(left, right), decision, reason);
  deps.store.log.write([write]);
  deps.tell({ kind: 'changed', entities: ['match'] });
  return { match: write.id };
}

function decideAll(deps: Deps, { pairs, reason }: CheckedOf<'duplicates.decideAll'>): { decided: number } {
  const { db, log, projector } = deps.store;
  projector.catchUp();
  const writes = pairs.map(({ left, right }, at) => {
    const key = (id: string): string => offerKey(shopById(db, id) ?? { site: null, businessNumber: null });
    if (key(left) === '' || key(left) !== key(right)) {
      throw new Refusal('INVALID_INPUT', {
        at: `pairs.${at}`,
        reason: 'not one valid business number at one site',
      });
    }
    return decisionWrite(deps, sorted(left, right), 'same', reason);
  });
  const done = log.write(writes).filter((change) => change !== null);
  deps.tell({ kind: 'changed', entities: ['match'] });
  return { decided: done.length };
}

/** What makes the decision stand, whether there was none, another one, or one that was taken back. */
function decisionWrite(
  deps: Deps,
  { left, right }: Two,
  decision: 'same' | 'different',
  reason: string | undefined,
): Write {
  if (left === right) throw new Refusal('INVALID_INPUT', { at: 'right', reason: 'the same record as left' });
  mustBeLive(deps, 'store', left);
  mustBeLive(deps, 'store', right);
  const id = idFromParts('match', [left, right]);
  const before = matchState(deps.store.db, id);
  // The reason for the contrary is none for this.
  const outdated = before && before.reason !== null && (before.deleted || before.decision !== decision);
  return {
    entity: 'match',
    id,
    set: {
      left,
      right,
      decision,
      reason: reason || (outdated ? null : undefined),
      deleted: before?.deleted ? false : undefined,
    },
  };
}

function takeBack(deps: Deps, { left, right }: CheckedOf<'duplicates.takeBack'>): { match: string } {
  deps.store.projector.catchUp();
  const id = idFromParts('match', [left, right]);
  mustBeLive(deps, 'match', id);
  deps.store.log.write([{ entity: 'match', id, set: { deleted: true } }]);
  deps.tell({ kind: 'changed', entities: ['match'] });
  return { match: id };
}

function decided(
  deps: Deps,
  { store, contradicted, limit, after, masked }: CheckedOf<'duplicates.decided'>,
): OutputOf<'duplicates.decided'> {
  deps.store.projector.catchUp();
  const matches = allMatches(deps.store.db);
  const { isContradicted } = decidedBy(matches);
  const wanted = matches.filter(
    (match) =>
      (store === undefined || match.left === store || match.right === store) &&
      (!contradicted || isContradicted(match)),
  );
  const rest = after === undefined ? wanted : wanted.filter(({ id }) => id > after);
  const page = rest.slice(0, limit);
  const views = pairViews(deps.store.db, { masked });
  const rows = page.map((match): DuplicateDecision => ({
    match: match.id,
    left: views.shop(match.left),
    right: views.shop(match.right),
    leftId: match.left,
    rightId: match.right,
    decision: match.decision,
    reason: match.reason,
    contradicted: isContradicted(match),
    joinedBy: isContradicted(match) ? linksOf(matches, match, views) : [],
  }));
  return { total: wanted.length, rows, next: rest.length > limit ? page.at(-1)!.id : null };
}

function linksOf(
  matches: readonly MatchRow[],
  { left, right }: MatchRow,
  views: PairViews,
): DuplicateDecision['joinedBy'] {
  const link = (id: string): DuplicateLink => ({ id, name: views.shop(id)?.name ?? null });
  return wayBetween(matches, left, right).map((by) => ({
    match: by.id,
    left: link(by.left),
    right: link(by.right),
  }));
}

function sorted(a: string, b: string): Two {
  return a < b ? { left: a, right: b } : { left: b, right: a };
}

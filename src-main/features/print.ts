import type { CheckedOf, Handlers } from '#shared/contract/contract.ts';
import { Refusal } from '#shared/contract/errors.ts';
import type { AwardSheets, CardSheets, SheetCheck, SignInSheet, StoreSheet } from '#shared/contract/print.ts';
import type { Groups } from '#shared/figures/groups.ts';
import { maskName, maskPhone } from '#shared/model/mask.ts';
import type { EntityName } from '#shared/model/model.ts';
import { addressState, tidyAddress } from '#shared/visiting/addresses.ts';
import {
  awardSheets,
  liveStores,
  nameOf,
  sheetAwards,
  sheetFriends,
  sheetGrants,
  sheetStore,
  sheetVisits,
  shopsOfSession,
  shopsOfSite,
  signInPeople,
  signInSession,
  type CardShop,
} from '../store/print-queries.ts';
import { peopleByIds } from '../store/session-queries.ts';
import type { Deps } from './deps.ts';
import { pictureFile } from './pictures.ts';
import { sameShops } from './same-shop.ts';
import { checksAt } from './visits.ts';

type Methods = 'print.signIn' | 'print.store' | 'print.awards' | 'print.cards';

/** More certificates than any programme gives; more cards than a person cuts in a day. */
const AWARDS_AT_ONCE = 500;
const CARDS_AT_ONCE = 400;
/** The national list of grant holders is no market. */
const MARKET_AT_MOST = 5000;

export function printHandlers(deps: Deps): Pick<Handlers, Methods> {
  return {
    'print.signIn': (input) => signIn(deps, input),
    'print.store': (input) => store(deps, input),
    'print.awards': (input) => awards(deps, input),
    'print.cards': (input) => cards(deps, input),
  };
}

function signIn(deps: Deps, { session, signatures }: CheckedOf<'print.signIn'>): SignInSheet {
  const { db } = deps.store;
  const found = signInSession(db, session);
  if (!found) throw missing('session', session);
  const { trainerIds, ...sheet } = found;
  return {
    ...sheet,
    trainers: peopleByIds(db, trainerIds).map(({ name }) => name),
    people: signInPeople(db, session).map((person) => ({
      ...person,
      phone: maskPhone(person.phone),
      signature: signatures ? pictureFile(deps.store, person.signature) : null,
    })),
  };
}

function store(deps: Deps, { id, unmasked }: CheckedOf<'print.store'>): StoreSheet {
  const { db } = deps.store;
  const found = sheetStore(db, id);
  if (!found) throw missing('store', id);
  const { channelUrl, ...sheet } = found;
  const shops = liveStores(db, sameShops(deps).membersOf(id));
  const visits = sheetVisits(db, shops);
  const name = (person: string | null) => (unmasked ? person : maskName(person));
  return {
    ...sheet,
    ownerName: name(sheet.ownerName),
    phone: unmasked ? sheet.phone : maskPhone(sheet.phone),
    channelLink: linkOf(channelUrl),
    checklist: lastChecklist(deps, visits),
    visits,
    friends: sheetFriends(db, shops),
    grants: sheetGrants(db, shops),
    awards: sheetAwards(db, shops).map((award) => ({ ...award, person: name(award.person) })),
  };
}

/**
 * The items of the latest visit that has answers: a visit to a closed door has none and hides nothing. What that visit
 * left open stands as an earlier one answered it.
 */
function lastChecklist({ store: on }: Deps, visits: StoreSheet['visits']): StoreSheet['checklist'] {
  const checked = visits.filter(({ checks }) => checks > 0);
  const [last] = checked;
  if (!last) return null;
  const items = new Map<string, SheetCheck>();
  for (const { id, date } of checked) {
    for (const { item, state } of checksAt(on, id)) {
      const known = items.get(item.key);
      if (!known && id !== last.id) continue;
      if (!known || (known.state === null && state !== null)) {
        items.set(item.key, {
          key: item.key,
          label: known?.label ?? item.label,
          state,
          date: state === null ? null : date,
        });
      }
    }
  }
  return { date: last.date, items: [...items.values()] };
}

function awards(deps: Deps, { program, award, unmasked }: CheckedOf<'print.awards'>): AwardSheets {
  const { db } = deps.store;
  const name = program === undefined ? undefined : nameOf(db, 'program', program);
  if (program !== undefined && name === undefined) throw missing('program', program);
  const found = awardSheets(db, { program: program ?? null, award: award ?? null });
  if (award !== undefined && found.length === 0) throw missing('award', award);
  return {
    program: program === undefined ? null : { id: program, name: name ?? '' },
    total: found.length,
    awards: found.slice(0, AWARDS_AT_ONCE).map((sheet) => ({
      ...sheet,
      person: unmasked ? sheet.person : maskName(sheet.person),
    })),
  };
}

function cards(deps: Deps, input: CheckedOf<'print.cards'>): CardSheets {
  const { db } = deps.store;
  const [entity, id] =
    'session' in input ? (['session', input.session] as const) : (['site', input.site] as const);
  const title = nameOf(db, entity, id);
  if (title === undefined) throw missing(entity, id);
  const shops = entity === 'session' ? shopsOfSession(db, id) : shopsOfSite(db, id, MARKET_AT_MOST);
  const [have, lack] = byChannel(shops ?? [], sameShops(deps).groups);
  return {
    title,
    tooMany: shops === null,
    total: have.length,
    cards: have.slice(0, CARDS_AT_ONCE),
    without: { total: lack.length, names: lack.slice(0, CARDS_AT_ONCE).map(({ name }) => name) },
  };
}

/** Each shop once, under the record that has a channel if one of them has. */
function byChannel(shops: readonly CardShop[], groups: Groups): [CardSheets['cards'], CardShop[]] {
  const have = new Map<string, CardSheets['cards'][number]>();
  for (const { id, name, channelUrl } of shops) {
    const link = linkOf(channelUrl);
    if (link !== null && !have.has(groups.of(id))) have.set(groups.of(id), { id, name, link });
  }
  const lack = new Map<string, CardShop>();
  for (const shop of shops) {
    const group = groups.of(shop.id);
    if (!have.has(group) && !lack.has(group)) lack.set(group, shop);
  }
  return [[...have.values()], [...lack.values()]];
}

function linkOf(written: string | null): string | null {
  return written !== null && addressState('channelUrl', written) === 'right'
    ? tidyAddress('channelUrl', written)
    : null;
}

function missing(entity: EntityName, id: string): Refusal {
  return new Refusal('NOT_FOUND', { entity, id });
}

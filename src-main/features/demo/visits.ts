import { idFromParts } from '#shared/model/ids.ts';
import type { CodeOf } from '#shared/model/model.ts';
import type { Author } from './book.ts';
import { instant, MINUTE_MS, seoul, dayOf } from './calendar.ts';
import { countFriends, friendsSoFar } from './friends.ts';
import { channelUrl, mapPlaceUrl, phoneNumber } from './names.ts';
import type { Campaign, Held, ShopPlan } from './plan.ts';
import { respond } from './surveys.ts';
import { CHECKLIST, FIRST_MESSAGES, NEXT_STEPS, VISIT_NOTES } from './templates.ts';

export type Outcome = CodeOf<'visit', 'outcome'>;
type State = CodeOf<'check', 'state'>;

/** One shop on a trainer's way, and what happens there. */
export interface Stop {
  readonly shop: ShopPlan;
  readonly round: 1 | 2;
  readonly outcome: Outcome;
  /** The trainer finds the shop shut and comes by again in the afternoon. */
  readonly againToday: boolean;
  readonly opensChannel: boolean;
  readonly registersMap: boolean;
  readonly survey: boolean;
}

/** Shops that one trainer gets round to in a day. */
export const STOPS_A_DAY = 10;

const NOTES: Readonly<Record<Exclude<Outcome, 'done'>, readonly string[]>> = {
  closed: ['문이 닫혀 있음.', '정기 휴무.', '점심시간이라 자리를 비우심.'],
  refused: ['바빠서 다음에 하기로 함.', '지금은 생각이 없다고 하심.', '온라인은 안 하신다고 함.'],
  notFound: ['적힌 자리에 다른 가게가 있음.', '간판을 찾지 못함.'],
  moved: ['옆 골목으로 이전.', '다른 상가로 이전함.'],
};

/** A day of visits: each trainer takes a share of the stops and goes round. Returns when the last one is done. */
export function walk(campaign: Campaign, held: Held, stops: readonly Stop[]): number {
  const { random } = campaign.book;
  const ends = held.team.map((trainer, place) => {
    const way = stops.filter((_, stop) => stop % held.team.length === place);
    const again = way.filter((stop) => stop.againToday);
    let at = seoul(held.day, 9 * 60 + 35) + random.int(0, 20 * MINUTE_MS);
    for (const stop of way)
      at = visit(campaign, held, trainer, stop, afterLunch(at)) + random.int(1, 6) * MINUTE_MS;
    for (const stop of again) {
      at = visit(campaign, held, trainer, { ...stop, outcome: 'done', againToday: false }, afterLunch(at));
      at += random.int(1, 6) * MINUTE_MS;
    }
    return at;
  });
  return Math.max(...ends);
}

function afterLunch(at: number): number {
  const noon = seoul(dayOf(at), 12 * 60 + 10);
  return at > noon && at < noon + 45 * MINUTE_MS ? noon + 50 * MINUTE_MS : at;
}

function visit(campaign: Campaign, held: Held, trainer: Author, stop: Stop, at: number): number {
  const { book } = campaign;
  const { random } = book;
  const { shop, outcome } = stop;
  const done = outcome === 'done';
  const end = at + (done ? random.int(14, 30) : random.int(2, 6)) * MINUTE_MS + random.int(0, 59_999);
  const id = book.id(at);
  book.note(at, trainer, 'visit', id, {
    session: held.id,
    store: shop.id,
    trainer: trainer.person,
    date: held.day,
    startedAt: instant(at),
  });
  if (done) help(campaign, held, trainer, { ...stop, visit: id }, at, end);
  const note = done
    ? random.chance(0.2)
      ? random.pick(VISIT_NOTES)
      : undefined
    : random.pick(NOTES[outcome]);
  book.note(end, trainer, 'visit', id, { outcome, endedAt: instant(end), note });
  // A shop that is gone for good is known by its second visit.
  if (stop.round === 2 && shop.status !== 'active' && shop.status !== 'declined') {
    book.note(end + 4_000, trainer, 'store', shop.id, {
      status: shop.status,
      note: shop.status === 'closed' ? '폐업했다고 옆집에서 알려 주심.' : '새 주소 확인 필요.',
    });
  }
  if (outcome === 'refused' && shop.status === 'declined') {
    book.note(end + 4_000, trainer, 'store', shop.id, { status: 'declined' });
  }
  return end;
}

/** What is done together with the merchant between the first and the last minute of a visit. */
function help(
  campaign: Campaign,
  held: Held,
  trainer: Author,
  stop: Stop & { readonly visit: string },
  from: number,
  to: number,
): void {
  const { book, notices } = campaign;
  const { random } = book;
  const { shop, round } = stop;
  const step = (to - from) / (CHECKLIST.length + 6);
  let at = from;
  const next = () => (at = Math.round(at + step * (0.7 + random.share() * 0.3)));

  if (round === 1) book.note(next(), trainer, 'store', shop.id, learnt(campaign, shop));
  for (const { key } of CHECKLIST) {
    const state = stateOf(campaign, stop, key);
    if (state === null) continue;
    const value = state === 'done' ? evidence(campaign, shop, key) : undefined;
    book.note(next(), trainer, 'check', idFromParts('check', [stop.visit, key]), {
      visit: stop.visit,
      item: key,
      state,
      value,
    });
    if (key === 'channel' && stop.opensChannel) openChannel(campaign, trainer, shop, held, next());
    if (key === 'map' && stop.registersMap) {
      const mapped = { mapPlaceUrl: mapPlaceUrl(shop.serial), mapRegisteredOn: held.day };
      book.note(next(), trainer, 'store', shop.recordOfChannel, mapped);
    }
  }
  if (shop.friends !== null && random.chance(0.8)) {
    countFriends(
      campaign,
      shop.recordOfChannel,
      'store',
      trainer,
      next(),
      friendsSoFar(campaign, shop, round),
    );
  }
  const open = notices.filter((notice) => notice.from <= held.day && held.day <= notice.to);
  if (round === 1 && open.length > 0 && random.chance(0.35)) {
    const notice = random.pick(open).id;
    const id = idFromParts('noticeDelivery', [notice, shop.id]);
    const delivery = { notice, store: shop.id, deliveredOn: held.day, by: trainer.person };
    book.note(next(), trainer, 'noticeDelivery', id, delivery);
  }
  // The laptop is handed over for the survey, and its answers may come in after the visit is ended.
  if (stop.survey && shop.answers) respond(campaign, held, trainer, shop, shop.answers, next());
}

function openChannel(campaign: Campaign, trainer: Author, shop: ShopPlan, held: Held, at: number): void {
  shop.openedOn = held.day;
  campaign.book.note(at, trainer, 'store', shop.recordOfChannel, {
    channelUrl: channelUrl(shop.serial),
    channelOpenedOn: held.day,
    firstOnline: shop.firstOnline ?? undefined,
  });
}

/** What the list of the office did not have, if the merchant tells. */
function learnt(campaign: Campaign, shop: ShopPlan) {
  const { random } = campaign.book;
  return {
    phone: !shop.listed.phone && random.chance(0.6) ? phoneNumber(shop.serial) : undefined,
    ownerName: !shop.listed.ownerName && random.chance(0.6) ? shop.ownerName : undefined,
  };
}

/** The answer to an item, or null where the trainer left it open. */
function stateOf(campaign: Campaign, stop: Stop, key: string): State | null {
  const { random } = campaign.book;
  const { shop, round } = stop;
  const now = (key === 'channel' && stop.opensChannel) || (key === 'map' && stop.registersMap);
  if (now) return 'done';
  // A second visit looks only at what the trainer thinks worth a look.
  if (round === 2 && !stop.opensChannel && random.chance(0.7)) return null;
  if (key === 'channel') return shop.openedOn === null ? 'notDone' : 'done';
  if (key === 'map') return shop.map && round === 2 ? 'done' : random.chance(0.8) ? 'notDone' : null;
  if (random.chance(0.04)) return null;
  if (!shop.channel) return key === 'nextStep' ? 'done' : 'notApplicable';
  const likely =
    { profile: 0.92, firstMessage: 0.75, hoursPhotos: 0.7, qr: 0.85, friendEvent: 0.6 }[key] ?? 0.95;
  return random.chance(likely) ? 'done' : 'notDone';
}

function evidence(campaign: Campaign, shop: ShopPlan, key: string): string | undefined {
  const { random } = campaign.book;
  if (key === 'channel' && shop.channel) return channelUrl(shop.serial);
  if (key === 'map' && shop.map) return mapPlaceUrl(shop.serial);
  if (key === 'firstMessage') return random.pick(FIRST_MESSAGES);
  if (key === 'nextStep') return random.pick(NEXT_STEPS);
  return undefined;
}

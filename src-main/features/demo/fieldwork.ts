import { addDays, MINUTE_MS, seoul, workday, type Day } from './calendar.ts';
import { countSite } from './friends.ts';
import { list } from './listing.ts';
import { peopleOf, type Campaign, type Held, type ShopPlan, type SitePlan, type Worked } from './plan.ts';
import { closeSession, openSession, takeAttendance, type Guest } from './sessions.ts';
import { respond } from './surveys.ts';
import { STOPS_A_DAY, walk, type Outcome, type Stop } from './visits.ts';

const CLASS_FROM = 14 * 60;
const CLASS_TO = 16 * 60;
const ROUNDS_FROM = 9 * 60 + 30;
const ROUNDS_TO = 17 * 60 + 30;
const ROOMS = ['상인회 교육장', '고객지원센터 2층', '주민센터 회의실', '상인회 사무실'];

/**
 * The whole work at one site: listed in the office, a first class, visits, a second class with the survey, visits to
 * those who were not reached or are not done, results shared where that is planned, friends counted all along.
 */
export function workSite(campaign: Campaign, site: SitePlan): Worked {
  const { diary, book } = campaign;
  const { random } = book;
  const place = random.pick(ROOMS);
  list(campaign, site);

  const first = diary.book(site.team, addDays(site.listedOn, 7));
  const atFirst = teach(campaign, site, 1, first, place, []);
  const courses = site.shops.map((shop) => courseOf(campaign, shop));
  const rounds = goRound(
    campaign,
    site,
    '방문의 날',
    courses.map((course) => course.first),
    addDays(first, 1),
  );

  const second = diary.book(site.team, addDays(rounds.at(-1)?.day ?? first, 9));
  const inClass = courses.filter((course) => course.surveyInClass).map((course) => course.first.shop);
  const atSecond = teach(campaign, site, 2, second, place, inClass);
  const again = courses.map((course) => course.second).filter((stop) => stop !== null);
  const followUps = goRound(campaign, site, '다시 방문', again, addDays(second, 13));

  noteMilestones(campaign, site);
  countSite(campaign, site);
  const sharing = site.sharingFrom === null ? null : share(campaign, site, site.sharingFrom, place);
  return { site, classes: [atFirst, atSecond], rounds, followUps, sharing };
}

function teach(
  campaign: Campaign,
  site: SitePlan,
  which: 1 | 2,
  day: Day,
  place: string,
  surveyed: readonly ShopPlan[],
): Held {
  const { book, office } = campaign;
  const { random } = book;
  const title = `${site.name} ${which === 1 ? '톡채널 첫걸음' : '단골 만드는 메시지'}`;
  const held = openSession(campaign, {
    site,
    kind: 'class',
    title,
    day,
    place,
    from: CLASS_FROM,
    to: CLASS_TO,
  });
  const guests: Guest[] = site.shops.flatMap((shop) =>
    peopleOf(shop).flatMap((person) => {
      const presence = person.classes[which - 1] ?? null;
      const known = which === 2 && person.classes[0] !== null && person.classes[0] !== 'absent';
      return presence === null
        ? []
        : [{ person: { ...person, walkIn: person.walkIn && !known }, presence, shop: shop.id }];
    }),
  );
  // The coordinator looks in now and then, and is on the list without being a merchant.
  if (random.chance(0.3)) {
    const person = { id: office.person, name: '', walkIn: false, classes: [null, null] } as const;
    guests.push({ person, presence: 'present', shop: null });
  }
  const startsAt = seoul(day, CLASS_FROM);
  takeAttendance(campaign, held, guests, startsAt);

  const asksFrom = startsAt + 84 * MINUTE_MS;
  const turnOf = (place: number) =>
    asksFrom + Math.floor(place / held.team.length) * 150_000 + random.int(0, 20_000);
  surveyed.forEach((shop, place) => {
    if (shop.answers)
      respond(campaign, held, held.team[place % held.team.length]!, shop, shop.answers, turnOf(place));
  });
  const unasked = site.shops.find((shop) => shop.channel && shop.answers === null);
  if (which === 2 && unasked && random.chance(0.5)) {
    // Begun on the laptop, then a customer came: never handed in, so it counts nowhere.
    const at = turnOf(surveyed.length + 1);
    respond(campaign, held, held.team[0]!, unasked, { easy: random.int(3, 5), kind: 5 }, at, true);
  }
  closeSession(campaign, held, Math.max(seoul(day, CLASS_TO), turnOf(surveyed.length + 2) + 2 * MINUTE_MS));
  return held;
}

interface Course {
  readonly first: Stop;
  readonly second: Stop | null;
  readonly surveyInClass: boolean;
}

/** How the visits to a shop go, so that it ends as planned. */
function courseOf(campaign: Campaign, shop: ShopPlan): Course {
  const { random } = campaign.book;
  const idle = { shop, againToday: false, opensChannel: false, registersMap: false, survey: false };
  const plain = (round: 1 | 2, outcome: Outcome): Stop => ({ ...idle, round, outcome });
  if (shop.status === 'declined') {
    return random.chance(0.85)
      ? { first: plain(1, 'refused'), second: null, surveyInClass: false }
      : { first: plain(1, 'closed'), second: plain(2, 'refused'), surveyInClass: false };
  }
  if (!shop.channel) {
    if (random.chance(0.5)) return { first: plain(1, 'done'), second: null, surveyInClass: false };
    const reason = random.chance(0.5) ? 'closed' : 'notFound';
    return { first: plain(1, reason), second: plain(2, reason), surveyInClass: false };
  }
  const gone = shop.status !== 'active';
  const chance = random.share();
  const outcome: Outcome =
    gone || chance > 0.16 ? 'done' : chance > 0.05 ? 'closed' : chance > 0.015 ? 'notFound' : 'refused';
  const againToday = outcome === 'closed' && random.chance(0.35);
  const opensFirst = outcome === 'done' || againToday;
  const mapFirst = shop.map && opensFirst && (gone || random.chance(0.75));
  const first = {
    ...idle,
    round: 1,
    outcome,
    againToday,
    opensChannel: opensFirst,
    registersMap: mapFirst,
  } as const;
  if (gone) {
    const found = shop.status === 'moved' ? 'moved' : 'closed';
    return { first, second: plain(2, found), surveyInClass: false };
  }
  const there = shop.merchant?.classes[1];
  const surveyInClass =
    shop.answers !== null && (there === 'present' || there === 'late') && random.chance(0.8);
  const survey = shop.answers !== null && !surveyInClass;
  const opensSecond = !opensFirst;
  const mapSecond = shop.map && !mapFirst;
  const needed = opensSecond || mapSecond || survey || random.chance(0.15);
  const second = {
    ...idle,
    round: 2,
    outcome: 'done',
    opensChannel: opensSecond,
    registersMap: mapSecond,
    survey,
  };
  return { first, second: needed ? (second as Stop) : null, surveyInClass };
}

/** Days of visits, as many as it takes. */
function goRound(
  campaign: Campaign,
  site: SitePlan,
  title: string,
  stops: readonly Stop[],
  from: Day,
): Held[] {
  const { diary } = campaign;
  const days: Held[] = [];
  const capacity = site.team.length * STOPS_A_DAY;
  for (let begin = 0; begin < stops.length; begin += capacity) {
    const day = diary.book(site.team, days.at(-1) ? addDays(days.at(-1)!.day, 1) : from);
    const order = {
      site,
      kind: 'visitDay',
      day,
      place: site.name,
      from: ROUNDS_FROM,
      to: ROUNDS_TO,
    } as const;
    const held = openSession(campaign, { ...order, title: `${site.name} ${title} ${days.length + 1}일차` });
    const end = walk(campaign, held, stops.slice(begin, begin + capacity));
    closeSession(campaign, held, end);
    days.push(held);
  }
  return days;
}

/** The indoor map and the sales event, written down in the office when they are there. */
function noteMilestones(campaign: Campaign, site: SitePlan): void {
  const { book, office } = campaign;
  const { indoorMapLinkedOn, salesEventOn } = site;
  const at = (day: Day) => seoul(day, 16 * 60 + 10) + book.random.int(0, 30 * MINUTE_MS);
  if (indoorMapLinkedOn) book.note(at(indoorMapLinkedOn), office, 'site', site.id, { indoorMapLinkedOn });
  if (salesEventOn) book.note(at(salesEventOn), office, 'site', site.id, { salesEventOn });
}

/** The results-sharing event (성과 공유회): old faces and some who came to no class. */
function share(campaign: Campaign, site: SitePlan, from: Day, place: string): Held {
  const { book, diary } = campaign;
  const { random } = book;
  const day = diary.book(site.team, workday(from));
  const title = `${site.name} 성과 공유회`;
  const held = openSession(campaign, {
    site,
    kind: 'sharing',
    title,
    day,
    place,
    from: CLASS_FROM,
    to: CLASS_TO,
  });
  const guests: Guest[] = site.shops.flatMap((shop) =>
    shop.status === 'active' && shop.merchant && random.chance(0.6)
      ? [
          {
            person: { ...shop.merchant, walkIn: false },
            presence: random.chance(0.9) ? 'present' : 'absent',
            shop: shop.id,
          },
        ]
      : [],
  );
  takeAttendance(campaign, held, guests, seoul(day, CLASS_FROM));
  closeSession(campaign, held, seoul(day, CLASS_TO));
  return held;
}

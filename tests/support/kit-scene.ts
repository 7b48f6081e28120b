import type { InputOf } from '#shared/contract/contract.ts';
import { recordId } from './exchange-builder.ts';
import type { TestLaptop } from './laptop.ts';

/** The morning of the tests is 24 November 2026; the sessions are on the Thursday after, one was the week before. */
export const THURSDAY = '2026-11-26';
export const LAST_WEEK = '2026-11-17';

export interface KitScene {
  readonly program: string;
  readonly markets: readonly [string, string];
  /** Two at each market. */
  readonly shops: readonly [string, string, string, string];
  /** One at each shop. */
  readonly merchants: readonly [string, string, string, string];
  readonly trainers: readonly [string, string];
  /** A day of visits at each market, each with its own trainer; then one that nobody was named for. */
  readonly sessions: readonly [string, string, string];
  /** Last week at the first market, by the second trainer. */
  readonly earlier: string;
  readonly earlierVisit: string;
}

/** Two markets of one programme with two shops each, planned for two trainers. Ids are the same on every run. */
export async function kitScene(on: TestLaptop): Promise<KitScene> {
  let last = 50_000;
  const put = async (entity: string, set: Record<string, unknown>): Promise<string> => {
    last += 1;
    return (await on.call('records.write', { entity, id: recordId(last), set: set as never })).id;
  };
  const items = [{ key: 'channel', label: '톡채널을 열었나요?' }];
  const questions = [{ key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' }];
  const checklistTemplate = await put('checklistTemplate', { name: '점검표', version: 1, items });
  const surveyTemplate = await put('surveyTemplate', { name: '만족도', version: 1, questions });
  const program = await put('program', {
    name: '단골거리 2026',
    kind: 'street',
    checklistTemplate,
    surveyTemplate,
  });
  const market = (name: string) => put('site', { program, name, kind: 'traditionalMarket' });
  const markets = [await market('망원시장'), await market('반송큰시장')] as const;
  const shop = (site: string, name: string) =>
    put('store', { site, name, status: 'active', phone: '010-0000-0001' });
  const shops = [
    await shop(markets[0], '바다횟집'),
    await shop(markets[0], '새벽분식'),
    await shop(markets[1], '하늘떡집'),
    await shop(markets[1], '구름반찬'),
  ] as const;
  const merchant = (store: string, name: string) => put('person', { store, name, kind: 'merchant' });
  const merchants = [
    await merchant(shops[0], '김바다'),
    await merchant(shops[1], '이새벽'),
    await merchant(shops[2], '박하늘'),
    await merchant(shops[3], '최구름'),
  ] as const;
  const trainer = (name: string) => put('person', { name, kind: 'trainer' });
  const trainers = [await trainer('김트레'), await trainer('이트레')] as const;
  const plan = async (site: string, date: string, who: string[], roster: string[], title: string) =>
    (await on.call('sessions.plan', { site, kind: 'visitDay', title, date, trainers: who, roster })).id;
  const sessions = [
    await plan(markets[0], THURSDAY, [trainers[0]], [merchants[0]], '망원 방문의 날'),
    await plan(markets[1], THURSDAY, [trainers[1]], [merchants[2]], '반송 방문의 날'),
    await plan(markets[1], THURSDAY, [], [], '반송 교육'),
  ] as const;
  const earlier = await plan(markets[0], LAST_WEEK, [trainers[1]], [merchants[3]], '망원 지난주');
  const { id: earlierVisit } = await on.call('visits.start', { session: earlier, store: shops[0] });
  await on.call('checks.mark', { visit: earlierVisit, item: 'channel', state: 'done' });
  await on.call('visits.update', { id: earlierVisit, outcome: 'closed' });
  await on.call('friends.record', { owner: shops[0], ownerKind: 'store', date: LAST_WEEK, friends: 120 });
  await on.call('surveys.answer', {
    response: recordId(59_999),
    session: earlier,
    store: shops[0],
    template: surveyTemplate,
    mode: 'handover',
    answers: { helpful: true },
    submitted: true,
  });
  return { program, markets, shops, merchants, trainers, sessions, earlier, earlierVisit };
}

/** The kits of some orders in one job. */
export async function makeKits(on: TestLaptop, kits: InputOf<'kits.begin'>['kits']) {
  const { run, total } = await on.call('kits.begin', { kits });
  for (let done = 0; done < total;) ({ done } = await on.call('kits.next', { run }));
  return on.call('kits.finish', { run });
}

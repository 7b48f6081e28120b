import { idFromParts } from '#shared/model/ids.ts';
import type { Json } from '#shared/merge/canonical.ts';
import { recordId } from './exchange-builder.ts';
import type { TestLaptop } from './laptop.ts';

/** The records of a day in one market, by what they are. */
export interface MarketDay {
  readonly program: string;
  readonly site: string;
  readonly session: string;
  readonly shops: readonly string[];
  readonly merchants: readonly string[];
  readonly trainer: string;
  readonly visits: readonly string[];
}

/**
 * A whole day through the calls that the screens make: a programme with its templates, a market with two shops and their
 * merchants, a session, attendance, visits with checks, friend counts and a survey. Days with different numbers share
 * nothing.
 */
export async function marketDay(on: TestLaptop, number = 1): Promise<MarketDay> {
  let last = number * 1000;
  const put = async (entity: string, set: Record<string, Json>): Promise<string> => {
    last += 1;
    return (await on.call('records.write', { entity, id: recordId(last), set: set as never })).id;
  };
  const items = [{ key: 'channel', label: '톡채널을 열었나요?' }];
  const questions = [{ key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' }];
  const checklist = await put('checklistTemplate', { name: `점검표 ${number}`, version: 1, items });
  const survey = await put('surveyTemplate', { name: `만족도 ${number}`, version: 1, questions });
  const program = await put('program', {
    name: `단골거리 ${number}`,
    kind: 'street',
    checklistTemplate: checklist,
    surveyTemplate: survey,
  });
  const site = await put('site', { program, name: `중앙시장 ${number}`, kind: 'traditionalMarket' });
  const shops = [
    await put('store', { site, name: `분식 ${number}`, status: 'active' }),
    await put('store', { site, name: `꽃집 ${number}`, status: 'active' }),
  ];
  const merchants: string[] = [];
  for (const store of shops) merchants.push(await put('person', { name: '사장님', kind: 'merchant', store }));
  const trainer = await put('person', { name: `트레이너 ${number}`, kind: 'trainer' });
  await put('grant', { program, store: shops[0]!, amount: 300_000 });

  const { id: session } = await on.call('sessions.plan', {
    site,
    kind: 'visitDay',
    title: `방문의 날 ${number}`,
    date: '2026-11-24',
    trainers: [trainer],
    roster: merchants,
  });
  await on.call('attendance.mark', { session, person: merchants[0]!, status: 'present' });
  const visits: string[] = [];
  for (const store of shops) visits.push((await on.call('visits.start', { session, store })).id);
  await on.call('checks.mark', {
    visit: visits[0]!,
    item: 'channel',
    state: 'done',
    value: 'pf.kakao.com/_x',
  });
  await on.call('visits.update', { id: visits[0]!, outcome: 'done', note: '다음 주에 다시' });
  await on.call('friends.record', { owner: shops[0]!, ownerKind: 'store', date: '2026-11-24', friends: 120 });
  await on.call('friends.record', { owner: site, ownerKind: 'site', date: '2026-11-24', friends: 900 });
  await on.call('surveys.answer', {
    response: recordId(number * 1000 + 900),
    session,
    store: shops[0]!,
    template: survey,
    mode: 'handover',
    answers: { helpful: true },
    submitted: true,
  });
  await on.call('records.write', {
    entity: 'match',
    id: idFromParts('match', shops),
    set: { left: shops[0]!, right: shops[1]!, decision: 'different' },
  });
  return { program, site, session, shops, merchants, trainer, visits };
}

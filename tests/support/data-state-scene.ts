import type { DataStateRow } from '#shared/contract/data-state.ts';
import type { DataLineId } from '#shared/desk/data-lines.ts';
import type { Json } from '#shared/merge/canonical.ts';
import type { TestLaptop } from './laptop.ts';

/** Tuesday, 24 November 2026 in Seoul. */
export const TODAY = '2026-11-24';

export type Fields = Record<string, Json>;

export async function put(office: TestLaptop, entity: string, set: Fields, id?: string): Promise<string> {
  const answer = await office.ask('records.write', { entity, set, ...(id && { id }) });
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return (answer.value as { id: string }).id;
}

/** A programme with a site, a shop, a class and what they go by, in which nothing is wrong. */
export async function sound(office: TestLaptop, name = '단골거리') {
  const checklist = await put(office, 'checklistTemplate', {
    name: '점검표',
    items: ['가', '나', '다'].map((key) => ({ key, label: key })),
  });
  const survey = await put(office, 'surveyTemplate', {
    name: '설문',
    questions: ['하나', '둘'].map((key) => ({ key, label: key, kind: 'scale' })),
  });
  const program = await put(office, 'program', {
    ...{ name, kind: 'street', startsOn: '2026-03-02', endsOn: '2026-11-30' },
    ...{ checklistTemplate: checklist, surveyTemplate: survey },
  });
  const site = await put(office, 'site', { name: `${name} 시장`, program, kind: 'street' });
  const shop = await put(office, 'store', { name: `${name} 떡집`, site, status: 'active' });
  const session = await put(office, 'session', {
    ...{ program, site, title: `${name} 교육`, kind: 'class', date: '2026-11-20', status: 'closed' },
  });
  const person = await put(office, 'person', { name: '이상인', kind: 'merchant', store: shop });
  const attendance = await put(office, 'attendance', { session, person, status: 'present' });
  return { program, checklist, survey, site, shop, session, person, attendance };
}

export type Scene = Awaited<ReturnType<typeof sound>>;

export const visitOf = ({ session, shop }: Scene, set: Fields = {}): Fields => ({
  ...{ session, store: shop, date: '2026-11-20', outcome: 'refused' },
  ...{ startedAt: '2026-11-20T01:00:00.000Z', endedAt: '2026-11-20T01:20:00.000Z' },
  ...set,
});

export const responseOf = ({ session, survey }: Scene, set: Fields = {}): Fields => ({
  ...{ session, template: survey, submittedAt: '2026-11-20T02:00:00.000Z' },
  answers: { 하나: 5, 둘: 4 },
  ...set,
});

export async function countsOf(
  office: TestLaptop,
  program?: string,
): Promise<Partial<Record<DataLineId, number>>> {
  const { lines } = await office.call('dataState.summary', program ? { program } : {});
  return Object.fromEntries(lines.filter(({ count }) => count > 0).map(({ id, count }) => [id, count]));
}

export async function rowsOf(
  office: TestLaptop,
  line: DataLineId,
  program?: string,
): Promise<DataStateRow[]> {
  return (await office.call('dataState.rows', { line, ...(program && { program }) })).rows;
}

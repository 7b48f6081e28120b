import type { Json } from '#shared/merge/canonical.ts';
import { recordId } from './exchange-builder.ts';
import type { TestLaptop } from './laptop.ts';

export const SURVEY_QUESTIONS = [
  { key: 'easy', label: '쉬웠나요?', kind: 'scale' },
  { key: 'helpful', label: '도움이 되었나요?', kind: 'yesNo', role: 'helpful' },
  { key: 'words', label: '하고 싶은 말씀', kind: 'text' },
];

export const WORDS = '비밀이에요';

/** A class whose programme has a survey, with a shop at its market; ids are always the same. */
export const surveyIds = {
  template: recordId(7001),
  program: recordId(7002),
  site: recordId(7003),
  shop: recordId(7004),
  session: recordId(7005),
};

export async function surveyScene(
  on: Pick<TestLaptop, 'call'>,
  {
    unfinishedSurveys,
    consentText,
  }: { readonly unfinishedSurveys?: string; readonly consentText?: string } = {},
): Promise<typeof surveyIds> {
  const { template, program, site, shop, session } = surveyIds;
  const put = (entity: string, id: string, set: Record<string, Json>): Promise<unknown> =>
    on.call('records.write', { entity, id, set: set as never });
  await put('surveyTemplate', template, {
    name: '만족도',
    version: 1,
    questions: SURVEY_QUESTIONS,
    ...(consentText === undefined ? {} : { consentText }),
  });
  await put('program', program, {
    name: '단골거리',
    kind: 'street',
    surveyTemplate: template,
    ...(unfinishedSurveys === undefined ? {} : { unfinishedSurveys }),
  });
  await put('site', site, { program, name: '중앙시장', kind: 'traditionalMarket' });
  await put('store', shop, { site, name: '새벽분식', status: 'active' });
  await put('session', session, { program, site, kind: 'class', title: '중앙시장 교육', date: '2026-11-20' });
  return surveyIds;
}

import { describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/contract.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { rawBytes } from '#tests/support/raw-store.ts';

/**
 * Words in which somebody may be named fall due with the rest. Of a survey's answers they alone go: the figures are the
 * same after, on every laptop, whatever arrives first and whoever else decides at the same time.
 */

const WORDS = ['김단골 사장님 010-0000-7531', '배달을 이상인 님께 배웠어요'];
const NOTES = [
  '사장님 딸 박이웃이 도움',
  '간판은 최단골',
  '옆집 정상인 소개',
  '정상인 결석',
  '가게 앞의 김단골',
];
const QUESTIONS = [
  { key: 'scale', label: '만족하세요?', kind: 'scale' },
  { key: 'helpful', label: '도움이 됐나요?', kind: 'yesNo', role: 'helpful' },
  { key: 'best', label: '무엇이 좋았나요?', kind: 'choice', choices: ['채널', '지도'] },
  { key: 'words', label: '한마디', kind: 'text' },
];
const GIVEN = { scale: 4, helpful: true, best: '채널' };

interface Scene {
  readonly on: TestLaptop;
  readonly program: string;
  readonly response: string;
  readonly plain: string;
  readonly store: string;
}

/** A programme that is long over, one response with words that were written twice, and one without any. */
async function scene(): Promise<Scene> {
  const on = laptop('사무실');
  const put = async (entity: string, set: object, id?: string): Promise<string> =>
    (await on.call('records.write', { entity, set: set as never, ...(id && { id }) })).id;
  const template = await put('surveyTemplate', { name: '만족도', version: 1, questions: QUESTIONS });
  const program = await put('program', {
    ...{ name: '2024 단골거리', startsOn: '2024-09-01', endsOn: '2024-11-24', retentionMonths: 12 },
    ...{ surveyTemplate: template, minimumRespondents: 1 },
  });
  const site = await put('site', { program, name: '망원시장' });
  const store = await put('store', { site, name: '망원분식', note: NOTES[0] });
  const session = await put('session', {
    program,
    site,
    title: '첫 교육',
    date: '2024-10-01',
    note: NOTES[3],
  });
  const visit = await put('visit', { session, store, date: '2024-10-01', note: NOTES[1] });
  await put('check', {
    visit,
    item: 'channel',
    state: 'done',
    value: 'https://pf.kakao.com/_a',
    note: NOTES[2],
  });
  await put('photo', { owner: visit, ownerKind: 'visit', caption: NOTES[4] });
  const about = { session, store, template, submittedAt: '2024-10-01T03:00:00.000Z', mode: 'paper' };
  const response = await put('surveyResponse', { ...about, answers: { ...GIVEN, words: WORDS[0] } });
  await put('surveyResponse', { answers: { ...GIVEN, words: WORDS[1] } }, response);
  const plain = await put('surveyResponse', {
    ...about,
    answers: { scale: 2, helpful: false, best: '지도' },
  });
  return { on, program, response, plain, store };
}

async function decide(on: TestLaptop, reason = '보관 기간 만료'): Promise<OutputOf<'retention.erase'>> {
  const { token } = await on.call('retention.preview', {});
  return on.call('retention.erase', { token, reason });
}

async function fieldsOf(on: TestLaptop, entity: string, id: string): Promise<Record<string, unknown>> {
  return (await on.call('records.get', { entity, id })).fields;
}

const kpis = async (on: TestLaptop) => (await on.call('report.kpis', {})).total;

function leftIn(...laptops: readonly TestLaptop[]): string[] {
  for (const one of laptops) one.close();
  const raw = laptops.map(({ dir }) => rawBytes(dir));
  return [...WORDS, ...NOTES].filter((secret) => raw.some((bytes) => bytes.includes(secret)));
}

describe('words that fall due', () => {
  it('are found where they stand, and a response without any is left alone', async () => {
    const { on, response, plain } = await scene();
    const { rows } = await on.call('retention.rows', {});
    expect(rows.map(({ entity, fields }) => [entity, fields.join()])).toEqual([
      ['check', 'note'],
      ['photo', 'caption'],
      ['session', 'note'],
      ['store', 'note'],
      ['surveyResponse', 'answers'],
      ['visit', 'note'],
    ]);
    expect(rows.some(({ id }) => id === plain)).toBe(false);
    expect(rows.some(({ id }) => id === response)).toBe(true);
    for (const secret of [...WORDS, ...NOTES]) expect(JSON.stringify(rows)).not.toContain(secret);
    expect(leftIn(on)).toEqual([...WORDS, ...NOTES]);
  });

  it('go, of answers too, and every figure stays', async () => {
    const { on, response, plain } = await scene();
    const figures = await kpis(on);
    const shown = await on.call('report.dashboard', {});
    expect(figures).toMatchObject({ surveyResponses: 2, surveyMean: 3, surveyHelpfulShare: 0.5 });
    const { certificate } = await decide(on);
    expect(await kpis(on)).toEqual(figures);
    expect(await on.call('report.dashboard', {})).toEqual(shown);
    expect(await fieldsOf(on, 'surveyResponse', response)).toMatchObject({ counted: GIVEN });
    expect(Object.keys(await fieldsOf(on, 'surveyResponse', response))).not.toContain('answers');
    expect(await fieldsOf(on, 'surveyResponse', plain)).toMatchObject({ answers: { scale: 2 } });
    expect(await on.call('retention.state', {})).toMatchObject({ due: 0, soon: 0, unruled: 0 });
    expect((await on.call('retention.certificates', {}))[0]).toMatchObject({ id: certificate, records: 6 });
    expect((await on.call('app.verify', {})).faults).toEqual([]);
    expect(leftIn(on)).toEqual([]);
  });

  it.each(['the words first', 'the erasure first'])(
    'go on another laptop, where there are %s',
    async (order) => {
      const { on } = await scene();
      const before = await on.exported();
      const figures = await kpis(on);
      const other = laptop('현장');
      if (order === 'the words first') await other.take('before.dangol', before);
      await decide(on);
      await other.take('after.dangol', await on.exported());
      await other.take('before.dangol', before);
      expect(other.dump()).toBe(on.dump());
      expect(await kpis(other)).toEqual(figures);
      expect((await other.call('app.verify', {})).faults).toEqual([]);
      expect(leftIn(on, other)).toEqual([]);
    },
  );

  it('leave the figures whole when two laptops decide without knowing of each other', async () => {
    const { on, response } = await scene();
    const other = laptop('현장');
    await other.take('before.dangol', await on.exported());
    const figures = await kpis(on);
    await decide(on, '사무실에서');
    await decide(other, '현장에서');
    const [first, second] = [await on.exported(), await other.exported()];
    await on.take('second.dangol', second);
    await other.take('first.dangol', first);
    for (const one of [on, other]) {
      expect(await kpis(one)).toEqual(figures);
      expect((await fieldsOf(one, 'surveyResponse', response))['counted']).toEqual(GIVEN);
      expect(await one.call('conflicts.list', {})).toMatchObject({ total: 0 });
      expect(await one.call('retention.certificates', {})).toHaveLength(2);
    }
    expect(other.dump()).toBe(on.dump());
    expect(leftIn(on, other)).toEqual([]);
  });

  it('fall due again when somebody who knows of it writes new ones', async () => {
    const { on, response } = await scene();
    await decide(on);
    const answers = { ...GIVEN, scale: 1, words: WORDS[0]! };
    await on.call('records.write', { entity: 'surveyResponse', id: response, set: { answers } });
    expect(await kpis(on)).toMatchObject({ surveyMean: 1.5 });
    expect(await on.call('retention.state', {})).toMatchObject({ due: 1 });
    await decide(on);
    expect(await kpis(on)).toMatchObject({ surveyMean: 1.5 });
    expect(leftIn(on)).toEqual([]);
  });

  it('go of a response that was thrown away, and nothing of it is kept', async () => {
    const { on, response } = await scene();
    await on.call('records.delete', { entity: 'surveyResponse', id: response });
    const figures = await kpis(on);
    await decide(on);
    expect(on.dump()).not.toContain('"counted"');
    expect(await kpis(on)).toEqual(figures);
    expect(leftIn(on)).toEqual([]);
  });
});

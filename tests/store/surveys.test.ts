import { describe, expect, it } from 'vitest';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { surveyScene, surveyIds, WORDS } from '#tests/support/survey-scene.ts';

const { session, template, shop } = surveyIds;
const SHEET = { session, template, mode: 'paper' } as const;

async function scene(options: Parameters<typeof surveyScene>[1] = {}): Promise<TestLaptop> {
  const at = laptop('시장');
  await surveyScene(at, options);
  return at;
}

const fieldsOf = async (at: TestLaptop, id: string): Promise<Record<string, unknown>> =>
  (await at.call('records.get', { entity: 'surveyResponse', id })).fields;

describe('what the trainer sees of responses', () => {
  it('is when, how and from which shop, newest first, drafts before; never an answer', async () => {
    const at = await scene();
    const [first, second, draft] = [recordId(1), recordId(2), recordId(3)];
    const answers = { easy: 1, helpful: false, words: WORDS };
    await at.call('surveys.answer', {
      ...SHEET,
      response: first,
      mode: 'handover',
      answers,
      submitted: true,
    });
    at.clock.now += 60_000;
    await at.call('surveys.answer', {
      ...SHEET,
      response: second,
      mode: 'interview',
      store: shop,
      answers,
      submitted: true,
    });
    await at.call('surveys.answer', { ...SHEET, response: draft, answers: { words: WORDS } });
    const list = await at.call('surveys.list', { session });
    expect(list).toEqual([
      { id: draft, submittedAt: null, mode: 'paper', store: null },
      {
        id: second,
        submittedAt: new Date(MORNING + 60_000).toISOString(),
        mode: 'interview',
        store: { id: shop, name: '새벽분식' },
      },
      { id: first, submittedAt: new Date(MORNING).toISOString(), mode: 'handover', store: null },
    ]);
    const form = await at.call('surveys.form', { session });
    expect(form).toMatchObject({ responses: 2, rule: 'discard', session: { date: '2026-11-20' } });
    const seen = [list, form, await at.call('sessions.get', { id: session })];
    expect(JSON.stringify(seen)).not.toContain(WORDS);
    expect(JSON.stringify(list)).not.toContain('answers');
  });

  it('is also what happens when the merchant goes, as the programme says; unset is to discard', async () => {
    const at = await scene();
    const ruled = async (unfinishedSurveys: 'keep' | 'discard' | null) => {
      await at.call('programs.update', { id: surveyIds.program, unfinishedSurveys });
      return (await at.call('surveys.form', { session })).rule;
    };
    expect(await ruled('keep')).toBe('keep');
    expect(await ruled('discard')).toBe('discard');
    expect([await ruled('keep'), await ruled(null)]).toEqual(['keep', 'discard']);
    const unknown = { id: surveyIds.program, unfinishedSurveys: 'later' };
    expect(await at.ask('programs.update', unknown)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('refuses a session that is not here', async () => {
    const missing = { session: recordId(99) };
    const at = laptop('시장');
    for (const method of ['surveys.form', 'surveys.list'] as const) {
      expect(await at.ask(method, missing)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
  });
});

describe('a sheet that the trainer fills in', () => {
  const response = recordId(5);

  it('can be taken up where it was left, under the form that it was begun under', async () => {
    const at = await scene({ consentText: '통계로만 써요.' });
    const given = { easy: 4, words: WORDS };
    await at.call('surveys.answer', {
      ...SHEET,
      response,
      store: shop,
      answers: given,
      consented: true,
    });
    const { id: second } = await at.call('records.write', {
      entity: 'surveyTemplate',
      set: { name: '만족도', version: 2, questions: [] },
    });
    await at.call('records.write', {
      entity: 'program',
      id: surveyIds.program,
      set: { surveyTemplate: second },
    });
    expect(await at.call('surveys.draft', { response })).toMatchObject({
      template: { id: template, version: 1, consentText: '통계로만 써요.' },
      mode: 'paper',
      store: { id: shop, name: '새벽분식' },
      answers: given,
      consented: true,
    });
    at.clock.now += 60_000;
    await at.call('surveys.answer', {
      ...SHEET,
      response,
      template: second,
      answers: { easy: 5 },
      store: null,
      consented: true,
      submitted: true,
    });
    const fields = await fieldsOf(at, response);
    expect(fields).toMatchObject({
      template,
      answers: { easy: 5 },
      consentedAt: new Date(MORNING).toISOString(),
      submittedAt: new Date(MORNING + 60_000).toISOString(),
    });
    expect(fields).not.toHaveProperty('store');
    for (const method of ['surveys.draft', 'surveys.discard'] as const) {
      expect(await at.ask(method, { response })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    }
    expect(await at.ask('surveys.answer', { ...SHEET, response, answers: {} })).toMatchObject({
      error: { code: 'INVALID_INPUT', params: { at: 'response' } },
    });
  });

  it('can be thrown away, and is then counted nowhere', async () => {
    const at = await scene();
    await at.call('surveys.answer', { ...SHEET, response, answers: { easy: 4 } });
    await at.call('surveys.discard', { response });
    expect(await at.call('surveys.list', { session })).toEqual([]);
    expect((await at.call('report.kpis', {})).total.surveyResponses).toBe(0);
    expect(await fieldsOf(at, response)).toMatchObject({ deleted: true });
  });

  it.each([
    ['2026-11-20', '2026-11-20T03:00:00.000Z'],
    ['2026-11-24', new Date(MORNING).toISOString()],
    [undefined, new Date(MORNING).toISOString()],
  ])('of the day %s was given at %s', async (givenOn, submittedAt) => {
    const at = await scene();
    const day = givenOn === undefined ? {} : { givenOn };
    await at.call('surveys.answer', { ...SHEET, response, answers: { easy: 4 }, submitted: true, ...day });
    expect(await fieldsOf(at, response)).toMatchObject({ submittedAt });
    const [from, to] = [submittedAt.slice(0, 10), submittedAt.slice(0, 10)];
    expect((await at.call('report.kpis', { from, to })).total).toMatchObject({
      surveyResponses: 1,
      // What one merchant said is told to nobody.
      surveyMean: null,
      withheld: { minimum: 5, surveyMean: 'few', surveyHelpfulShare: 'few' },
    });
  });

  it('is not of a day that has not come', async () => {
    const at = await scene();
    const sheet = { ...SHEET, response, answers: { easy: 4 }, submitted: true, givenOn: '2026-11-25' };
    expect(await at.ask('surveys.answer', sheet)).toMatchObject({
      error: { code: 'INVALID_INPUT', params: { at: 'givenOn' } },
    });
    expect(await at.call('surveys.list', { session })).toEqual([]);
  });
});

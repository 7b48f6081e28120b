import { describe, expect, it } from 'vitest';
import type { HandoverView } from '#shared/contract/handover.ts';
import { laptop, MORNING, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { surveyScene, WORDS, type surveyIds } from '#tests/support/survey-scene.ts';

const PIN = '4826';

interface Scene {
  readonly at: TestLaptop;
  readonly ids: typeof surveyIds;
}

/** A laptop with a survey and a PIN; what it asks after `handOver` goes through the lock of a window. */
async function scene(options: Parameters<typeof surveyScene>[1] = {}): Promise<Scene> {
  const dir = scratchDir();
  const cli = laptop('시장', { dir });
  const ids = await surveyScene(cli, options);
  await cli.call('pin.set', { pin: PIN });
  cli.close();
  return { at: laptop('시장', { dir, fresh: false, window: true }), ids };
}

async function handOver(
  { at, ids }: Scene,
  input: { store?: string; response?: string } = {},
): Promise<HandoverView> {
  return at.call('handover.start', { session: ids.session, ...input });
}

async function begin({ at }: Scene, consented = false): Promise<string> {
  return (await at.call('handover.begin', { consented })).current!.response;
}

interface Recorded {
  readonly id: string;
  readonly fields: Record<string, unknown>;
}

function recorded({ at }: Scene): Recorded[] {
  return at
    .dump()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded & { entity: string })
    .filter(({ entity }) => entity === 'surveyResponse')
    .map(({ id, fields }) => ({ id, fields }));
}

const counted = async ({ at }: Scene): Promise<number> =>
  (await at.call('report.kpis', {})).total.surveyResponses;

describe('a survey that is handed over', () => {
  it('asks for a PIN, or for none knowingly, first', async () => {
    const at = laptop('시장', { window: true });
    const ids = await surveyScene(at);
    expect(await at.ask('handover.start', { session: ids.session })).toMatchObject({
      error: { code: 'PIN_NEEDED' },
    });
    expect((await at.call('app.status', {})).handedOver).toBe(false);
    await at.call('pin.goWithout', {});
    expect(await at.call('handover.start', { session: ids.session })).toMatchObject({ pin: false });
    expect(await at.call('handover.end', {})).toBeNull();
  });

  it('locks the window: nothing else is answered until the PIN is right', async () => {
    const here = await scene();
    const { at, ids } = here;
    await handOver(here);
    expect((await at.call('app.status', {})).handedOver).toBe(true);
    for (const [method, input] of [
      ['sessions.get', { id: ids.session }],
      ['surveys.list', { session: ids.session }],
      ['records.get', { entity: 'store', id: ids.shop }],
      ['handover.start', { session: ids.session }],
      ['exchange.export', {}],
      ['pin.set', { pin: '1111', old: PIN }],
      ['pin.remove', { old: PIN }],
    ] as const) {
      expect([method, await at.ask(method, input)]).toMatchObject([
        method,
        { error: { code: 'HANDED_OVER' } },
      ]);
    }
    expect(await at.ask('pin.reset', {})).toMatchObject({ error: { code: 'COMMAND_LINE_ONLY' } });
    // The network is back: what waits goes, and only how many wait is said.
    expect(await at.call('outbox.wake', {})).toMatchObject({ now: 'empty', waiting: 0 });
    expect(await at.ask('handover.end', {})).toMatchObject({ error: { code: 'PIN_WRONG' } });
    expect(await at.ask('handover.end', { pin: '0000' })).toMatchObject({ error: { code: 'PIN_WRONG' } });
    expect((await at.call('app.status', {})).handedOver).toBe(true);
    await at.call('handover.end', { pin: PIN });
    expect(await at.call('surveys.list', { session: ids.session })).toEqual([]);
    expect(await at.ask('handover.answer', { response: ids.shop, answers: {} })).toMatchObject({
      error: { code: 'NOT_HANDED_OVER' },
    });
  });

  it('stands where it stood after the program was killed, with the answers given so far', async () => {
    const here = await scene();
    await handOver(here, { store: here.ids.shop });
    const response = await begin(here);
    await here.at.call('handover.answer', { response, answers: { easy: 4 }, at: 'helpful' });
    here.at.close();
    const again = laptop('시장', { dir: here.at.dir, fresh: false, window: true });
    expect((await again.call('app.status', {})).handedOver).toBe(true);
    const view = await again.call('handover.get', {});
    expect(view).toMatchObject({
      session: { title: '중앙시장 교육' },
      pin: true,
      current: { response, answers: { easy: 4 }, at: 'helpful' },
    });
    expect(view!.template!.questions.map(({ key }) => key)).toEqual(['easy', 'helpful', 'words']);
  });

  it('is handed in once, also when the answer to that was lost, and makes room for the next', async () => {
    const here = await scene();
    const { at, ids } = here;
    await handOver(here, { store: ids.shop });
    const first = await begin(here);
    const answers = { easy: 5, helpful: true, words: WORDS };
    expect(await at.call('handover.submit', { response: first, answers })).toEqual({ ending: 'submitted' });
    expect(await at.call('handover.submit', { response: first, answers: {} })).toEqual({
      ending: 'submitted',
    });
    expect((await at.call('handover.get', {}))!.current).toBeNull();

    const second = await begin(here);
    expect(second).not.toBe(first);
    // A word of the first that arrives late is not the second's.
    expect(await at.ask('handover.answer', { response: first, answers: { easy: 1 } })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    await at.call('handover.submit', { response: second, answers: { easy: 1 } });
    const of = new Map(recorded(here).map(({ id, fields }) => [id, fields]));
    expect(of.get(first)).toMatchObject({
      session: ids.session,
      template: ids.template,
      mode: 'handover',
      store: ids.shop,
      answers,
      submittedAt: new Date(MORNING).toISOString(),
    });
    // Only the first to answer is known to be from the shop that it was handed over in.
    expect(of.get(second)).not.toHaveProperty('store');
  });

  it.each([
    [undefined, { easy: 3 }, 'discarded', 0],
    ['discard', { easy: 3, words: WORDS }, 'discarded', 0],
    ['discard', { easy: 3, helpful: false }, 'submitted', 1],
    ['keep', { easy: 3 }, 'submitted', 1],
    ['keep', {}, 'nothing', 0],
  ] as const)('left alone under the rule %s with %o ends %s', async (rule, answers, ending, counts) => {
    const here = await scene(rule === undefined ? {} : { unfinishedSurveys: rule });
    const { at, ids } = here;
    await handOver(here);
    const response = await begin(here);
    await at.call('handover.answer', { response, answers, at: 'helpful' });
    expect(await at.call('handover.stop', { response })).toEqual({ ending });
    expect(await at.call('handover.stop', { response })).toEqual({ ending });
    expect((await at.call('handover.get', {}))!.current).toBeNull();
    await at.call('handover.end', { pin: PIN });
    expect(await counted(here)).toBe(counts);
    expect(await at.call('surveys.list', { session: ids.session })).toHaveLength(counts);
    const [record] = recorded(here);
    expect(record?.fields['deleted'] ?? false).toBe(ending === 'discarded');
  });

  it('asks for consent where the form has a text, and records when it was given', async () => {
    const here = await scene({ consentText: '답은 통계로만 써요.' });
    const { at } = here;
    expect((await handOver(here)).template).toMatchObject({ consentText: '답은 통계로만 써요.' });
    expect(await at.ask('handover.begin', {})).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    expect(recorded(here)).toEqual([]);
    const response = await begin(here, true);
    at.clock.now += 5000;
    await at.call('handover.submit', { response, answers: { easy: 5 } });
    expect(recorded(here)[0]!.fields).toMatchObject({
      consentedAt: new Date(MORNING).toISOString(),
      submittedAt: new Date(MORNING + 5000).toISOString(),
    });
  });

  it('goes on after the trainer had the laptop, without showing what was answered before', async () => {
    const here = await scene();
    const { at, ids } = here;
    await handOver(here);
    const response = await begin(here);
    await at.call('handover.answer', { response, answers: { easy: 2 }, at: 'helpful' });
    await at.call('handover.end', { pin: PIN });
    expect(await at.call('surveys.list', { session: ids.session })).toEqual([
      { id: response, submittedAt: null, mode: 'handover', store: null },
    ]);
    expect(await at.ask('surveys.draft', { response })).toMatchObject({ error: { code: 'NOT_FOUND' } });

    const view = await handOver(here, { response });
    expect(view.current).toEqual({ response, answers: {}, sealed: 1, at: null });
    expect(view.template!.questions.map(({ key }) => key)).toEqual(['helpful', 'words']);
    await at.call('handover.submit', { response, answers: { helpful: true } });
    await at.call('handover.end', { pin: PIN });
    expect(recorded(here)[0]!.fields['answers']).toEqual({ easy: 2, helpful: true });
    expect(await at.ask('handover.start', { session: ids.session, response })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('keeps the form that it was begun under', async () => {
    const here = await scene();
    const { at, ids } = here;
    await handOver(here);
    const response = await begin(here);
    await at.call('handover.answer', { response, answers: { easy: 2 }, at: 'helpful' });
    const cli = laptop('시장', { dir: at.dir, fresh: false });
    const { id: second } = await cli.call('records.write', {
      entity: 'surveyTemplate',
      set: { name: '만족도', version: 2, questions: [{ key: 'new', label: '새 문항', kind: 'scale' }] },
    });
    await cli.call('records.write', { entity: 'program', id: ids.program, set: { surveyTemplate: second } });
    expect((await at.call('handover.get', {}))!.template).toMatchObject({ id: ids.template, version: 1 });
    await at.call('handover.submit', { response, answers: { easy: 2, helpful: true } });
    expect(recorded(here)[0]!.fields['template']).toBe(ids.template);
    expect((await at.call('handover.get', {}))!.template).toMatchObject({ id: second, version: 2 });
  });
});

import { describe, expect, it } from 'vitest';
import type { TemplateRow } from '#shared/contract/templates.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay, type MarketDay } from '#tests/support/market-day.ts';

/** A coordinator's laptop with a market's day on it, whose programme has a checklist and a survey of one line each. */
async function office(name = '사무실'): Promise<{ on: TestLaptop; day: MarketDay; v1: string; s1: string }> {
  const on = laptop(name);
  const day = await marketDay(on);
  return { on, day, ...(await inUse(on, day)) };
}

async function inUse(on: TestLaptop, day: MarketDay): Promise<{ v1: string; s1: string }> {
  const { fields } = await on.call('records.get', { entity: 'program', id: day.program });
  return { v1: String(fields['checklistTemplate']), s1: String(fields['surveyTemplate']) };
}

const rows = (on: TestLaptop): Promise<TemplateRow[]> => on.call('templates.list', {});
const row = async (on: TestLaptop, id: string): Promise<TemplateRow> =>
  (await rows(on)).find((template) => template.id === id)!;

const NEXT = [
  { key: 'channel', label: '톡채널을 열었나요?' },
  { key: 'kqr', label: 'QR을 놓았나요?' },
];

/** The checklist's next version, with one more item, in use. */
async function publishNext(on: TestLaptop, day: MarketDay, v1: string, items = NEXT): Promise<string> {
  on.clock.now += 1000;
  const { id } = await on.call('templates.revise', { kind: 'checklist', id: v1 });
  await on.call('templates.writeChecklist', { id, items });
  await on.call('templates.publish', { kind: 'checklist', id, programs: [day.program] });
  return id;
}

describe('a template is edited as a draft', () => {
  it('which leaves the version in use as it is until it is published', async () => {
    const { on, day, v1 } = await office();
    const before = await on.call('records.get', { entity: 'checklistTemplate', id: v1 });
    const { id } = await on.call('templates.revise', { kind: 'checklist', id: v1 });
    expect(await on.call('templates.revise', { kind: 'checklist', id: v1 })).toEqual({ id });
    await on.call('templates.writeChecklist', { id, name: '새 점검표', items: NEXT });
    expect(await row(on, id)).toMatchObject({
      state: 'draft',
      version: 2,
      basedOn: v1,
      size: 2,
      programs: [],
    });
    expect((await inUse(on, day)).v1).toBe(v1);

    expect(await on.call('templates.publish', { kind: 'checklist', id, programs: [day.program] })).toEqual({
      version: 2,
    });
    expect((await inUse(on, day)).v1).toBe(id);
    expect(await row(on, id)).toMatchObject({ state: 'used', programs: [{ id: day.program }] });
    expect(await row(on, v1)).toMatchObject({ state: 'past', answers: 2 });
    expect(await on.call('records.get', { entity: 'checklistTemplate', id: v1 })).toEqual(before);
  });

  it.each(['used', 'past'] as const)('and a version that is %s is not altered', async (state) => {
    const { on, day, v1, s1 } = await office();
    if (state === 'past') {
      await on.call('programs.update', { id: day.program, checklistTemplate: null, surveyTemplate: null });
    }
    const before = on.dump();
    for (const [method, input] of [
      ['templates.writeChecklist', { id: v1, items: NEXT }],
      ['templates.writeSurvey', { id: s1, name: '다른 이름' }],
      ['templates.discard', { kind: 'survey', id: s1 }],
      ['templates.publish', { kind: 'checklist', id: v1, programs: [day.program] }],
    ] as const) {
      await expect(on.call(method, input as never)).rejects.toMatchObject({ code: 'TEMPLATE_IN_USE' });
    }
    expect(on.dump()).toBe(before);
  });

  it('and is not put to use while it has faults, by either way', async () => {
    const { on, day, v1, s1 } = await office();
    const checklist = await on.call('templates.revise', { kind: 'checklist', id: v1 });
    await on.call('templates.writeChecklist', { ...checklist, items: [{ key: 'a', label: '' }] });
    const survey = await on.call('templates.revise', { kind: 'survey', id: s1 });
    await on.call('templates.writeSurvey', { ...survey, questions: [] });
    const refused = { code: 'TEMPLATE_NOT_READY', params: { count: 1 } };
    await expect(
      on.call('templates.publish', { kind: 'checklist', ...checklist, programs: [day.program] }),
    ).rejects.toMatchObject(refused);
    await expect(
      on.call('programs.update', { id: day.program, surveyTemplate: survey.id }),
    ).rejects.toMatchObject(refused);
    expect(await inUse(on, day)).toEqual({ v1, s1 });
  });

  it('and thrown away and brought back', async () => {
    const { on, v1 } = await office();
    const { id } = await on.call('templates.revise', { kind: 'checklist', id: v1 });
    await on.call('templates.discard', { kind: 'checklist', id });
    expect((await rows(on)).map((template) => template.id)).not.toContain(id);
    await on.call('records.restore', { entity: 'checklistTemplate', id });
    expect(await row(on, id)).toMatchObject({ state: 'draft', size: 1 });
  });

  it('with what a survey asks to agree to, which goes on to the next version and may be emptied', async () => {
    const { on, day, s1 } = await office();
    const consentOf = async (id: string) =>
      (await on.call('templates.get', { kind: 'survey', id })).consentText;
    const asked = async () => (await on.call('surveys.form', { session: day.session })).template?.consentText;
    expect([await consentOf(s1), await asked()]).toEqual([null, null]);
    const second = await on.call('templates.revise', { kind: 'survey', id: s1 });
    const text = '답은 통계로만 써요.\n이름은 적지 않아요. ';
    await on.call('templates.writeSurvey', { ...second, consentText: text });
    await on.call('templates.writeSurvey', { ...second, name: '동의를 묻는 설문' });
    expect([await consentOf(second.id), await asked()]).toEqual([text, null]);
    await on.call('templates.publish', { kind: 'survey', ...second, programs: [day.program] });
    expect(await asked()).toBe(text.trim());

    const third = await on.call('templates.revise', { kind: 'survey', id: second.id });
    expect(await consentOf(third.id)).toBe(text);
    await on.call('templates.writeSurvey', { ...third, consentText: null });
    expect([await consentOf(third.id), await consentOf(second.id)]).toEqual([null, text]);
    await on.call('templates.writeSurvey', { ...third, consentText: ' \n' });
    await on.call('templates.publish', { kind: 'survey', ...third, programs: [day.program] });
    expect([await consentOf(third.id), await asked()]).toEqual([null, null]);
  });

  it('and keeps what only a newer program knows', async () => {
    const { on, s1 } = await office();
    const { id } = await on.call('templates.revise', { kind: 'survey', id: s1 });
    const strange = { key: 'face', label: '표정', kind: 'emoji', faces: 5 };
    const known = { key: 'a', label: '하나', kind: 'scale', shy: true };
    await on.call('records.write', {
      entity: 'surveyTemplate',
      id,
      set: { questions: [strange, known], later: 'x' },
    });
    const { questions } = await on.call('templates.get', { kind: 'survey', id });
    await on.call('templates.writeSurvey', {
      id,
      questions: [{ ...questions[0]!, choices: [], label: '둘' }],
    });
    const copy = await on.call('templates.copy', { kind: 'survey', id, name: '따로' });
    const { fields } = await on.call('records.get', { entity: 'surveyTemplate', id: copy.id });
    expect(fields).toEqual({
      name: '따로',
      version: 1,
      questions: [{ ...known, choices: [], label: '둘' }, strange],
      later: 'x',
    });
  });
});

describe('an answer stays with the version that it was given to', () => {
  it('in a visit that was begun before, while one begun after has the new items', async () => {
    const { on, day, v1 } = await office();
    const v2 = await publishNext(on, day, v1, [{ key: 'kqr', label: 'QR을 놓았나요?' }]);
    const open = day.visits[1]!;
    const before = await on.call('visits.get', { id: open });
    expect(before.checks.map(({ item }) => item.label)).toEqual(['톡채널을 열었나요?']);
    expect(before.checklist).toMatchObject({ id: v1, version: 1, now: { id: v2, version: 2 } });

    const { id } = await on.call('visits.start', { session: day.session, store: day.shops[1]! });
    const after = await on.call('visits.get', { id });
    expect(after.checks.map(({ item }) => item.key)).toEqual(['kqr']);
    expect(after.checklist).toMatchObject({ id: v2, version: 2, now: null });
  });

  it('unless the trainer goes on with the new one: what was answered still shows, in its own words', async () => {
    const { on, day, v1 } = await office();
    const v2 = await publishNext(on, day, v1, [{ key: 'kqr', label: 'QR을 놓았나요?' }]);
    await on.call('visits.renewChecklist', { id: day.visits[0]! });
    const visit = await on.call('visits.get', { id: day.visits[0]! });
    expect(visit.checklist).toMatchObject({ id: v2, now: null });
    expect(visit.checks).toMatchObject([
      { item: { key: 'kqr', label: 'QR을 놓았나요?' }, state: null },
      { item: { key: 'channel', label: '톡채널을 열었나요?' }, state: 'done' },
    ]);
  });

  it('in a visit from before visits named their checklist', async () => {
    const { on, day, v1 } = await office();
    for (const id of day.visits) {
      await on.call('records.write', { entity: 'visit', id, set: { checklistTemplate: null } });
    }
    expect(await row(on, v1)).toMatchObject({ answers: 2 });
    await publishNext(on, day, v1, [{ key: 'kqr', label: 'QR을 놓았나요?' }]);
    const labels = async (id: string) =>
      (await on.call('visits.get', { id })).checks.map(({ item }) => item.label);
    expect(await labels(day.visits[0]!)).toEqual(['QR을 놓았나요?', '톡채널을 열었나요?']);
    expect(await labels(day.visits[1]!)).toEqual(['QR을 놓았나요?']);
  });

  it('also when its version was deleted, or two templates call the key by different words', async () => {
    const { on, day, v1 } = await office();
    await on.call('records.write', {
      entity: 'checklistTemplate',
      set: { name: '남의 것', version: 9, items: [{ key: 'channel', label: '채널(다른 뜻)' }] },
    });
    await on.call('records.delete', { entity: 'checklistTemplate', id: v1 });
    const label = async () => (await on.call('visits.get', { id: day.visits[0]! })).checks[0]!.item.label;
    expect(await label()).toBe('톡채널을 열었나요?');
    await publishNext(on, day, await restored(on, v1), [{ key: 'kqr', label: 'QR' }]);
    await on.call('visits.renewChecklist', { id: day.visits[0]! });
    const { checks } = await on.call('visits.get', { id: day.visits[0]! });
    expect(checks[1]!.item.label).toBe('톡채널을 열었나요?');
  });

  it('in a survey that is under way when a new version comes', async () => {
    const { on, day, s1 } = await office();
    const response = '0190aaaa-0000-7000-8000-0000000000ff';
    const about = { response, session: day.session, mode: 'handover' } as const;
    await on.call('surveys.answer', { ...about, template: s1, answers: { helpful: true } });
    const next = await on.call('templates.revise', { kind: 'survey', id: s1 });
    await on.call('templates.writeSurvey', {
      ...next,
      questions: [{ key: 'a', label: '새', kind: 'scale' }],
    });
    await on.call('templates.publish', { kind: 'survey', ...next, programs: [day.program] });
    await on.call('surveys.answer', {
      ...about,
      template: next.id,
      answers: { helpful: true },
      submitted: true,
    });
    const { fields } = await on.call('records.get', { entity: 'surveyResponse', id: response });
    expect(fields).toMatchObject({ template: s1, answers: { helpful: true } });
    expect((await on.call('surveys.form', { session: day.session })).template).toMatchObject({ version: 2 });
  });

  it('on a laptop that gets the session alone: the version comes along', async () => {
    const { on, day, v1 } = await office();
    const v2 = await publishNext(on, day, v1);
    const other = laptop('트레이너');
    await other.take('day.dangol', await on.exported({ sessions: [day.session] }));
    for (const id of day.visits) {
      expect(await other.call('visits.get', { id })).toEqual(await on.call('visits.get', { id }));
    }
    expect((await rows(other)).map(({ id }) => id)).toEqual(expect.arrayContaining([v1, v2]));
  });
});

async function restored(on: TestLaptop, id: string): Promise<string> {
  await on.call('records.restore', { entity: 'checklistTemplate', id });
  return id;
}

import { describe, expect, it } from 'vitest';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { openViews, seenOf } from '#tests/support/conflict-views.ts';
import { marketDay } from '#tests/support/market-day.ts';

/** Two coordinators with the same day; each makes a second version of its checklist and its survey, and puts it to use. */
async function publishApart() {
  const [a, b] = [laptop('가'), laptop('나')];
  const day = await marketDay(a);
  await b.take('start.dangol', await a.exported());
  const [mine, theirs] = [await publish(a, 'QR을 놓았나요?'), await publish(b, '지도에 올렸나요?')];
  const visits = [await begin(a), await begin(b)] as const;
  const [fromA, fromB] = [await a.exported(), await b.exported()];
  await a.take('from-b.dangol', fromB);
  await b.take('from-a.dangol', fromA);
  return { a, b, day, mine, theirs, visits };

  async function publish(on: TestLaptop, label: string): Promise<string> {
    on.clock.now += 1000;
    const base = (await on.call('templates.list', {})).find(({ kind }) => kind === 'checklist')!.id;
    const { id } = await on.call('templates.revise', { kind: 'checklist', id: base });
    await on.call('templates.writeChecklist', { id, items: [{ key: 'knew', label }] });
    const { version } = await on.call('templates.publish', {
      kind: 'checklist',
      id,
      programs: [day.program],
    });
    expect(version).toBe(2);
    return id;
  }

  async function begin(on: TestLaptop): Promise<string> {
    return (await on.call('visits.start', { session: day.session, store: day.shops[0]! })).id;
  }
}

describe('two coordinators publish the same version apart', () => {
  it('both are there, each visit shows its own, and the programme waits for a person', async () => {
    const { a, b, day, mine, theirs, visits } = await publishApart();
    expect(a.dump()).toBe(b.dump());
    for (const on of [a, b]) {
      const seconds = (await on.call('templates.list', {})).filter(({ version }) => version === 2);
      expect(seconds.map(({ id }) => id).sort()).toEqual([mine, theirs].sort());
      const label = async (id: string) => (await on.call('visits.get', { id })).checks[0]!.item.label;
      expect([await label(visits[0]), await label(visits[1])]).toEqual([
        'QR을 놓았나요?',
        '지도에 올렸나요?',
      ]);
      const rows = await openViews(on);
      expect(rows).toMatchObject([{ entity: 'program', record: day.program, field: 'checklistTemplate' }]);
      expect(rows[0]!.sides.map(({ value }) => value).sort()).toEqual([mine, theirs].sort());
    }
  });

  it('one choice settles it everywhere; the other stays for its answers, and the next is the third', async () => {
    const { a, b, day, mine, theirs } = await publishApart();
    const rows = await openViews(a);
    await a.call('conflicts.settle', {
      entity: 'program',
      record: day.program,
      field: 'checklistTemplate',
      seen: seenOf(rows[0]!),
      value: mine,
    });
    await b.take('settled.dangol', await a.exported());
    expect((await b.call('conflicts.list', {})).total).toBe(0);
    const states = Object.fromEntries(
      (await b.call('templates.list', {})).map(({ id, state }) => [id, state]),
    );
    expect(states).toMatchObject({ [mine]: 'used', [theirs]: 'past' });

    for (const base of [mine, theirs]) {
      const { id } = await b.call('templates.revise', { kind: 'checklist', id: base });
      const { version } = await b.call('templates.publish', {
        kind: 'checklist',
        id,
        programs: [day.program],
      });
      expect(version).toBe(base === mine ? 3 : 4);
    }
  });

  it('one edits a draft while the other, who got it too, puts it to use: nothing breaks', async () => {
    const [a, b] = [laptop('가'), laptop('나')];
    const day = await marketDay(a);
    const { id } = await a.call('templates.create', { kind: 'checklist', name: '새 점검표' });
    await a.call('templates.writeChecklist', { id, items: [{ key: 'kone', label: '하나' }] });
    await b.take('start.dangol', await a.exported());
    b.clock.now += 1000;
    await b.call('templates.publish', { kind: 'checklist', id, programs: [day.program] });
    const visit = (await b.call('visits.start', { session: day.session, store: day.shops[0]! })).id;
    await b.call('checks.mark', { visit, item: 'kone', state: 'done' });
    a.clock.now += 2000;
    await a.call('templates.writeChecklist', { id, items: [{ key: 'ktwo', label: '둘' }] });
    await a.take('from-b.dangol', await b.exported());
    const { checks } = await a.call('visits.get', { id: visit });
    expect(checks.map(({ item, state }) => [item.label, state])).toEqual([
      ['둘', null],
      ['하나', 'done'],
    ]);
    expect(await a.ask('templates.writeChecklist', { id, items: [] })).toMatchObject({ ok: false });
  });
});

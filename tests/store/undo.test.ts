import { describe, expect, it } from 'vitest';
import { LONGEST_MS, PAUSE_MS } from '#shared/merge/typing.ts';
import { laptop, makeLaptop, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';

/** Undoes, or does again; what was done is later than what came before. */
async function undo(on: TestLaptop, method: 'undo.undo' | 'undo.redo' = 'undo.undo') {
  on.clock.now += 1000;
  return on.call(method, {});
}

/** A later moment: what is done then is a step of its own. */
function later(on: TestLaptop, ms = PAUSE_MS + 1): void {
  on.clock.now += ms;
}

const dumpsOf = (on: TestLaptop): string => on.dump();

/** The dump without what only undoing leaves behind: records that were made and deleted, fields that were cleared. */
function live(on: TestLaptop): string[] {
  return dumpsOf(on)
    .split('\n')
    .filter((line) => line !== '' && !line.includes('"deleted":true'))
    .map((line) => line.replace('"deleted":false,', '').replace(',"deleted":false', ''));
}

describe('a step is undone and done again', () => {
  it('for each thing that a day in the market holds', async () => {
    const on = laptop('시장');
    const day = await marketDay(on);
    const [visit] = day.visits as [string];
    const deeds: [string, () => Promise<unknown>][] = [
      [
        'attendance',
        () => on.call('attendance.mark', { session: day.session, person: day.merchants[1]!, status: 'late' }),
      ],
      ['a walk-in', () => on.call('attendance.walkIn', { session: day.session, name: '한들바람' })],
      ['a check', () => on.call('checks.mark', { visit, item: 'channel', state: 'notDone' })],
      [
        'a first check',
        () => on.call('checks.mark', { visit: day.visits[1]!, item: 'channel', state: 'done' }),
      ],
      ['an outcome', () => on.call('visits.update', { id: visit, outcome: 'refused' })],
      ['a note', () => on.call('visits.update', { id: visit, note: '다시' })],
      [
        'a count',
        () =>
          on.call('friends.record', {
            owner: day.shops[1]!,
            ownerKind: 'store',
            date: '2026-11-24',
            friends: 7,
          }),
      ],
      ['a shop', () => on.call('stores.create', { site: day.site, name: '새벽분식' })],
      ['a visit', () => on.call('visits.start', { session: day.session, store: day.shops[0]! })],
      [
        'a plan',
        () =>
          on.call('sessions.plan', {
            site: day.site,
            kind: 'class',
            title: '교육',
            date: '2026-11-25',
            roster: [...day.merchants],
          }),
      ],
      ['a deletion', () => on.call('records.delete', { entity: 'visit', id: visit })],
      [
        'a match',
        () =>
          on.call('duplicates.decide', {
            left: day.shops[0]!,
            right: day.shops[1]!,
            decision: 'same',
            reason: '같은 곳',
          }),
      ],
      [
        'taking a match back',
        () => on.call('duplicates.takeBack', { left: day.shops[0]!, right: day.shops[1]! }),
      ],
    ];
    for (const [what, deed] of deeds) {
      later(on);
      const before = live(on);
      await deed();
      const after = live(on);
      expect([what, after]).not.toEqual([what, before]);
      expect([what, (await undo(on)).step]).not.toEqual([what, null]);
      expect([what, live(on)]).toEqual([what, before]);
      expect([what, await undo(on, 'undo.redo')]).toMatchObject([what, { left: [] }]);
      expect([what, live(on)]).toEqual([what, after]);
      await undo(on);
    }
    expect(await on.call('app.verify', {})).toMatchObject({ faults: [] });
  });

  it('back to the beginning and forth to the end, over a restart', async () => {
    const on = laptop('시장');
    const day = await marketDay(on);
    const [visit] = day.visits as [string];
    const states: string[][] = [];
    for (const note of ['가', '나', '다']) {
      later(on);
      states.push(live(on));
      await on.call('visits.update', { id: visit, note });
    }
    states.push(live(on));
    await undo(on);
    on.close();

    const again = makeLaptop('시장 다시', { dir: on.dir, fresh: false, now: on.clock.now });
    try {
      for (const at of [1, 0]) {
        await undo(again);
        expect(live(again)).toEqual(states[at]);
      }
      for (const at of [1, 2, 3]) {
        await undo(again, 'undo.redo');
        expect(live(again)).toEqual(states[at]);
      }
      expect((await again.call('undo.state', {})).redo).toBeNull();
      expect(await undo(again, 'undo.redo')).toEqual({ step: null, excluded: null, left: [] });
    } finally {
      again.close();
    }
  });

  it('tells what it was about', async () => {
    const on = laptop('시장');
    const day = await marketDay(on);
    later(on);
    await on.call('visits.update', { id: day.visits[0]!, outcome: 'moved' });
    expect((await on.call('undo.state', {})).undo).toEqual({
      kind: 'edited',
      entity: 'visit',
      title: '분식 1',
      fields: ['outcome'],
      item: null,
      others: 0,
    });
    await on.call('checks.mark', { visit: day.visits[1]!, item: 'channel', state: 'done' });
    expect((await undo(on)).step).toMatchObject({
      kind: 'edited',
      entity: 'check',
      title: '꽃집 1',
      fields: ['state'],
      item: '톡채널을 열었나요?',
    });
    expect((await on.call('undo.state', {})).redo).toMatchObject({ entity: 'check', title: '꽃집 1' });
    await on.call('attendance.walkIn', { session: day.session, name: '한들바람' });
    expect((await undo(on)).step).toMatchObject({ kind: 'made', entity: 'person', title: '한들바람' });
    await on.call('records.delete', { entity: 'session', id: day.session });
    expect((await undo(on)).step).toMatchObject({ kind: 'deleted', entity: 'session', title: '방문의 날 1' });
  });

  it('something new ends what could be done again', async () => {
    const on = laptop('시장');
    const day = await marketDay(on);
    await undo(on);
    expect((await on.call('undo.state', {})).redo).not.toBeNull();
    await on.call('visits.update', { id: day.visits[0]!, outcome: 'closed' });
    expect((await on.call('undo.state', {})).redo).toBeNull();
  });

  it('no more than the last 200 are kept', async () => {
    const on = laptop('시장');
    const { id } = await on.call('records.write', { entity: 'site', set: { name: '0' } });
    for (let at = 1; at <= 205; at += 1) {
      later(on);
      await on.call('records.write', { entity: 'site', id, set: { name: String(at) } });
    }
    let undone = 0;
    while ((await undo(on)).step) undone += 1;
    expect(undone).toBe(200);
    expect(on.dump()).toContain('"name":"5"');
  });
});

describe('typing counts together', () => {
  const typed = async (on: TestLaptop, gaps: readonly number[]): Promise<{ undone: string[] }> => {
    const { id } = await on.call('records.write', { entity: 'site', set: { name: '시장', note: '처음' } });
    later(on);
    for (const [at, gap] of gaps.entries()) {
      on.clock.now += gap;
      await on.call('records.write', { entity: 'site', id, set: { note: '가'.repeat(at + 1) } });
    }
    const undone: string[] = [];
    for (;;) {
      const { step } = await on.call('undo.undo', {});
      if (step?.kind !== 'edited') return { undone };
      undone.push(String((await on.call('records.get', { entity: 'site', id })).fields['note']));
    }
  };

  it('while it goes on', async () => {
    expect(await typed(laptop('시장'), [0, 300, 300, PAUSE_MS])).toEqual({ undone: ['처음'] });
  });

  it('until there is a stop, or it has gone on for long', async () => {
    expect(await typed(laptop('시장'), [0, 300, PAUSE_MS + 1, 300])).toEqual({ undone: ['가가', '처음'] });
    const steady = Array.from({ length: LONGEST_MS / 3000 + 3 }, () => 3000);
    expect((await typed(laptop('시장'), steady)).undone).toHaveLength(2);
  });

  it('in one field: not over two, and not for choices', async () => {
    const on = laptop('시장');
    const day = await marketDay(on);
    const [visit] = day.visits as [string];
    later(on);
    const before = live(on);
    await on.call('visits.update', { id: visit, note: '하나' });
    await on.call('checks.mark', { visit, item: 'channel', value: 'pf.kakao.com/_y' });
    for (const state of ['notDone', 'notApplicable'] as const) {
      await on.call('checks.mark', { visit, item: 'channel', state });
    }
    for (const _ of [1, 2, 3]) await undo(on);
    expect(live(on)).not.toEqual(before);
    await undo(on);
    expect(live(on)).toEqual(before);
  });

  it('a count that is typed for the first time is one step, and gone with it', async () => {
    const on = laptop('시장');
    const day = await marketDay(on);
    const before = live(on);
    for (const friends of [1, 12, 123]) {
      on.clock.now += 300;
      await on.call('friends.record', {
        owner: day.shops[1]!,
        ownerKind: 'store',
        date: '2026-11-24',
        friends,
      });
    }
    expect((await undo(on)).step).toMatchObject({ kind: 'edited', title: '꽃집 1', fields: ['friends'] });
    expect(live(on)).toEqual(before);
  });
});

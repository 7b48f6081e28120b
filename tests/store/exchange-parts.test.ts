import { describe, expect, it } from 'vitest';
import { model } from '#shared/model/model.ts';
import type { Entity } from '#shared/model/field.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';
import { marketDay } from '#tests/support/market-day.ts';
import { linesOf, changesOf, recordsIn, edit } from '#tests/support/exchange-contents.ts';

describe('a part of the store', () => {
  /** Every reference from a record in the file to one that is in the store leads to a record in the file. */
  async function expectClosed(on: TestLaptop, file: Buffer): Promise<void> {
    const inside = recordsIn(file);
    for (const { entity, record, set } of changesOf(file)) {
      const { fields }: Entity = model[entity as keyof typeof model];
      for (const [name, value] of Object.entries(set ?? {})) {
        const kind = fields[name]?.kind;
        // A decision about two shops goes along with either; the other shop may be elsewhere.
        if (entity === 'match' || (kind !== 'ref' && kind !== 'refs') || value === null) continue;
        for (const target of [value].flat() as string[]) {
          expect([entity, record, name, inside.has(target)]).toEqual([entity, record, name, true]);
        }
      }
    }
    expect(on.dump()).not.toBe('');
  }

  it('a session brings along all that it refers to, and nothing of another day', async () => {
    const office = laptop('사무실');
    const [one, two] = [await marketDay(office, 1), await marketDay(office, 2)];
    const file = await office.exported({ sessions: [one.session] });
    await expectClosed(office, file);
    const inside = recordsIn(file);
    for (const id of [
      one.program,
      one.site,
      one.session,
      one.trainer,
      ...one.shops,
      ...one.merchants,
      ...one.visits,
    ]) {
      expect(inside).toContain(id);
    }
    expect(changesOf(file).map(({ entity }) => entity)).toEqual(
      expect.arrayContaining([
        'attendance',
        'check',
        'checklistTemplate',
        'friendReading',
        'match',
        'surveyResponse',
      ]),
    );
    const alone = laptop('시장');
    await alone.take('one.dangol', file);
    expect(alone.dump()).not.toContain(two.session);
    for (const id of [two.program, two.site, ...two.visits]) expect(inside).not.toContain(id);
    // On the other laptop the session opens whole.
    expect(await alone.call('sessions.get', { id: one.session })).toEqual(
      await office.call('sessions.get', { id: one.session }),
    );
  });

  it('a programme brings its sites, shops, people, grants and sessions', async () => {
    const office = laptop('사무실');
    const [one, two] = [await marketDay(office, 1), await marketDay(office, 2)];
    const file = await office.exported({ purpose: 'kit', program: two.program });
    await expectClosed(office, file);
    const inside = recordsIn(file);
    const whole = recordsIn(await office.exported());
    expect([...whole].filter((id) => !inside.has(id)).length).toBe(inside.size);
    expect(inside).not.toContain(one.session);
    expect(changesOf(file).some(({ entity }) => entity === 'grant')).toBe(true);
  });

  it('deletions travel with it, or the shop would come back', async () => {
    const [office, market] = [laptop('사무실'), laptop('시장')];
    const day = await marketDay(office);
    await market.take('kit.dangol', await office.exported({ program: day.program }));
    office.clock.now += 1000;
    for (const [entity, id] of [
      ['visit', day.visits[1]!],
      ['store', day.shops[1]!],
    ]) {
      await office.call('records.delete', { entity: entity!, id: id! });
    }
    await market.take('kit-2.dangol', await office.exported({ sessions: [day.session] }));
    expect(market.dump()).toBe(office.dump());
    expect(market.dump().match(/"deleted":true/g)).toHaveLength(2);
  });

  it('since an import, or since a time, only what is newer', async () => {
    const [office, market] = [laptop('사무실'), laptop('시장')];
    const day = await marketDay(office);
    const kit = await market.take('kit.dangol', await office.exported());
    market.clock.now += 3_600_000;
    const noon = new Date(market.clock.now - 1).toISOString();
    await edit(market, day.shops[0]!, { note: '새 간판' });
    for (const since of [kit.import!, noon]) {
      const file = await market.exported({ since });
      expect(changesOf(file).map(({ set }) => set)).toEqual([{ note: '새 간판' }]);
    }
    // What came in counts by when it came, not by when it was written.
    const before = new Date(MORNING - 1).toISOString();
    expect(linesOf(await market.exported({ since: before }))).toHaveLength(
      linesOf(await market.exported()).length,
    );
    expect(await market.ask('exchange.export', { since: 'yesterday' })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', params: { at: 'since' } },
    });
  });

  it('a session that is not here is refused', async () => {
    const office = laptop('사무실');
    expect(await office.ask('exchange.export', { sessions: [recordId(1)] })).toMatchObject({
      error: { code: 'NOT_FOUND', params: { entity: 'session' } },
    });
  });
});

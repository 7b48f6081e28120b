import { describe, expect, it } from 'vitest';
import { laptop, MORNING } from '#tests/support/laptop.ts';
import { asked, kpiStores, scene } from '#tests/support/duplicate-shops.ts';

describe('decisions travel', () => {
  it('out with the next file, so that nobody is asked twice; and so does taking one back', async () => {
    const { at: office, a, b } = await scene();
    const field = laptop('field', { now: MORNING + 60_000 });
    await field.take('all.dangol', await office.exported());
    expect(await asked(field)).toHaveLength(1);

    await office.call('duplicates.decide', { left: a, right: b, decision: 'same', reason: '같은 번호' });
    await field.take('decided.dangol', await office.exported({ purpose: 'kit' }));
    expect(await asked(field)).toEqual([]);
    expect(await kpiStores(field)).toBe(2);
    expect(field.dump()).toBe(office.dump());

    field.clock.now += 60_000;
    await field.call('duplicates.takeBack', { left: a, right: b });
    await office.take('back.dangol', await field.exported());
    expect(await asked(office)).toHaveLength(1);
    expect(await kpiStores(office)).toBe(3);
    expect(office.dump()).toBe(field.dump());
  });

  it('two laptops that decide alike make one record, and an import that is undone takes its decision along', async () => {
    const { at: office, a, b } = await scene();
    const field = laptop('field', { now: MORNING + 60_000 });
    await field.take('all.dangol', await office.exported());
    await field.call('duplicates.decide', { left: b, right: a, decision: 'same' });
    const bytes = await field.exported();
    const { import: id } = await office.take('decided.dangol', bytes);
    expect(await asked(office)).toEqual([]);
    await office.call('imports.undo', { id: id! });
    expect(await asked(office)).toHaveLength(1);

    await office.call('duplicates.decide', { left: a, right: b, decision: 'same' });
    await office.take('decided.dangol', bytes);
    expect(await office.call('duplicates.decided', {})).toMatchObject({ total: 1 });
    expect(await office.call('conflicts.list', {})).toMatchObject({ total: 0 });
  });

  it('two that decide differently make a conflict to settle, and no third question', async () => {
    const { at: office, a, b } = await scene();
    const field = laptop('field', { now: MORNING + 60_000 });
    await field.take('all.dangol', await office.exported());
    await office.call('duplicates.decide', { left: a, right: b, decision: 'same' });
    await field.call('duplicates.decide', { left: a, right: b, decision: 'different' });
    await office.take('other.dangol', await field.exported());
    const { rows } = await office.call('conflicts.list', {});
    expect(rows).toMatchObject([{ entity: 'match', field: 'decision', kind: 'values' }]);
    expect(await asked(office)).toEqual([]);
  });

  it('a shop that was joined does not come back as a third when its list is read again', async () => {
    const { at, site, a, b } = await scene();
    await at.call('duplicates.decide', { left: a, right: b, decision: 'same' });
    const list = (text: string) =>
      at.call('stores.importTable', { file: 'shops.csv', bytes: new TextEncoder().encode(text), site });
    expect(await list('상호,전화번호\n하늘떡집,010-0000-0001\n')).toMatchObject({ made: 0, refused: [] });
    expect(await list('상호\n하늘떡집\n바다정육점\n')).toMatchObject({ made: 0, unchanged: 2 });
    expect(await asked(at)).toEqual([]);
    expect(await kpiStores(at)).toBe(2);
    // Nobody said that they are one any more: which of the two is meant is open, and neither is overwritten.
    await at.call('duplicates.takeBack', { left: a, right: b });
    expect(await list('상호,전화번호\n하늘떡집,010-0000-0001\n')).toMatchObject({ made: 1, updated: 0 });
  });
});

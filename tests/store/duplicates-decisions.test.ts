import { describe, expect, it } from 'vitest';
import { idFromParts } from '#shared/model/ids.ts';
import { shop, asked, kpiStores, scene } from '#tests/support/duplicate-shops.ts';

describe('a decision', () => {
  it('is a match record: the two ids sorted, an id made of them', async () => {
    const { at, a, b } = await scene();
    const [left, right] = [a, b].sort() as [string, string];
    const { match } = await at.call('duplicates.decide', {
      left: right,
      right: left,
      decision: 'same',
      reason: '같은 번호',
    });
    expect(match).toBe(idFromParts('match', [a, b]));
    expect((await at.call('records.get', { entity: 'match', id: match })).fields).toEqual({
      left,
      right,
      decision: 'same',
      reason: '같은 번호',
    });
    expect(await asked(at)).toEqual([]);
    expect(await kpiStores(at)).toBe(2);
  });

  it('can be changed: that writes the decision alone, and the reason for the contrary goes', async () => {
    const { at, a, b } = await scene();
    const { match } = await at.call('duplicates.decide', {
      left: a,
      right: b,
      decision: 'same',
      reason: '같은 번호',
    });
    await at.call('duplicates.decide', { left: b, right: a, decision: 'different' });
    const { fields } = await at.call('records.get', { entity: 'match', id: match });
    expect(fields).toMatchObject({ decision: 'different' });
    expect(fields['reason']).toBeUndefined();
    expect(await asked(at)).toEqual([]);
    expect(await kpiStores(at)).toBe(3);
    const written = await at.call('records.history', { entity: 'match', id: match });
    expect(written.filter(({ field }) => field === 'left' || field === 'right')).toHaveLength(2);
    // The same again writes nothing.
    const before = at.dump();
    await at.call('duplicates.decide', { left: a, right: b, decision: 'different' });
    expect(await at.call('records.history', { entity: 'match', id: match })).toHaveLength(written.length);
    expect(at.dump()).toBe(before);
  });

  it('can be taken back, and decided anew', async () => {
    const { at, a, b } = await scene();
    await at.call('duplicates.decide', { left: a, right: b, decision: 'same', reason: '같은 번호' });
    await at.call('duplicates.takeBack', { left: b, right: a });
    expect(await asked(at)).toHaveLength(1);
    expect(await kpiStores(at)).toBe(3);
    expect(await at.ask('duplicates.takeBack', { left: a, right: b })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    await at.call('duplicates.decide', { left: a, right: b, decision: 'same' });
    expect(await asked(at)).toEqual([]);
    expect(await kpiStores(at)).toBe(2);
    const { rows } = await at.call('duplicates.decided', {});
    expect(rows).toMatchObject([{ decision: 'same', reason: null, contradicted: false }]);
  });

  it('answers for the groups of both: no pair between them is asked again', async () => {
    const { at, site, a, b, other } = await scene();
    const c = await shop(at, site, { name: '하늘떡집', unit: '가 3' });
    const d = await shop(at, site, { name: '하늘떡집', phone: '010-0000-0009', unit: '라동 40호' });
    expect(await asked(at, { min: 0.2 })).toHaveLength(6);
    await at.call('duplicates.decide', { left: a, right: b, decision: 'same' });
    // a and b are one now, and are asked about once: with c, and with d.
    expect(await asked(at, { min: 0.2 })).toHaveLength(3);
    await at.call('duplicates.decide', { left: b, right: c, decision: 'same' });
    expect(await asked(at, { min: 0.2 })).toHaveLength(1);
    await at.call('duplicates.decide', { left: d, right: a, decision: 'different' });
    expect(await asked(at, { min: 0.1 })).toEqual([]);
    expect(await kpiStores(at)).toBe(3);
    await at.call('records.delete', { entity: 'store', id: b });
    // The chain runs through a shop that is deleted: the decisions still hold.
    expect(await asked(at, { min: 0.1 })).toEqual([]);
    expect(other).not.toBe(d);
  });

  it('needs two shops that are here', async () => {
    const { at, a, other } = await scene();
    const missing = idFromParts('match', ['a', 'b']);
    const ask = (left: string, right: string) =>
      at.ask('duplicates.decide', { left, right, decision: 'same' });
    expect(await ask(a, missing)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await ask(a, a)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    await at.call('records.delete', { entity: 'store', id: other });
    expect(await ask(a, other)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await at.ask('duplicates.decide', { left: a, right: other, decision: 'perhaps' })).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
  });

  it('that others contradict is shown until one of them is taken back', async () => {
    const { at, a, b, other } = await scene();
    await at.call('duplicates.decide', { left: a, right: b, decision: 'different' });
    await at.call('duplicates.decide', { left: a, right: other, decision: 'same' });
    expect(await at.call('duplicates.decided', { contradicted: true })).toMatchObject({ total: 0 });
    await at.call('duplicates.decide', { left: other, right: b, decision: 'same' });
    const { rows, total } = await at.call('duplicates.decided', { contradicted: true });
    expect(total).toBe(1);
    expect(rows).toMatchObject([{ decision: 'different', contradicted: true }]);
    expect([rows[0]!.leftId, rows[0]!.rightId]).toEqual([a, b].sort());
    const way = rows[0]!.joinedBy.map(({ left, right }) => [left.name, right.name].sort());
    expect(way.sort()).toEqual([
      ['바다정육점', '하늘 떡집'],
      ['바다정육점', '하늘떡집'],
    ]);
    await at.call('duplicates.takeBack', { left: other, right: b });
    expect(await at.call('duplicates.decided', { contradicted: true })).toMatchObject({ total: 0 });
  });
});

describe('the decisions that stand', () => {
  it('are listed page by page, of all shops or of one; a deleted shop is null', async () => {
    const { at, a, b, other } = await scene();
    await at.call('duplicates.decide', { left: a, right: b, decision: 'same' });
    await at.call('duplicates.decide', { left: a, right: other, decision: 'different' });
    const first = await at.call('duplicates.decided', { limit: 1 });
    const second = await at.call('duplicates.decided', { limit: 1, after: first.next! });
    expect(first.total).toBe(2);
    expect(second.next).toBeNull();
    expect([...first.rows, ...second.rows].map(({ decision }) => decision).sort()).toEqual([
      'different',
      'same',
    ]);
    expect(await at.call('duplicates.decided', { store: b })).toMatchObject({ total: 1 });
    await at.call('records.delete', { entity: 'store', id: other });
    const { rows } = await at.call('duplicates.decided', { store: other });
    expect([rows[0]!.left, rows[0]!.right].filter((side) => side === null)).toHaveLength(1);
  });
});

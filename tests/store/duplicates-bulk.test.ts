import { describe, expect, it } from 'vitest';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { ONE, ANOTHER, market, shop } from '#tests/support/duplicate-shops.ts';

describe('the bulk offer', () => {
  async function stalls(): Promise<{ at: TestLaptop; site: string; ids: string[] }> {
    const at = laptop('office');
    const site = await market(at);
    const ids = [];
    for (const name of ['하늘떡집', '하늘떡방앗간', '떡하니']) {
      ids.push(await shop(at, site, { name, businessNumber: name === '떡하니' ? '1010000002' : ONE }));
    }
    return { at, site, ids };
  }

  it('holds equal valid business numbers at one site, and nothing else', async () => {
    const { at, site, ids } = await stalls();
    const elsewhere = await market(at, { name: '누리시장' });
    await shop(at, elsewhere, { name: '하늘떡집', businessNumber: ONE });
    await shop(at, site, { name: '하늘떡집', businessNumber: ANOTHER });
    for (const name of ['구름반찬', '구름 반찬'])
      await shop(at, site, { name, businessNumber: '101-00-00003' });
    const { total, pairs } = await at.call('duplicates.bulkOffer', {});
    expect(total).toBe(2);
    expect(new Set(pairs.flatMap(({ left, right }) => [left.id, right.id]))).toEqual(new Set(ids));
    expect(pairs[0]!.reasons).toContainEqual(
      expect.objectContaining({ field: 'businessNumber', kind: 'same' }),
    );

    const before = at.dump();
    expect(before).not.toContain('"entity":"match"');
    const chosen = pairs.map(({ left, right }) => ({ left: left.id, right: right.id }));
    expect(await at.call('duplicates.decideAll', { pairs: chosen, reason: '같은 사업자' })).toEqual({
      decided: 2,
    });
    expect(await at.call('duplicates.bulkOffer', {})).toMatchObject({ total: 0 });
    const { rows } = await at.call('duplicates.decided', {});
    expect(rows.map(({ decision, reason }) => [decision, reason])).toEqual(
      Array(2).fill(['same', '같은 사업자']),
    );
    // Again: nothing is left to write.
    expect(await at.call('duplicates.decideAll', { pairs: chosen, reason: '같은 사업자' })).toEqual({
      decided: 0,
    });
  });

  it('leaves out a number of which somebody told two shops apart', async () => {
    const { at, ids } = await stalls();
    await at.call('duplicates.decide', { left: ids[0]!, right: ids[1]!, decision: 'different' });
    expect(await at.call('duplicates.bulkOffer', {})).toMatchObject({ total: 0 });
  });

  it('is all that can be joined in bulk: one other pair, and nothing is written', async () => {
    const { at, site, ids } = await stalls();
    const other = await shop(at, site, { name: '하늘떡집' });
    const before = at.dump();
    const pairs = [
      { left: ids[0]!, right: ids[1]! },
      { left: ids[0]!, right: other },
    ];
    expect(await at.ask('duplicates.decideAll', { pairs })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', params: { at: 'pairs.1' } },
    });
    expect(at.dump()).toBe(before);
  });
});

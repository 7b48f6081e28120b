import { describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/contract.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { laptop, MORNING } from '#tests/support/laptop.ts';
import { make, market, shop, asked, scene } from '#tests/support/duplicate-shops.ts';

describe('the pairs that are asked', () => {
  it('come with both shops, the score, and each reason with its values', async () => {
    const { at, site, a, b } = await scene();
    const { total, pairs, next, skipped } = await at.call('duplicates.list', {});
    expect({ total, next, skipped }).toEqual({ total: 1, next: null, skipped: [] });
    const [pair] = pairs;
    expect([pair!.left.id, pair!.right.id]).toEqual([a, b].sort());
    const left = pair!.left.id === a ? pair!.left : pair!.right;
    expect(left).toEqual({
      id: a,
      name: '하늘떡집',
      site: { id: site, name: '가온시장' },
      category: '떡',
      ownerName: '김단골',
      phone: '010-0000-0001',
      businessNumber: null,
      address: null,
      unit: null,
      status: null,
    });
    expect(pair!.score).toBeGreaterThan(0.99);
    const reason = (field: string) => pair!.reasons.find((one) => one.field === field);
    expect(reason('name')).toMatchObject({ kind: 'same', weight: 7 });
    expect([reason('phone')!.left, reason('phone')!.right].sort()).toEqual(['010-0000-0001', '01000000001']);
    expect(reason('unit')).toMatchObject({ kind: 'missing', weight: 0 });
    expect(pair!.distanceMetres).toBeNull();
  });

  it('mask personal data when asked to', async () => {
    const { at } = await scene();
    const text = JSON.stringify(await at.call('duplicates.list', { masked: true }));
    expect(text).toContain('010-****-0001');
    expect(text).toContain('김**');
    expect(text).not.toMatch(/김단골|0000-0001|01000000001/);
    expect(JSON.stringify(await at.call('duplicates.list', {}))).toContain('김단골');
  });

  it('are those of one site, from a score on, page by page', async () => {
    const at = laptop('office');
    const [here, there] = [await market(at), await market(at, { name: '누리시장', district: '중구' })];
    for (const name of ['하늘떡집', '바다정육점', '구름반찬']) {
      await shop(at, here, { name, phone: '02-123-4567' });
      await shop(at, here, { name: `${name} 본점`, phone: '02-123-4567' });
    }
    await shop(at, there, { name: '소망국수', category: '국수' });
    await shop(at, there, { name: '소밍국수' });
    expect(await asked(at)).toHaveLength(3);
    expect(await asked(at, { site: there })).toEqual([]);
    expect(await asked(at, { site: there, min: 0.2 })).toEqual(['소망국수 = 소밍국수']);
    expect(await asked(at, { min: 0.2 })).toHaveLength(4);

    const scores: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await at.call('duplicates.list', {
        limit: 1,
        min: 0.2,
        ...(cursor ? { after: cursor } : {}),
      });
      scores.push(...page.pairs.map(({ score }) => score));
      cursor = page.next;
    }
    expect(scores).toHaveLength(4);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores[0]).toBeGreaterThan(scores[3]!);

    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 3; page += 1) {
      const { pairs, next, total } = await at.call('duplicates.list', {
        limit: 1,
        ...(after ? { after } : {}),
      });
      expect(total).toBe(3 - page);
      const [{ left, right }] = pairs as [OutputOf<'duplicates.list'>['pairs'][number]];
      seen.push(left.name);
      // Deciding on what was just seen must not make the next page skip one.
      await at.call('duplicates.decide', { left: left.id, right: right.id, decision: 'same' });
      after = next ?? undefined;
    }
    expect(new Set(seen).size).toBe(3);
    expect(after).toBeUndefined();
    expect(await at.ask('duplicates.list', { site: idFromParts('match', ['a', 'b']) })).toMatchObject({
      ok: false,
      error: { code: 'NOT_FOUND' },
    });
  });

  it('follow every change of a store or site, and no other makes them be looked for again', async () => {
    const { at, a, b, site } = await scene();
    let searches = 0;
    at.core.on((event) => {
      if (event.kind === 'progress' && event.job === 'duplicates' && event.done === 0) searches += 1;
    });
    const looked = async (): Promise<boolean> => {
      const before = searches;
      await asked(at);
      return searches > before;
    };
    expect(await looked()).toBe(true);
    expect(await looked()).toBe(false);
    await at.call('duplicates.decide', { left: a, right: b, decision: 'different' });
    await make(at, 'person', { name: '이단골' });
    expect(await looked()).toBe(false);
    await at.call('duplicates.takeBack', { left: a, right: b });
    expect(await asked(at)).toEqual(['하늘 떡집 = 하늘떡집']);

    await at.call('records.write', { entity: 'store', id: b, set: { name: '구름반찬', phone: null } });
    expect(await looked()).toBe(true);
    expect(await asked(at)).toEqual([]);
    await at.call('records.write', { entity: 'store', id: b, set: { name: '하늘떡집' } });
    await at.call('records.delete', { entity: 'store', id: b });
    expect(await asked(at)).toEqual([]);
    await at.call('records.restore', { entity: 'store', id: b });
    expect(await asked(at)).toEqual(['하늘떡집 = 하늘떡집']);
    await at.call('records.write', { entity: 'site', id: site, set: { kind: 'nationwide' } });
    expect(await asked(at)).toEqual([]);
  });

  it('go with the import that brought one of the two', async () => {
    const { at, site } = await scene();
    const field = laptop('field', { now: MORNING + 60_000 });
    await field.take('all.dangol', await at.exported());
    await shop(field, site, { name: '바다 정육점' });
    const { import: id } = await at.take('field.dangol', await field.exported());
    // Written after it, so that the end of the log stays where it is.
    await make(at, 'person', { name: '이단골' });
    expect(await asked(at)).toHaveLength(2);
    await at.call('imports.undo', { id: id! });
    expect(await asked(at)).toHaveLength(1);
  });

  it('are one search when they are asked for twice at once', async () => {
    const { at } = await scene();
    let starts = 0;
    at.core.on((event) => {
      if (event.kind === 'progress' && event.done === 0) starts += 1;
    });
    const alone = await scene('other office');
    let once = 0;
    alone.at.core.on((event) => {
      if (event.kind === 'progress' && event.done === 0) once += 1;
    });
    await asked(alone.at);
    const [one, two] = await Promise.all([asked(at), asked(at)]);
    expect(one).toEqual(two);
    expect(starts).toBe(once);
  });
});

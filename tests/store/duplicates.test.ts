import { describe, expect, it } from 'vitest';
import type { OutputOf } from '#shared/contract/contract.ts';
import { idFromParts } from '#shared/model/ids.ts';
import { dangol, json } from '#tests/support/cli.ts';
import { laptop, MORNING, type TestLaptop } from '#tests/support/laptop.ts';

type Values = Record<string, string | number | boolean | null>;

const ONE = '101-00-00002';
const ANOTHER = '101-00-00017';

async function make(at: TestLaptop, entity: string, set: Values): Promise<string> {
  return (await at.call('records.write', { entity, set })).id;
}

const market = (at: TestLaptop, set: Values = {}): Promise<string> =>
  make(at, 'site', {
    name: '가온시장',
    kind: 'traditionalMarket',
    province: '서울특별시',
    district: '마포구',
    ...set,
  });

const shop = (at: TestLaptop, site: string, set: Values): Promise<string> =>
  make(at, 'store', { site, ...set });

/** The pairs that are asked, as sorted names. */
async function asked(at: TestLaptop, input: { site?: string; min?: number } = {}): Promise<string[]> {
  const { pairs, total } = await at.call('duplicates.list', input);
  expect(total).toBe(pairs.length);
  return pairs.map(({ left, right }) => [left.name, right.name].sort().join(' = '));
}

const kpiStores = async (at: TestLaptop): Promise<number> => (await at.call('report.kpis', {})).total.stores;

/** A market with one shop written twice, and two others. */
async function scene(
  name = 'office',
): Promise<{ at: TestLaptop; site: string; a: string; b: string; other: string }> {
  const at = laptop(name);
  const program = await make(at, 'program', { name: '단골시장', kind: 'market' });
  const site = await market(at, { program });
  const a = await shop(at, site, {
    name: '하늘떡집',
    phone: '010-0000-0001',
    ownerName: '김단골',
    category: '떡',
  });
  const b = await shop(at, site, { name: '하늘 떡집', phone: '01000000001', unit: '가동 3호' });
  const other = await shop(at, site, { name: '바다정육점' });
  return { at, site, a, b, other };
}

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

describe('the command line', () => {
  it('prints the pairs as one array, each reason with a sentence', async () => {
    const { at, site, a, b } = await scene();
    const all = await json(at.dir, 'duplicates');
    expect(all).toMatchObject({ code: 0, stderr: '' });
    const [pair] = all.value as {
      left: { id: string };
      right: { id: string };
      score: number;
      reasons: object[];
    }[];
    expect([pair!.left.id, pair!.right.id]).toEqual([a, b].sort());
    expect(pair!.score).toBeGreaterThan(0.99);
    expect(pair!.reasons).toContainEqual({
      field: 'name',
      kind: 'same',
      weight: 7,
      left: expect.any(String) as string,
      right: expect.any(String) as string,
      text: 'The names are the same',
    });
    const [few, sure, bad, none] = await Promise.all([
      json(at.dir, 'duplicates', '--site', site, '--limit', '1', '--min', '0.2'),
      json(at.dir, 'duplicates', '--min', '1'),
      dangol(['--data', at.dir, 'duplicates', '--min', 'much']),
      dangol(['--data', at.dir, '--json', 'duplicates', '--site', a]),
    ]);
    expect(few.value).toHaveLength(1);
    expect(sure).toMatchObject({ code: 0, value: [] });
    expect(bad.code).toBe(2);
    expect(none).toMatchObject({ code: 1 });
    expect(JSON.parse(none.stdout)).toMatchObject({ error: { code: 'NOT_FOUND', entity: 'site' } });
  });

  it('says on the side what stands at too many shops to be compared', async () => {
    const at = laptop('office');
    const site = await market(at);
    for (let count = 0; count < 101; count += 1) {
      const name = `${String.fromCharCode(0xac00 + count * 97)}${String.fromCharCode(0xb098 + count * 89)}집`;
      await shop(at, site, { name, phone: '02-335-3591' });
    }
    const { code, value, stderr } = await json(at.dir, 'duplicates');
    expect({ code, value }).toEqual({ code: 0, value: [] });
    expect(stderr).toBe(
      'phone: 1 keys stand at too many shops (up to 101); 4095 pairs were not met by them\n',
    );
  });
});

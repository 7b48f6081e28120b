import { describe, expect, it } from 'vitest';
import type { CoreEvent } from '#shared/contract/contract.ts';
import { changeIdAt, dusk, exchangeFile, recordId } from '#tests/support/exchange-builder.ts';
import { goodDraft } from '#tests/support/damage.ts';
import { laptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { copyOpen, dumpOf, raw } from '#tests/support/open-store.ts';

const shop = (n: number) => ({ entity: 'store' as const, id: recordId(n) });

/** Written here, imported, edited twice and in conflict: places side by side and apart, one and several to a record. */
async function office(dir: string): Promise<TestLaptop> {
  const made = laptop('사무실', { dir });
  for (let n = 10; n < 20; n += 1) {
    await made.call('records.write', { ...shop(n), set: { name: `점포 ${n}` } });
  }
  await made.take('good.dangol', exchangeFile(goodDraft));
  const rival = { id: changeIdAt(9, dusk), entity: 'store', record: recordId(2), set: { phone: '02-1' } };
  await made.take('rival.dangol', exchangeFile({ author: dusk, lines: [rival] }));
  await made.call('records.write', { ...shop(10), set: { note: '고침' } });
  return made;
}

/** A store that was tampered with while nobody had it open. */
async function tampered(sql: string): Promise<{ dir: string; dump: string }> {
  const dir = scratchDir();
  const made = await office(dir);
  const dump = made.dump().trimEnd();
  made.close();
  const db = raw(dir);
  db.exec(sql);
  db.close();
  return { dir, dump };
}

const verify = (on: TestLaptop) => on.call('app.verify', {});

describe('a store is verified', () => {
  it('and is sound after writing, merging, conflicts and an undo', async () => {
    const made = await office(scratchDir());
    expect(await verify(made)).toMatchObject({ faults: [], left: null, changes: 15, records: 13, blobs: 1 });
    const [last] = await made.call('imports.list', {});
    await made.call('imports.undo', { id: last!.id });
    expect(await verify(made)).toMatchObject({ faults: [], left: null, changes: 14 });
  });

  it.each([
    ['a value was altered', `UPDATE r_store SET name = 'x' WHERE id = '${recordId(12)}'`],
    ['a value was lost', `UPDATE r_store SET note = NULL WHERE id = '${recordId(10)}'`],
    ['a conflict was lost', `UPDATE r_store SET _conflicts = NULL WHERE id = '${recordId(2)}'`],
    ['a row was lost', `DELETE FROM r_store WHERE id = '${recordId(13)}'`],
    [
      'a row came from nowhere',
      `INSERT INTO r_store (id, name, _n) VALUES ('${recordId(99)}', 'x', 999), ('${recordId(98)}', 'x', '')`,
    ],
    ['a row names the changes of another', `UPDATE r_store SET _n = 4 WHERE id = '${recordId(12)}'`],
    ['a row names its changes twice', `UPDATE r_store SET _n = '1,1,15' WHERE id = '${recordId(10)}'`],
    ['a row names fewer changes', `UPDATE r_store SET _n = 15 WHERE id = '${recordId(10)}'`],
    ['all rows of a table are gone', 'DELETE FROM r_store'],
    [
      'a record of an unknown entity came from nowhere',
      "INSERT INTO r_unknown VALUES ('x','y',NULL,7,'{}',NULL)",
    ],
  ])('when %s, the tables are made anew from the log', async (_what, sql) => {
    const { dir, dump } = await tampered(sql);
    const opened = laptop('사무실', { dir, fresh: false });
    const found = await verify(opened);
    expect(found.faults.length).toBeGreaterThan(0);
    expect(found.faults.every(({ part }) => part === 'projection')).toBe(true);
    expect(found.left).toEqual([]);
    expect(opened.dump().trimEnd()).toBe(dump);
    expect(await verify(opened)).toMatchObject({ faults: [], left: null });
  });

  it.each([
    ['holds what is no JSON', "UPDATE change SET body = 'x' WHERE n = 3"],
    ['holds what is no change', `UPDATE change SET body = '{"entity":"store"}' WHERE n = 3`],
    [
      'holds a value of the wrong kind',
      `UPDATE change SET body = replace(body, '"점포 12"', '12') WHERE n = 3`,
    ],
  ])('when the log %s, nothing is made from it', async (_what, sql) => {
    const { dir } = await tampered(sql);
    const opened = laptop('사무실', { dir, fresh: false });
    const before = opened.dump();
    const found = await verify(opened);
    expect(found.faults).toContainEqual({ part: 'log', at: expect.stringMatching(/^[0-9a-f-]+$/) as string });
    expect(found.left).toBeNull();
    expect(opened.dump()).toBe(before);
  });

  it('when a change is missing in the log, its record follows the log', async () => {
    const { dir } = await tampered('DELETE FROM change WHERE n = 3');
    const opened = laptop('사무실', { dir, fresh: false });
    expect(await verify(opened)).toMatchObject({
      faults: [{ part: 'projection', at: `store ${recordId(12)}` }],
      left: [],
    });
  });

  it('when a photo was altered, it says which', async () => {
    const { dir } = await tampered("UPDATE blob SET bytes = x'00'");
    expect(await verify(laptop('사무실', { dir, fresh: false }))).toMatchObject({
      faults: [{ part: 'blob' }],
      left: null,
    });
  });
});

describe('making the tables anew', () => {
  it('tells how far it is, and goes on where a crash cut it short', async () => {
    const dir = scratchDir();
    const made = await office(dir);
    const dump = made.dump().trimEnd();
    made.close();
    const db = raw(dir);
    db.exec("UPDATE r_store SET name = 'x'");
    db.close();
    const opened = laptop('사무실', { dir, fresh: false, batch: 4 });
    const steps: number[] = [];
    const crashed: string[] = [];
    opened.core.on((event: CoreEvent) => {
      if (event.kind !== 'progress' || event.job !== 'rebuild') return;
      expect(event.total).toBe(15);
      steps.push(event.done);
      crashed.push(copyOpen(dir));
    });
    await verify(opened);
    expect(steps).toEqual([4, 8, 12, 15]);
    for (const copy of crashed) expect(dumpOf(copy)).toBe(dump);
  });
});

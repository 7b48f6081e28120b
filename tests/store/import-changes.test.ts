import { describe, expect, it } from 'vitest';
import type { ChangeRow, ImportChanges } from '#shared/contract/exchange.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';
import { dayFiles, groundOf, kitFile, type NamedFile } from '#tests/support/session-files.ts';

async function job(on: TestLaptop, files: readonly NamedFile[]): Promise<string[]> {
  const { run } = await on.call('imports.begin', {});
  for (const { name, bytes } of files) await on.call('imports.add', { run, file: name, bytes });
  return (await on.call('imports.finish', { run })).map((file) => file.import!);
}

/** An office with the kit and what a job of some days' files made of it. */
async function officeWith(count: number): Promise<{ office: TestLaptop; imports: string[] }> {
  const office = laptop('사무실');
  await job(office, [kitFile()]);
  return { office, imports: await job(office, dayFiles(count)) };
}

const changes = (on: TestLaptop, imports: string[], more: object = {}): Promise<ImportChanges> =>
  on.call('imports.changes', { imports, ...more });

const essence = ({ title, field, before, after, file }: ChangeRow): unknown[] => [
  title,
  field,
  before,
  after,
  file,
];

describe('what a job of many files changed', () => {
  it('is summed up by market and trainer, each thing in one place', async () => {
    const { office, imports } = await officeWith(21);
    const { files, counts, groups } = await office.call('imports.summary', { imports });
    expect(files).toBe(21);
    expect(counts).toMatchObject({
      visit: 42,
      attendance: 63,
      response: 21,
      newStore: 21,
      channel: 21,
      // The 21st disagrees with the first about a phone.
      contact: 19 + 20,
      conflict: 1,
      deleted: 0,
    });
    expect(groups.map(({ site, by }) => `${site?.name} ${by.name}`)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `반송시장 1 트레이너 ${n}`),
    );
    // The first trainer held five of the sessions, the others four.
    expect(groups.map((group) => group.counts.visit)).toEqual([10, 8, 8, 8, 8]);
    for (const part of ['visit', 'newStore', 'contact', 'conflict', 'other'] as const) {
      expect(groups.reduce((sum, group) => sum + group.counts[part], 0)).toBe(counts[part]);
    }
  });

  it('is listed with before and after and the file that brought it, page by page', async () => {
    const { office, imports } = await officeWith(3);
    const contact = await changes(office, imports, { part: 'contact' });
    expect(contact.rows.map(essence)).toEqual([
      ['점포 1', 'phone', '02-0000-1000', '02-335-1000', '1구역 001.dangol'],
      ['점포 1', 'unit', null, '1호', '1구역 001.dangol'],
      ['점포 3', 'phone', '02-0000-1002', '02-335-1001', '1구역 002.dangol'],
      ['점포 3', 'unit', null, '2호', '1구역 002.dangol'],
      ['점포 5', 'phone', '02-0000-1004', '02-335-1002', '1구역 003.dangol'],
      ['점포 5', 'unit', null, '3호', '1구역 003.dangol'],
    ]);
    const visits = await changes(office, imports, { part: 'visit' });
    expect(visits.rows.map(({ field, context }) => [field, context])).toEqual(
      Array(6).fill([null, expect.stringContaining('점포')]),
    );

    const whole = await changes(office, imports, { limit: 1000 });
    const paged: ChangeRow[] = [];
    let after: number | null = 0;
    while (after !== null) {
      const page: ImportChanges = await changes(office, imports, { limit: 7, after });
      paged.push(...page.rows);
      after = page.next;
    }
    expect(paged).toEqual(whole.rows);
    expect(whole.total).toBe(whole.rows.length);
    const { groups, counts } = await office.call('imports.summary', { imports });
    expect(whole.total).toBe(Object.values(counts).reduce((sum, n) => sum + n, 0));
    const [{ site, by, counts: own }] = groups as [(typeof groups)[number]];
    const group = { site: site!.id, by: by.id };
    expect((await changes(office, imports, { group, part: 'attendance' })).total).toBe(own.attendance);
  });

  it('names both values of a conflict, and is the same for one file as for it among others', async () => {
    const { office, imports } = await officeWith(21);
    const { rows } = await changes(office, imports, { part: 'conflict' });
    expect(rows).toMatchObject([
      { title: '점포 1', field: 'phone', values: ['02-335-1000', '02-335-1020'], file: '1구역 021.dangol' },
    ]);
    // The first of the two disagreed with nobody when it came.
    expect((await changes(office, [imports[0]!], { part: 'conflict' })).total).toBe(0);
    expect((await changes(office, [imports[20]!], { part: 'conflict' })).total).toBe(1);
  });

  it('does not care what was written, or merged, since', async () => {
    const { office, imports } = await officeWith(3);
    const before = await changes(office, imports, { limit: 1000 });
    await office.call('records.write', {
      entity: 'store',
      id: groundOf().stores[0]!,
      set: { phone: '02-9' },
    });
    await office.call('records.delete', { entity: 'store', id: groundOf().stores[2]! });
    await job(office, dayFiles(30).slice(20));
    expect((await changes(office, imports, { limit: 1000 })).rows).toEqual(before.rows);
  });

  it('tells deletions, and what a merge brought back nothing of', async () => {
    const [trainer, office] = [laptop('망원 1호'), laptop('사무실')];
    const { id } = await trainer.call('records.write', { entity: 'store', set: { name: '바다횟집' } });
    await office.take('a.dangol', await trainer.exported());
    await trainer.call('records.delete', { entity: 'store', id });
    const second = await office.take('b.dangol', await trainer.exported());
    const { counts, groups } = await office.call('imports.summary', { imports: [second.import!] });
    expect(counts).toMatchObject({ deleted: 1, newStore: 0, other: 0 });
    // Nobody is named: it is the laptop's.
    expect(groups).toMatchObject([{ site: null, by: { kind: 'laptop', name: '망원 1호' } }]);
    const again = await office.take('c.dangol', await trainer.exported({ purpose: 'kit' }));
    expect((await office.call('imports.summary', { imports: [again.import!] })).groups).toEqual([]);
  });

  it('shows no answer of a survey', async () => {
    const { office, imports } = await officeWith(1);
    const answers = { helpful: false, best: '비밀' };
    const trainer = laptop('망원 1호');
    await trainer.take('x.dangol', await office.exported());
    const { rows } = await changes(office, imports, { part: 'response' });
    await trainer.call('records.write', { entity: 'surveyResponse', id: rows[0]!.record, set: { answers } });
    const later = await office.take('y.dangol', await trainer.exported());
    const told = await changes(office, [later.import!]);
    expect(told.rows).toMatchObject([{ field: 'answers', after: { helpful: null, best: null } }]);
    expect(JSON.stringify(told)).not.toContain('비밀');
  });

  it('leaves out what was undone, and is gone when all of it is', async () => {
    const { office, imports } = await officeWith(2);
    await office.call('imports.summary', { imports });
    await office.call('imports.undo', { id: imports[0]! });
    expect(await office.call('imports.summary', { imports })).toMatchObject({
      files: 1,
      counts: { visit: 2, newStore: 1 },
    });
    await office.call('imports.undo', { id: imports[1]! });
    expect(await office.ask('imports.summary', { imports })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('an import that is undone while it is looked at does not come back', async () => {
    const { office, imports } = await officeWith(40);
    const looking = office.call('imports.summary', { imports });
    await office.call('imports.undo', { id: imports[0]! });
    expect((await looking).files).toBe(39);
    expect((await looking).counts.visit).toBe(78);
  });
});

import { describe, expect, it } from 'vitest';
import type { ImportContents } from '#shared/contract/exchange.ts';
import { laptop, type TestLaptop } from '#tests/support/laptop.ts';

async function shop(at: TestLaptop, name: string): Promise<string> {
  return (await at.call('records.write', { entity: 'store', set: { name } })).id;
}

const contents = (at: TestLaptop, id: string, more: object = {}): Promise<ImportContents> =>
  at.call('imports.contents', { id, ...more });

const names = ({ rows }: ImportContents): string[] => rows.map(({ title }) => title).sort();

describe('what a file brought', () => {
  it('is listed by kind, with what was new in it and what was here before', async () => {
    const [trainer, office] = [laptop('망원 1호'), laptop('사무실')];
    const sea = await shop(trainer, '바다횟집');
    const first = await office.take('first.dangol', await trainer.exported());
    await trainer.call('records.write', { entity: 'store', id: sea, set: { phone: '02-0000-0001' } });
    const { id: visit } = await trainer.call('records.write', {
      entity: 'visit',
      set: { store: sea, date: '2026-11-24' },
    });
    await shop(trainer, '새벽분식');
    await shop(office, '사무실만 아는 점포');
    const second = await office.take('second.dangol', await trainer.exported());

    expect(await contents(office, first.import!)).toMatchObject({
      counts: { store: 1 },
      rows: [{ entity: 'store', record: sea, title: '바다횟집', changes: 1, fresh: 1, deleted: false }],
      next: null,
    });
    const both = await contents(office, second.import!);
    expect(both.counts).toEqual({ store: 2, visit: 1 });
    expect(both.rows.find(({ record }) => record === sea)).toMatchObject({ changes: 2, fresh: 1 });
    expect(both.rows.at(-1)).toMatchObject({ entity: 'visit', record: visit, context: '바다횟집' });
    const stores = await contents(office, second.import!, { entity: 'store' });
    expect(names(stores)).toEqual(['바다횟집', '새벽분식']);
    expect(stores.counts).toEqual(both.counts);
    // Deleted since: still what the file brought.
    await office.call('records.delete', { entity: 'store', id: sea });
    expect((await contents(office, first.import!)).rows).toMatchObject([{ deleted: true }]);
  });

  it('a file with nothing new tells what it shares with others', async () => {
    const [trainer, office] = [laptop('망원 1호'), laptop('사무실')];
    await shop(trainer, '바다횟집');
    await office.take('a.dangol', await trainer.exported());
    const again = await office.take('kit.dangol', await trainer.exported({ purpose: 'kit' }));
    expect((await contents(office, again.import!)).rows).toMatchObject([
      { title: '바다횟집', changes: 1, fresh: 0 },
    ]);
  });

  it('comes page by page, each record once', async () => {
    const [trainer, office] = [laptop('망원 1호'), laptop('사무실')];
    for (let n = 0; n < 5; n += 1) {
      const id = await shop(trainer, `점포 ${n}`);
      await trainer.call('records.write', { entity: 'visit', set: { store: id, date: '2026-11-24' } });
      await trainer.call('records.write', { entity: 'store', id, set: { note: '메모' } });
    }
    const { import: id } = await office.take('day.dangol', await trainer.exported());
    const whole = await contents(office, id!);
    expect(whole.rows).toHaveLength(10);
    const paged: ImportContents['rows'] = [];
    let after: string | null | undefined;
    let pages = 0;
    do {
      const page = await contents(office, id!, { limit: 3, ...(after ? { after } : {}) });
      paged.push(...page.rows);
      after = page.next;
      pages += 1;
    } while (after !== null);
    expect(pages).toBe(4);
    expect(paged).toEqual(whole.rows);
  });

  it('of a file that was undone, or never came, is not here', async () => {
    const [trainer, office] = [laptop('망원 1호'), laptop('사무실')];
    await shop(trainer, '바다횟집');
    const { import: id } = await office.take('day.dangol', await trainer.exported());
    await office.call('imports.undo', { id: id! });
    const missing = { error: { code: 'NOT_FOUND', params: { entity: 'import', id } } };
    expect(await office.ask('imports.contents', { id })).toMatchObject(missing);
    const other = '0190aaaa-0000-7000-8000-00000000dead';
    expect(await office.ask('imports.contents', { id: other })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });
});

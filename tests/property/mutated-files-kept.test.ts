import { expect, it } from 'vitest';
import { laptop } from '#tests/support/laptop.ts';
import { mutationAt } from '#tests/support/mutate.ts';
import type { Mutation } from '#tests/support/mutation.ts';

/** The first mutations that say something which a file may say. */
function valid(count: number): [index: number, mutation: Mutation][] {
  const found: [number, Mutation][] = [];
  for (let index = 0; found.length < count; index += 1) {
    const mutation = mutationAt(index);
    if (mutation.expected.outcome === 'valid') found.push([index, mutation]);
  }
  return found;
}

/** What goes in must not only go in: the screens, the next file and the undo have to live with it. */
it('wild content that may go in leaves a store that works, leaves again, and can be taken out', async () => {
  const office = laptop('사무실');
  const neighbour = laptop('옆 사무실');
  const files = valid(100);
  const run = office.core.importRun({ dryRun: false });
  for (const [index, { bytes }] of files) await run.add(`${index}.dangol`, bytes);
  const results = await run.finish();
  for (const [i, [index, { what }]] of files.entries()) {
    expect(results[i], `mutated file ${index} (${what})`).toMatchObject({ status: 'imported' });
  }

  expect(await office.call('imports.list', {})).toHaveLength(files.length);
  expect((await office.call('app.verify', {})).faults).toEqual([]);
  for (const method of [
    'conflicts.list',
    'report.kpis',
    'report.workbook',
    'duplicates.list',
    'sessions.list',
  ]) {
    expect(await office.ask(method, {}), method).toMatchObject({ ok: true });
  }
  expect(await neighbour.take('all.dangol', await office.exported())).toMatchObject({ status: 'imported' });
  expect(neighbour.dump()).toBe(office.dump());
  expect((await neighbour.call('app.verify', {})).faults).toEqual([]);

  for (const { import: id } of results) await office.call('imports.undo', { id: id! });
  expect((await office.call('app.verify', {})).faults).toEqual([]);
  // Nothing stays but erasures, whose records have no value left.
  const left = office.dump().trimEnd().split('\n');
  expect(left.filter((line) => !line.includes('"fields":{},'))).toEqual([]);
});

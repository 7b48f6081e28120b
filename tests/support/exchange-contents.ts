import type { Change } from '#shared/merge/change.ts';
import type { TestLaptop } from './laptop.ts';
import { unpackZip } from './zip-builder.ts';

export const linesOf = (file: Buffer): string[] =>
  unpackZip(file).get('changes.jsonl')!.toString('utf8').split('\n').slice(0, -1);
export const changesOf = (file: Buffer): Change[] => linesOf(file).map((line) => JSON.parse(line) as Change);
export const recordsIn = (file: Buffer): Set<string> => new Set(changesOf(file).map(({ record }) => record));

/** A store and its whole history beside the dump: what an import or an undo may touch. */
export async function held(on: TestLaptop): Promise<unknown> {
  const { changes, records, blobs, faults } = await on.call('app.verify', {});
  return { dump: on.dump(), changes, records, blobs, faults };
}

export async function edit(on: TestLaptop, id: string, set: Record<string, string | null>): Promise<void> {
  on.clock.now += 60_000;
  await on.call('records.write', { entity: 'store', id, set });
}

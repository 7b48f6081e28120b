import type { Resolved } from '#shared/contract/conflicts.ts';
import type { CheckedOf } from '#shared/contract/contract.ts';
import { readConflictBook } from '../../workbook/read-conflicts.ts';
import { applyJudged } from '../conflict-desk/apply.ts';
import type { Deps } from '../deps.ts';
import { judge } from './judge.ts';

/** Settles what a workbook of conflicts says. */
export async function resolve(
  deps: Deps,
  { file, bytes, dryRun }: CheckedOf<'conflicts.resolve'>,
): Promise<Resolved> {
  const returned = await readConflictBook(file, bytes);
  deps.store.projector.catchUp();
  return applyJudged(
    deps,
    returned.map((row) => judge(deps, row)),
    dryRun,
  );
}

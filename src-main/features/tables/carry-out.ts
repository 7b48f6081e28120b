import type { Plan } from './plan.ts';
import type { RowRemark, TableImport, TablePort } from './table-port.ts';

/** Does what a plan says, in one transaction, and tells about it: remarks in the order of the rows. */
export function carryOut(
  port: TablePort,
  entity: 'site' | 'store',
  plan: Plan,
  remarks: { readonly refused: readonly RowRemark[]; readonly flagged: readonly RowRemark[] },
): TableImport {
  const made = plan.make.map(({ set }) => ({ entity, id: port.newId(), set }));
  const updated = plan.update.map(({ id, set }) => ({ entity, id, set }));
  if (made.length + updated.length > 0) port.write([...made, ...updated]);
  const refused = [...remarks.refused, ...plan.refused].sort((a, b) => a.row - b.row);
  const out = new Set(refused.map(({ row }) => row));
  return {
    made: made.length,
    updated: updated.length,
    unchanged: plan.unchanged,
    recognised: [...plan.recognised],
    refused,
    flagged: remarks.flagged.filter(({ row }) => !out.has(row)),
  };
}

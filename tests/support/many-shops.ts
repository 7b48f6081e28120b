import { changeIdAt, exchangeFile, recordId } from './exchange-builder.ts';

/** More changes than the index of shops follows one by one. */
export const MANY_SHOPS = 5_100;

/** A file with that many shops. */
export function manyShops(): Buffer {
  const lines = Array.from({ length: MANY_SHOPS }, (_none, n) => ({
    id: changeIdAt(n),
    author: null,
    entity: 'store',
    record: recordId(n + 1),
    set: { name: `점포 ${n}` },
  }));
  return exchangeFile({ lines });
}

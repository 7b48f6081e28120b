import { marksInFile, visitsByLaptop, type WrittenFor } from '../../store/laptop-queries.ts';
import type { Store } from '../../store/store.ts';

/**
 * Which laptop writes for which trainers, the most first: by the visits that it began; a laptop that began none, by the
 * attendance in its last file. This laptop is not among them: it sends itself nothing.
 */
export function writersOf(store: Store): WrittenFor[] {
  const known = new Set(store.laptops.list().map(({ id }) => id));
  const byVisits = visitsByLaptop(store.db).filter(({ laptop }) => known.has(laptop));
  const told = new Set(byVisits.map(({ laptop }) => laptop));
  const byMarks = [];
  for (const file of store.imports.list()) {
    if (file.undoneAt !== null || told.has(file.laptop) || !known.has(file.laptop)) continue;
    told.add(file.laptop);
    byMarks.push(...marksInFile(store.db, file));
  }
  return [...byVisits, ...byMarks].sort((a, b) => b.records - a.records || (a.trainer < b.trainer ? -1 : 1));
}

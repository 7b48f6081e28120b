import type { Db } from './sqlite.ts';

/** A change as it lies in the log, without its place. */
export interface LogRow {
  readonly id: Buffer;
  readonly body: string;
}

export interface LogRows {
  /**
   * Adds rows at consecutive places from `firstN`, inside the caller's transaction, and gives for each its place: a place
   * below `firstN` is that of a row with the same id that was here before, and then nothing was added for it.
   */
  add(firstN: number, rows: readonly LogRow[]): number[];
}

/** Rows that go in with one statement. Measured: 16 at once take two thirds of the time that 16 by themselves do. */
const TOGETHER = 16;

export function openLogRows(db: Db): LogRows {
  const one = db.prepare('INSERT OR IGNORE INTO change (n, id, body) VALUES (?, ?, ?)');
  const values = Array.from({ length: TOGETHER }, () => '(?, ?, ?)').join(', ');
  const many = db.prepare(`INSERT OR IGNORE INTO change (n, id, body) VALUES ${values}`);
  const find = db.prepare('SELECT n FROM change WHERE id = ?').pluck();
  const remove = db.prepare('DELETE FROM change WHERE n >= ?');

  function addTogether(firstN: number, rows: readonly LogRow[]): boolean {
    const { changes } = many.run(...rows.flatMap(({ id, body }, i) => [firstN + i, id, body]));
    if (changes === rows.length) return true;
    // Which of them were here is found one by one.
    if (changes > 0) remove.run(firstN);
    return false;
  }

  function add(firstN: number, rows: readonly LogRow[]): number[] {
    const places: number[] = [];
    let n = firstN;
    let start = 0;
    for (; start + TOGETHER <= rows.length; start += TOGETHER) {
      const group = rows.slice(start, start + TOGETHER);
      if (!addTogether(n, group)) break;
      for (const _row of group) places.push(n++);
    }
    for (const { id, body } of rows.slice(start)) {
      if (one.run(n, id, body).changes === 1) places.push(n++);
      else places.push(find.get(id) as number);
    }
    return places;
  }

  return { add };
}

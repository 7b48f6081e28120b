import { describe, expect, it } from 'vitest';
import { hashOf, type AuditEntry } from '#main/store/audit-chain.ts';
import { recordId } from '#tests/support/exchange-builder.ts';
import { laptop, makeLaptop, scratchDir, type TestLaptop } from '#tests/support/laptop.ts';
import { raw } from '#tests/support/open-store.ts';

/** A laptop on which six things were taken down, each of another shop. */
async function six(): Promise<TestLaptop> {
  const on = laptop('시장');
  for (let n = 1; n <= 6; n += 1) {
    await on.call('records.write', {
      entity: 'store',
      id: recordId(n),
      set: { name: `상점 ${n}`, phone: '02-335-3591' },
    });
    on.clock.now += 60_000;
    await on.call('records.get', { entity: 'store', id: recordId(n) });
  }
  return on;
}

/** Does to the table what the program never does. */
function tamper(dir: string, sql: string): void {
  const db = raw(dir);
  db.exec(`DROP TRIGGER audit_unaltered; DROP TRIGGER audit_kept; ${sql}`);
  db.close();
}

const faults = async (on: TestLaptop): Promise<string[]> => {
  const { faults: found } = await on.call('app.verify', {});
  return found.map(({ part, at }) => `${part}: ${at}`);
};

function entries(dir: string): AuditEntry[] {
  const db = raw(dir);
  try {
    return db.prepare('SELECT * FROM audit ORDER BY n').all() as AuditEntry[];
  } finally {
    db.close();
  }
}

describe('the chain', () => {
  it('holds, each entry over the one before, and the head over the last', async () => {
    const on = await six();
    expect(await faults(on)).toEqual([]);
    const chain = entries(on.dir);
    expect(chain.map(({ n }) => n)).toEqual([1, 2, 3, 4, 5, 6]);
    chain.forEach((entry, at) => {
      expect(entry.previous).toBe(chain[at - 1]?.hash ?? '0'.repeat(64));
      expect(hashOf(entry)).toBe(entry.hash);
    });
    const { head, rows } = await on.call('audit.list', {});
    expect(head).toEqual({ n: 6, hash: chain[5]!.hash });
    expect(rows.map(({ n }) => n)).toEqual([6, 5, 4, 3, 2, 1]);
    expect(rows[0]).toMatchObject({
      at: '2026-11-24T01:06:00.000Z',
      what: 'unmasked',
      person: null,
      via: 'commandLine',
      subject: { entity: 'store', record: recordId(6) },
      title: '상점 6',
      why: null,
    });
  });

  const fresh = (n: number, what: string): string =>
    `UPDATE audit SET hash = '${'0'.repeat(63)}1', what = '${what}' WHERE n = ${n}`;
  it.each([
    ['altered', "UPDATE audit SET why = 'x' WHERE n = 3", ['3 altered']],
    ['given another time', "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE n = 1", ['1 altered']],
    ['altered at the end', "UPDATE audit SET person = NULL, name = 'x' WHERE n = 6", ['6 altered']],
    ['given a hash of its own', fresh(3, 'erased'), ['3 altered', '4 does not follow 3']],
    ['removed', 'DELETE FROM audit WHERE n = 3', ['3 missing']],
    ['removed, several', 'DELETE FROM audit WHERE n IN (3, 4)', ['3 to 4 missing']],
    ['removed at the beginning', 'DELETE FROM audit WHERE n <= 2', ['1 to 2 missing']],
    ['removed at the end', 'DELETE FROM audit WHERE n >= 5', ['5 to 6 missing at the end']],
    ['removed, all', 'DELETE FROM audit', ['1 to 6 missing at the end']],
    [
      'removed with the head',
      "DELETE FROM audit WHERE n = 6; DELETE FROM meta WHERE key = 'audit.head'",
      ['1 to 5 not counted'],
    ],
    [
      'reordered',
      'UPDATE audit SET n = -3 WHERE n = 3; UPDATE audit SET n = 3 WHERE n = 4; UPDATE audit SET n = 4 WHERE n = -3',
      ['3 does not follow 2', '3 altered', '4 does not follow 3', '4 altered', '5 does not follow 4'],
    ],
    [
      'removed and closed up',
      'DELETE FROM audit WHERE n = 3; UPDATE audit SET n = n - 1 WHERE n > 3',
      ['3 does not follow 2', '3 altered', '4 altered', '5 altered', '6 missing at the end'],
    ],
  ])('shows one that was %s', async (_says, sql, found) => {
    const on = await six();
    on.close();
    tamper(on.dir, sql);
    const again = laptop('시장', { dir: on.dir, fresh: false });
    expect(await faults(again)).toEqual(found.map((at) => `audit: ${at}`));
    // The list can be read all the same, and the rest of the store is as it was.
    expect((await again.call('audit.list', {})).total).toBeLessThanOrEqual(6);
  });

  it('shows one that was written anew, hash and all, by the entry after it', async () => {
    const on = await six();
    on.close();
    const [, , third] = entries(on.dir);
    const forged = { ...third!, why: '허락받음' };
    tamper(on.dir, `UPDATE audit SET why = '허락받음', hash = '${hashOf(forged)}' WHERE n = 3`);
    const again = laptop('시장', { dir: on.dir, fresh: false });
    expect(await faults(again)).toEqual(['audit: 4 does not follow 3']);
  });

  it('shows the last one written anew by the head', async () => {
    const on = await six();
    on.close();
    const last = entries(on.dir).at(-1)!;
    tamper(on.dir, `UPDATE audit SET why = 'x', hash = '${hashOf({ ...last, why: 'x' })}' WHERE n = 6`);
    const again = laptop('시장', { dir: on.dir, fresh: false });
    expect(await faults(again)).toEqual(['audit: 6 is not what was written last']);
  });

  it('is only added to by the program itself', async () => {
    const on = await six();
    on.close();
    const db = raw(on.dir);
    expect(() => db.exec("UPDATE audit SET why = 'x'")).toThrow('only added to');
    expect(() => db.exec('DELETE FROM audit WHERE n = 1')).toThrow('no seal covers');
    db.close();
  });
});

describe('what was kept long enough', () => {
  const DAY = 86_400_000;

  it('goes on opening, under a seal that keeps the chain whole', async () => {
    const on = await six();
    const hashes = entries(on.dir).map(({ hash }) => hash);
    on.close();
    const open = (now: number): TestLaptop => makeLaptop('시장', { dir: on.dir, fresh: false, now });
    // Two years less a minute after the first: nothing is old enough.
    const early = open(on.clock.now + 730 * DAY - 6 * 60_000);
    expect((await early.call('audit.list', {})).total).toBe(6);
    early.close();
    // Between the third and the fourth.
    const later = open(on.clock.now + 730 * DAY - 2.5 * 60_000);
    const { rows } = await later.call('audit.list', {});
    expect(rows.map(({ n, what }) => `${n} ${what}`)).toEqual([
      '7 sealed',
      '6 unmasked',
      '5 unmasked',
      '4 unmasked',
    ]);
    expect(rows[0]!.subject).toEqual({ from: 1, upTo: 3, count: 3, hash: hashes[2] });
    expect(await faults(later)).toEqual([]);
    later.close();
    // All of it, the first seal included; nothing is sealed twice.
    const last = open(on.clock.now + 1470 * DAY);
    expect((await last.call('audit.list', {})).rows.map(({ n, what }) => `${n} ${what}`)).toEqual([
      '8 sealed',
    ]);
    expect(await faults(last)).toEqual([]);
    last.close();
    const same = open(on.clock.now + 1470 * DAY);
    expect((await same.call('audit.list', {})).total).toBe(1);
    same.close();
  });

  it('and one entry more that goes is seen', async () => {
    const on = await six();
    on.close();
    makeLaptop('시장', { dir: on.dir, fresh: false, now: on.clock.now + 730 * DAY - 150_000 }).close();
    tamper(on.dir, 'DELETE FROM audit WHERE n = 4');
    const again = laptop('시장', { dir: on.dir, fresh: false });
    expect(await faults(again)).toEqual(['audit: 1 to 4 missing']);
  });
});

it('is of this laptop alone: in no dump and in no file', async () => {
  const on = await six();
  const before = on.dump();
  const bytes = await on.exported();
  await on.call('records.get', { entity: 'store', id: recordId(2) });
  expect(on.dump()).toBe(before);
  expect(before).not.toContain('unmasked');
  const other = laptop('사무실', { dir: scratchDir() });
  await other.take('시장.dangol', bytes);
  expect((await other.call('audit.list', {})).rows.map(({ what }) => what)).toEqual(['imported']);
});

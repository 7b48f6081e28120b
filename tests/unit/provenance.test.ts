import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/merge/canonical.ts';
import type { Change } from '#shared/merge/change.ts';
import { tracesOf } from '#shared/merge/provenance.ts';

const RECORD = '0190aaaa-0000-7000-8000-000000000001';

/** A change of one field; its number is its place in time. */
function wrote(n: number, value: Json, ...prior: number[]): Change {
  return changed(n, { phone: value }, prior.length > 0 ? { phone: prior } : {});
}

function changed(n: number, set: Record<string, Json>, prior: Record<string, number[]> = {}): Change {
  const named = Object.entries(prior).map(([field, list]) => [field, list.map(idOf)]);
  return { id: idOf(n), entity: 'store', record: RECORD, set, prior: Object.fromEntries(named) };
}

const erased = (n: number, field: string): Change => ({
  id: idOf(n),
  entity: 'store',
  record: RECORD,
  erase: [field],
});

const idOf = (n: number): string => `${String(n).padStart(12, '0')}-0000-00000000000000aa`;
const numberOf = (id: string): number => Number(id.slice(0, 12));

/** Number, value and fate of each, as they come; the same in any order of the changes. */
function told(changes: readonly Change[]): [number, Json, string][] {
  const rows = tracesOf(changes).map(({ change, value, fate }): [number, Json, string] => [
    numberOf(change.id),
    value,
    fate,
  ]);
  expect(tracesOf(changes.toReversed())).toEqual(tracesOf(changes));
  return rows;
}

describe('what became of a value', () => {
  it('who saw it wrote another: it is replaced, and the new one names it', () => {
    const changes = [wrote(1, 'a'), wrote(2, 'b', 1)];
    expect(told(changes)).toEqual([
      [2, 'b', 'shown'],
      [1, 'a', 'replaced'],
    ]);
    expect(tracesOf(changes)[0]!.replaced).toEqual([{ change: idOf(1), value: 'a', erased: false }]);
    expect(tracesOf(changes)[1]!.replaced).toEqual([]);
  });

  it('two that did not see each other: the later one is shown, both are in dispute', () => {
    const changes = [wrote(1, 'a'), wrote(2, 'b', 1), wrote(3, 'c', 1)];
    expect(told(changes)).toEqual([
      [3, 'c', 'shown'],
      [2, 'b', 'waiting'],
      [1, 'a', 'replaced'],
    ]);
    expect(tracesOf(changes).map(({ disputed }) => disputed)).toEqual([true, true, false]);
  });

  it('two equal ones are both shown, and nothing is in dispute', () => {
    const changes = [wrote(1, 'a'), wrote(2, 'a')];
    expect(told(changes)).toEqual([
      [2, 'a', 'shown'],
      [1, 'a', 'shown'],
    ]);
    expect(tracesOf(changes).some(({ disputed }) => disputed)).toBe(false);
  });

  it('settled against it: it lost; the one that was chosen did not', () => {
    const changes = [wrote(1, 'a'), wrote(2, 'b'), wrote(3, 'a', 1, 2)];
    expect(told(changes)).toEqual([
      [3, 'a', 'shown'],
      [2, 'b', 'lost'],
      [1, 'a', 'replaced'],
    ]);
    expect(tracesOf(changes)[0]!.replaced.map(({ value }) => value)).toEqual(['a', 'b']);
  });

  it('settled with a third value: both lost, and stay so when that one is replaced', () => {
    const changes = [wrote(1, 'a'), wrote(2, 'b'), wrote(3, 'c', 1, 2), wrote(4, 'd', 3)];
    expect(told(changes).map(([n, , fate]) => `${n} ${fate}`)).toEqual([
      '4 shown',
      '3 replaced',
      '2 lost',
      '1 lost',
    ]);
  });

  it('erased: no value, and the moment of the erasure is told; a value after a new consent stands', () => {
    const changes = [wrote(1, 'a'), erased(2, 'phone'), wrote(3, 'b', 1, 2)];
    const traces = tracesOf(changes);
    expect(
      traces.map(({ change, kind, value, erased: gone }) => [numberOf(change.id), kind, value, gone]),
    ).toEqual([
      [3, 'set', 'b', false],
      [2, 'erase', null, true],
      [1, 'set', null, true],
    ]);
    expect(traces[0]!.replaced).toEqual([{ change: idOf(1), value: null, erased: true }]);
  });

  it('deleted while another edited: the deletion and just that edit are in dispute', () => {
    const changes = [
      changed(1, { name: 'a', phone: '1' }),
      changed(2, { deleted: true }, { name: [1], phone: [1] }),
      changed(3, { phone: '2' }, { phone: [1] }),
    ];
    const disputed = (list: readonly Change[]) =>
      tracesOf(list)
        .filter((trace) => trace.disputed)
        .map(({ change, field }) => `${numberOf(change.id)} ${field}`);
    expect(disputed(changes)).toEqual(['3 phone', '2 deleted']);
    const settled = changed(4, { deleted: false }, { name: [1], phone: [3], deleted: [2] });
    expect(disputed([...changes, settled])).toEqual([]);
  });

  it('of one field alone, when one is asked for', () => {
    const changes = [changed(1, { name: 'a', phone: '1' }), erased(2, 'phone')];
    expect(tracesOf(changes, 'phone').map(({ field }) => field)).toEqual(['phone', 'phone']);
    expect(tracesOf(changes, 'name').map(({ kind }) => kind)).toEqual(['set']);
  });
});

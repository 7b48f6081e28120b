import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Change } from '#shared/merge/change.ts';
import { changeId, tick, type Clock } from '#shared/merge/clock.ts';
import { project, headsOf } from '#shared/merge/register.ts';
import { dumpLine } from '#main/store/dump.ts';
import { naiveHeads, naiveLine } from '#tests/support/naive-merge.ts';

const ENTITY = 'store';
const RECORD = '0190aaaa-0000-7000-8000-000000000001';
const FIELDS = ['name', 'phone', 'deleted'];
const LAPTOPS = ['aaaaaaaaaaaaaaaa', 'bbbbbbbbbbbbbbbb', 'cccccccccccccccc'];

/** A history of one record in which anyone may name anything as seen, wisely or not. */
const history = fc
  .array(
    fc.record({
      laptop: fc.constantFrom(...LAPTOPS),
      wait: fc.integer({ min: 0, max: 2 }),
      kind: fc.constantFrom('edit', 'edit', 'edit', 'delete', 'restore', 'erase'),
      field: fc.constantFrom('name', 'phone'),
      value: fc.constantFrom(null, '가', '나', '다'),
      seen: fc.array(fc.nat(20), { maxLength: 6 }),
      seenOf: fc.array(fc.constantFrom(...FIELDS), { maxLength: 6 }),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) => {
    let clock: Clock = { ms: 1_700_000_000_000, counter: 0 };
    const ids = steps.map(({ laptop, wait }) => {
      clock = tick(clock, clock.ms + wait);
      return changeId(clock, laptop);
    });
    return steps.map((step, i): Change => {
      const prior: Record<string, string[]> = {};
      step.seen.forEach((n, j) => {
        const field = step.seenOf[j % Math.max(1, step.seenOf.length)] ?? step.field;
        (prior[field] ??= []).push(ids[n % ids.length]!);
      });
      const base = { id: ids[i]!, author: null, entity: ENTITY, record: RECORD, prior };
      if (step.kind === 'erase') return { ...base, erase: [step.field] };
      if (step.kind === 'edit') return { ...base, set: { [step.field]: step.value } };
      return { ...base, set: { deleted: step.kind === 'delete' } };
    });
  });

const lineOf = (changes: readonly Change[]): string => dumpLine(ENTITY, RECORD, project(changes));

describe('the merge as a function of a set', () => {
  it('is what the naive rules say, whatever the changes name as prior', () => {
    fc.assert(
      fc.property(history, (changes) => {
        expect(lineOf(changes)).toBe(naiveLine(ENTITY, RECORD, changes));
        for (const field of FIELDS) {
          const heads =
            headsOf(changes)
              .get(field)
              ?.map(({ change }) => change.id) ?? [];
          expect(heads).toEqual(
            naiveHeads(changes, field)
              .map(({ id }) => id)
              .sort(),
          );
        }
      }),
      { seed: 1, numRuns: 3000 },
    );
  });

  it('does not depend on order', () => {
    fc.assert(
      fc.property(
        history.chain((changes) =>
          fc.tuple(fc.constant(changes), fc.shuffledSubarray(changes, { minLength: changes.length })),
        ),
        ([changes, shuffled]) => {
          expect(lineOf(shuffled)).toBe(lineOf(changes));
        },
      ),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('finds no conflict where all heads have the same value', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('가', '나'), (changes, value) => {
        const same = changes.map((change) =>
          change.set?.['name'] === undefined ? change : { ...change, set: { name: value } },
        );
        expect(project(same.filter((change) => !change.erase)).conflicts['name']).toBeUndefined();
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it('keeps no conflict after a change that names all heads', () => {
    fc.assert(
      fc.property(history, (changes) => {
        const heads = headsOf(changes).get('name') ?? [];
        const clock: Clock = { ms: 1_800_000_000_000, counter: 0 };
        const settling: Change = {
          id: changeId(clock, LAPTOPS[0]!),
          entity: ENTITY,
          record: RECORD,
          set: { name: '정한 값' },
          prior: {
            name: [
              ...heads.map(({ change }) => change.id),
              ...changes.filter(({ erase }) => erase).map(({ id }) => id),
            ],
          },
        };
        const state = project([...changes, settling]);
        expect(state.fields['name']).toBe('정한 값');
        expect(state.conflicts['name']).toBeUndefined();
      }),
      { seed: 4, numRuns: 1000 },
    );
  });
});

import { expect, test } from 'vitest';
import type { LaptopRow, LateTrainer } from '#shared/contract/laptops.ts';
import { askedOf, lateLines, spanOf } from '../../src-renderer/features/laptops/laptop-view.ts';

const HOUR = 3_600_000;

test.each([
  [25 * HOUR, { unit: 'hours', n: 25 }],
  [47.9 * HOUR, { unit: 'hours', n: 47 }],
  [48 * HOUR, { unit: 'days', n: 2 }],
  [366 * 24 * HOUR - 1, { unit: 'days', n: 365 }],
])('a clock that is %d ms ahead is told in whole units', (ms, span) => {
  expect(spanOf(ms)).toEqual(span);
});

test.each([
  ['waiting', 1, 'waiting'],
  ['unknown', 2, 'unknown'],
  ['confirmed', 1, null],
  // Nothing of it is in: there is nothing to decide.
  ['waiting', 0, null],
  ['unknown', 0, null],
] as const)('a key that is %s, with %d files in, asks %s', (verdict, files, asked) => {
  expect(askedOf({ key: { verdict }, files } as LaptopRow)).toBe(asked);
});

test('a session of two trainers stands under both, under keys that differ', () => {
  const session = { id: 's' } as LateTrainer['sessions'][number];
  const trainer = (id: string | null): LateTrainer => ({
    trainer: id === null ? null : { id, name: id },
    laptops: [],
    sessions: [session],
  });
  const keys = lateLines([trainer('a'), trainer('b'), trainer(null)]).map(({ key }) => key);
  expect(keys).toEqual(['trainer a', 'a s', 'trainer b', 'b s', 'trainer ', ' s']);
});

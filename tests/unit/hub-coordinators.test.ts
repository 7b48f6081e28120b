import { expect, test } from 'vitest';
import { fingerprintOf } from '#main/exchange/keys.ts';
import { coordinatorsOf } from '#main/hub/roster.ts';

const key = (n: number): string => Buffer.alloc(32, n).toString('base64');
const office = { id: '1'.repeat(16), name: '사무실', publicKey: key(1) };
const late = { id: '2'.repeat(16), name: '망원 1호', publicKey: key(2) };
const row = ({ publicKey }: typeof office, name: string): { name: string; publicKey: string } => ({
  name,
  publicKey,
});

test.each([
  ['nobody', [], [row(office, '사무실')], []],
  ['one who never pushed', [late], [], [{ name: '망원 1호', pushed: false }]],
  [
    'in the order in which they were named, and as the founder calls them',
    [late, office],
    [row(office, '본부'), row(late, '')],
    [
      { name: '망원 1호', pushed: true },
      { name: '사무실', pushed: true },
    ],
  ],
  // The same laptop with another key is not whom the founder named.
  [
    'one of another key',
    [late],
    [row({ ...late, publicKey: key(3) }, '누구')],
    [{ name: '망원 1호', pushed: false }],
  ],
] as const)('who coordinates: %s', (_what, coordinators, laptops, expected) => {
  const found = coordinatorsOf({ coordinators: [...coordinators] }, laptops);
  expect(found).toEqual(
    expected.map((one, i) => ({
      ...one,
      id: coordinators[i]!.id,
      fingerprint: fingerprintOf(coordinators[i]!.publicKey),
    })),
  );
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LONGEST_NAME, nameFor } from '#main/outbox/name.ts';

const SHA = '1a2b3c4d5e6f'.padEnd(64, '0');

it.each([
  ['단골수첩 보고서 2026-11-26', '단골수첩-보고서-2026-11-26-1a2b3c4d5e6f.xlsx'],
  ['망원 1호 / 방문: "오전" <2>', '망원-1호-방문-오전-2-1a2b3c4d5e6f.xlsx'],
  ['CON', 'CON-1a2b3c4d5e6f.xlsx'],
  ['con.txt', 'con-txt-1a2b3c4d5e6f.xlsx'],
  ['~$_vti_../..', 'vti-1a2b3c4d5e6f.xlsx'],
  ['', '단골수첩-1a2b3c4d5e6f.xlsx'],
  ['🎉🎉', '단골수첩-1a2b3c4d5e6f.xlsx'],
  ['망원'.normalize('NFD'), '망원-1a2b3c4d5e6f.xlsx'],
])('%s is sent as %s', (what, name) => {
  expect(nameFor(what, SHA, 'xlsx')).toBe(name);
});

it('any title makes a name that every destination takes, with its hash whole', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (what) => {
      const name = nameFor(what, SHA, 'dangol');
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(LONGEST_NAME);
      expect(name).toBe(name.normalize('NFC'));
      expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{N}-]*-1a2b3c4d5e6f\.dangol$/u);
    }),
    { seed: 20261126, numRuns: 2000 },
  );
});

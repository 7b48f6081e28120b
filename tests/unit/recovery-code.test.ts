import { describe, expect, it } from 'vitest';
import { normalised } from '#main/vault/passphrase.ts';
import { bytesOf, CODE_BYTES, codeOf } from '#main/vault/recovery-code.ts';
import { seeded } from '#tests/support/random.ts';

const random = seeded(26);
const some = Array.from({ length: 50 }, () => random.bytes(CODE_BYTES));

describe('a recovery code', () => {
  it('gives its bytes back, in any writing', () => {
    for (const bytes of [...some, new Uint8Array(CODE_BYTES), new Uint8Array(CODE_BYTES).fill(255)]) {
      const code = codeOf(bytes);
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
      const wide = [...code]
        .map((c) => (c === '-' ? '—' : String.fromCharCode(c.charCodeAt(0) + 0xfee0)))
        .join('');
      const lookalikes = code.replaceAll('0', 'o').replaceAll('1', 'l');
      for (const typed of [
        code,
        code.toLowerCase(),
        code.replaceAll('-', ''),
        ` ${code}\n`,
        wide,
        lookalikes,
      ]) {
        expect(bytesOf(typed)).toEqual(bytes);
      }
    }
  });

  it('with any one letter mistyped, or two neighbours exchanged, says so', () => {
    let passed = 0;
    let tried = 0;
    for (const bytes of some.slice(0, 10)) {
      const letters = codeOf(bytes).replaceAll('-', '');
      for (let at = 0; at < letters.length; at += 1) {
        const other = letters[at] === 'Z' ? 'Y' : 'Z';
        const wrong = [`${letters.slice(0, at)}${other}${letters.slice(at + 1)}`];
        const [a, b] = [letters[at], letters[at + 1]];
        if (b !== undefined && a !== b) wrong.push(`${letters.slice(0, at)}${b}${a}${letters.slice(at + 2)}`);
        tried += wrong.length;
        passed += wrong.filter((typed) => bytesOf(typed) !== 'mistyped').length;
      }
    }
    expect(tried).toBeGreaterThan(600);
    expect(passed).toBe(0);
  });

  it.each(['', '망원시장 앞 파란 우산', 'seven lamps by the harbour', 'ABCD-EFGH', '가'.repeat(36)])(
    'is not "%s"',
    (text) => expect(bytesOf(text)).toBeNull(),
  );

  it('with a U, which it never has, is mistyped', () => {
    expect(bytesOf(`U${codeOf(some[0]!).slice(1)}`)).toBe('mistyped');
  });
});

describe('a passphrase', () => {
  it.each([
    ['composed and in pieces', '한글'.normalize('NFD'), '한글'],
    ['with spaces at its ends', '\t파란 우산 ', '파란 우산'],
    ['with capitals, which count', 'Umbrella', 'Umbrella'],
    ['with spaces within, which count', 'a  b', 'a  b'],
  ])('%s', (_what, typed, used) => {
    expect(normalised(typed)).toBe(used);
  });
});

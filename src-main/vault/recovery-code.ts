import { createHash } from 'node:crypto';

/** Crockford's base32: no I, L, O, U, so that nobody mistakes a digit for a letter or reads a word. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 160 bits: nobody tries them all, so that no slow hash is needed. */
export const CODE_BYTES = 20;
const DATA = (CODE_BYTES * 8) / 5;
const CHECK = 4;
const GROUP = 4;

/** The code for 20 random bytes: nine groups of four, the last of which is a checksum of the others. */
export function codeOf(bytes: Uint8Array): string {
  const letters = toBase32(bytes) + checkOf(bytes);
  return letters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-');
}

/**
 * The bytes of a code as a person typed it: in any case, with dashes, spaces or none, O for 0, I and L for 1. `mistyped`
 * when it has the form of a code and another checksum, null when it is something else.
 */
export function bytesOf(typed: string): Uint8Array | 'mistyped' | null {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (letters.length !== DATA + CHECK) return null;
  if ([...letters].some((letter) => !ALPHABET.includes(letter)))
    return /^[0-9A-Z]+$/.test(letters) ? 'mistyped' : null;
  const bytes = fromBase32(letters.slice(0, DATA));
  return checkOf(bytes) === letters.slice(DATA) ? bytes : 'mistyped';
}

/** 20 bits of a hash: one wrong letter in a million passes. */
function checkOf(bytes: Uint8Array): string {
  const digest = createHash('sha256').update('dangol-recovery-code-v1\n').update(bytes).digest();
  return toBase32(digest).slice(0, CHECK);
}

function toBase32(bytes: Uint8Array): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

function fromBase32(letters: string): Uint8Array {
  const bits = [...letters].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g)!, (eight) => Number.parseInt(eight, 2));
}

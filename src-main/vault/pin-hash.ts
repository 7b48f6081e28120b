import { scryptSync, timingSafeEqual } from 'node:crypto';

/**
 * A PIN as it is stored: scrypt (RFC 7914) with its cost and salt. Some ten thousand PINs are soon tried by whoever
 * holds the opened store, at any cost; the hash keeps the digits themselves, which people use elsewhere too, out of it.
 */
interface PinHash {
  readonly n: number;
  readonly r: number;
  readonly p: number;
  readonly salt: string;
  readonly hash: string;
}

const COST = { n: 2 ** 15, r: 8, p: 1 };
const HASH_BYTES = 32;
export const SALT_BYTES = 16;

/** The text to store for a PIN; `salt` is random. */
export function hashPin(pin: string, salt: Uint8Array): string {
  const hash = derive(pin, Buffer.from(salt), COST);
  const stored: PinHash = {
    ...COST,
    salt: Buffer.from(salt).toString('base64'),
    hash: hash.toString('base64'),
  };
  return JSON.stringify(stored);
}

export function isPin(pin: string, stored: string): boolean {
  const { salt, hash, ...cost } = JSON.parse(stored) as PinHash;
  const expected = Buffer.from(hash, 'base64');
  const given = derive(pin, Buffer.from(salt, 'base64'), cost);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function derive(pin: string, salt: Buffer, { n, r, p }: { n: number; r: number; p: number }): Buffer {
  return scryptSync(pin, salt, HASH_BYTES, { N: n, r, p, maxmem: 256 * n * r });
}

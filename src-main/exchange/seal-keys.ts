import { ed25519 } from '@noble/curves/ed25519.js';
import { bech32 } from '@scure/base';

/**
 * A laptop has one key pair, the Ed25519 one that signs its files. What a file is sealed for is the X25519 pair that
 * follows from it by the birational map between the two curves (RFC 7748, 4.1), as age does for an ssh-ed25519 key; why one
 * pair may serve both: docs/decisions/0025-sealed-files.md.
 */

/**
 * The public half as age writes it (`age1…`), from the raw 32 bytes in base64. Null where nothing can be sealed for the
 * key: it is no 32 bytes, no point of the curve, or one of those few with which every secret would be the same.
 */
export function ageRecipientOf(publicKey: string): string | null {
  const raw = Buffer.from(publicKey, 'base64');
  if (raw.length !== 32) return null;
  try {
    if (ed25519.Point.fromBytes(raw).isSmallOrder()) return null;
    return bech32.encodeFromBytes('age', ed25519.utils.toMontgomery(raw));
  } catch {
    return null;
  }
}

/** The private half as age writes it (`AGE-SECRET-KEY-1…`), from the 32-byte seed in base64. */
export function ageIdentityOf(privateKey: string): string {
  const secret = ed25519.utils.toMontgomerySecret(Buffer.from(privateKey, 'base64'));
  return bech32.encodeFromBytes('AGE-SECRET-KEY-', secret).toUpperCase();
}

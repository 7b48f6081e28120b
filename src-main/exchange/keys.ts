import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

/** Ed25519 (RFC 8032) with raw 32-byte keys in base64, as the manifest carries them. */
export interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** PKCS #8 of an Ed25519 private key is this prefix and the 32-byte seed (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
/** SubjectPublicKeyInfo likewise. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * What a signature is for stands before what is signed, so that no signature serves for anything else: the manifest of a
 * file, that of a parcel in a hub, and a hub's own word of who coordinates.
 */
export const SIGNED = {
  file: 'dangol-manifest-v1\n',
  parcel: 'dangol-parcel-v1\n',
  roster: 'dangol-roster-v1\n',
} as const;

type Signed = (typeof SIGNED)[keyof typeof SIGNED];

/** The key pair of a 32-byte seed. */
export function keyPairFrom(seed: Uint8Array): KeyPair {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(SPKI_PREFIX.length).toString('base64'),
    privateKey: Buffer.from(seed).toString('base64'),
  };
}

/** The base64 signature over the context, such as `dangol-manifest-v1` and a line feed, and the exact bytes. */
export function signManifest(
  manifest: Uint8Array,
  privateKey: string,
  context: Signed = SIGNED.file,
): string {
  const key = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, Buffer.from(privateKey, 'base64')]),
    format: 'der',
    type: 'pkcs8',
  });
  return sign(null, Buffer.concat([Buffer.from(context), manifest]), key).toString('base64');
}

/** False for a wrong signature and for anything that is no signature or no key. */
export function isSignedBy(
  manifest: Uint8Array,
  signature: string,
  publicKey: string,
  context: Signed = SIGNED.file,
): boolean {
  const raw = bytesOf(publicKey);
  const bytes = bytesOf(signature.trim());
  if (raw?.length !== 32 || bytes?.length !== 64) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
    return verify(null, Buffer.concat([Buffer.from(context), manifest]), key, bytes);
  } catch {
    return false;
  }
}

/** Null unless the text is just what these bytes are in base64: Node's own decoder skips what it does not know. */
function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : null;
}

/** What two people compare by telephone: SHA-256 of the raw key, the first 16 bytes, in groups of four hex digits. */
export function fingerprintOf(publicKey: string): string {
  const hex = createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 32);
  return hex.match(/.{4}/g)!.join(' ');
}

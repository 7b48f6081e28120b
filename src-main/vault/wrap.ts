import { createCipheriv, createDecipheriv, createHash, hkdfSync, scryptSync } from 'node:crypto';
import { CODE_BYTES } from './recovery-code.ts';
import { normalised } from './passphrase.ts';
import type { KeyringSlot, PassphraseSlot, RecoverySlot, Sealed, Slot } from './vault-file.ts';

type Random = (bytes: number) => Uint8Array;

/**
 * scrypt (RFC 7914) at 128 MB, as OWASP's password storage sheet recommends it: measured in docs/vault.md. Argon2id would
 * be as good, but Electron's crypto has none.
 */
const COST = { n: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** What the keyring keeps is this long. */
export const KEYRING_SECRET_BYTES = 32;

/** Tells keys apart without giving anything of them away: 128 bits of a hash over 256 random ones. */
export function nameOfKey(key: Uint8Array): string {
  return createHash('sha256').update('dangol-vault-key-v1\n').update(key).digest('hex').slice(0, 32);
}

export function passphraseSlot(key: Uint8Array, passphrase: string, random: Random): PassphraseSlot {
  const salt = random(SALT_BYTES);
  const slot = { kind: 'passphrase' as const, ...COST, salt: base64(salt) };
  return { ...slot, ...seal(key, slowly(passphrase, slot), slot.kind, random) };
}

export function recoverySlot(key: Uint8Array, code: Uint8Array, random: Random): RecoverySlot {
  if (code.byteLength !== CODE_BYTES) throw new TypeError('not the bytes of a recovery code');
  const slot = { kind: 'recovery' as const, salt: base64(random(SALT_BYTES)) };
  return { ...slot, ...seal(key, quickly(code, slot), slot.kind, random) };
}

/** `box` is what the keyring made of `secret`: only it can take the secret out again. */
export function keyringSlot(key: Uint8Array, secret: Uint8Array, box: string, random: Random): KeyringSlot {
  if (secret.byteLength !== KEYRING_SECRET_BYTES) throw new TypeError('not the secret of a keyring');
  const slot = { kind: 'keyring' as const, box, salt: base64(random(SALT_BYTES)) };
  return { ...slot, ...seal(key, quickly(secret, slot), slot.kind, random) };
}

/** The key in a slot, or null when the secret is another: a passphrase is text, the others are bytes. */
export function openSlot(slot: Slot, name: string, secret: string | Uint8Array): Uint8Array | null {
  const wrapping =
    slot.kind === 'passphrase' ? slowly(secret as string, slot) : quickly(secret as Uint8Array, slot);
  const bytes = Buffer.from(slot.wrapped, 'base64');
  const opener = createDecipheriv('aes-256-gcm', wrapping, Buffer.from(slot.nonce, 'base64'), {
    authTagLength: TAG_BYTES,
  });
  opener.setAAD(about(slot.kind, name));
  opener.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const key = Buffer.concat([opener.update(bytes.subarray(0, -TAG_BYTES)), opener.final()]);
    return nameOfKey(key) === name ? key : null;
  } catch {
    // The tag does not fit: nothing else can go wrong here.
    return null;
  }
}

function seal(key: Uint8Array, wrapping: Buffer, kind: Slot['kind'], random: Random): Sealed {
  const nonce = random(NONCE_BYTES);
  const sealer = createCipheriv('aes-256-gcm', wrapping, nonce, { authTagLength: TAG_BYTES });
  sealer.setAAD(about(kind, nameOfKey(key)));
  const wrapped = Buffer.concat([sealer.update(key), sealer.final(), sealer.getAuthTag()]);
  return { nonce: base64(nonce), wrapped: base64(wrapped) };
}

/** A wrap stands for its kind and its key, and cannot be put in another's place. */
function about(kind: Slot['kind'], name: string): Buffer {
  return Buffer.from(`dangol-vault-v1\n${kind}\n${name}`);
}

/** What a person thought of is guessed by trying: each try costs memory and time. */
function slowly(passphrase: string, { n, r, p, salt }: typeof COST & { salt: string }): Buffer {
  const bytes = Buffer.from(normalised(passphrase), 'utf8');
  return scryptSync(bytes, Buffer.from(salt, 'base64'), KEY_BYTES, { N: n, r, p, maxmem: 256 * n * r });
}

/** What was drawn at random cannot be guessed, and needs no cost. */
function quickly(secret: Uint8Array, { kind, salt }: { kind: string; salt: string }): Buffer {
  const info = Buffer.from(`dangol-vault-v1\n${kind}`);
  return Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt, 'base64'), info, KEY_BYTES));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Refusal } from '#shared/contract/errors.ts';
import type { VaultWay } from '#shared/contract/vault.ts';
import { readFileWhole, writeFileAtomic } from '../files/atomic.ts';

/** The store's key, wrapped; it lies beside the store. */
export const VAULT_FILE = 'vault.json';
export const MAX_VAULT = 64 * 1024;

/** What a slot holds of the key: AES-256-GCM, the tag behind it. All bytes are base64. */
const sealed = { nonce: z.base64().length(16), wrapped: z.base64().length(64) };
const salt = z.base64().max(64);

/** The costs are bounded: a file from elsewhere must not take all memory. */
const passphrase = z.strictObject({
  kind: z.literal('passphrase'),
  n: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.int().min(1).max(16),
  p: z.int().min(1).max(8),
  salt,
  ...sealed,
});
const recovery = z.strictObject({ kind: z.literal('recovery'), salt, ...sealed });
const keyring = z.strictObject({ kind: z.literal('keyring'), box: z.base64().max(8192), salt, ...sealed });
const slot = z.discriminatedUnion('kind', [passphrase, recovery, keyring]);

const vaultFile = z.strictObject({
  format: z.literal('dangol-vault'),
  version: z.literal(1),
  /** Which key it is. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  slots: z.array(slot).min(1).max(3),
});

export type Vault = z.output<typeof vaultFile>;
export type Slot = z.output<typeof slot>;
export type PassphraseSlot = z.output<typeof passphrase>;
export type RecoverySlot = z.output<typeof recovery>;
export type KeyringSlot = z.output<typeof keyring>;
export type Sealed = Pick<Slot, 'nonce' | 'wrapped'>;

/** The vault of a folder; null where the key lies in a plain file or there is nothing. VAULT_UNREADABLE. */
export function readVault(dir: string): Vault | null {
  const file = path.join(dir, VAULT_FILE);
  if (!fs.existsSync(file)) return null;
  return vaultFrom(readFileWhole(file, MAX_VAULT), file);
}

/** A vault from bytes that lay in `file`; refuses with VAULT_UNREADABLE. */
export function vaultFrom(bytes: Uint8Array, file: string): Vault {
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    throw new Refusal('VAULT_UNREADABLE', { file, reason: 'JSON' }, error);
  }
  const parsed = vaultFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const at = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new Refusal('VAULT_UNREADABLE', { file, reason: at || 'format' });
}

export function vaultBytes(vault: Vault): Buffer {
  return Buffer.from(`${JSON.stringify(vault, null, 1)}\n`);
}

/** The old vault or the new one stands there at any instant. */
export function writeVault(dir: string, vault: Vault): void {
  writeFileAtomic(path.join(dir, VAULT_FILE), vaultBytes(vault), 0o600);
}

export function slotOf<W extends VaultWay>(vault: Vault, way: W): Extract<Slot, { kind: W }> | undefined {
  return vault.slots.find(({ kind }) => kind === way) as Extract<Slot, { kind: W }> | undefined;
}

export function withSlot(vault: Vault, fresh: Slot): Vault {
  return { ...vault, slots: [...vault.slots.filter(({ kind }) => kind !== fresh.kind), fresh] };
}

/** What of it is of use on another machine: all but the keyring. Null when that is nothing. */
export function portable(vault: Vault): Vault | null {
  const slots = vault.slots.filter(({ kind }) => kind !== 'keyring');
  return slots.length === 0 ? null : { ...vault, slots };
}

import type { Stanza } from 'age-encryption';
import { Refusal } from '#shared/contract/errors.ts';
import { LIMITS } from './format.ts';
import { fingerprintOf, type KeyPair } from './keys.ts';

/** Whoever opens a file. */
export interface Opener extends KeyPair {
  readonly id: string;
  readonly name: string;
}

/** The exchange file itself, whether it came sealed or not. */
export interface Opened {
  readonly bytes: Buffer;
  /** For how many laptops it was sealed, this one among them; 0 where it was not. */
  readonly recipients: number;
}

const AGE_V1 = 'age-encryption.org/v1';
const AGE_START = Buffer.from('age-encryption.org/');
/** age's other form, as text: it is known and not read. */
const ARMOR_START = Buffer.from('-----BEGIN AGE ENCRYPTED FILE-----');
/** Kinds of recipients that a key of ours may be among. */
const LAPTOP_KIND = 'X25519';
const PASSPHRASE_KIND = 'scrypt';

const LINE_FEED = 0x0a;
/** The nonce of the payload, and the tag of its last part, which is there even when the content is empty. */
const LEAST_PAYLOAD = 16 + 16;
const PIECE = 64 * 1024;
/** Their lines fit into the header that a reader takes. */
const MOST_KEYS = 500;

/** Whether the bytes are an age file, of whatever version; what is in it nobody can tell. */
export function isSealed(bytes: Uint8Array): boolean {
  return [AGE_START, ARMOR_START].some((start) => start.equals(bytes.subarray(0, start.length)));
}

/**
 * The bytes as an age file (age-encryption.org/v1) that each of these Ed25519 keys can open, and nobody else. The same
 * content sealed twice has other bytes: each file has a key of its own, and the library draws it. Refuses with
 * SEAL_TOO_LARGE what could not be opened again, and with SEAL_KEY_UNUSABLE a key that nothing can be sealed for.
 */
export async function seal(bytes: Uint8Array, publicKeys: readonly string[]): Promise<Buffer> {
  const keys = [...new Set(publicKeys)];
  if (keys.length === 0 || keys.length > MOST_KEYS) throw new Error(`sealed for ${keys.length}`);
  const { Encrypter, ageRecipientOf } = await sealing();
  const encrypter = new Encrypter();
  // In an order that says nothing of who is who.
  for (const key of keys.sort()) {
    const recipient = ageRecipientOf(key);
    if (recipient === null) throw new Refusal('SEAL_KEY_UNUSABLE', { fingerprint: fingerprintOf(key) });
    encrypter.addRecipient(recipient);
  }
  const sealed = await encrypter.encrypt(inPieces(bytes));
  const size = sealed.size(bytes.length);
  if (size > LIMITS.sealed) throw new Refusal('SEAL_TOO_LARGE', { bytes: size, limit: LIMITS.sealed });
  return gathered(sealed, size);
}

/**
 * What is inside a sealed file; one that is not sealed comes back as it is. Nothing of it is to be believed yet: who made it
 * says the signature inside. Refuses with
 * - FILE_SEALED_FOR_OTHERS: for laptops, and this is none of them;
 * - FILE_SEALED: by passphrase, for keys of another kind, by a newer age, or there is no laptop to open it;
 * - FILE_TOO_LARGE, FILE_CUT_SHORT, or FILE_NOT_ZIP where a byte is not as it was.
 */
export async function openSealed(file: string, bytes: Buffer, opener: Opener | null): Promise<Opened> {
  if (!isSealed(bytes)) return { bytes, recipients: 0 };
  if (bytes.length > LIMITS.sealed) {
    throw new Refusal('FILE_TOO_LARGE', { file, bytes: bytes.length, limit: LIMITS.sealed });
  }
  mustBeWhole(file, bytes);
  if (!opener) throw new Refusal('FILE_SEALED', { file, reason: 'no store, no key' });
  const { Decrypter, ageIdentityOf } = await sealing();
  const decrypter = new Decrypter();
  let stanzas: readonly Stanza[] = [];
  let isOurs = true;
  decrypter.addIdentity({ unwrapFileKey: (all) => ((stanzas = all), null) });
  decrypter.addIdentity(ageIdentityOf(opener.privateKey));
  // Asked last, when no other could open it.
  decrypter.addIdentity({ unwrapFileKey: () => ((isOurs = false), null) });
  try {
    const content = await decrypter.decrypt(inPieces(bytes));
    return { bytes: await gathered(content, content.size(bytes.length)), recipients: stanzas.length };
  } catch (error) {
    if (!isOurs) throw notForUs(file, stanzas, opener);
    throw new Refusal('FILE_NOT_ZIP', { file, reason: 'age' }, error);
  }
}

/**
 * The first line and the end of the header are where they belong, so that no header of 100 MB is read: each of its
 * recipients would be tried.
 */
function mustBeWhole(file: string, bytes: Buffer): void {
  const start = bytes.subarray(0, LIMITS.sealHeader);
  const lineEnd = start.indexOf(LINE_FEED);
  const version = start.toString('latin1', 0, lineEnd < 0 ? AGE_V1.length : Math.min(lineEnd, 100));
  if (lineEnd < 0 && AGE_V1.startsWith(version)) throw new Refusal('FILE_CUT_SHORT', { file });
  if (version !== AGE_V1) throw new Refusal('FILE_SEALED', { file, reason: version });
  const mac = start.indexOf('\n---');
  const headerEnd = mac < 0 ? -1 : start.indexOf(LINE_FEED, mac + 1);
  if (headerEnd < 0 && bytes.length > start.length) {
    throw new Refusal('FILE_NOT_ZIP', { file, reason: 'age: header' });
  }
  if (headerEnd < 0 || bytes.length < headerEnd + 1 + LEAST_PAYLOAD) {
    throw new Refusal('FILE_CUT_SHORT', { file });
  }
}

function notForUs(file: string, stanzas: readonly Stanza[], { id, name, publicKey }: Opener): Refusal {
  const kinds = new Set(stanzas.map(({ args }) => args[0]!));
  if (kinds.has(PASSPHRASE_KIND)) return new Refusal('FILE_SEALED', { file, reason: 'passphrase' });
  if (!kinds.has(LAPTOP_KIND)) {
    return new Refusal('FILE_SEALED', { file, reason: [...kinds].join(', ').slice(0, 100) });
  }
  return new Refusal('FILE_SEALED_FOR_OTHERS', {
    file,
    name: name || id,
    fingerprint: fingerprintOf(publicKey),
  });
}

/** Read in when it is needed: that takes 70 ms, and most commands need none of it. */
async function sealing() {
  const [age, keys] = await Promise.all([import('age-encryption'), import('./seal-keys.ts')]);
  return { ...age, ...keys };
}

/** As a stream of views: nothing is copied. */
function inPieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(bytes.subarray(at, (at += PIECE)));
      else controller.close();
    },
  });
}

/** All of a stream, whose length is known beforehand, in memory of just its size. */
async function gathered(stream: ReadableStream<Uint8Array>, size: number): Promise<Buffer> {
  const whole = Buffer.alloc(size);
  let at = 0;
  for await (const piece of stream) {
    whole.set(piece, at);
    at += piece.length;
  }
  if (at !== size) throw new Error(`${at} bytes where ${size} were to come`);
  return whole;
}

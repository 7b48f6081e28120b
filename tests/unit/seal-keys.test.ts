import { createHash, createPrivateKey, createPublicKey, diffieHellman } from 'node:crypto';
import { bech32 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { keyPairFrom } from '#main/exchange/keys.ts';
import { ageIdentityOf, ageRecipientOf } from '#main/exchange/seal-keys.ts';

const base64 = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');
const inside = (text: string | null): string =>
  Buffer.from(bech32.decodeToBytes(text!).bytes).toString('hex');

/** X25519 by Node, of a scalar and a point (RFC 7748). */
function x25519(scalar: Buffer, u: Buffer): Buffer {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b656e04220420', 'hex'), scalar]);
  const spki = Buffer.concat([Buffer.from('302a300506032b656e032100', 'hex'), u]);
  return diffieHellman({
    privateKey: createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }),
    publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }),
  });
}
const NINE = Buffer.concat([Buffer.from([9]), Buffer.alloc(31)]);

describe('the key that a file is sealed for', () => {
  it('of the base point of Ed25519 is the base point of X25519 (RFC 7748, 4.1)', () => {
    // y = 4/5, RFC 8032, 5.1.
    expect(inside(ageRecipientOf(base64(`58${'66'.repeat(31)}`)))).toBe(NINE.toString('hex'));
  });

  it('is what libsodium makes of its test key', () => {
    const seed = '421151a459faeade3d247115f94aedae42318124095afabe4d1451a559faedee';
    const { publicKey, privateKey } = keyPairFrom(Buffer.from(seed, 'hex'));
    expect(inside(ageRecipientOf(publicKey))).toBe(
      'f1814f0e8ff1043d8a44d25babff3cedcae6c22c3edaa48f857ae70de2baae50',
    );
    expect(inside(ageIdentityOf(privateKey))).toBe(
      '8052030376d47112be7f73ed7a019293dd12ad910b654455798b4667d73de166',
    );
  });

  it('belongs to the secret that follows from the same seed, whatever the seed', () => {
    for (let i = 0; i < 64; i += 1) {
      const { publicKey, privateKey } = keyPairFrom(createHash('sha256').update(`${i}`).digest());
      const secret = Buffer.from(inside(ageIdentityOf(privateKey)), 'hex');
      expect(x25519(secret, NINE).toString('hex')).toBe(inside(ageRecipientOf(publicKey)));
    }
  });

  it('is written as age writes it', () => {
    const { publicKey, privateKey } = keyPairFrom(Buffer.alloc(32, 7));
    expect(ageRecipientOf(publicKey)).toMatch(/^age1[02-9ac-hj-np-z]{58}$/);
    expect(ageIdentityOf(privateKey)).toMatch(/^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/);
  });

  it.each([
    ['is too short', base64('00'.repeat(31))],
    ['is no base64', '?'],
    ['is no point', base64(`02${'00'.repeat(31)}`)],
    ['is the neutral point', base64(`01${'00'.repeat(31)}`)],
    ['is of order 2', base64(`ec${'ff'.repeat(30)}7f`)],
    ['is of order 4', base64('00'.repeat(32))],
    ['is of order 8', base64('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')],
  ])('is none where the laptop’s %s', (_what, publicKey) => {
    expect(ageRecipientOf(publicKey)).toBeNull();
  });
});

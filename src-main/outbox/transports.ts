import type { Place } from '#shared/contract/outbox.ts';
import { openFolder } from './folder.ts';
import type { Transport } from './transport.ts';

/** The way to a destination; nothing is opened before its first call. `secret` is the password or the secret key. */
export type OpenTransport = (place: Place, secret: string | null) => Transport;

export const openTransport: OpenTransport = (place) => {
  if (place.kind === 'folder') return openFolder(place);
  throw new Error(`there is no way to ${place.kind} yet`);
};

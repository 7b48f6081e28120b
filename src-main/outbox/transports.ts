import type { Place } from '#shared/contract/outbox.ts';
import { openFolder } from './folder.ts';
import { openHub, type HubWay } from './hub.ts';
import type { Transport } from './transport.ts';

/** The way to a destination; nothing is opened before its first call. `secret` is the password or the secret key. */
export type OpenTransport = (place: Place, secret: string | null) => Transport;

/** What speaks to servers is loaded at the first call: mail alone takes longer to load than the rest of the core. */
export function transportsWith(hub: HubWay): OpenTransport {
  return (place, secret) =>
    place.kind === 'hub'
      ? openHub(place, secret, hub)
      : {
          send: async (parcel, signal) => (await wayTo(place, secret)).send(parcel, signal),
          test: async (signal) => (await wayTo(place, secret)).test(signal),
        };
}

async function wayTo(place: Exclude<Place, { kind: 'hub' }>, secret: string | null): Promise<Transport> {
  switch (place.kind) {
    case 'folder':
      return openFolder(place);
    case 'webdav':
      return (await import('./webdav.ts')).openWebdav(place, secret);
    case 'mail':
      return (await import('./mail.ts')).openMail(place, secret);
    case 's3':
      return (await import('./s3.ts')).openS3(place, secret);
  }
}

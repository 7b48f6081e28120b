import type { Place } from '#shared/contract/outbox.ts';
import { openFolder } from './folder.ts';
import { openMail } from './mail.ts';
import { openS3 } from './s3.ts';
import type { Transport } from './transport.ts';
import { openWebdav } from './webdav.ts';

/** The way to a destination; nothing is opened before its first call. `secret` is the password or the secret key. */
export type OpenTransport = (place: Place, secret: string | null) => Transport;

export const openTransport: OpenTransport = (place, secret) => {
  switch (place.kind) {
    case 'folder':
      return openFolder(place);
    case 'webdav':
      return openWebdav(place, secret);
    case 'mail':
      return openMail(place, secret);
    case 's3':
      return openS3(place, secret);
  }
};

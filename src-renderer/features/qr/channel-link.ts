import { addressState, tidyAddress } from '#shared/visiting/addresses.ts';

/** The address that a customer's phone is to open, or null when what was written is no channel's address. */
export function channelLink(written: unknown): string | null {
  if (typeof written !== 'string' || addressState('channelUrl', written) !== 'right') return null;
  return tidyAddress('channelUrl', written);
}

/** The address as one reads it aloud. */
export function shortLink(written: string): string {
  return written.trim().replace(/^https?:\/\//, '');
}

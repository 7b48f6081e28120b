import type { DeliveryKind, PlaceKind } from './outbox.ts';

/** Bytes. A larger exchange file is not even read: whoever takes one in holds all of it in memory. */
export const MAX_EXCHANGE_FILE = 256 * 1024 * 1024;
/** The same of a manager's workbook that a report is filled into. */
export const MAX_TEMPLATE_FILE = 64 * 1024 * 1024;
/** Certificates of the authorities that a hub's server is known by. */
export const MAX_CA_FILE = 100_000;
/** Characters of the same in a destination: sealed together with its password it must have room in a kit. */
export const MAX_PLACE_CA = 16_384;
/** Destinations that a kit may bring: nobody chooses among more. */
export const MOST_KIT_DESTINATIONS = 20;

/**
 * Whether such a place takes such a thing. A hub takes what is in session files as a push and has no shelf for files: a
 * report is none of its changes, and a kit is for one trainer.
 */
export function takes(kind: PlaceKind, what: DeliveryKind): boolean {
  return kind !== 'hub' || what === 'session';
}

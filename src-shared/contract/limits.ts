/** Bytes. A larger exchange file is not even read: whoever takes one in holds all of it in memory. */
export const MAX_EXCHANGE_FILE = 256 * 1024 * 1024;
/** The same of a manager's workbook that a report is filled into. */
export const MAX_TEMPLATE_FILE = 64 * 1024 * 1024;
/** Certificates of the authorities that a hub's server is known by. */
export const MAX_CA_FILE = 100_000;
/** Destinations that a kit may bring: nobody chooses among more. */
export const MOST_KIT_DESTINATIONS = 20;

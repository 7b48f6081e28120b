/** Where the hub is, as it is remembered: never with a password. */
export interface HubPlace {
  readonly url: string;
  /** The authority that signed the server's certificate, where the machine does not know it: the file's name and its PEM. */
  readonly ca: { readonly name: string; readonly pem: string } | null;
}

export const nowhere: HubPlace = { url: '', ca: null };

const MOST_PEM = 100_000;

/** An address as it may be kept and shown, and the password that somebody put into it; '' without one. */
export function apartFromPassword(text: string): { url: string; password: string } {
  // Up to the last @ before the path: a password may hold one that nobody encoded.
  const [, scheme, login, password] = /^(\w+:\/\/)([^:/@?#]*):([^/?#]*)@/.exec(text.trim()) ?? [];
  if (scheme === undefined) return { url: text.trim(), password: '' };
  const rest = text.trim().slice(scheme.length + login!.length + password!.length + 2);
  return { url: `${scheme}${login}@${rest}`, password: decoded(password!) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Login, server and database, for a line of text. */
export function shownPlace(url: string): string {
  return apartFromPassword(url).url.replace(/^\w+:\/\//, '');
}

/** Whether a text is what servers' certificates come as. */
export function isCertificate(pem: string): boolean {
  return pem.length <= MOST_PEM && /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.test(pem);
}

/** What was kept, as far as it can be used: the file may be of another version. */
export function placeFrom(kept: unknown): HubPlace | null {
  if (kept === null || typeof kept !== 'object') return null;
  const { url, ca } = kept as Partial<HubPlace>;
  if (typeof url !== 'string') return null;
  const isWhole = typeof ca?.name === 'string' && typeof ca.pem === 'string';
  return { url, ca: isWhole ? { name: ca.name, pem: ca.pem } : null };
}

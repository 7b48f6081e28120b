/** Where the program sends a browser to: a shop's channel and its place on the map, and nowhere else. */
const HOSTS: ReadonlySet<string> = new Set(['pf.kakao.com', 'place.map.kakao.com', 'map.kakao.com']);

/**
 * Whether an address may be opened in the person's browser. Short addresses (kko.to) may lead anywhere, so they may not;
 * nor may `mailto:` and `tel:`, which nothing here needs and which start other programs.
 */
export function mayOpenOutside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  return protocol === 'https:' && HOSTS.has(hostname) && port === '' && username === '' && password === '';
}

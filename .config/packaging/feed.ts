export interface Feed {
  /** As electron-builder writes it into the program. */
  readonly publish: { readonly provider: 'generic'; readonly url: string; readonly channel: string };
  /** As it stands in the certificate; Windows' updater takes nothing that another has signed. */
  readonly publisher: string;
}

/**
 * Where the installed program asks for a newer one, from the environment of whoever builds it; null without an address,
 * and then it never asks. A feed is of no use to an attacker alone: what it names must carry the publisher's signature,
 * and so a build with a feed and without a signature is refused.
 *
 * @param env DANGOL_UPDATE_URL and DANGOL_PUBLISHER
 * @throws an Error that says what is missing
 */
export function feedOf(env: NodeJS.ProcessEnv): Feed | null {
  const url = env['DANGOL_UPDATE_URL'];
  if (!url) return null;
  if (URL.parse(url)?.protocol !== 'https:')
    throw new Error(`DANGOL_UPDATE_URL must begin with https: ${url}`);
  const publisher = env['DANGOL_PUBLISHER'];
  if (!publisher) {
    throw new Error(
      'DANGOL_UPDATE_URL needs DANGOL_PUBLISHER, the name in the certificate that signs the updates',
    );
  }
  return { publish: { provider: 'generic', url, channel: 'latest' }, publisher };
}

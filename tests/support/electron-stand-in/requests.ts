import type { Session } from './cdp.ts';
import { answerOf, fromChromium } from './protocol.ts';

/** What Chromium says of a request that waits for us. */
export interface PausedRequest {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly request: {
    readonly url: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postData?: string;
  };
}

/** Answers a request of the page by the app's own protocol handler; anything that is not the app's leads nowhere. */
export async function serveRequest(
  send: Session['send'],
  { requestId, frameId, resourceType, request }: PausedRequest,
  mayNavigate: (url: string, frame: string) => boolean,
): Promise<void> {
  const url = fromChromium(request.url);
  if (resourceType === 'Document' && !mayNavigate(url, frameId)) {
    // A navigation that is aborted, other than one that fails, leaves the page where it is.
    await send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    return;
  }
  const { method, headers, postData } = request;
  const answer = await answerOf(
    new Request(url, { method, headers, ...(postData ? { body: postData } : {}) }),
  );
  if (!answer) {
    console.error(`[stand-in] refused to ask the network for ${url}`);
    await send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  await send('Fetch.fulfillRequest', {
    requestId,
    responseCode: answer.status,
    responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
    body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
  });
}

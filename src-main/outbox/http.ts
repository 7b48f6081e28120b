import http from 'node:http';
import https from 'node:https';
import { networkFailure } from './failures.ts';
import { DeliveryFailure } from './transport.ts';

export interface Ask {
  readonly method: string;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** As many bytes of the answer are kept; the rest is not read. */
  readonly keep?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  /** False when there was more than was kept. */
  readonly whole: boolean;
}

/** A connection on which nothing moves for so long is given up. */
const IDLE_MS = 60_000;
const KEEP = 64 * 1024;

/**
 * One request over a connection of its own: a kept one may have died unnoticed, and then nobody knows whether the
 * request arrived. Redirects are answers like any other: whoever followed one would hand the password to another host.
 * An answer that comes before the whole request was sent ends the request, so a refusal does not cost an upload.
 * Node's own fetch would lose such an answer to the broken pipe. Rejects with a DeliveryFailure of the network.
 */
export async function request(ask: Ask, signal: AbortSignal, idleMs = IDLE_MS): Promise<Reply> {
  try {
    return await exchange(ask, signal, idleMs);
  } catch (error) {
    throw networkFailure(error, ask.url.host, signal);
  }
}

function exchange(ask: Ask, signal: AbortSignal, idleMs: number): Promise<Reply> {
  const { method, url, body } = ask;
  const { request: open } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const sent = open(url, {
      method,
      agent: false,
      signal,
      headers: { ...ask.headers, ...(body && { 'Content-Length': body.byteLength }) },
    });
    sent.setTimeout(idleMs, () => sent.destroy(Object.assign(new Error('idle'), { code: 'ETIMEDOUT' })));
    let answered = false;
    sent.on('error', (error) => answered || reject(error));
    sent.on('response', (response) => {
      answered = true;
      read(response, ask.keep ?? KEEP, signal)
        .then(resolve, reject)
        .finally(() => sent.destroy());
    });
    sent.end(body);
  });
}

async function read(response: http.IncomingMessage, keep: number, signal: AbortSignal): Promise<Reply> {
  const status = response.statusCode!;
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      length += part.length;
      if (length > keep) break;
    }
  } catch (error) {
    // A refusal in the middle of an upload: the status is there, and only its explanation was cut off.
    if (status < 400 || signal.aborted) throw error;
  }
  const body = Buffer.concat(parts).subarray(0, keep);
  return { status, headers: response.headers, body, whole: response.complete && length <= keep };
}

/** The address as it is asked: without a name or password that somebody wrote into it. Refuses http over a network. */
export function safeUrl(text: string): URL {
  const url = new URL(text);
  [url.username, url.password, url.hash] = ['', '', ''];
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) {
    throw new DeliveryFailure('DELIVERY_PLAIN', { where: url.host }, { lasting: true });
  }
  return url;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

/** A part of a path, so that nothing in it is read as anything but a name (RFC 3986: only unreserved bare). */
export function pathPart(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

import { createHash } from 'node:crypto';
import type { Place } from '#shared/contract/outbox.ts';
import { waitAsked } from './failures.ts';
import { pathPart, request, safeUrl, type Ask, type Reply } from './http.ts';
import { DeliveryFailure, type Parcel, type Transport } from './transport.ts';

type WebdavPlace = Extract<Place, { kind: 'webdav' }>;

/** The removal of what was left over must not hold up the answer for longer. */
const TIDY_MS = 5_000;

/**
 * WebDAV (RFC 4918), as Nextcloud, ownCloud, Apache, Synology and others speak it, with Basic auth over https; http on
 * loopback alone.
 *
 * The bytes go under a hidden name, are read back whole, and only then get their final name by a MOVE that overwrites
 * nothing, which is one step on the server. So nothing partial is ever visible under the final name, even where a server
 * keeps what it got of a broken upload, and even where it called a part the whole. Where a server does not let files be
 * renamed there is no way round it (a PUT to the final name would show a half file on some of them), and it is refused.
 * An arrival is believed when the bytes were read back equal and the final name shows their length after the MOVE. A try
 * whose end nobody saw is recognised by the final name with the same bytes under it.
 */
export function openWebdav(place: WebdavPlace, secret: string | null): Transport {
  return {
    async send(parcel, signal) {
      return new Folder(place, secret).send(parcel, signal);
    },
    async test(signal) {
      const folder = new Folder(place, secret);
      const parcel = probe();
      // One that a test of another laptop left, or is about to remove: either way it is nobody's.
      await folder.remove(parcel.name, signal);
      await folder.send(parcel, signal);
      await folder.remove(parcel.name, signal);
    },
  };
}

function probe(): Parcel {
  const bytes = Buffer.from('Dangol Fieldbook tried whether it can write here. This file can be deleted.\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = '.dangol-test.txt';
  return {
    name,
    bytes,
    size: bytes.byteLength,
    sha256,
    key: 'test',
    title: name,
    contentType: 'text/plain',
    queuedAt: '',
  };
}

class Folder {
  private readonly url: URL;
  private readonly where: string;
  private readonly headers: Record<string, string>;

  constructor({ url, user }: WebdavPlace, secret: string | null) {
    this.url = safeUrl(url);
    this.where = this.url.host;
    if (!this.url.pathname.endsWith('/')) this.url.pathname += '/';
    // An answer that was compressed on the way would not have the length and the bytes of the file.
    this.headers = { 'Accept-Encoding': 'identity' };
    if (user !== '' || secret !== null) {
      this.headers.Authorization = `Basic ${Buffer.from(`${user}:${secret ?? ''}`).toString('base64')}`;
    }
  }

  async send(parcel: Parcel, signal: AbortSignal): Promise<'arrived' | 'already'> {
    const there = await this.compare(parcel.name, parcel, signal);
    if (there === 'same') return 'already';
    if (there === 'other') throw this.failure('DELIVERY_NAME_TAKEN', { file: parcel.name }, true);
    // The same at every try, so that a next one writes over what this one left. Not `.part`: Nextcloud and ownCloud keep
    // that ending for their own uploads and refuse it.
    const hidden = `.${parcel.key}.sending`;
    try {
      return await this.upload(hidden, parcel, signal);
    } catch (error) {
      if (!signal.aborted) await this.tidy(hidden);
      throw error;
    }
  }

  private async upload(hidden: string, parcel: Parcel, signal: AbortSignal): Promise<'arrived' | 'already'> {
    const put = await this.ask('PUT', hidden, signal, {
      body: parcel.bytes,
      headers: { 'Content-Type': parcel.contentType },
    });
    if (!done(put)) throw this.refused('PUT', put, parcel);
    if ((await this.compare(hidden, parcel, signal)) !== 'same') {
      throw this.failure('DELIVERY_NOT_WHOLE', { file: parcel.name }, false);
    }
    const headers = { Destination: this.address(parcel.name).href, Overwrite: 'F' };
    const moved = await this.ask('MOVE', hidden, signal, { headers });
    if (moved.status === 412) return this.recognise(hidden, parcel, signal);
    if (!done(moved)) throw this.refused('MOVE', moved, parcel);
    const { status, headers: shown } = await this.ask('HEAD', parcel.name, signal);
    const whole = shown['content-length'] === String(parcel.size);
    if (status === 200 && whole) return 'arrived';
    // A server that hides the length shows the bytes.
    if ((await this.compare(parcel.name, parcel, signal)) === 'same') return 'arrived';
    throw this.failure('DELIVERY_NOT_WHOLE', { file: parcel.name }, false);
  }

  /** The final name was taken meanwhile: by this same delivery, sent twice at once, or by something else. */
  private async recognise(hidden: string, parcel: Parcel, signal: AbortSignal): Promise<'already'> {
    if ((await this.compare(parcel.name, parcel, signal)) !== 'same') {
      throw this.failure('DELIVERY_NAME_TAKEN', { file: parcel.name }, true);
    }
    await this.tidy(hidden);
    return 'already';
  }

  /** What stands under a name, by its bytes; never more of it is read than the parcel has. */
  private async compare(
    name: string,
    parcel: Parcel,
    signal: AbortSignal,
  ): Promise<'none' | 'same' | 'other'> {
    const keep = parcel.size;
    const reply = await this.ask('GET', name, signal, { keep });
    if (reply.status === 404 || reply.status === 410) return 'none';
    if (reply.status !== 200) throw this.refused('GET', reply, parcel);
    const same = reply.whole && createHash('sha256').update(reply.body).digest('hex') === parcel.sha256;
    if (same) return 'same';
    // A page for people, whatever is asked: a sign-in page or a web site, and no folder of files.
    if (/^text\/html\b/i.test(reply.headers['content-type'] ?? '') && !/html?$/i.test(name)) {
      throw this.failure('DELIVERY_NOT_WEBDAV', { method: 'GET', status: 200 }, true);
    }
    return 'other';
  }

  async remove(name: string, signal: AbortSignal): Promise<void> {
    const reply = await this.ask('DELETE', name, signal);
    if (!done(reply) && reply.status !== 404) throw this.refused('DELETE', reply, probe());
  }

  /** Takes away what is left of a try, if it can be done: the next one would write over it anyway. */
  private async tidy(hidden: string): Promise<void> {
    await this.ask('DELETE', hidden, AbortSignal.timeout(TIDY_MS)).catch((error: unknown) => {
      if (!(error instanceof DeliveryFailure)) throw error;
    });
  }

  private ask(method: string, name: string, signal: AbortSignal, more: Partial<Ask> = {}): Promise<Reply> {
    const headers = { ...this.headers, ...more.headers };
    return request({ ...more, method, url: this.address(name), headers }, signal);
  }

  private address(name: string): URL {
    const url = new URL(this.url);
    url.pathname += pathPart(name);
    return url;
  }

  private refused(method: string, reply: Reply, parcel: Parcel): DeliveryFailure {
    const { status, headers } = reply;
    const retryAfter = waitAsked(headers);
    switch (status) {
      case 401:
        return this.failure('DELIVERY_SIGN_IN', {}, true);
      case 403:
        return this.failure('DELIVERY_FORBIDDEN', {}, true);
      case 404:
      case 409:
        return this.failure('DELIVERY_NO_FOLDER', {}, true);
      case 405:
      case 501:
        return this.failure('DELIVERY_NOT_WEBDAV', { method, status }, true);
      case 413:
        return this.failure('DELIVERY_TOO_LARGE', { bytes: parcel.size }, true);
      case 423:
        return this.failure('DELIVERY_LOCKED', { file: parcel.name }, false, retryAfter);
      case 408:
      case 429:
      case 503:
        return this.failure('DELIVERY_BUSY', { status }, false, retryAfter);
      case 507:
        return this.failure('DELIVERY_NO_ROOM', {}, false, retryAfter);
    }
    if (status >= 500) return this.failure('DELIVERY_SERVER', { status }, false, retryAfter);
    if (status >= 300 && status < 400) {
      return this.failure('DELIVERY_MOVED', { to: hostOf(headers.location, this.url) }, true);
    }
    return this.failure('DELIVERY_ANSWER', { status }, true);
  }

  private failure(
    code: DeliveryFailure['code'],
    params: DeliveryFailure['params'],
    lasting: boolean,
    retryAfter?: number,
  ): DeliveryFailure {
    return new DeliveryFailure(code, { where: this.where, ...params }, { lasting, retryAfter });
  }
}

function done({ status }: Reply): boolean {
  return status === 200 || status === 201 || status === 204;
}

/** Where a redirect leads, without path and query: those may hold a token. */
function hostOf(location: string | undefined, base: URL): string {
  return location !== undefined && URL.canParse(location, base) ? new URL(location, base).origin : '?';
}

import { createHash } from 'node:crypto';
import { AwsV4Signer } from 'aws4fetch';
import type { Place } from '#shared/contract/outbox.ts';
import { waitAsked } from './failures.ts';
import { pathPart, request, safeUrl, type Reply } from './http.ts';
import { DeliveryFailure, type Parcel, type Transport } from './transport.ts';

type S3Place = Extract<Place, { kind: 's3' }>;
type Method = 'GET' | 'PUT' | 'DELETE';

/**
 * A bucket that is spoken to as Amazon S3 is (Signature Version 4): AWS, and Naver Cloud, Cloudflare R2, MinIO, Ceph and others.
 *
 * A PUT is one step for whoever looks: the whole object is there or none, and the server compares the bytes with the hash
 * that was signed. `If-None-Match: *` lets it write only where nothing stands; a server that does not know the condition
 * either says so (501), or passes over it: then the look beforehand stands alone, and a second write at the same instant
 * would put the same bytes in their own place, since the name holds a part of their hash. An arrival is believed when
 * the answer names the SHA-256 or the MD5 (ETag) of the bytes, or when they were read back.
 *
 * `now`: the laptop's clock, milliseconds since 1970; a request is signed with its time.
 */
export function openS3(place: S3Place, secret: string | null, now: () => number = Date.now): Transport {
  return {
    async send(parcel, signal) {
      return new Bucket(place, secret, now).send(parcel, signal);
    },
    async test(signal) {
      const bucket = new Bucket(place, secret, now);
      const parcel = probe();
      await bucket.remove(parcel, signal);
      await bucket.send(parcel, signal);
      await bucket.remove(parcel, signal);
    },
  };
}

function probe(): Parcel {
  const bytes = Buffer.from(
    'Dangol Fieldbook tried whether it can write here. This object can be deleted.\n',
  );
  const name = '.dangol-test.txt';
  return {
    name,
    bytes,
    size: bytes.byteLength,
    sha256: digest('sha256', bytes, 'hex'),
    key: 'test',
    title: name,
    contentType: 'text/plain',
    queuedAt: '',
  };
}

class Bucket {
  private readonly place: S3Place;
  private readonly secret: string;
  private readonly now: () => number;
  private readonly base: URL;
  private readonly where: string;

  constructor(place: S3Place, secret: string | null, now: () => number) {
    this.base = safeUrl(place.endpoint);
    this.where = this.base.host;
    if (secret === null) throw this.failure('DELIVERY_KEYS', { reason: 'NoSecretKey' }, true);
    this.place = place;
    this.secret = secret;
    this.now = now;
    if (!place.pathStyle) this.base.host = `${place.bucket}.${this.base.host}`;
  }

  async send(parcel: Parcel, signal: AbortSignal): Promise<'arrived' | 'already'> {
    const there = await this.compare(parcel, signal);
    if (there === 'same') return 'already';
    if (there === 'other') throw this.taken(parcel);
    const put = await this.put(parcel, signal);
    if (put.status === 412) {
      if (await this.isThere(parcel, signal)) return 'already';
      throw this.taken(parcel);
    }
    if (put.status !== 200) throw this.refused(put, parcel);
    if (named(put, parcel) || (await this.isThere(parcel, signal))) return 'arrived';
    throw this.failure('DELIVERY_NOT_WHOLE', { file: parcel.name }, false);
  }

  private async put(parcel: Parcel, signal: AbortSignal): Promise<Reply> {
    const headers = {
      'Content-Type': parcel.contentType,
      'X-Amz-Checksum-Sha256': Buffer.from(parcel.sha256, 'hex').toString('base64'),
    };
    const reply = await this.ask('PUT', parcel, signal, { ...headers, 'If-None-Match': '*' });
    return codeOf(reply) === 'NotImplemented' ? this.ask('PUT', parcel, signal, headers) : reply;
  }

  /**
   * What stands under the name, by its bytes; never more of it is read than the parcel has. It is asked before the upload
   * too, since its refusal says in words which HEAD does not have what is wrong with the keys, the clock or the bucket.
   * `unknown`: a key that may write and not read or list is told no more than that.
   */
  private async compare(parcel: Parcel, signal: AbortSignal): Promise<'none' | 'same' | 'other' | 'unknown'> {
    const reply = await this.ask('GET', parcel, signal);
    const code = codeOf(reply);
    if (reply.status === 404 && code !== 'NoSuchBucket') return 'none';
    if (reply.status === 403 && code === 'AccessDenied') return 'unknown';
    if (reply.status !== 200) throw this.refused(reply, parcel);
    return reply.whole && digest('sha256', reply.body, 'hex') === parcel.sha256 ? 'same' : 'other';
  }

  /** Refuses where the key may not read: then nobody can say what stands there. */
  private async isThere(parcel: Parcel, signal: AbortSignal): Promise<boolean> {
    const there = await this.compare(parcel, signal);
    if (there === 'unknown') throw this.failure('DELIVERY_FORBIDDEN', {}, true);
    return there === 'same';
  }

  async remove(parcel: Parcel, signal: AbortSignal): Promise<void> {
    const reply = await this.ask('DELETE', parcel, signal);
    // A key that may write and not delete is a good one: the object of the test then stays.
    const fine = reply.status < 300 || ['NoSuchKey', 'AccessDenied'].includes(codeOf(reply) ?? '');
    if (!fine) throw this.refused(reply, parcel);
  }

  private async ask(
    method: Method,
    parcel: Parcel,
    signal: AbortSignal,
    more: Record<string, string> = {},
  ): Promise<Reply> {
    const { accessKey, region, bucket, prefix, pathStyle } = this.place;
    const url = new URL(this.base);
    const parts = [...(pathStyle ? [bucket] : []), ...`${prefix}${parcel.name}`.split('/')];
    url.pathname = [url.pathname.replace(/\/$/, ''), ...parts.map(pathPart)].join('/');
    const body = method === 'PUT' ? parcel.bytes : undefined;
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...more, 'X-Amz-Content-Sha256': digest('sha256', body ?? '', 'hex') },
      accessKeyId: accessKey,
      secretAccessKey: this.secret,
      service: 's3',
      region,
      datetime: new Date(this.now()).toISOString().replace(/[:-]|\.\d{3}/g, ''),
    }).sign();
    const headers = { ...Object.fromEntries(signed.headers), 'Accept-Encoding': 'identity' };
    return request(
      {
        method,
        url: signed.url,
        headers,
        keep: Math.max(parcel.size, EXPLAINED),
        ...(body && { body }),
      },
      signal,
    );
  }

  private refused(reply: Reply, parcel: Parcel): DeliveryFailure {
    const { status, headers } = reply;
    const code = codeOf(reply);
    const retryAfter = waitAsked(headers);
    switch (code) {
      case 'SignatureDoesNotMatch':
      case 'InvalidAccessKeyId':
      case 'InvalidSecurity':
      case 'Unauthorized':
        return this.failure('DELIVERY_KEYS', { reason: code }, true);
      case 'RequestTimeTooSkewed':
        return this.failure('DELIVERY_CLOCK', {}, false);
      case 'NoSuchBucket':
        return this.failure('DELIVERY_NO_BUCKET', { bucket: this.place.bucket }, true);
      case 'AuthorizationHeaderMalformed':
      case 'PermanentRedirect':
      case 'TemporaryRedirect':
      case 'IllegalLocationConstraintException':
        return this.elsewhere(reply);
      case 'EntityTooLarge':
        return this.failure('DELIVERY_TOO_LARGE', { bytes: parcel.size }, true);
      case 'SlowDown':
      case 'RequestTimeout':
      case 'OperationAborted':
      case 'ConditionalRequestConflict':
        return this.failure('DELIVERY_BUSY', { status }, false, retryAfter);
      case 'BadDigest':
      case 'XAmzContentSHA256Mismatch':
      case 'XAmzContentChecksumMismatch':
      case 'IncompleteBody':
        return this.failure('DELIVERY_NOT_WHOLE', { file: parcel.name }, false);
    }
    if (status === 401) return this.failure('DELIVERY_KEYS', { reason: status }, true);
    if (status === 403) return this.failure('DELIVERY_FORBIDDEN', {}, true);
    if (status === 413) return this.failure('DELIVERY_TOO_LARGE', { bytes: parcel.size }, true);
    if (status === 423) return this.failure('DELIVERY_LOCKED', { file: parcel.name }, false, retryAfter);
    if ([408, 409, 429, 503].includes(status))
      return this.failure('DELIVERY_BUSY', { status }, false, retryAfter);
    if (status === 507) return this.failure('DELIVERY_NO_ROOM', {}, false, retryAfter);
    if (status >= 500) return this.failure('DELIVERY_SERVER', { status }, false, retryAfter);
    if (status >= 300 && status < 400) return this.elsewhere(reply);
    return this.failure('DELIVERY_ANSWER', { status: code ?? status }, true);
  }

  private elsewhere({ headers, body }: Reply): DeliveryFailure {
    const named =
      headers['x-amz-bucket-region'] ?? /<Region>([a-z0-9-]{1,40})<\/Region>/.exec(body.toString())?.[1];
    return this.failure('DELIVERY_REGION', { region: String(named ?? '?') }, true);
  }

  private taken(parcel: Parcel): DeliveryFailure {
    return this.failure('DELIVERY_NAME_TAKEN', { file: parcel.name }, true);
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

/** As many bytes of an answer are read at least: what is wrong stands in a short XML. */
const EXPLAINED = 16 * 1024;

/** The word for what is wrong, out of the answer's XML; null where there is none. */
function codeOf({ status, body }: Reply): string | null {
  if (status < 300) return null;
  return /<Code>([A-Za-z0-9.]{1,60})<\/Code>/.exec(body.toString('utf8'))?.[1] ?? null;
}

/** Whether the answer to a PUT names the very bytes. An ETag is their MD5 unless the bucket encrypts with its own keys. */
function named({ headers }: Reply, { bytes, sha256 }: Parcel): boolean {
  const checksum = headers['x-amz-checksum-sha256'];
  if (typeof checksum === 'string') return Buffer.from(checksum, 'base64').toString('hex') === sha256;
  return headers.etag?.replaceAll('"', '') === digest('md5', bytes, 'hex');
}

function digest(algorithm: 'sha256' | 'md5', content: string | Uint8Array, as: 'hex' | 'base64'): string {
  return createHash(algorithm).update(content).digest(as);
}

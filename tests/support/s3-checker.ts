import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export const S3_ACCESS = 'DANGOLKEY0001';
export const S3_SECRET = 'wJalr/비밀+키=';
export const S3_REGION = 'ap-northeast-2';
export const S3_BUCKET = 'dangol-reports';

export interface S3Checker {
  readonly port: number;
  readonly url: string;
  /** By key; a whole object or none. */
  readonly objects: Map<string, Buffer>;
  /** What it was asked, such as `PUT`. */
  readonly asked: string[];
  close(): Promise<void>;
}

interface Behaviour {
  /** As servers that do not know If-None-Match on a PUT: one says so, another passes over it. */
  readonly conditions?: 'known' | 'not implemented' | 'ignored';
  /** Whether it says which bytes it has: by checksum and ETag, or by neither. */
  readonly names?: boolean;
  /** A key that may write, and neither read nor delete. */
  readonly writeOnly?: boolean;
  /** Run when a PUT came whole and before it is stored. */
  readonly beforeStored?: (key: string) => void;
}

const SKEW_MS = 15 * 60_000;

/**
 * A bucket in memory that checks each request as S3 does: signature, hash of the payload, checksum, clock, condition.
 * Signature Version 4 is written here from its description, apart from the library that the program signs with. It is no
 * S3: it says nothing about what a real bucket does otherwise.
 */
export async function startS3Checker(behaviour: Behaviour = {}): Promise<S3Checker> {
  const objects = new Map<string, Buffer>();
  const asked: string[] = [];
  const server = http.createServer((request, response) => {
    asked.push(request.method!);
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => response.destroy());
    request.on('end', () => {
      const answer = answerTo(request, Buffer.concat(parts), objects, behaviour);
      response.writeHead(answer.status, { 'Content-Length': answer.body.length, ...answer.headers });
      response.end(request.method === 'HEAD' ? undefined : answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    objects,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: Buffer;
}

function error(status: number, code: string, more = ''): Answer {
  return { status, body: Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`) };
}

function answerTo(
  request: http.IncomingMessage,
  body: Buffer,
  objects: Map<string, Buffer>,
  { conditions = 'known', names = true, writeOnly = false, beforeStored }: Behaviour,
): Answer {
  const refused = checkSignature(request, body);
  if (refused !== null) return refused;
  const [, bucket, ...rest] = request.url!.split('/').map(decodeURIComponent);
  if (bucket !== S3_BUCKET) return error(404, 'NoSuchBucket');
  const key = rest.join('/');
  const there = objects.get(key);
  if (request.method === 'DELETE') {
    if (writeOnly) return error(403, 'AccessDenied');
    objects.delete(key);
    return { status: 204, body: Buffer.alloc(0) };
  }
  if (request.method === 'GET') {
    if (writeOnly) return error(403, 'AccessDenied');
    return there === undefined ? error(404, 'NoSuchKey') : { status: 200, body: there };
  }
  if (request.headers['if-none-match'] !== undefined) {
    if (conditions === 'not implemented') return error(501, 'NotImplemented');
    if (conditions === 'known' && there !== undefined) return error(412, 'PreconditionFailed');
  }
  const checksum = createHash('sha256').update(body).digest('base64');
  if (request.headers['x-amz-checksum-sha256'] !== checksum) return error(400, 'BadDigest');
  beforeStored?.(key);
  if (conditions === 'known' && objects.has(key)) return error(412, 'PreconditionFailed');
  objects.set(key, body);
  const told = {
    ETag: `"${createHash('md5').update(body).digest('hex')}"`,
    'x-amz-checksum-sha256': checksum,
  };
  return { status: 200, body: Buffer.alloc(0), headers: names ? told : {} };
}

/** AWS Signature Version 4 in the Authorization header: null when it fits. */
function checkSignature({ headers, method, url }: http.IncomingMessage, body: Buffer): Answer | null {
  const parsed =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    );
  if (parsed === null) return error(403, 'AccessDenied');
  const [, access, day, region, signed, signature] = parsed as unknown as string[];
  if (access !== S3_ACCESS) return error(403, 'InvalidAccessKeyId');
  if (region !== S3_REGION) {
    return error(400, 'AuthorizationHeaderMalformed', `<Region>${S3_REGION}</Region>`);
  }
  const date = String(headers['x-amz-date']);
  if (
    Math.abs(Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)/, '$1-$2-$3:$4:')) - Date.now()) >
    SKEW_MS
  ) {
    return error(403, 'RequestTimeTooSkewed');
  }
  const payload = createHash('sha256').update(body).digest('hex');
  if (headers['x-amz-content-sha256'] !== payload) return error(400, 'XAmzContentSHA256Mismatch');
  const fields = signed!.split(';');
  for (const needed of [
    'host',
    'x-amz-date',
    'x-amz-content-sha256',
    'x-amz-checksum-sha256',
    'if-none-match',
  ]) {
    if (headers[needed] !== undefined && !fields.includes(needed)) return error(403, 'AccessDenied');
  }
  const canonical = [
    method,
    url!
      .split('/')
      .map((part) => encoded(decodeURIComponent(part)))
      .join('/'),
    '',
    ...fields.map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    signed,
    payload,
  ].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join(
    '\n',
  );
  const keys = [day!, region!, 's3', 'aws4_request'];
  const key = keys.reduce(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    Buffer.from(`AWS4${S3_SECRET}`),
  );
  const right = createHmac('sha256', key).update(text).digest();
  return timingSafeEqual(right, Buffer.from(signature!, 'hex')) ? null : error(403, 'SignatureDoesNotMatch');
}

/** Every byte but A-Z a-z 0-9 - _ . ~ as %XX. */
function encoded(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => {
      const one = String.fromCharCode(byte);
      return /[\w.~-]/.test(one) ? one : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

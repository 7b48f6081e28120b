import { Refusal } from '#shared/contract/errors.ts';

interface PgError {
  readonly code?: string;
  readonly message?: string;
}

const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN']);
const CERTIFICATE = /^(CERT_|ERR_TLS_CERT|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const GONE = new Set([
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P05',
  '08006',
  '08003',
  '08000',
]);

/**
 * What two laptops that write at once may do to each other: the same key, a deadlock, a serialization failure. To ask anew
 * and try again is the way.
 */
export function isCollision(error: unknown): boolean {
  const thrown = error instanceof Refusal ? error.cause : error;
  return ['23505', '23503', '40001', '40P01'].includes((thrown as PgError | null)?.code ?? '');
}

/** The server did not answer in time: the client's own word, or the server's about a statement. */
export function isSlow(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as PgError;
  return code === '57014' || /timeout/i.test(message);
}

/** The refusal for what the database's client threw; what is none of these comes back as it was. */
export function hubFailure(error: unknown, where: string): unknown {
  if (error instanceof Refusal || !(error instanceof Error)) return error;
  const { code = '', message } = error as PgError & Error;
  const refuse = (
    name: ConstructorParameters<typeof Refusal>[0],
    more: Record<string, string> = {},
  ): Refusal => new Refusal(name, { where, ...more }, error);
  if (UNREACHABLE.has(code)) return refuse('HUB_UNREACHABLE', { reason: code });
  if (CERTIFICATE.test(code)) return refuse('HUB_CERTIFICATE', { reason: code });
  if (/does not support SSL/i.test(message)) return refuse('HUB_NO_TLS');
  // The client's own word, before anything is sent: the server asks for a password and there is none.
  if (code.startsWith('28') || /client password must be/.test(message)) return refuse('HUB_SIGN_IN');
  if (code === '3D000') return refuse('HUB_NO_DATABASE');
  if (code === '42501') return refuse('HUB_RIGHTS', { reason: message });
  if (code === '3F000' || code === '42P01') return refuse('HUB_MISSING');
  if (code === '53100' || code === '53200' || code === '58030') return refuse('HUB_FULL', { reason: code });
  if (code.startsWith('53') || code === '57P03' || isCollision(error))
    return refuse('HUB_BUSY', { reason: code });
  if (isSlow(error)) return refuse('HUB_SLOW');
  if (GONE.has(code) || /terminated|not queryable|closed the connection|Connection ended/i.test(message)) {
    return refuse('HUB_GONE', { reason: code || 'cut' });
  }
  return error;
}

import { DeliveryFailure } from './transport.ts';

const OFFLINE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'EDNS',
]);
const TIMEOUT = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT']);
/** As OpenSSL and Node name what is wrong with a certificate. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|SELF_SIGNED|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)/;
const TLS = /^(EPROTO|ETLS|ERR_SSL_.*|ERR_TLS_.*)$/;

/**
 * What an error of the network means for a delivery to `where` (a host's name). All of it passes by itself; a
 * certificate too, since a public Wi-Fi puts its own in the way until one signs in there. An error that is none of the
 * network's is a bug and comes back as it was.
 */
export function networkFailure(error: unknown, where: string, signal: AbortSignal): unknown {
  if (error instanceof DeliveryFailure) return error;
  if (signal.aborted) return endedBySignal(where, signal);
  const reason = reasonOf(error);
  if (reason === null) return error;
  const passing = { lasting: false };
  if (CERTIFICATE.test(reason))
    return new DeliveryFailure('DELIVERY_CERTIFICATE', { where, reason }, passing, error);
  if (TLS.test(reason)) return new DeliveryFailure('DELIVERY_TLS', { where, reason }, passing, error);
  if (TIMEOUT.has(reason))
    return new DeliveryFailure('DELIVERY_TIMEOUT', { where }, { lasting: false, offline: true }, error);
  if (OFFLINE.has(reason)) {
    return new DeliveryFailure(
      'DELIVERY_OFFLINE',
      { where, reason },
      { lasting: false, offline: true },
      error,
    );
  }
  return new DeliveryFailure('DELIVERY_CUT', { where, reason }, passing, error);
}

/** A time limit counts as not reached; anything else was somebody's wish. */
function endedBySignal(where: string, { reason }: AbortSignal): DeliveryFailure {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? new DeliveryFailure('DELIVERY_TIMEOUT', { where }, { lasting: false, offline: true }, reason)
    : new DeliveryFailure('DELIVERY_STOPPED', { where }, { lasting: false }, reason);
}

/** The system's or OpenSSL's code; nodemailer puts its own before it. */
function reasonOf(error: unknown): string | null {
  const { originalCode, code } = error as { originalCode?: unknown; code?: unknown };
  const reason = originalCode ?? code;
  return error instanceof Error && typeof reason === 'string' ? reason : null;
}

/**
 * How long the server asks to wait (Retry-After: seconds, or a date), in milliseconds, at most a day; undefined when it
 * does not say. A date is compared with the server's own, since the laptop's clock may be wrong.
 */
export function waitAsked(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): number | undefined {
  const { 'retry-after': asked, date } = headers;
  if (typeof asked !== 'string') return undefined;
  const ms = /^\d+$/.test(asked.trim()) ? Number(asked) * 1000 : Date.parse(asked) - Date.parse(String(date));
  return ms > 0 ? Math.min(ms, DAY) : undefined;
}

const DAY = 86_400_000;

import { createTransport } from 'nodemailer';
import SMTPConnection, { type SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import type { Place } from '#shared/contract/outbox.ts';
import { networkFailure } from './failures.ts';
import { mailOf } from './mail-text.ts';
import { DeliveryFailure, type Parcel, type Transport } from './transport.ts';

type MailPlace = Extract<Place, { kind: 'mail' }>;

const CONNECT_MS = 30_000;
/** Some servers look through a whole attachment before they answer. */
const IDLE_MS = 180_000;

/**
 * E-mail by SMTP. TLS from the first byte, or STARTTLS that must succeed before a word of ours is said; `none` only
 * because a person chose it. The certificate is checked in both.
 *
 * SMTP cannot take a mail back or ask whether it came. A connection that breaks between the last byte of the message and
 * the server's 250 leaves it unknown whether the server took it over, so the mail is sent again, and may arrive twice. It
 * is the very same mail: the same Message-ID, date, subject and attachment at every try, by which many servers and mail
 * programs (Exchange, Gmail, Sieve's `duplicate`) show only one. Whoever must not get two chooses another destination.
 */
export function openMail(place: MailPlace, secret: string | null): Transport {
  const options = connectionOptions(place);
  const auth = place.user === '' ? undefined : { user: place.user, pass: secret ?? '' };
  return {
    async send(parcel, signal) {
      const transporter = createTransport({
        ...options,
        // Without it a server that offers no sign-in would be sent to without one.
        ...(auth && { auth, forceAuth: true }),
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      try {
        const { rejected } = await transporter.sendMail({ ...mailOf(parcel, place), signal });
        if (rejected.length > 0) throw someRejected(rejected, place.host);
        return 'arrived';
      } catch (error) {
        throw mailFailure(error, place, parcel, signal);
      }
    },
    async test(signal) {
      try {
        await signIn(options, auth, signal);
      } catch (error) {
        throw mailFailure(error, place, null, signal);
      }
    },
  };
}

function connectionOptions({ host, port, security }: MailPlace): SMTPConnectionOptions {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: IDLE_MS,
    // As mail programs do: the laptop's own name says who its owner is, and a name without an address is refused by some.
    name: '[127.0.0.1]',
    tls: { minVersion: 'TLSv1.2' },
  };
}

/** Up to the sign-in, and not a word further. */
function signIn(
  options: SMTPConnectionOptions,
  auth: { user: string; pass: string } | undefined,
  signal: AbortSignal,
): Promise<void> {
  const connection = new SMTPConnection(options);
  const whole = new Promise<void>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (signal.aborted) return reject(signal.reason);
    connection.once('error', reject);
    connection.connect((error) => {
      if (error) return reject(error);
      if (auth === undefined) return resolve();
      connection.login(auth, (refused) => (refused ? reject(refused) : resolve()));
    });
  });
  return whole.finally(() => connection.close());
}

/** What nodemailer tells beside the message. */
interface MailError {
  readonly code?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly rejected?: readonly string[];
}

/** The server's words stay out of the parameters: they may repeat what was said to it. Its numbers are enough. */
function mailFailure(error: unknown, place: MailPlace, parcel: Parcel | null, signal: AbortSignal): unknown {
  if (error instanceof DeliveryFailure) return error;
  const { code, command = '', response = '', responseCode = 0, rejected } = error as MailError;
  const where = place.host;
  const status = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(response)?.[0] ?? String(responseCode);
  const failure = (which: DeliveryFailure['code'], params: DeliveryFailure['params'], lasting: boolean) =>
    new DeliveryFailure(which, { where, ...params }, { lasting }, error);
  const bytes = parcel?.size ?? 0;

  if (signal.aborted) return networkFailure(error, where, signal);
  if (code === 'EMESSAGE' && responseCode === 0) return failure('DELIVERY_TOO_LARGE', { bytes }, true);
  if (code === 'ETLS' || command === 'STARTTLS') {
    return failure('DELIVERY_TLS', { reason: response === '' ? 'STARTTLS' : status }, false);
  }
  if (responseCode >= 400 && responseCode < 500) return failure('DELIVERY_BUSY', { status }, false);
  if (code === 'EAUTH') return failure('DELIVERY_SIGN_IN', {}, true);
  if (responseCode < 500) return networkFailure(error, where, signal);
  if (responseCode === 530 || responseCode === 534 || responseCode === 535) {
    return failure('DELIVERY_SIGN_IN', {}, true);
  }
  if (responseCode === 552 || / 5\.(3\.4|2\.3) /.test(`${status} `)) {
    return failure('DELIVERY_TOO_LARGE', { bytes }, true);
  }
  if (command === 'RCPT TO') {
    return failure('DELIVERY_RECIPIENT', { address: (rejected ?? place.to).join(', '), status }, true);
  }
  if (command === 'MAIL FROM') return failure('DELIVERY_SENDER', { address: place.from, status }, true);
  return failure('DELIVERY_MAIL_REFUSED', { status }, true);
}

/** The mail is out, to some: only a person can say whether the others should get it once more. */
function someRejected(rejected: readonly (string | { address: string })[], where: string): DeliveryFailure {
  const address = rejected.map((one) => (typeof one === 'string' ? one : one.address)).join(', ');
  return new DeliveryFailure('DELIVERY_RECIPIENT_SOME', { where, address }, { lasting: true });
}

import { Refusal, type ErrorReport } from '#shared/contract/errors.ts';
import { asRefusal } from '../store/sqlite.ts';
import { DeliveryFailure } from './transport.ts';

/** What became of a try, for the row and for its destination. */
export interface Failure {
  readonly error: ErrorReport;
  readonly lasting: boolean;
  /** Somebody was there, whatever they said; not when it did not end in time. */
  readonly reached: boolean;
  readonly retryAfter?: number | undefined;
}

/** What is over when there is room again, or nobody else writes; all other refusals stay what they are. */
const PASSING: ReadonlySet<string> = new Set(['DISK_FULL', 'STORE_BUSY']);

/**
 * What an error means: a transport says so itself; a refusal of our own, such as a programme that is gone, is lasting; and
 * a bug is reported and tried again, since the next version may have mended it. The secret is in none of them.
 */
export function failureOf(
  thrown: unknown,
  secret: string | null,
  report: (error: unknown) => string,
): Failure {
  if (thrown instanceof DeliveryFailure) {
    const { lasting, offline, retryAfter } = thrown;
    const reached = !offline && thrown.code !== 'DELIVERY_SLOW';
    return { error: withoutSecret(thrown, secret), lasting, reached, retryAfter };
  }
  const error = asRefusal(thrown, '');
  if (error instanceof Refusal) {
    const lasting = !PASSING.has(error.code);
    return { error: withoutSecret(error, secret), lasting, reached: true };
  }
  const id = report(error);
  return { error: { code: 'INTERNAL', params: { id } }, lasting: false, reached: true };
}

/** An error without what a careless server or library may have put into it of the secret, as it is or as mail and web write it. */
function withoutSecret({ code, params }: ErrorReport, secret: string | null): ErrorReport {
  const forms = secret ? [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')] : [];
  const clean = (value: string | number): string | number =>
    typeof value === 'string' ? forms.reduce((text, form) => text.replaceAll(form, '***'), value) : value;
  return {
    code,
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, clean(value)])),
  };
}
